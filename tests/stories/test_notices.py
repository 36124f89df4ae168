"""Letters as they arrive: plain and HTML, one click to end them, gathered without what was done, SMS by day only."""

import datetime as dt
import email
import email.policy
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from foundation.database import SEOUL
from foundation.membership import teams
from foundation.membership.teams import TeamRight
from foundation.messages.commands import daytime
from foundation.messages.mailbox import MailReceiver
from foundation.messages.sms import fitting, kind, size
from foundation.notices.choices import choose, due
from foundation.notices.models import NoticeChoice, Rhythm, Scope, Topic
from tests.house import House
from tests.walk import order_at


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every mail as it came over SMTP."""
    seen: list[Any] = []
    keep = MailReceiver.handle_DATA

    async def handle(self: MailReceiver, server: Any, session: Any, envelope: Any) -> str:
        seen.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return await keep(self, server, session, envelope)

    monkeypatch.setattr(MailReceiver, "handle_DATA", handle)
    return seen


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def to(mails: list[Any], address: str) -> list[Any]:
    return [mail for mail in mails if mail["To"] == address]


def set_rhythm(house: House, who: str, rhythm: Rhythm, *, scope: Scope = Scope.TEAM) -> None:
    with house.database.write() as session:
        for topic in Topic:
            choose(
                session,
                account_id=house.accounts[who],
                topic=topic,
                scope=scope,
                rhythm=rhythm,
                at=house.clock.moment,
            )
        session.commit()


def test_a_letter_is_plain_text_and_html_of_the_same_words(house: House, mails: list[Any]) -> None:
    order_at(house, "submitted")
    house.deliver()
    mail = next(mail for mail in to(mails, "firm@test.example") if "추천에 답해" in mail["Subject"])
    plain, page = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    assert "근거와 함께 추천했습니다" in plain
    assert "근거와 함께 추천했습니다" in page
    assert "<a href=" in page
    assert "<script" not in page
    assert "<img" not in page
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_ends_a_topic_without_cookie_or_token(house: House, mails: list[Any]) -> None:
    order_at(house, "submitted")
    house.deliver()
    mail = next(mail for mail in to(mails, "firm@test.example") if "추천에 답해" in mail["Subject"])
    address = urlsplit(re.search(r"<(.+)>", mail["List-Unsubscribe"])[1]).path  # type: ignore[index]
    stranger = house.app.test_client()
    assert "그만 받을까요" in stranger.get(address).get_data(as_text=True)
    with house.database.read() as session:
        assert session.scalars(sa.select(NoticeChoice)).all() == [], "looking changes nothing"
    assert stranger.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with house.database.read() as session:
        choice = session.scalars(sa.select(NoticeChoice)).one()
        assert (choice.topic, choice.rhythm) == (Topic.SHORTLIST, Rhythm.NEVER)
    forged = address[:-1] + ("0" if address[-1] != "0" else "1")
    assert stranger.post(forged).status_code == 404


def test_a_digest_comes_at_nine_and_leaves_out_what_was_done(house: House, mails: list[Any]) -> None:
    set_rhythm(house, "firm", Rhythm.DAILY)
    order = order_at(house, "submitted")
    house.deliver()
    assert not [mail for mail in to(mails, "firm@test.example") if "추천" in mail["Subject"]]
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/shortlist")
    names = [name for form in firm.page.forms for name in form.choices if name.startswith("answer-")]
    firm.press("답 보내기", **dict.fromkeys(names, "yes"))
    house.clock.moment = at(f"{house.today + dt.timedelta(days=1)}T09:05")
    house.deliver()
    digest = [mail for mail in to(mails, "firm@test.example") if "모아 보는 소식" in mail["Subject"]][-1]
    text = digest.get_body(("plain",)).get_content()
    assert "승인" in text
    assert "추천에 답해 주세요" not in text, "already answered"
    count = len(to(mails, "firm@test.example"))
    house.later(hours=1)
    assert len(to(mails, "firm@test.example")) == count, "a digest is written once"


def test_what_still_waits_is_in_the_digest(house: House, mails: list[Any]) -> None:
    set_rhythm(house, "firm", Rhythm.WEEKLY)
    order_at(house, "submitted")
    house.deliver()
    monday = house.today + dt.timedelta(days=(7 - house.today.weekday()) or 7)
    house.clock.moment = at(f"{monday}T09:05")
    house.deliver()
    digest = next(mail for mail in to(mails, "firm@test.example") if "모아 보는 소식" in mail["Subject"])
    assert "추천에 답해 주세요" in digest.get_body(("plain",)).get_content()


def test_who_wants_only_their_own_hears_of_nothing_else(house: House, mails: list[Any]) -> None:
    with house.database.write() as session:
        other = teams.invite_member(
            session,
            email="second@test.example",
            name="둘째",
            right=TeamRight.MEMBER,
            by=house.actor("firm"),
            at=house.clock.moment,
        )
        session.commit()
        house.accounts["second"] = other.id
    set_rhythm(house, "second", Rhythm.NOW, scope=Scope.MINE)
    order_at(house, "submitted")
    house.deliver()
    assert [mail["Subject"] for mail in to(mails, "second@test.example")] == ["[이음] 계정을 시작해 주세요"]
    assert len(to(mails, "firm@test.example")) > 2


def test_the_page_keeps_every_choice(house: House) -> None:
    firm = house.visitor("firm").open("/employer/notices").sees("무엇을 얼마나 자주")
    firm.press("이대로 받기", **{"rhythm-shortlist": "daily", "scope-shortlist": "mine"}).sees("바꿨습니다")
    with house.database.read() as session:
        kept = session.get(NoticeChoice, (house.accounts["firm"], Topic.SHORTLIST))
        assert kept is not None
        assert (kept.rhythm, kept.scope) == (Rhythm.DAILY, Scope.MINE)


@pytest.mark.parametrize(
    ("rhythm", "since", "until"),
    [
        (Rhythm.DAILY, "2026-03-02T08:59", "2026-03-02T09:00"),
        (Rhythm.DAILY, "2026-03-02T09:00", "2026-03-03T09:00"),
        (Rhythm.DAILY, "2026-12-31T10:00", "2027-01-01T09:00"),
        (Rhythm.WEEKLY, "2026-03-02T09:00", "2026-03-09T09:00"),
        (Rhythm.WEEKLY, "2026-03-01T23:00", "2026-03-02T09:00"),
        (Rhythm.NOW, "2026-03-01T23:00", "2026-03-01T23:00"),
    ],
)
def test_when_a_digest_is_due(rhythm: Rhythm, since: str, until: str) -> None:
    assert due(rhythm, at(since)) == at(until)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-03-02T08:00", "2026-03-02T08:00"),
        ("2026-03-02T20:59", "2026-03-02T20:59"),
        ("2026-03-02T21:00", "2026-03-03T08:00"),
        ("2026-03-02T07:59", "2026-03-02T08:00"),
        ("2026-12-31T23:30", "2027-01-01T08:00"),
    ],
)
def test_an_sms_rings_by_day_only(since: str, until: str) -> None:
    assert daytime(at(since)) == at(until)


def test_an_sms_of_the_night_waits_for_the_morning(house: House) -> None:
    house.clock.moment = at("2026-03-03T22:30")
    order_at(house, "asked")
    house.clock.moment = at("2026-03-03T23:50")
    house.deliver()
    assert not [each for each in house.letters() if each.channel == "sms"]
    house.clock.moment = at(f"{house.today + dt.timedelta(days=3)}T08:01")
    house.deliver()
    assert [each for each in house.letters() if each.channel == "sms"]


def test_the_length_of_an_sms() -> None:
    assert size("가나다") == 6
    assert kind("가" * 45) == "SMS"
    assert kind("가" * 46) == "LMS"
    long = fitting("가" * 3000 + "\nhttps://x.example/l/token")
    assert size(long) <= 2000
    assert long.endswith("https://x.example/l/token")
