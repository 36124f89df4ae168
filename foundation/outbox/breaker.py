"""A kind of effect whose outside is away is left alone, longer each time (circuit breaker)."""

import time
from collections.abc import Iterable


class Breaker:
    """Kinds that rest, and how long; times are the machine's own. Without `rests` a kind rests for good."""

    def __init__(self, rests: Iterable[float] = (float("inf"),)) -> None:
        self._rests = tuple(rests)
        self._tripped: dict[str, tuple[int, float]] = {}

    def is_open(self, kind: str) -> bool:
        """Whether a kind rests now."""
        return self._tripped.get(kind, (0, 0.0))[1] > time.monotonic()

    def open(self, kind: str) -> None:
        """Let a kind rest: the longer, the more often in a row."""
        times = self._tripped.get(kind, (0, 0.0))[0]
        rest = self._rests[min(times, len(self._rests) - 1)]
        self._tripped[kind] = (times + 1, time.monotonic() + rest)

    def close(self, kind: str) -> None:
        """The outside of a kind answers again."""
        self._tripped.pop(kind, None)
