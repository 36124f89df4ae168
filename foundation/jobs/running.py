"""Running jobs: when one is due, in which pieces, and what happens to an item that cannot be done."""

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Database
from foundation.jobs.models import JobRun

log = logging.getLogger("ieum.jobs")
PIECE = 50
"""Items of one transaction: SQLite's write lock is held for a fraction of a second."""
REST, JOB_REST = dt.timedelta(minutes=10), dt.timedelta(minutes=1)
"""How long an item, and a job, that failed is left alone."""
NOTED_EVERY = dt.timedelta(seconds=10)
"""How often a job with nothing to do says that it ran."""


class Due(Protocol):
    """The ids of what is due, in their order, from `after` on."""

    def __call__(
        self, session: orm.Session, *, after: uuid.UUID | None, limit: int, at: dt.datetime
    ) -> Sequence[uuid.UUID]: ...


class Do(Protocol):
    """Do those of the items that are still due, in the caller's transaction; returns how many."""

    def __call__(self, session: orm.Session, ids: Sequence[uuid.UUID], /, *, at: dt.datetime) -> int: ...


@dataclass
class Resting:
    """What failed lately, by name or id, and until when it is left alone; when each job last said that it ran.

    Times are the machine's own.
    """

    until: dict[object, float] = field(default_factory=dict)
    noted: dict[str, float] = field(default_factory=dict)

    def __contains__(self, key: object) -> bool:
        return self.until.get(key, 0.0) > time.monotonic()

    def rest(self, key: object, span: dt.timedelta) -> None:
        now = time.monotonic()
        self.until = {each: end for each, end in self.until.items() if end > now}
        self.until[key] = now + span.total_seconds()


@dataclass
class Round:
    """One run of one job: the center's time, the database, when to stop, and how many items were passed over."""

    job: str
    database: Database
    at: dt.datetime
    resting: Resting
    ending: Callable[[], bool]
    passed_over: int = 0


@dataclass(frozen=True)
class Job:
    """Work that comes round: `run` opens its own transactions and returns how much it did."""

    name: str
    every: dt.timedelta
    run: Callable[[Round], int]


def run_jobs(
    database: Database,
    jobs: Iterable[Job],
    *,
    now: Callable[[], dt.datetime],
    resting: Resting,
    ending: Callable[[], bool] = lambda: False,
) -> int:
    """Run the jobs that are due, one after the other; returns how much was done."""
    done = 0
    for job in jobs:
        if ending():
            break
        at = now()
        if job.name in resting or not _is_due(database, job, at):
            continue
        done += _run(job, Round(job.name, database, at, resting, ending))
    return done


def _is_due(database: Database, job: Job, at: dt.datetime) -> bool:
    if not job.every:
        return True
    with database.read() as session:
        last = session.get(JobRun, job.name)
    return last is None or at - last.began_at >= job.every


def _run(job: Job, round: Round) -> int:
    began, done, failure = time.monotonic(), 0, ""
    try:
        done = job.run(round)
    except Exception as error:
        log.exception("job %s failed; the others go on", job.name)
        round.resting.rest(job.name, JOB_REST)
        failure = type(error).__name__
    _note(job, round, done=done, failure=failure, took=time.monotonic() - began)
    return done


def _note(job: Job, round: Round, *, done: int, failure: str, took: float) -> None:
    ended_at, now = dt.datetime.now(dt.UTC), time.monotonic()
    idle = not (job.every or done or failure or round.passed_over)
    if idle and now - round.resting.noted.get(job.name, 0.0) < NOTED_EVERY.total_seconds():
        return
    round.resting.noted[job.name] = now
    with round.database.write() as session:
        session.merge(
            JobRun(
                name=job.name,
                began_at=round.at,
                ended_at=ended_at,
                took_ms=int(took * 1000),
                done=done,
                passed_over=round.passed_over,
                failure=failure[:60],
            )
        )
        session.commit()


def in_one_transaction(do: Callable[..., int]) -> Callable[[Round], int]:
    """A job of one transaction."""

    def run(round: Round) -> int:
        with round.database.write() as session:
            done = do(session, at=round.at)
            session.commit()
        return done

    return run


def in_pieces(due: Due, do: Do) -> Callable[[Round], int]:
    """A job of many items: pieces of a few, each in its own transaction.

    A piece that fails is done again item by item; an item that fails alone is passed over and left alone for a while.
    A database that is away or locked is no item's fault: it ends the job, which is tried again in a minute.
    """

    def run(round: Round) -> int:
        done, after = 0, None
        while not round.ending():
            with round.database.read() as session:
                ids = due(session, after=after, limit=PIECE, at=round.at)
            if not ids:
                break
            done += _piece(round, [each for each in ids if each not in round.resting], do)
            after = ids[-1]
        return done

    return run


def _piece(round: Round, ids: Sequence[uuid.UUID], do: Do) -> int:
    if not ids:
        return 0
    try:
        with round.database.write() as session:
            done = do(session, ids, at=round.at)
            session.commit()
        return done
    except sa.exc.OperationalError:
        raise
    except Exception:
        if len(ids) > 1:
            return sum(_piece(round, [each], do) for each in ids)
        log.exception("job %s passes over %s", round.job, ids[0])
        round.resting.rest(ids[0], REST)
        round.passed_over += 1
        return 0
