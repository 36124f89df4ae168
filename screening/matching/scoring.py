"""Hard filters, then a weighted additive score in 1/1000 point; equal scores keep the order of registration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.matching.demand import Demand
from screening.matching.pool import Pool
from screening.matching.words import bigrams, plain

FULL = 1000
OCCUPATION_SHARES = np.array([1000, 700, 400, 150, 0], dtype=np.int32)
"""Share of the points by distance in the KECO tree: same code, same minor, same middle, same major group, none."""
EXPERIENCE_SHARES = np.array([1000, 1000, 500, 0, 0], dtype=np.int32)
"""Share of months that count as experience, by the same distance."""
TRAINING_SHARES = np.array([1000, 1000, 500, 0, 0], dtype=np.int32)
MOST_MONTHS = 240
HALF_MONTHS = 24
"""Months after which half of the experience points are reached; every further two years add half of the rest."""
EXPERIENCE_CURVE = np.array(
    [round(FULL * (1 - 2 ** (-months / HALF_MONTHS))) for months in range(MOST_MONTHS + 1)], dtype=np.int32
)
TEXT_FULL_SHARE = 3
"""A third of the order's bigrams found in a person's own words is full marks: nobody repeats a whole advertisement."""

FILTERS = ("pool", "date", "licence", "skill", "experience", "hours", "pay", "commute")


@dataclass(frozen=True)
class Shares:
    """Shares (0–1000) of each criterion for the given rows, in the order of the rows."""

    occupation: NDArray[np.int32]
    experience: NDArray[np.int32]
    skills: NDArray[np.int32]
    licences: NDArray[np.int32]
    text: NDArray[np.int32]
    training: NDArray[np.int32]

    def of(self, criterion: str) -> NDArray[np.int32]:
        share: NDArray[np.int32] = getattr(self, criterion)
        return share


@dataclass(frozen=True)
class Ranking:
    """Rows of the pool best first with their scores, and how many people were left after each filter."""

    rows: NDArray[np.int64]
    scores: NDArray[np.int64]
    left: dict[str, int]


def tree_distance(codes: NDArray[np.int16], wanted: int) -> NDArray[np.int8]:
    """0 same four digits, 1 same three, 2 same two, 3 same first, 4 otherwise or no code."""
    distance = np.full(codes.shape, 4, dtype=np.int8)
    if wanted:
        for steps, digits in ((3, 1000), (2, 100), (1, 10), (0, 1)):
            distance[(codes // digits == wanted // digits) & (codes > 0)] = steps
    return distance


def relevant_months(pool: Pool, rows: NDArray[np.int64], occupation: int) -> NDArray[np.int32]:
    """Months of experience that count for an occupation, near occupations by their share."""
    distance = tree_distance(pool.experience_codes[rows], occupation)
    months = pool.experience_months[rows].astype(np.int32) * EXPERIENCE_SHARES[distance]
    counted: NDArray[np.int32] = np.minimum(months.sum(axis=1) // FULL, MOST_MONTHS).astype(np.int32)
    return counted


def _has_bits(table: NDArray[np.uint64], bits: list[int]) -> NDArray[np.int32]:
    held = np.zeros(len(table), dtype=np.int32)
    for bit in bits:
        held += ((table[:, bit // 64] >> np.uint64(bit % 64)) & np.uint64(1)).astype(np.int32)
    return held


def survivors(pool: Pool, demand: Demand) -> tuple[NDArray[np.int64], dict[str, int]]:
    """Rows that pass every hard condition, and how many were left after each, in the order of `FILTERS`."""
    keep = np.ones(len(pool), dtype=bool)
    left = {"pool": len(pool)}

    def narrow(name: str, condition: NDArray[np.bool_]) -> None:
        np.logical_and(keep, condition, out=keep)
        left[name] = int(keep.sum())

    everyone = np.arange(len(pool), dtype=np.int64)
    narrow("date", pool.available_on <= demand.starts_on if demand.starts_on is not None else keep)
    must = [plain(word) for word in demand.must_licences]
    if all(word in pool.licence_bits for word in must):
        bits = [pool.licence_bits[word] for word in must]
        narrow("licence", _has_bits(pool.licences, bits) == len(bits))
    else:
        narrow("licence", np.zeros(len(pool), dtype=bool))
    skills = [plain(word) for word in demand.must_skills]
    if all(word in pool.skill_bits for word in skills):
        wanted = [pool.skill_bits[word] for word in skills]
        narrow("skill", _has_bits(pool.skills, wanted) == len(wanted) if wanted else keep)
    else:
        narrow("skill", np.zeros(len(pool), dtype=bool))
    enough = (
        relevant_months(pool, everyone, demand.occupation) >= demand.needs_months
        if demand.needs_months
        else keep
    )
    narrow("experience", enough)
    narrow("hours", (pool.employment & demand.employment_bit) > 0)
    narrow("pay", pool.wage_floor <= demand.offered_won if demand.offered_won is not None else keep)
    narrow("commute", (pool.commute & np.uint32(demand.workplace_bit)) > 0)
    return np.flatnonzero(keep), left


def shares(pool: Pool, demand: Demand, rows: NDArray[np.int64]) -> Shares:
    """Every criterion's share for the given rows; a criterion the order does not ask about is full for everyone."""
    full = np.full(len(rows), FULL, dtype=np.int32)
    occupation = OCCUPATION_SHARES[tree_distance(pool.occupations[rows], demand.occupation)].max(axis=1)
    training = TRAINING_SHARES[tree_distance(pool.trainings[rows], demand.occupation)].max(axis=1)
    return Shares(
        occupation=occupation if demand.occupation else full,
        experience=EXPERIENCE_CURVE[relevant_months(pool, rows, demand.occupation)]
        if demand.occupation
        else full,
        skills=_held_share(pool.skills[rows], pool.skill_bits, demand.skills),
        licences=_held_share(pool.licences[rows], pool.licence_bits, demand.licences),
        text=_text_share(pool, demand.text, rows),
        training=training if demand.occupation else full,
    )


def _held_share(
    table: NDArray[np.uint64], bits: Mapping[str, int], asked: Sequence[str]
) -> NDArray[np.int32]:
    words = list(dict.fromkeys(plain(word) for word in asked))
    if not words:
        return np.full(len(table), FULL, dtype=np.int32)
    known = [bits[word] for word in words if word in bits]
    return (_has_bits(table, known) * FULL // len(words)).astype(np.int32)


def _text_share(pool: Pool, text: str, rows: NDArray[np.int64]) -> NDArray[np.int32]:
    asked = bigrams(text)
    if not len(asked):
        return np.full(len(rows), FULL, dtype=np.int32)
    hits = np.array(
        [
            np.isin(
                pool.text[pool.text_start[row] : pool.text_start[row + 1]], asked, assume_unique=True
            ).sum()
            for row in rows
        ],
        dtype=np.int32,
    )
    return np.minimum(hits * FULL * TEXT_FULL_SHARE // len(asked), FULL).astype(np.int32)


def rank(pool: Pool, demand: Demand, *, most: int) -> Ranking:
    """The best `most` people for a demand; ties fall to who registered first (the pool's own order)."""
    rows, left = survivors(pool, demand)
    found = shares(pool, demand, rows)
    scores = np.zeros(len(rows), dtype=np.int64)
    for criterion, weight in demand.weights.items():
        scores += weight * found.of(criterion).astype(np.int64)
    best = np.lexsort((rows, -scores))[:most]
    return Ranking(rows=rows[best], scores=scores[best], left=left)
