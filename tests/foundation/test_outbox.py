"""Effects are never lost and never done twice, whatever dies in between."""

import datetime as dt
import threading
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Database
from foundation.outbox.commands import MOST_ATTEMPTS, NotDone, Task, put, run_due
from foundation.outbox.models import Effect

AT = dt.datetime(2026, 3, 3, 1, tzinfo=dt.UTC)


@dataclass
class Recorder:
    """A handler that remembers what it did; it may fail, or die after the effect but before the mark."""

    done: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    fail: int = 0
    die: bool = False

    def perform(self, task: Task) -> str:
        if self.fail:
            self.fail -= 1
            raise NotDone("unreachable")
        self.done.append(task.secret.decode())
        if self.die:
            raise KeyboardInterrupt
        return "ok"

    def finish(self, session: orm.Session, task: Task, outcome: Any, *, at: dt.datetime) -> None:
        self.finished.append(task.secret.decode())


def put_some(database: Database, count: int) -> None:
    with database.write() as session:
        for number in range(count):
            put(session, kind="note", facts={}, secret=f"note {number}".encode(), at=AT)
        session.commit()


def test_a_rolled_back_act_has_no_effect(database: Database) -> None:
    with database.write() as session:
        put(session, kind="note", facts={}, secret=b"never", at=AT)
        session.rollback()
    recorder = Recorder()
    assert run_due(database, {"note": recorder}, now=lambda: AT) == 0


def test_the_words_lie_sealed_until_sent_and_are_wiped_after(database: Database) -> None:
    put_some(database, 1)
    with database.read() as session:
        assert b"note 0" not in (session.scalars(sa.select(Effect.sealed)).one() or b"")
    recorder = Recorder()
    run_due(database, {"note": recorder}, now=lambda: AT)
    with database.read() as session:
        effect = session.scalars(sa.select(Effect)).one()
    assert recorder.done == ["note 0"]
    assert (effect.sealed, effect.done_at) == (None, AT)


def test_a_failing_effect_waits_longer_each_time_and_is_given_up_openly(database: Database) -> None:
    put_some(database, 1)
    recorder = Recorder(fail=MOST_ATTEMPTS)
    moment = AT
    for _ in range(MOST_ATTEMPTS):
        run_due(database, {"note": recorder}, now=lambda: moment)  # noqa: B023 - read at once
        moment += dt.timedelta(hours=1)
    with database.read() as session:
        effect = session.scalars(sa.select(Effect)).one()
    assert effect.failed_at is not None
    assert "unreachable" in effect.failure
    assert recorder.done == []


def test_a_worker_that_dies_leaves_its_work_to_the_next_one(database: Database) -> None:
    put_some(database, 1)
    dying = Recorder(die=True)
    with pytest.raises(KeyboardInterrupt):
        run_due(database, {"note": dying}, now=lambda: AT)
    heir = Recorder()
    assert run_due(database, {"note": heir}, now=lambda: AT) == 0, "the lease still holds"
    with database.engine.begin() as connection:
        past = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
        connection.execute(sa.update(Effect).values(leased_until=past))
    assert run_due(database, {"note": heir}, now=lambda: AT) == 1
    assert heir.finished == ["note 0"]


def test_four_workers_share_the_work_without_doing_any_twice(database: Database) -> None:
    put_some(database, 40)
    recorder = Recorder()
    workers = [
        threading.Thread(target=run_due, args=(database, {"note": recorder}), kwargs={"now": lambda: AT})
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(recorder.done) == sorted(f"note {number}" for number in range(40))
    assert sorted(recorder.finished) == sorted(recorder.done)
