"""The yardstick: adding up as many bytes as the filter columns have, once, on one core, from memory."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.pool import FILTER_COLUMNS, TYPES

try:
    import numba
except ImportError:
    numba = None  # type: ignore[assignment]

BYTES_A_PERSON: Final = sum(np.dtype(TYPES[name]).itemsize for name in FILTER_COLUMNS)
BEYOND_CACHES: Final = 256_000_000
"""Bytes; more than the last cache of the machines this runs on."""


def _sum(numbers: Any) -> Any:
    total = 0.0
    for place in range(numbers.shape[0]):
        total += numbers[place]
    return total


class Stream:
    """Adds float64 up, as fast as a compiled loop can; with NumPy's own sum where there is no compiler.

    Each pass reads another place of a buffer that no cache holds: columns that were not just read come from memory.
    """

    def __init__(self, people: int) -> None:
        self.chance = np.random.default_rng(2)
        self.length = people * BYTES_A_PERSON // 8
        self.buffer: NDArray[np.float64] = self.chance.random(self.length + BEYOND_CACHES // 8)
        self._sum: Any = np.sum if numba is None else numba.njit(fastmath=True, nogil=True)(_sum)
        self.read()

    def read(self) -> float:
        """One pass over all bytes."""
        start = int(self.chance.integers(0, BEYOND_CACHES // 8))
        return float(self._sum(self.buffer[start : start + self.length]))
