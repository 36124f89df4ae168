"""Upper bounds of a score from Bloom-style bit masks of a record, before any of its facts is read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.model import (
    ASKED,
    EXPERIENCE,
    EXPERIENCE_CURVE,
    EXPERIENCE_SHARES,
    FULL,
    LICENCES,
    MOST_MONTHS,
    MUST,
    OCCUPATION,
    OCCUPATION_SHARES,
    SKILLS,
    TEXT,
    TRAINING,
    TRAINING_SHARES,
    Asked,
)
from screening.matching.pool import LICENCE_BITS, SKILL_BITS, minor_sign, occupation_sign

STEPS: Final = 4
"""Steps in the KECO tree that signs tell apart: same code 0, same minor group 1, same trade 2, none of them 3."""
MONTHS: Final = 2 * MOST_MONTHS + 1
"""Months of experience that are told apart: where half of them count, twice as many are needed for full points."""


@dataclass(frozen=True, eq=False)
class Ceiling:
    """An order's upper score bounds by bit mask, in 1/1000 point.

    `same` and `minor` are what the work sign of the asked occupation and of its minor group holds (0 where none is
    asked). `work`, int64, is the most for occupation, course and experience, with the full points of the text, by
    (course × STEPS + steps) × MONTHS + months. `skills` and `licences`, uint64, are the bits that one, two, … of the
    asked words share: as many as are held bring at most `skill_points` and `licence_points`, int64. `must_skills` are
    bits that nobody may lack.
    """

    same: int
    minor: int
    work: NDArray[np.int64]
    skills: NDArray[np.uint64]
    skill_points: NDArray[np.int64]
    licences: NDArray[np.uint64]
    licence_points: NDArray[np.int64]
    must_skills: int


def ceiling_of(asked: Asked) -> Ceiling:
    """What an order lets signs tell."""
    weights, wanted = asked.weights, asked.demand.occupation
    skills = np.flatnonzero(asked.skill_marks & ASKED).tolist()
    licences = np.flatnonzero(asked.licence_marks & ASKED).tolist()
    must_skills = np.flatnonzero(asked.skill_marks & MUST).tolist() if asked.must_skill_count else []
    return Ceiling(
        same=occupation_sign(wanted) if wanted else 0,
        minor=minor_sign(wanted) if wanted else 0,
        work=_work(wanted > 0, tuple(weights.tolist())),
        skills=_levels(skills, SKILL_BITS),
        skill_points=_points(len(skills), asked.skill_count, weights[SKILLS]),
        licences=_levels(licences, LICENCE_BITS),
        licence_points=_points(len(licences), asked.licence_count, weights[LICENCES]),
        must_skills=sum({1 << number % SKILL_BITS for number in must_skills}),
    )


@lru_cache(maxsize=64)
def _work(asks_occupation: bool, weights: tuple[int, ...]) -> NDArray[np.int64]:
    occupation, course, experience = _shares(asks_occupation)
    jobs = weights[OCCUPATION] * occupation + weights[TRAINING] * course + weights[TEXT] * FULL
    most: NDArray[np.int64] = jobs + weights[EXPERIENCE] * experience
    return most.ravel()


@cache
def _shares(asks_occupation: bool) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Most shares of occupation, course and experience, by course, steps and months; full where nothing is asked."""
    full = np.full((2, STEPS, 1), FULL)
    if not asks_occupation:
        return full, full, np.full((STEPS, MONTHS), FULL)
    occupation, course, experience = (
        np.array(each[:STEPS])[:, None] for each in (OCCUPATION_SHARES, TRAINING_SHARES, EXPERIENCE_SHARES)
    )
    counted = np.minimum(np.arange(MONTHS) * experience // FULL, MOST_MONTHS)
    return occupation, np.stack([0 * course, course]), EXPERIENCE_CURVE[counted]


def _levels(words: Iterable[int], width: int) -> NDArray[np.uint64]:
    """The bits that one, two, … of the asked words share."""
    shared = Counter(1 << word % width for word in words)
    deepest = max(shared.values(), default=0)
    return np.array(
        [sum(bit for bit, held in shared.items() if held > level) for level in range(deepest)],
        dtype=np.uint64,
    )


def _points(known: int, asked: int, weight: int) -> NDArray[np.int64]:
    """Points by how many of the asked words that anybody has are held."""
    return weight * (np.arange(known + 1) * FULL // asked if asked else np.array([FULL]))
