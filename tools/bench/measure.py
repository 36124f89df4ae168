"""What was measured: one number with its spread, and whether it meets its goal."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

AT_MOST: Final = "≤"
AT_LEAST: Final = "≥"
_SAMPLES: Final = 400
Item = TypeVar("Item")
Spread = tuple[float, float, float]
"""A value between its low and its high."""


@dataclass(frozen=True)
class Measure:
    """`ratio` in its `unit` between `low` and `high`; `says` what was divided by what; without a goal `met` is None."""

    id: str
    ratio: float
    low: float
    high: float
    unit: str
    says: str
    goal: float | None = None
    side: str = AT_MOST

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.ratio <= self.goal if self.side == AT_MOST else self.ratio >= self.goal

    def to_json(self) -> str:
        """One line."""
        numbers = {name: float(f"{getattr(self, name):.4g}") for name in ("ratio", "low", "high")}
        return json.dumps(
            {
                "id": self.id,
                "ratio": numbers["ratio"],
                "goal": self.goal,
                "met": self.met,
                "low": numbers["low"],
                "high": numbers["high"],
                "unit": self.unit,
            },
            ensure_ascii=False,
        )


def interleaved(
    tasks: Mapping[str, Callable[[Item], Any]], items: Sequence[Item], *, rounds: int
) -> dict[str, NDArray[np.float64]]:
    """Seconds of every task for every item, float64[rounds, items]: all tasks on one item, then on the next."""
    seconds = {name: np.zeros((rounds, len(items))) for name in tasks}
    for task in tasks.values():
        task(items[0])
    for turn in range(rounds):
        for place, item in enumerate(items):
            for name, task in tasks.items():
                started = time.perf_counter()
                task(item)
                seconds[name][turn, place] = time.perf_counter() - started
    return seconds


def ratio_of(top: NDArray[np.float64], bottom: NDArray[np.float64]) -> Spread:
    """Sum of seconds ÷ sum of seconds; low and high hold nine tenths of the ratios of samples drawn again."""
    top, bottom = top.ravel(), bottom.ravel()
    drawn = np.random.default_rng(1).integers(0, len(top), (_SAMPLES, len(top)))
    ratios = top[drawn].sum(axis=1) / bottom[drawn].sum(axis=1)
    low, high = np.quantile(ratios, (0.05, 0.95))
    return float(top.sum() / bottom.sum()), float(low), float(high)


def median_of(values: Sequence[float] | NDArray[np.float64]) -> Spread:
    """The median between the values that hold nine tenths."""
    low, middle, high = np.quantile(np.asarray(values, dtype=np.float64), (0.05, 0.5, 0.95))
    return float(middle), float(low), float(high)


def exactly(value: float) -> Spread:
    """A value that is counted and has no spread."""
    return value, value, value
