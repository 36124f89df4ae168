"""How often one client may ask the register within a while."""

import datetime as dt
import threading
from collections import deque
from dataclasses import dataclass, field

from foundation.refusals import Refusal


class TooManyTries(Refusal):
    """The client asks faster than a person could read."""

    status = 429


@dataclass
class Tries:
    """Counts requests per client address in a sliding window; forgets clients that stay away."""

    most: int
    within: dt.timedelta
    _seen: dict[str, deque[dt.datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, client: str, *, at: dt.datetime) -> None:
        """Note one request; raises `TooManyTries` beyond the limit."""
        with self._lock:
            for address in [name for name, times in self._seen.items() if at - times[-1] > self.within]:
                del self._seen[address]
            times = self._seen.setdefault(client, deque(maxlen=self.most + 1))
            times.append(at)
            if len(times) > self.most and at - times[0] <= self.within:
                raise TooManyTries("너무 자주 보냈습니다. 잠시 뒤에 다시 해 주세요.")
