"""Several workers, a mail server that hangs, the end (security A9, A21, operations F4, F11, F13)."""

import signal
import socket
import subprocess
import sys
import time
from collections import Counter

import pytest
import sqlalchemy as sa

from foundation.audit.models import AuditEntry
from foundation.audit.sealing import verify_audit
from foundation.database import Database
from foundation.jobs.models import JobRun
from foundation.messages.commands import Channel, Words, write_at_once, write_to_address
from foundation.outbox.models import Effect
from foundation.settings import ROOT
from screening.deadlines.reminders.models import ClockAct
from tests.employer_portal.operations.workers import environment, within, working
from tests.house import House
from tests.stories.test_mail_outage import Keeping, serving
from tests.walk import order_at

MAILS = 40


def post(house: House, count: int) -> None:
    with house.database.write() as session:
        for number in range(count):
            words = Words(kind="code", subject=f"번호 {number}", text="읽어 주세요.")
            write_at_once(
                session,
                account_id=house.accounts["officer"],
                words=words,
                about_id=house.accounts["officer"],
                at=house.clock.moment,
            )
        session.commit()


def still_open(house: House, *kinds: str) -> int:
    wanted = sa.select(sa.func.count()).select_from(Effect)
    with house.database.read() as session:
        return (
            session.scalar(
                wanted.where(Effect.done_at.is_(None), Effect.failed_at.is_(None), Effect.kind.in_(kinds))
            )
            or 0
        )


def unsealed(house: House) -> int:
    with house.database.read() as session:
        return (
            session.scalar(sa.select(sa.func.count()).select_from(AuditEntry).where(~AuditEntry.sealed)) or 0
        )


def test_two_workers_do_everything_once_and_roll_nothing_back(house: House) -> None:
    for _ in range(3):
        order_at(house, "submitted")
    post(house, MAILS)
    kept = Keeping()
    with serving(kept) as port, working(house, 2, SMTP_PORT=str(port)):
        within(60, lambda: len(kept.ids) >= MAILS and not still_open(house, "mail"))
        within(30, lambda: unsealed(house) == 0)
        time.sleep(1.5)
    assert max(kept.ids.values()) == 1, "a letter was sent twice"
    with house.database.read() as session:
        assert {each.name: each.failure for each in session.scalars(sa.select(JobRun)) if each.failure} == {}
        assert verify_audit(session).sound
        acts = Counter(
            (each.order_id, each.level, each.task) for each in session.scalars(sa.select(ClockAct))
        )
        assert set(acts.values()) <= {1}


def test_a_mail_server_that_hangs_stops_neither_sms_nor_sealing_nor_the_end(house: House) -> None:
    """A9, F11: one slow server stopped everything, SIGTERM was heard after up to 500 effects."""
    post(house, 5)
    with house.database.write() as session:
        words = Words(kind="code", subject="번호", text="번호 123456")
        texted = write_to_address(
            session,
            channel=Channel.SMS,
            address="010-0000-1234",
            words=words,
            about_id=house.accounts["officer"],
            at=house.clock.moment,
            at_once=True,
        ).id
        session.commit()

    def arrived() -> bool:
        with house.database.read() as session:
            return session.get_one(Effect, texted).done_at is not None

    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        with working(house, 1, SMTP_PORT=str(port)) as (worker,):
            within(60, lambda: arrived() and unsealed(house) == 0)
            assert still_open(house, "mail") >= 5
            began = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            worker.wait(10)
            assert time.monotonic() - began < 4.5
            assert worker.returncode == 0


def test_sigterm_is_heard_between_effects(house: House) -> None:
    post(house, 400)
    kept = Keeping()
    with serving(kept) as port, working(house, 1, SMTP_PORT=str(port)) as (worker,):
        within(60, lambda: len(kept.taken) > 5)
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        worker.wait(10)
        assert time.monotonic() - began < 4.5
    sent = len(kept.ids)
    assert sent < 400
    assert max(kept.ids.values()) == 1
    with house.database.read() as session:
        done = sa.select(sa.func.count()).select_from(Effect)
        assert session.scalar(done.where(Effect.kind == "mail", Effect.done_at.is_not(None))) == sent
        leased = session.scalar(done.where(Effect.done_at.is_(None), Effect.leased_until.is_not(None)))
    assert leased == 0, "nothing is left half done"


MIGRATING = """
import sys
from foundation.database import Database
from employer_portal.operations.schema import upgrade
upgrade(Database({url!r}, vault=None))
"""


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_two_migrations_at_once_both_end_well(
    kind: str, tmp_path: object, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path}/new.sqlite"
    else:
        url = request.getfixturevalue("pg_server").create("migrated_at_once")
    command = [sys.executable, "-c", MIGRATING.format(url=url)]
    both = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [each.wait(120) for each in both] == [0, 0]
    database = Database(url, vault=None)  # type: ignore[arg-type]
    with database.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM alembic_version")) == 1
    database.dispose()


@pytest.mark.proof
def test_two_first_starts_load_one_demo(house: House) -> None:
    """Two `flask ieum demo` at once over one empty database: one loads, the other waits."""
    env = environment(house) | {"IEUM_DATABASE_URL": f"sqlite:///{house.portal.settings.var}/first.sqlite"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "ieum", "demo", "--seekers", "100"]
    both = [subprocess.Popen(command, cwd=ROOT, env=env) for _ in range(2)]
    assert [each.wait(500) for each in both] == [0, 0]
