"""Leases of effects: whoever works on one longer than a lease lasts keeps it by saying so."""

import contextlib
import datetime as dt
import threading
import uuid
from collections.abc import Iterator

import sqlalchemy as sa

from foundation.database import Database
from foundation.outbox.models import Effect

LEASE = dt.timedelta(seconds=60)
"""How long an effect stays with a worker that says nothing more; then another takes it."""


class Leases:
    """The effects that this process is working on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: set[uuid.UUID] = set()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def kept(self, effect_id: uuid.UUID) -> Iterator[None]:
        """Hold the lease of an effect as long as the block runs, provided that `renew` is called meanwhile."""
        with self._lock:
            self._held.add(effect_id)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(effect_id)

    def renew(self) -> int:
        """Lengthen the leases that are held; returns how many. To be called a few times in each `LEASE`."""
        with self._lock:
            held = tuple(self._held)
        if not held:
            return 0
        with self._database.write() as session:
            mine = sa.update(Effect).where(Effect.id.in_(held), Effect.done_at.is_(None))
            session.execute(mine.values(leased_until=dt.datetime.now(dt.UTC) + LEASE))
            session.commit()
        return len(held)
