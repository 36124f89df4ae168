"""How many passwords may be hashed at once; whoever comes next is told so instead of waiting with a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from foundation.refusals import Refusal


class TooManySignIns(Refusal):
    """Every place is taken; a moment later one is free."""

    status = 503
    retry_after = 2

    def __init__(self) -> None:
        super().__init__("지금 로그인하는 사람이 많습니다. 몇 초 뒤에 다시 해 주세요.")


class HashingPlaces:
    """So many places in this process; a thread that finds none is free at once for other pages."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place; raises `TooManySignIns`."""
        if not self._free.acquire(blocking=False):
            raise TooManySignIns
        try:
            yield
        finally:
            self._free.release()
