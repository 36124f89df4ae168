"""How much of the portal's time the files of one client may take within a while."""

import datetime as dt
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from foundation.refusals import Refusal


class TooMuchReading(Refusal):
    """The client's files have cost more than its share; `retry_after` is when the share is free again."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "이 주소에서 올린 파일을 확인하는 데 너무 오래 걸렸습니다. "
            f"{retry_after}초 뒤에 다시 올리거나 문서확인번호로 확인해 주세요."
        )
        self.retry_after = retry_after


@dataclass
class ReadingTime:
    """Seconds of reading per client in a sliding window: many quick files pass, a few slow ones do not.

    A client that has used `most` seconds within `within` waits until enough of them lie behind.
    """

    most: float
    within: dt.timedelta
    clock: Callable[[], float] = time.monotonic
    _spent: dict[str, deque[tuple[float, float]]] = field(default_factory=dict)
    _swept_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def spending(self, client: str) -> Iterator[None]:
        """Charge what happens inside to the client; raises `TooMuchReading` before it begins."""
        self._admit(client)
        began = self.clock()
        try:
            yield
        finally:
            ended = self.clock()
            with self._lock:
                self._spent.setdefault(client, deque()).append((ended, ended - began))

    def _admit(self, client: str) -> None:
        now, window = self.clock(), self.within.total_seconds()
        with self._lock:
            self._sweep(now, window)
            spent = self._spent.get(client, deque())
            while spent and now - spent[0][0] >= window:
                spent.popleft()
            if not spent:
                self._spent.pop(client, None)
            over = sum(seconds for _, seconds in spent) - self.most
            if over < 0:
                return
            for at, seconds in spent:
                over -= seconds
                if over < 0:
                    raise TooMuchReading(max(1, round(at + window - now)))

    def _sweep(self, now: float, window: float) -> None:
        """Forget clients that stay away, once in a window."""
        if now - self._swept_at < window:
            return
        self._swept_at = now
        for client in [name for name, spent in self._spent.items() if now - spent[-1][0] >= window]:
            del self._spent[client]
