"""How many people each hard condition leaves, and how many more there were without it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from screening.matching.engine import ENGINES, FASTEST
from screening.matching.model import Asked
from screening.matching.pool import Pool

FILTERS: Final = ("gate", "hours", "pay", "date", "commute", "licence", "skill", "experience")
"""The hard conditions in the order in which they are counted; bit n of a failure is the nth (`model.FAILS_…`)."""


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


def funnel(pool: Pool, asked: Asked, *, engine: str = FASTEST) -> Funnel:
    """Count the whole pool through the hard conditions of a demand."""
    failed = sum(
        (ENGINES[engine].failures(segment, asked) for _, segment in pool.placed()),
        start=np.zeros(1 << len(FILTERS), dtype=np.int64),
    )
    masks = np.arange(len(failed))
    left, before = {}, 0
    for place, name in enumerate(FILTERS):
        before |= 1 << place
        left[name] = int(failed[masks & before == 0].sum())
    more = {name: int(failed[1 << place]) for place, name in enumerate(FILTERS)}
    return Funnel(people=int(failed.sum()), left=left, more=more)
