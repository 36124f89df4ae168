"""The pool's columns out of the database: how long they take to build, to patch for one person, and what they fill."""

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from employer_portal.operations.schema import upgrade
from foundation.database import Base, Database
from screening.pool.index.files import SnapshotFiles
from screening.pool.index.index import PoolIndex
from screening.pool.seekers.changes import number_changes
from screening.pool.seekers.models import Seeker
from tests.database_fixture import VAULT
from tools.bench.machine import say
from tools.bench.measure import AT_MOST, Measure, exactly, median_of
from tools.bench.population import city
from tools.bench.seekers import settle

PEOPLE: Final = 1_000_000
SEEKERS: Final = Base.metadata.tables["seeker"]
PATCHES: Final = 40
DAY: Final = dt.date(2026, 3, 2)
GOALS: Final = {"c-build-1m": 60.0, "c-patch-1m": 5.0, "c-memory-1m": 250.0, "c-memory-text-1m": 700.0}


def ids() -> list[str]:
    """The measures of the columns."""
    return [*GOALS, "c-process-1m"]


def measures(wanted: Sequence[str], *, people: int = PEOPLE) -> Iterator[Measure]:
    """The wanted ones; all of them need the columns built, so that time is always known."""
    if not set(ids()) & set(wanted):
        return
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
        database = Database(f"sqlite:///{folder}/ieum.sqlite", vault=VAULT)
        try:
            upgrade(database)
            say(f"{people:,} people into a database …")
            settle(database, city(people))
            for each in _measured(database, Path(folder) / "pool", wanted):
                if each.id in wanted:
                    yield each
        finally:
            database.dispose()


def _measured(database: Database, folder: Path, wanted: Sequence[str]) -> Iterator[Measure]:
    say("the columns from the database …")
    index = PoolIndex(folder)
    started = time.perf_counter()
    with database.read() as session:
        pool = index.rebuild(session, on=DAY).pool
    took = time.perf_counter() - started
    yield _measure(
        "c-build-1m",
        exactly(took),
        "s",
        f"{len(pool):,} people from SQLite, files written and mapped; one run",
    )
    if {"c-memory-1m", "c-memory-text-1m", "c-process-1m"} & set(wanted):
        yield from _resident(folder)
    if "c-patch-1m" in wanted:
        seconds = [_patched(database, index) for _ in range(PATCHES)]
        yield _measure(
            "c-patch-1m",
            median_of([1e3 * each for each in seconds]),
            "ms",
            f"one changed person read and put into the snapshot, {PATCHES} times one after the other",
        )


def _patched(database: Database, index: PoolIndex) -> float:
    with database.write() as session:
        changed = session.scalars(_anybody()).one()
        session.execute(
            sa.update(SEEKERS).where(SEEKERS.c.id == changed).values(wage_floor=SEEKERS.c.wage_floor + 10_000)
        )
        number_changes(session, [changed])
        session.commit()
    with database.read() as session:
        session.execute(sa.select(1))
        started = time.perf_counter()
        index.current(session, on=DAY)
        return time.perf_counter() - started


def _anybody() -> sa.Select[uuid.UUID]:
    """Somebody who was not changed yet."""
    first = sa.select(sa.func.min(Seeker.change_number)).scalar_subquery()
    return sa.select(Seeker.id).where(Seeker.change_number == first).limit(1)


def _resident(folder: Path) -> Iterator[Measure]:
    """What a process fills that maps the files and reads every byte of them once."""
    name = SnapshotFiles(folder).current()
    said = subprocess.run(
        [sys.executable, "-m", "tools.bench.resident", str(folder), str(name)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: dict[str, float] = json.loads(said)
    yield _measure(
        "c-memory-1m",
        exactly(found["without_text"]),
        "MB",
        "resident for all columns but the free text, every page read; files that all processes share "
        f"({found['own']:.0f} MB of it the process's own)",
    )
    yield _measure(
        "c-memory-text-1m", exactly(found["with_text"]), "MB", "the same with the free text's terms"
    )
    yield _measure(
        "c-process-1m",
        exactly(found["process"]),
        "MB",
        f"the whole process that ranks, with Python, NumPy and the compiler; {found['before']:.0f} MB without columns",
    )


def _measure(id_: str, value: tuple[float, float, float], unit: str, says: str) -> Measure:
    return Measure(id_, *value, unit, says, GOALS.get(id_), AT_MOST)
