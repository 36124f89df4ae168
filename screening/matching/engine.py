"""Which engine ranks: the compiled one where Numba can be imported, NumPy everywhere; both give the same integers."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching import scoring
from screening.matching.model import Asked
from screening.matching.pool import Segment

try:
    from screening.matching import kernel
except ImportError:  # without Numba everything works, more slowly
    kernel = None  # type: ignore[assignment]

Engine = Callable[[Segment, Asked, int], tuple[NDArray[np.int64], NDArray[np.int64]]]

_WITHOUT: dict[str, Engine] = {"numpy": scoring.rank_segment}
ENGINES: Final[Mapping[str, Engine]] = MappingProxyType(
    _WITHOUT if kernel is None else {**_WITHOUT, "numba": kernel.rank_segment}
)
FASTEST: Final = "numpy" if kernel is None else "numba"
