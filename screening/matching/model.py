"""The rules of the score: shares of a thousand for every criterion, and an order's demand as tables to look up.

Both engines, NumPy and Numba, read these tables and nothing else, so that they agree to the last 1/1000 point.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.demand import Demand
from screening.matching.pool import Pool, Vocabulary, day_number, licence_sign, trade_bit
from screening.matching.words import TERMS, terms

FULL: Final = 1000
CRITERIA: Final = ("occupation", "experience", "skills", "licences", "text", "training")
OCCUPATION, EXPERIENCE, SKILLS, LICENCES, TEXT, TRAINING = range(len(CRITERIA))

OCCUPATION_SHARES: Final = (1000, 700, 400, 150, 0)
"""Share of the points by distance in the KECO tree: same code, same minor, same middle, same major group, none."""
EXPERIENCE_SHARES: Final = (1000, 1000, 500, 0, 0)
"""Share of months that count as experience, by the same distance."""
TRAINING_SHARES: Final = (1000, 1000, 500, 0, 0)
MOST_MONTHS: Final = 240
HALF_MONTHS: Final = 24
"""Months after which half of the experience points are reached; every further two years add half of the rest."""
EXPERIENCE_CURVE: Final = np.array(
    [round(FULL * (1 - 2 ** (-months / HALF_MONTHS))) for months in range(MOST_MONTHS + 1)], dtype=np.int64
)
TEXT_FULL: Final = 3
"""A third of the order's words, weighed by their rarity, is full marks: nobody repeats a whole advertisement."""

CODES: Final = 10_000
NO_CODE: Final = 4 * CODES
ASKED, MUST = 1, 2
(
    FAILS_GATE,
    FAILS_HOURS,
    FAILS_PAY,
    FAILS_DATE,
    FAILS_COMMUTE,
    FAILS_LICENCE,
    FAILS_SKILL,
    FAILS_EXPERIENCE,
) = (1 << bit for bit in range(8))
"""The bits of the hard conditions that somebody fails, in the order of the funnel."""
NO_LIMIT_WON, NO_LIMIT_DAY = 0x7FFFFFFF, 0xFFFF


def distances(wanted: int) -> NDArray[np.int16]:
    """Steps in the KECO tree from every code: 0 same four digits, 1 same three, 2 two, 3 the first, 4 otherwise."""
    codes = np.arange(CODES, dtype=np.int16)
    steps = np.full(CODES, 4, dtype=np.int16)
    if wanted:
        for step, unit in ((3, 1000), (2, 100), (1, 10), (0, 1)):
            steps[codes // unit == wanted // unit] = step
        steps[0] = 4
    return steps


@dataclass(frozen=True, eq=False)
class Nearness:
    """By occupation code: the share as a wanted occupation, as experience, as a course, and the steps; int16[10000].

    `trade` is the bit of the trades that such occupations set; who lacks it has 150 of the occupation at most, and no
    experience and no course.
    """

    occupation: NDArray[np.int16]
    experience: NDArray[np.int16]
    training: NDArray[np.int16]
    steps: NDArray[np.int16]
    trade: int


@lru_cache(maxsize=1024)
def nearness(wanted: int) -> Nearness:
    """The tables of one wanted occupation; without one (0) all experience counts as experience."""
    steps = distances(wanted)

    def shares(by_steps: Sequence[int]) -> NDArray[np.int16]:
        return np.array(by_steps, dtype=np.int16)[steps]

    experience = shares(EXPERIENCE_SHARES) if wanted else np.full(CODES, FULL, dtype=np.int16)
    experience[0] = 0
    return Nearness(
        occupation=shares(OCCUPATION_SHARES),
        experience=experience,
        training=shares(TRAINING_SHARES),
        steps=steps,
        trade=trade_bit(wanted // 100) if wanted else 0,
    )


@dataclass(frozen=True, eq=False)
class Asked:
    """A demand in the numbers of one pool's words.

    `licence_marks`, `skill_marks` uint8 by word: asked, must or both. `terms` are the order's, `term_weights` their
    weights, uint32 and int32; `text_weight` is the sum. `possible` is false when a must names a word that nobody
    in the pool has; `impossible` are the bits of the conditions that then fail for everybody.
    """

    demand: Demand
    near: Nearness
    commute: int
    employment: int
    offered_won: int
    starts: int
    licence_sign: int
    licence_marks: NDArray[np.uint8]
    skill_marks: NDArray[np.uint8]
    licence_count: int
    skill_count: int
    must_licence_count: int
    must_skill_count: int
    terms: NDArray[np.uint32]
    term_weights: NDArray[np.int32]
    text_weight: int
    weights: NDArray[np.int64]
    possible: bool
    impossible: int

    @property
    def asks_occupation(self) -> bool:
        return self.demand.occupation > 0

    @property
    def most_far(self) -> int:
        """The most that somebody without the trade can score; −1 where the must experience leaves them out."""
        if self.demand.needs_months:
            return -1
        without = int(self.weights[EXPERIENCE] + self.weights[TRAINING])
        occupation = int(self.weights[OCCUPATION])
        far = OCCUPATION_SHARES[3]
        return (int(self.weights.sum()) - without - occupation) * FULL + occupation * far


@dataclass(frozen=True, eq=False)
class Findings:
    """What is found of n people, to be told: `shares` int64[criteria, n] and what they were after the `next` step.

    `months` of experience that count, `wanted` and `trained` the nearest such occupation as steps × 10000 + code
    (40000: none), int64[n]. The asked words that are held follow one another: `owners` (a place among the n), `kinds`
    and `numbers`, int64[held].
    """

    shares: NDArray[np.int64]
    next: NDArray[np.int64]
    months: NDArray[np.int64]
    wanted: NDArray[np.int64]
    trained: NDArray[np.int64]
    owners: NDArray[np.int64]
    kinds: NDArray[np.int64]
    numbers: NDArray[np.int64]


YEAR: Final = 12
"""The next step in experience, in months."""


@contextmanager
def weighed_terms(asked: Asked) -> Iterator[NDArray[np.int32]]:
    """The weights of all terms, int32[TERMS], 0 for those that are not asked; the thread's one table, lent out."""
    table: NDArray[np.int32] | None = getattr(_thread, "table", None)
    if table is None:
        table = _thread.table = np.zeros(TERMS, dtype=np.int32)
    table[asked.terms] = asked.term_weights
    try:
        yield table
    finally:
        table[asked.terms] = 0


_thread = threading.local()


def compiled(demand: Demand, pool: Pool) -> Asked:
    """A demand against the words of a pool."""
    licences, skills = pool.licences, pool.skills
    licence_marks = _marks(demand.licences, demand.must_licences, licences)
    skill_marks = _marks(demand.skills, demand.must_skills, skills)
    must = [licences.known(word) for word in dict.fromkeys(demand.must_licences)]
    must_skills = [skills.known(word) for word in dict.fromkeys(demand.must_skills)]
    known = [number for number in must if number is not None]
    words = terms(demand.text)
    weighed = demand.rarity.of(words)
    return Asked(
        demand=demand,
        near=nearness(demand.occupation),
        commute=demand.workplace_bit,
        employment=demand.employment_bit,
        offered_won=NO_LIMIT_WON if demand.offered_won is None else min(demand.offered_won, NO_LIMIT_WON),
        starts=NO_LIMIT_DAY if demand.starts_on is None else day_number(demand.starts_on),
        licence_sign=licence_sign(known),
        licence_marks=licence_marks,
        skill_marks=skill_marks,
        licence_count=len(dict.fromkeys(demand.licences)),
        skill_count=len(dict.fromkeys(demand.skills)),
        must_licence_count=len(must),
        must_skill_count=len(must_skills),
        terms=words,
        term_weights=weighed,
        text_weight=int(weighed.sum()),
        weights=np.array([demand.weights.get(name, 0) for name in CRITERIA], dtype=np.int64),
        possible=None not in must and None not in must_skills,
        impossible=(FAILS_LICENCE if None in must else 0) | (FAILS_SKILL if None in must_skills else 0),
    )


def _marks(asked: Iterable[str], must: Iterable[str], vocabulary: Vocabulary) -> NDArray[np.uint8]:
    marks = np.zeros(max(len(vocabulary), 1), dtype=np.uint8)
    for words, mark in ((asked, ASKED), (must, MUST)):
        for word in words:
            number = vocabulary.known(word)
            if number is not None:
                marks[number] |= mark
    return marks
