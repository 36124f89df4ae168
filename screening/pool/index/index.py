"""One process's copy of the pool: mapped from a file or built, and brought up to the last change before every list."""

import contextlib
import datetime as dt
import gc
import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import sqlalchemy as sa
from sqlalchemy import orm

from screening.matching.pool import Pool
from screening.pool.index.files import Damaged, SnapshotFiles
from screening.pool.index.rows import ACTIVE, AT_ONCE, FACTS, Columns, facts_of, gates_on
from screening.pool.index.snapshot import Directory, Snapshot, known_words
from screening.pool.seekers import changes
from screening.pool.seekers.models import AgeGate, Seeker

MOST_CHANGED = 5_000
"""Rows that may stand behind the base, where nothing is in order, before a new base is due."""
log = logging.getLogger("ieum.pool")


class PoolIndex:
    """Keeps a snapshot and brings it up to date on request; safe to share between threads.

    Whether it is current is asked of the numbers that changes take when they commit: whoever withdrew before this
    session began is in no list that it makes, in any process. With a `folder` the base is a file that all processes of
    a machine map; a damaged one is built anew and said in the log. Without one the process builds its own.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._files = SnapshotFiles(folder) if folder else None
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._name: str | None = None
        self._mended = False

    def mended(self) -> bool:
        """Whether a file could not be used and was built anew since this was last asked; to be said once, on a page."""
        mended, self._mended = self._mended, False
        return mended

    def current(self, session: orm.Session, *, on: dt.date) -> Snapshot:
        """The snapshot as of this session and day."""
        with self._lock:
            newest = changes.latest(session)
            snapshot = self._snapshot
            if snapshot is None:
                snapshot = self._first(session, newest, on)
            elif snapshot.tail.size > MOST_CHANGED:
                snapshot = self._newer(session, newest, on) or snapshot
            seen = _caught_up(session, snapshot, newest, on)
            if newest >= snapshot.number:
                self._snapshot = seen
            return seen

    def rebuild(
        self, session: orm.Session, *, on: dt.date, say: Callable[[int], None] = lambda _people: None
    ) -> Snapshot:
        """Build a new base from the database; a crash on the way leaves the old one."""
        newest = changes.latest(session)
        if self._files is None:
            built = _fresh(session, newest, on, say)
        else:
            with self._files.building():
                built = self._written(session, newest, on, say)
        with self._lock:
            self._snapshot = built
        return built

    def renew(self, session: orm.Session, *, on: dt.date) -> bool:
        """Build a new base where many rows stand behind the old one; the other processes take it up by themselves."""
        if self.current(session, on=on).tail.size <= MOST_CHANGED // 2:
            return False
        self.rebuild(session, on=on)
        return True

    def _first(self, session: orm.Session, newest: int, on: dt.date) -> Snapshot:
        """The file that another process left, or a base that is built now."""
        if self._files is None:
            return _fresh(session, newest, on)
        with self._files.building():
            return self._taken_up(session, newest) or self._written(session, newest, on)

    def _newer(self, session: orm.Session, newest: int, on: dt.date) -> Snapshot | None:
        """A base that was built since; without files the process builds its own."""
        return _fresh(session, newest, on) if self._files is None else self._taken_up(session, newest)

    def _taken_up(self, session: orm.Session, newest: int) -> Snapshot | None:
        """The current file, unless it is the one in use, damaged, or of another database; that is said in the log."""
        assert self._files is not None
        name = self._files.current()
        if name is None or name == self._name:
            return None
        try:
            found = self._files.read(name)
        except Damaged as failure:
            log.warning("the pool's file cannot be used (%s) and is built anew", failure)
            self._mended = True
            return None
        if not _belongs(session, found, newest):
            log.warning("the pool's file %s is of another database and is built anew", name)
            self._mended = True
            return None
        self._name = name
        return found

    def _written(
        self,
        session: orm.Session,
        newest: int,
        on: dt.date,
        say: Callable[[int], None] = lambda _people: None,
    ) -> Snapshot:
        assert self._files is not None
        built = _fresh(session, newest, on, say)
        self._name = self._files.write(
            Pool((built.base,), built.pool.licences, built.pool.skills),
            built.directories[0],
            number=newest,
            day=on,
        )
        return self._files.read(self._name)


def _fresh(
    session: orm.Session, newest: int, on: dt.date, say: Callable[[int], None] = lambda _people: None
) -> Snapshot:
    """Everybody who may be proposed, read from the database."""
    columns = Columns(*known_words(None))
    gates = gates_on(session, on)
    taken = 0
    rows = session.execute(FACTS.execution_options(yield_per=AT_ONCE))
    with _uncollected():
        for batch in rows.partitions(AT_ONCE):
            columns.take(batch, gates)
            taken += len(batch)
            say(taken)
    pool, ids = columns.laid_out()
    return Snapshot.of(pool, Directory.of(ids), number=newest, day=on)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """With the cyclic garbage collector off: it would scan millions of strings and find no cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


_CHANGED_SINCE: Final = sa.select(Seeker.id).where(Seeker.change_number > sa.bindparam("number"))


def _caught_up(session: orm.Session, snapshot: Snapshot, newest: int, on: dt.date) -> Snapshot:
    """The snapshot with every change since, and with the gates that somebody young has passed since.

    A session that began before the snapshot's last change uses it but must not store it: what it reads is older.
    """
    if snapshot.number >= newest and snapshot.day == on:
        return snapshot
    changed: list[uuid.UUID] = []
    newest = max(newest, snapshot.number)
    if newest != snapshot.number:
        changed += session.scalars(_CHANGED_SINCE, {"number": snapshot.number})
    if on != snapshot.day:
        earlier, later = sorted((snapshot.day, on))
        changed += session.scalars(
            sa.select(AgeGate.seeker_id).where(
                sa.or_(
                    AgeGate.eighteen_on.between(earlier + dt.timedelta(days=1), later),
                    AgeGate.adult_on.between(earlier + dt.timedelta(days=1), later),
                )
            )
        )
    if not changed:
        return Snapshot(snapshot.pool, snapshot.directories, newest, on)
    columns = Columns(*known_words(snapshot))
    for start in range(0, len(changed), changes.AT_ONCE):
        _take(session, columns, changed[start : start + changes.AT_ONCE], on)
    fresh, ids = columns.laid_out()
    return snapshot.patched(changed, fresh, ids, number=newest, day=on)


def _take(session: orm.Session, columns: Columns, seeker_ids: Sequence[uuid.UUID], on: dt.date) -> None:
    columns.take(facts_of(session, seeker_ids), gates_on(session, on, seeker_ids))


SAMPLE = 8


def _belongs(session: orm.Session, snapshot: Snapshot, newest: int) -> bool:
    """Whether a file is of this database: not ahead of it, and some of its people are known here."""
    if snapshot.number > newest:
        return False
    everybody = snapshot.everybody()
    if not len(everybody):
        return not session.scalar(
            sa.select(sa.exists().where(ACTIVE, Seeker.change_number <= snapshot.number))
        )
    some = everybody[np.linspace(0, len(everybody) - 1, min(SAMPLE, len(everybody))).astype(int)]
    ids = set(snapshot.seeker_ids(some))
    known = session.scalar(sa.select(sa.func.count()).select_from(Seeker).where(Seeker.id.in_(ids)))
    return known == len(ids)
