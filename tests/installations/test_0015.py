"""An installation made by the version before goes on: its database, links in letters, sessions, waiting letters.

`0015.json` is a small center as that version left it, row by row (keys: `tests.database_fixture.VAULT`): an invitation
that a newer one overtook, a session of somebody who was disabled, a shortlist to answer by link, letters that wait,
and one that an outage of an hour had lost for good.
"""

import base64
import datetime as dt
import itertools
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from demo.demonstration import DEMONSTRATION
from employer_portal.app import create_app
from employer_portal.operations.schema import upgrade
from employer_portal.operations.worker import Worker
from employer_portal.web.portal import Portal
from foundation.accounts.models import Account, SignIn
from foundation.database import Database
from foundation.documents.press.press import Press
from foundation.links.models import Link
from foundation.messages.mailbox import MailReceiver, letters
from foundation.outbox.models import Effect
from tests.database_fixture import VAULT
from tests.house import PASSWORD, StandingClock
from tests.house_fixture import settings_for
from tests.visitor import Visitor

KEPT: dict[str, Any] = json.loads((Path(__file__).parent / "0015.json").read_text())
_count = itertools.count(1)


class Center:
    """The installation, brought up to today's version."""

    def __init__(self, database: Database, press: Press, folder: Path) -> None:
        self.database = database
        self.clock = StandingClock(dt.datetime.fromisoformat(KEPT["moment"]))
        self.portal = Portal(settings=settings_for(folder), database=database, clock=self.clock, press=press)
        self.app = create_app(self.portal, DEMONSTRATION)

    def visitor(self, cookie_of: str = "") -> Visitor:
        visitor = Visitor(self.app)
        if cookie_of:
            visitor.client.set_cookie("ieum-demo", KEPT["cookies"][cookie_of])
        return visitor

    def link(self, name: str) -> str:
        return f"/l/{KEPT['links'][name]}"


def filled(database: Database) -> None:
    """Every row as the version before wrote it, into the tables it had."""
    upgrade(database, to=KEPT["revision"])
    metadata = sa.MetaData()
    metadata.reflect(database.engine)
    now = dt.datetime.now(dt.UTC)
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for name, rows in KEPT["tables"].items():
            for row in rows:
                values = {column: _value(value, database) for column, value in row.items()}
                if name == "sign_in":  # the machine's own time: these people signed in a minute ago
                    values |= {"created_at": _moment(now, database), "seen_at": _moment(now, database)}
                connection.execute(sa.insert(metadata.tables[name]).values(values))
        if not database.is_sqlite:
            newest = "SELECT setval(pg_get_serial_sequence('audit_entry', 'id'), max(id)) FROM audit_entry"
            connection.execute(sa.text(newest))


def _value(value: Any, database: Database) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, kept),) = value.items()
    if kind == "uuid":
        return uuid.UUID(kept).hex if database.is_sqlite else uuid.UUID(kept)
    if kind == "moment":
        return _moment(dt.datetime.fromisoformat(kept), database)
    if kind == "day":
        return dt.date.fromisoformat(kept)
    return base64.b64decode(kept) if kind == "bytes" else kept


def _moment(moment: dt.datetime, database: Database) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if database.is_sqlite else moment


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def center(request: pytest.FixtureRequest, press: Press, tmp_path: Path) -> Iterator[Center]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    else:
        url = request.getfixturevalue("pg_server").create(f"old_{next(_count)}")
    database = Database(url, vault=VAULT)
    filled(database)
    upgrade(database)
    yield Center(database, press, tmp_path)
    database.dispose()


def test_who_was_signed_in_still_is(center: Center) -> None:
    center.visitor("firm").open("/employer").sees("다온밥상")
    center.visitor("officer").open("/staff").sees("할 일")
    fresh = center.visitor().open("/login")
    fresh.press("로그인", at="/login", email="lead@test.example", password=PASSWORD).sees("할 일")


def test_the_session_of_a_disabled_account_is_over_even_when_it_is_enabled_again(center: Center) -> None:
    with center.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE account SET disabled_at = NULL"))
    assert center.visitor("rival").client.get("/employer").status_code == 303
    with center.database.read() as session:
        ended = session.scalars(sa.select(SignIn).where(SignIn.ended_at.is_not(None))).all()
        assert len(ended) == 1


def test_links_in_letters_already_sent_open_and_overtaken_ones_do_not(center: Center) -> None:
    for name in ("consent", "shortlist", "newest", "waiting"):
        center.visitor().open(center.link(name))
    center.visitor().open(center.link("overtaken"), expect=404)
    center.visitor().open(center.link("newest")).press("비밀번호 정하기", password=PASSWORD)
    center.visitor().open(center.link("consent")).sees("추천")
    center.visitor().open("/login").press(
        "로그인", at="/login", email="overtaken@test.example", password=PASSWORD
    ).sees("내 채용")
    with center.database.read() as session:
        open_links = session.scalars(sa.select(Link).where(Link.revoked_at.is_(None))).all()
        assert len(open_links) == len(KEPT["tables"]["link"]) - 2


def test_letters_that_wait_are_sent_once_and_the_lost_one_can_be(center: Center) -> None:
    with center.database.read() as session:
        waiting = session.scalars(
            sa.select(Effect).where(Effect.done_at.is_(None), Effect.kind == "mail")
        ).all()
    receiver = MailReceiver(center.database, now=center.portal.moment)
    receiver.start()
    try:
        worker = Worker(center.portal, mail_port=receiver.port)
        for _ in range(5):
            worker.step()
        officer = center.visitor("officer").open("/staff/undelivered").sees("알림 1건을 보내지 못했습니다")
        officer.press("다시 보내기").sees("알림 1건을 다시 보냅니다")
        for _ in range(5):
            worker.step()
        officer.open("/staff/undelivered").sees("보내지 못한 알림이 없습니다")
    finally:
        receiver.stop()
    with center.database.read() as session:
        mails = [each for each in letters(session, limit=500) if each.channel == "mail"]
        assert session.get_one(Effect, uuid.UUID(KEPT["lost"])).done_at is not None
        assert (
            session.scalars(sa.select(Account).where(Account.email == "rival@test.example")).one().disabled_at
        )
    assert len(mails) <= len(waiting) + 4, "what the worker wrote itself comes on top, nothing comes twice"
    assert len({(each.recipient, each.subject, each.text) for each in mails}) == len(mails)
