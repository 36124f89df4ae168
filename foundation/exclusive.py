"""What only one process may do at a time: an advisory lock on PostgreSQL, a locked file beside SQLite."""

import fcntl
import hashlib
import os
from types import TracebackType

import sqlalchemy as sa

from foundation.database import Database


class Exclusive:
    """One named piece of work of a database, for one process of all that serve it.

    The lock ends with the process, however it ends. `take()` takes it or says no; `with` waits for it.
    """

    def __init__(self, database: Database, name: str) -> None:
        self._file = f"{database.engine.url.database}-{name}.lock" if database.is_sqlite else ""
        self._engine = None if database.is_sqlite else sa.create_engine(database.url, poolclass=sa.NullPool)
        self._key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
        self._open: int | None = None
        self._connection: sa.Connection | None = None

    def take(self) -> bool:
        """Hold the lock from now on, or go on holding it; False while another process has it."""
        return self._file_taken(wait=False) if self._engine is None else self._advised(wait=False)

    def release(self) -> None:
        """Let another process have it."""
        if self._open is not None:
            os.close(self._open)
            self._open = None
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
        if self._engine is not None:
            self._engine.dispose()

    def __enter__(self) -> "Exclusive":
        if self._engine is None:
            self._file_taken(wait=True)
        else:
            self._advised(wait=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _file_taken(self, *, wait: bool) -> bool:
        if self._open is not None:
            return True
        opened = os.open(self._file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(opened)
            return False
        self._open = opened
        return True

    def _advised(self, *, wait: bool) -> bool:
        assert self._engine is not None
        if self._connection is not None and self._is_alive(self._connection):
            return True
        self.release()
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if wait:
            connection.execute(sa.select(sa.func.pg_advisory_lock(self._key)))
        elif not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(self._key))):
            connection.close()
            return False
        self._connection = connection
        return True

    @staticmethod
    def _is_alive(connection: sa.Connection) -> bool:
        """Whether the server still holds our lock; it lets go when the connection breaks."""
        try:
            connection.execute(sa.select(1))
        except sa.exc.DBAPIError:
            return False
        return True
