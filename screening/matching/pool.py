"""The pool as columns: one row per person who may be proposed, and not one protected fact among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.matching.words import plain

OUTSIDE_SEOUL = 31
"""Bit of the commute mask for workplaces outside Seoul's 25 districts."""
MOST_OCCUPATIONS = 3
MOST_EXPERIENCES = 6


@dataclass(frozen=True)
class PoolRow:
    """One person as the pool takes them: district bits, codes, months, won a month, ordinal days, text as bigrams."""

    commute_bits: int
    employment_bits: int
    wage_floor: int
    available_on: int
    occupations: Sequence[int]
    experience: Sequence[tuple[int, int]]
    trainings: Sequence[int]
    licences: Sequence[str]
    skills: Sequence[str]
    text: NDArray[np.int32]


@dataclass(frozen=True)
class Pool:
    """Columns of n people; rows stand in order of registration, which is also the last tie-break.

    commute uint32[n] · employment uint8[n] · wage_floor int32[n] (won a month) · available_on int32[n]
    (proleptic ordinal) · occupations int16[n, 3] (0 = none) · experience_codes int16[n, 6] ·
    experience_months int16[n, 6] · trainings int16[n, 3] · licences, skills uint64[n, words] ·
    text_start int64[n + 1] and text int32[total]: sorted distinct bigram buckets per person.
    """

    commute: NDArray[np.uint32]
    employment: NDArray[np.uint8]
    wage_floor: NDArray[np.int32]
    available_on: NDArray[np.int32]
    occupations: NDArray[np.int16]
    experience_codes: NDArray[np.int16]
    experience_months: NDArray[np.int16]
    trainings: NDArray[np.int16]
    licences: NDArray[np.uint64]
    skills: NDArray[np.uint64]
    text_start: NDArray[np.int64]
    text: NDArray[np.int32]
    licence_bits: Mapping[str, int]
    skill_bits: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.commute)


NARROW_COLUMNS = (
    "commute", "employment", "wage_floor", "available_on", "occupations", "experience_codes", "experience_months",
    "trainings",
)  # fmt: skip
"""Columns with one value or a fixed number of values a person."""
FIXED_COLUMNS = (*NARROW_COLUMNS, "licences", "skills")
"""Those, and the sets of words, whose width grows with the vocabulary."""


def build(rows: Sequence[PoolRow]) -> Pool:
    """Columns out of rows; words are compared by their plain form, so spacing does not matter."""
    licence_bits = _vocabulary([row.licences for row in rows])
    skill_bits = _vocabulary([row.skills for row in rows])
    texts = [row.text for row in rows]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    return Pool(
        commute=np.array([row.commute_bits for row in rows], dtype=np.uint32),
        employment=np.array([row.employment_bits for row in rows], dtype=np.uint8),
        wage_floor=np.array([row.wage_floor for row in rows], dtype=np.int32),
        available_on=np.array([row.available_on for row in rows], dtype=np.int32),
        occupations=_padded([row.occupations for row in rows], MOST_OCCUPATIONS),
        experience_codes=_padded([[code for code, _ in row.experience] for row in rows], MOST_EXPERIENCES),
        experience_months=_padded(
            [[months for _, months in row.experience] for row in rows], MOST_EXPERIENCES
        ),
        trainings=_padded([row.trainings for row in rows], MOST_OCCUPATIONS),
        licences=_bit_rows([row.licences for row in rows], licence_bits),
        skills=_bit_rows([row.skills for row in rows], skill_bits),
        text_start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        text=np.concatenate(texts) if texts else np.array([], dtype=np.int32),
        licence_bits=licence_bits,
        skill_bits=skill_bits,
    )


def taken(pool: Pool, rows: NDArray[np.int64]) -> Pool:
    """The given rows of a pool in the given order, as a pool of their own."""
    lengths = np.diff(pool.text_start)[rows]
    text_start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    places = np.arange(text_start[-1]) + np.repeat(pool.text_start[rows] - text_start[:-1], lengths)
    return Pool(
        **{name: getattr(pool, name)[rows] for name in FIXED_COLUMNS},
        text_start=text_start,
        text=pool.text[places],
        licence_bits=pool.licence_bits,
        skill_bits=pool.skill_bits,
    )


def joined(pool: Pool, fresh: Pool) -> Pool:
    """The rows of one pool and, behind them, those of another."""
    if not len(pool):
        return fresh
    columns = {name: np.concatenate([getattr(pool, name), getattr(fresh, name)]) for name in NARROW_COLUMNS}
    licence_bits = _extended(pool.licence_bits, fresh.licence_bits)
    skill_bits = _extended(pool.skill_bits, fresh.skill_bits)
    return Pool(
        **columns,
        licences=_stacked(pool.licences, fresh.licences, fresh.licence_bits, licence_bits),
        skills=_stacked(pool.skills, fresh.skills, fresh.skill_bits, skill_bits),
        text_start=np.concatenate([pool.text_start, pool.text_start[-1] + fresh.text_start[1:]]),
        text=np.concatenate([pool.text, fresh.text]),
        licence_bits=licence_bits,
        skill_bits=skill_bits,
    )


def _extended(bits: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    unknown = [word for word in more if word not in bits]
    return {**bits, **{word: len(bits) + place for place, word in enumerate(unknown)}}


def _stacked(
    table: NDArray[np.uint64], fresh: NDArray[np.uint64], former: Mapping[str, int], bits: Mapping[str, int]
) -> NDArray[np.uint64]:
    stacked = np.zeros((len(table) + len(fresh), _words_for(bits)), dtype=np.uint64)
    stacked[: len(table), : table.shape[1]] = table
    for word, old in former.items():
        held = (fresh[:, old // 64] >> np.uint64(old % 64)) & np.uint64(1)
        stacked[len(table) :, bits[word] // 64] |= held << np.uint64(bits[word] % 64)
    return stacked


def _words_for(bits: Mapping[str, int]) -> int:
    return max(1, -(-len(bits) // 64))


def _vocabulary(lists: Sequence[Sequence[str]]) -> dict[str, int]:
    return {word: bit for bit, word in enumerate(sorted({plain(word) for words in lists for word in words}))}


def _padded(lists: Sequence[Sequence[int]], width: int) -> NDArray[np.int16]:
    table = np.zeros((len(lists), width), dtype=np.int16)
    for row, values in enumerate(lists):
        kept = list(values)[:width]
        table[row, : len(kept)] = kept
    return table


def _bit_rows(lists: Sequence[Sequence[str]], bits: Mapping[str, int]) -> NDArray[np.uint64]:
    table = np.zeros((len(lists), _words_for(bits)), dtype=np.uint64)
    for row, values in enumerate(lists):
        for value in values:
            bit = bits[plain(value)]
            table[row, bit // 64] |= np.uint64(1 << (bit % 64))
    return table
