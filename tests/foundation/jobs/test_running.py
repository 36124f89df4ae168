"""Jobs: each in transactions of its own; one that fails, or one bad item, stops nothing else (operations F5)."""

import datetime as dt
import uuid
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Database
from foundation.jobs import running
from foundation.jobs.models import JobRun
from foundation.jobs.running import Job, Resting, in_one_transaction, in_pieces, run_jobs
from foundation.outbox.commands import put
from foundation.outbox.models import Effect

AT = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
BAD = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


def counted(session: orm.Session, *, at: dt.datetime) -> int:
    put(session, kind="note", facts={}, at=at)
    return 1


def fails(_session: orm.Session, *, at: dt.datetime) -> int:
    raise ValueError("a job that cannot be done")


def ran(database: Database) -> dict[str, JobRun]:
    with database.read() as session:
        return {each.name: each for each in session.scalars(sa.select(JobRun))}


def notes(database: Database) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Effect)) or 0


def test_a_job_that_fails_stops_no_other(database: Database) -> None:
    jobs = (
        Job("before", HOUR, in_one_transaction(counted)),
        Job("bad", HOUR, in_one_transaction(fails)),
        Job("after", HOUR, in_one_transaction(counted)),
    )
    assert run_jobs(database, jobs, now=lambda: AT, resting=Resting()) == 2
    assert notes(database) == 2
    assert {name: each.failure for name, each in ran(database).items()} == {
        "before": "",
        "bad": "ValueError",
        "after": "",
    }


def test_what_a_failing_job_has_done_is_undone(database: Database) -> None:
    def half(session: orm.Session, *, at: dt.datetime) -> int:
        counted(session, at=at)
        return fails(session, at=at)

    run_jobs(database, [Job("half", HOUR, in_one_transaction(half))], now=lambda: AT, resting=Resting())
    assert notes(database) == 0


def test_a_job_runs_when_its_time_has_come_whoever_ran_it_last(database: Database) -> None:
    job, moment = Job("hourly", HOUR, in_one_transaction(counted)), AT
    done = []
    for minutes in (0, 10, 50, 30, 60):
        moment += dt.timedelta(minutes=minutes)
        done.append(run_jobs(database, [job], now=lambda: moment, resting=Resting()))  # noqa: B023 - read at once
    assert done == [1, 0, 1, 0, 1]


@pytest.fixture
def items(database: Database) -> list[uuid.UUID]:
    """A hundred and thirty things to do, one of them with a date that no arithmetic survives."""
    with database.write() as session:
        made = [put(session, kind="note", facts={}, at=AT) for _ in range(130)]
        made[61].due_at = BAD
        session.commit()
        return sorted(each.id for each in made)


def due(session: orm.Session, *, after: uuid.UUID | None, limit: int, at: dt.datetime) -> Sequence[uuid.UUID]:
    wanted = sa.select(Effect.id).where(Effect.done_at.is_(None), Effect.id > after if after else sa.true())
    return session.scalars(wanted.order_by(Effect.id).limit(limit)).all()


class Doing:
    """Does items by adding a day to their dates, and remembers which pieces it was given."""

    def __init__(self) -> None:
        self.pieces: list[int] = []

    def __call__(self, session: orm.Session, ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
        self.pieces.append(len(ids))
        for effect in session.scalars(sa.select(Effect).where(Effect.id.in_(ids))):
            effect.due_at += dt.timedelta(days=1)
            effect.done_at = at
        return len(ids)


def test_one_bad_item_is_passed_over_and_left_alone_for_a_while(
    database: Database, items: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    doing, resting = Doing(), Resting()
    job = Job("items", dt.timedelta(), in_pieces(due, doing))
    assert run_jobs(database, [job], now=lambda: AT, resting=resting) == 129
    assert ran(database)["items"].passed_over == 1
    assert max(doing.pieces) <= running.PIECE, "the write lock is held for a piece, not for everything"
    tried = len(doing.pieces)
    assert run_jobs(database, [job], now=lambda: AT, resting=resting) == 0
    assert len(doing.pieces) == tried, "what failed is not tried at every look"
    monkeypatch.setattr(running, "REST", dt.timedelta())
    run_jobs(database, [job], now=lambda: AT, resting=Resting())
    assert len(doing.pieces) == tried + 1
    assert len(items) == 130


def test_the_end_is_heard_between_pieces(database: Database, items: list[uuid.UUID]) -> None:
    doing = Doing()
    job = Job("items", dt.timedelta(), in_pieces(due, doing))
    done = run_jobs(database, [job], now=lambda: AT, resting=Resting(), ending=lambda: bool(doing.pieces))
    assert 0 <= done < len(items) - running.PIECE


def test_an_idle_job_does_not_write_at_every_look(database: Database) -> None:
    writes: list[object] = []

    def begins(connection: object) -> None:
        writes.append(connection)

    job = Job("idle", dt.timedelta(), lambda round: 0)
    resting = Resting()
    run_jobs(database, [job], now=lambda: AT, resting=resting)
    sa.event.listen(database.engine, "begin", begins)
    for _ in range(20):
        run_jobs(database, [job], now=lambda: AT, resting=resting)
    sa.event.remove(database.engine, "begin", begins)
    if database.is_sqlite:
        assert writes == []
    assert ran(database)["idle"].began_at == AT


def test_a_database_that_is_away_is_no_items_fault(database: Database, items: list[uuid.UUID]) -> None:
    tried: list[int] = []

    def locked(_session: orm.Session, ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
        tried.append(len(ids))
        raise sa.exc.OperationalError("write", None, Exception("database is locked"))

    resting = Resting()
    run_jobs(database, [Job("items", HOUR, in_pieces(due, locked))], now=lambda: AT, resting=resting)
    assert tried == [running.PIECE], "not tried again item by item"
    assert not any(each in resting for each in items)
    assert ran(database)["items"].failure == "OperationalError"
