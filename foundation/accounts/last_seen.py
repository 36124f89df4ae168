"""When each session was last used: kept in memory, written in batches beside the requests, harmless to lose."""

import datetime as dt
import logging
import threading

import sqlalchemy as sa

from foundation.accounts.models import SignIn
from foundation.database import Base, Database

WRITE_AFTER = dt.timedelta(seconds=30)
"""Far below the idle time-outs, so that a process that dies costs nobody their session."""
log = logging.getLogger("ieum.sessions")
_SIGN_INS = Base.metadata.tables[SignIn.__tablename__]
_NEWER = (
    sa.update(_SIGN_INS)
    .where(_SIGN_INS.c.token_hash == sa.bindparam("used"), _SIGN_INS.c.seen_at < sa.bindparam("at"))
    .values(seen_at=sa.bindparam("at"))
)


class LastSeen:
    """The uses of sessions since the last batch, by token hash; one thread at a time writes them.

    A page that is only read never waits for the database's writer: noting is a line in memory.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, dt.datetime] = {}
        self._written_at = dt.datetime.now(dt.UTC)
        self._writing = False
        self._lock = threading.Lock()

    def note(self, token_hash: str, *, at: dt.datetime) -> None:
        """Remember one use; every half minute a thread of its own writes what has gathered."""
        with self._lock:
            self._waiting[token_hash] = at
            due = not self._writing and at - self._written_at >= WRITE_AFTER
            if due:
                self._writing, self._written_at = True, at
        if due:
            threading.Thread(target=self._write, name="last-seen", daemon=True).start()

    def of(self, token_hash: str) -> dt.datetime | None:
        """A use that is not written yet."""
        return self._waiting.get(token_hash)

    def write(self) -> int:
        """Write what has gathered; returns how many sessions. What could not be written waits for the next batch."""
        gathered = dict(self._waiting)
        if not gathered:
            return 0
        with self._database.engine.begin() as connection:
            connection.execute(_NEWER, [{"used": token, "at": at} for token, at in sorted(gathered.items())])
        with self._lock:
            for token, at in gathered.items():
                if self._waiting.get(token) == at:
                    del self._waiting[token]
        return len(gathered)

    def _write(self) -> None:
        try:
            self.write()
        except sa.exc.SQLAlchemyError as failure:
            log.warning("the last uses of sessions wait for the next batch: %s", type(failure).__name__)
        finally:
            self._writing = False
