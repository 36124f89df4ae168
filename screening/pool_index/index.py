"""One process's copy of the pool: mapped from a file or built, and brought up to the last change before every list."""

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from sqlalchemy import orm

from screening.matching.pool import Pool
from screening.pool_index.files import Damaged, SnapshotFiles
from screening.pool_index.rows import ACTIVE, AT_ONCE, Columns, SeekerFacts, facts_query, gates_on
from screening.pool_index.snapshot import Directory, Snapshot, known_words
from screening.seekers import changes
from screening.seekers.models import AgeGate, Seeker

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

    def current(self, session: orm.Session, *, on: dt.date) -> Snapshot:
        """The snapshot as of this session and day."""
        with self._lock:
            newest = changes.latest(session)
            snapshot = self._snapshot
            if snapshot is None or snapshot.tail.size > MOST_CHANGED:
                snapshot = self._based(session, newest, on)
            if snapshot.number < newest or snapshot.day != on:
                snapshot = _caught_up(session, snapshot, newest, on)
            self._snapshot = snapshot
            return snapshot

    def rebuild(
        self, session: orm.Session, *, on: dt.date, say: Callable[[int], None] = lambda _people: None
    ) -> Snapshot:
        """Build a new base from the database; a crash on the way leaves the old one."""
        with self._lock:
            newest = changes.latest(session)
            if self._files is None:
                self._snapshot = _fresh(session, newest, on, say)
            else:
                with self._files.building():
                    self._snapshot = self._written(session, newest, on, say)
            return self._snapshot

    def _based(self, session: orm.Session, newest: int, on: dt.date) -> Snapshot:
        """A snapshot to go on from: another process's newer file, or one that is built now."""
        if self._files is None:
            return _fresh(session, newest, on)
        with self._files.building():
            name = self._files.current()
            if name is not None and name != self._name:
                try:
                    found = self._files.read(name)
                    if _belongs(session, found, newest):
                        self._name = name
                        return found
                    log.warning("the pool's file %s is of another database and is built anew", name)
                except Damaged as failure:
                    log.warning("the pool's file cannot be used (%s) and is built anew", failure)
            return self._written(session, newest, on)

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
    rows = session.execute(facts_query().execution_options(yield_per=AT_ONCE))
    for batch in rows.partitions(AT_ONCE):
        columns.take([SeekerFacts._make(row) for row in batch], gates)
        taken += len(batch)
        say(taken)
    pool, ids = columns.laid_out()
    return Snapshot.of(pool, Directory.of(ids), number=newest, day=on)


def _caught_up(session: orm.Session, snapshot: Snapshot, newest: int, on: dt.date) -> Snapshot:
    """The snapshot with every change since, and with the gates that somebody young has passed since."""
    changed: list[uuid.UUID] = []
    newest = max(newest, snapshot.number)
    if newest != snapshot.number:
        changed += session.scalars(sa.select(Seeker.id).where(Seeker.change_number > snapshot.number))
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
    rows = session.execute(facts_query().where(Seeker.id.in_(seeker_ids))).all()
    columns.take([SeekerFacts._make(row) for row in rows], gates_on(session, on, seeker_ids))


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
