"""How many people each hard condition leaves, and how many more there were without it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching import scoring
from screening.matching.model import Asked
from screening.matching.pool import Pool, Segment

FILTERS: Final = ("gate", "hours", "pay", "date", "commute", "licence", "skill", "experience")
"""The hard conditions in the order in which they are counted."""
COLUMNS: Final = 5
"""How many of them are columns; the others are read in the facts of those who fail one column at most."""
_LICENCE, _SKILL, _EXPERIENCE = 1 << 5, 1 << 6, 1 << 7


@dataclass(frozen=True)
class Funnel:
    """`people` in the pool; `left` after each condition, one after the other; `more` if that one alone were dropped."""

    people: int
    left: dict[str, int]
    more: dict[str, int]

    @property
    def fitting(self) -> int:
        return self.left[FILTERS[-1]]

    @property
    def tightest(self) -> str | None:
        """The condition without which most people more would fit; None where dropping one alone changes nothing."""
        name = max(self.more, key=lambda each: self.more[each])
        return name if self.more[name] else None


def funnel(pool: Pool, asked: Asked) -> Funnel:
    """Count the whole pool through the hard conditions of a demand."""
    failed = sum(
        (np.bincount(_failures(segment, asked), minlength=256) for segment in pool.segments),
        start=np.zeros(256, dtype=np.int64),
    )
    masks = np.arange(256)
    left, before = {}, 0
    for place, name in enumerate(FILTERS):
        before |= 1 << place
        left[name] = int(failed[masks & before == 0].sum())
    more = {name: int(failed[1 << place]) for place, name in enumerate(FILTERS)}
    return Funnel(people=int(failed.sum()), left=left, more=more)


def _failures(segment: Segment, asked: Asked) -> NDArray[np.int64]:
    """Per person in the segment the conditions that fail, as bits; exact for everybody who fails at most one."""
    present = np.flatnonzero(segment.flags)
    demand = asked.demand
    flags = segment.flags[present]
    failed: NDArray[np.int64] = ((flags & demand.gates) != demand.gates).astype(np.int64)
    failed |= ((flags & asked.employment) == 0).astype(np.int64) << 1
    failed |= (segment.wage_floor[present] > asked.offered_won).astype(np.int64) << 2
    failed |= (segment.available[present] > asked.starts).astype(np.int64) << 3
    failed |= ((segment.commute[present] & np.uint32(asked.commute)) == 0).astype(np.int64) << 4
    if not (demand.must_licences or demand.must_skills or demand.needs_months):
        return failed
    sign = np.uint32(asked.licence_sign)
    failed |= np.where((segment.licence_sign[present] & sign) == sign, 0, _LICENCE)
    if not asked.possible:
        failed |= _impossible(asked)
    near = np.flatnonzero(np.bitwise_count(failed) <= 1)
    held = scoring.held_by(segment, asked, present[near])
    if demand.must_licences:
        failed[near] |= np.where(held.must_licences == asked.must_licence_count, 0, _LICENCE)
    if demand.must_skills:
        failed[near] |= np.where(held.must_skills == asked.must_skill_count, 0, _SKILL)
    if demand.needs_months:
        jobs = scoring.jobs_of(segment, asked, present[near])
        failed[near] |= np.where(jobs.months >= demand.needs_months, 0, _EXPERIENCE)
    return failed


def _impossible(asked: Asked) -> int:
    """The musts that name a word nobody in the pool has."""
    licence = np.count_nonzero(asked.licence_marks & 2) < asked.must_licence_count
    skill = np.count_nonzero(asked.skill_marks & 2) < asked.must_skill_count
    return (_LICENCE if licence else 0) | (_SKILL if skill else 0)
