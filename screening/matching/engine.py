"""Which engine ranks: the compiled one where Numba can be imported, NumPy everywhere; both give the same integers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching import scoring
from screening.matching.model import Asked, Findings
from screening.matching.pool import Segment
from screening.matching.upper_bounds import Ceiling

try:
    from screening.matching import kernel
except ImportError:  # without Numba everything works, more slowly
    kernel = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Engine:
    """`rank_segment`: the best rows of one segment with their scores; `failures`: who fails which hard conditions;
    `findings`: what is told of some rows."""

    rank_segment: Callable[[Segment, Asked, Ceiling, int], tuple[NDArray[np.int64], NDArray[np.int64]]]
    failures: Callable[[Segment, Asked], NDArray[np.int64]]
    findings: Callable[[Segment, Asked, NDArray[np.int64]], Findings]


_NUMPY = Engine(scoring.rank_segment, scoring.failures, scoring.findings)
ENGINES: Final[Mapping[str, Engine]] = MappingProxyType(
    {"numpy": _NUMPY}
    if kernel is None
    else {"numpy": _NUMPY, "numba": Engine(kernel.rank_segment, kernel.failures, kernel.findings)}
)
FASTEST: Final = "numpy" if kernel is None else "numba"
