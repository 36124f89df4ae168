"""Interviews: times offered by the firm, chosen by link, never two for one; moved, called off, and who did not come."""

import datetime as dt
import email
import email.policy
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from foundation.messages.mailbox import MailReceiver
from screening.casework.interviews import slots
from screening.casework.interviews.models import Interview, InterviewSlot
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from screening.demand.orders.models import JobOrder
from tests.at_once import at_once
from tests.house import House
from tests.visitor import Visitor
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


def offered(house: House, order: JobOrder, *, until: str = "15:00", day: int = 3) -> Visitor:
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/slots")
    when = (house.today + dt.timedelta(days=day)).isoformat()
    return firm.press("시간 내기", day=when, since="14:00", until=until, minutes="30").sees("개를 냈습니다")


def invited(house: House) -> tuple[JobOrder, str, str]:
    """Two people asked to choose among two times; their links."""
    order = order_at(house, "accepted")
    offered(house, order).press("문자 보내기").sees("문자를 보냈습니다")
    house.deliver()
    paths = [house.link("면접을 보자고", to=f"seeker{number}@") for number in people_of(house, order)[:2]]
    return order, paths[0], paths[1]


def people_of(house: House, order: JobOrder) -> list[int]:
    with house.database.read() as session:
        ids = session.scalars(
            sa.select(Referral.seeker_id).where(
                Referral.order_id == order.id, Referral.state == ReferralState.ACCEPTED
            )
        ).all()
    return [house.seekers.index(each) for each in ids]


def test_people_choose_by_link_and_a_taken_time_is_gone(house: House) -> None:
    order, first, second = invited(house)
    one = house.visitor().open(first).sees("언제가 편하신가요?")
    assert sum("/slot" in form.action for form in one.page.forms) == 2
    one.press("14:00").sees("에 만납니다")
    two = house.visitor().open(second)
    assert sum("/slot" in form.action for form in two.page.forms) == 1
    two.press("14:30").sees("에 만납니다")
    house.visitor("firm").open(f"/employer/orders/{order.id}/slots").sees("잡힌 면접").sees("박가람")


def test_two_people_at_once_get_one_time_once(house: House) -> None:
    _order, _, _ = invited(house)
    with house.database.read() as session:
        people = session.scalars(sa.select(Referral.id).where(Referral.state == ReferralState.ACCEPTED)).all()
        slot = session.scalars(sa.select(InterviewSlot.id).order_by(InterviewSlot.starts_at)).first()

    def books(referral_id: object) -> Callable[[], object]:
        def act() -> None:
            with house.database.write() as session:
                slots.book(
                    session,
                    referral_id=referral_id,  # type: ignore[arg-type]
                    slot_id=slot,  # type: ignore[arg-type]
                    by=house.actor("officer"),
                    at=house.clock.moment,
                )
                session.commit()

        return act

    assert at_once(*[books(each) for each in people[:2]]) == ["done", "refused"]
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Interview)) == 1


def test_too_few_times_are_said_before_anybody_is_invited(house: House) -> None:
    order = order_at(house, "accepted")
    firm = offered(house, order, until="14:30").sees("시간이 1개 모자랍니다")
    firm.press("문자 보내기", expect=422).sees("1명은 고를 시간이 없습니다")
    house.deliver()
    assert not [each for each in house.letters() if "면접 시간을 골라" in each.subject]
    firm.press("문자 보내기", knowing="y").sees("문자를 보냈습니다")


def test_moving_and_cancelling_keep_the_uid_and_count_up(house: House, mails: list[Any]) -> None:
    _order, first, _ = invited(house)
    person = house.visitor().open(first).press("14:00")
    house.deliver()
    guide = house.link("면접 안내", to="seeker")
    person.open(guide).press("로 옮기기").sees("옮겼습니다")
    house.deliver()
    person.open(house.link("면접 변경", to="seeker")).press("이 시간만 취소하기").sees("추천은 그대로")
    house.deliver()
    calendars = []
    for mail in mails:
        part = mail.get_body(("calendar",))
        if part is not None and "seeker" in mail["To"]:
            assert part.get_content_type() == "text/calendar"
            calendars.append((part.get_param("method"), Calendar.from_ical(part.get_content())))
    assert [method for method, _ in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [next(iter(calendar.walk("VEVENT"))) for _, calendar in calendars]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [int(event["sequence"]) for event in events] == [0, 1, 2]
    assert str(events[2]["status"]) == "CANCELLED"
    assert all("{recipient}" not in str(event["attendee"]) for event in events)
    with house.database.read() as session:
        states = [each.state for each in session.scalars(sa.select(Referral)) if each.firm_answered_at]
    assert ReferralState.ACCEPTED in states


def test_the_firm_calls_off_with_a_reason_and_the_time_is_free_again(house: House) -> None:
    order, first, second = invited(house)
    house.visitor().open(first).press("14:00")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    firm.press("면접 취소하고 알리기", reason="x", expect=422)
    firm.open(f"/employer/orders/{order.id}").press(
        "면접 취소하고 알리기", reason="가게에 급한 공사가 생겼습니다."
    )
    house.deliver()
    assert any("급한 공사" in each.text and "seeker" in each.recipient for each in house.letters())
    free = house.visitor().open(second)
    assert sum("/slot" in form.action for form in free.page.forms) == 2


def test_a_chosen_time_cannot_be_taken_back_a_free_one_can(house: House) -> None:
    order, first, _ = invited(house)
    house.visitor().open(first).press("14:00")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/slots")
    assert sum("withdraw" in form.action for form in firm.page.forms) == 1
    firm.press("거두기").sees("거두었습니다")


def met(house: House) -> tuple[JobOrder, str]:
    order, first, _ = invited(house)
    house.visitor().open(first).press("14:00")
    house.deliver()
    guide = house.link("면접 안내", to="seeker")
    house.clock.moment += dt.timedelta(days=4)
    return order, guide


def test_who_is_said_not_to_have_come_may_answer_and_is_put_right(house: House) -> None:
    order, _ = met(house)
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}").press("오지 않았습니다")
    firm.sees("답할 기회를 드렸습니다")
    house.deliver()
    person = house.visitor().open(house.link("오지 않은 것으로 적혔습니다", to="seeker"))
    person.press("상담사에게 알리기", reply="", expect=422)
    person.press("상담사에게 알리기", reply="10분 일찍 갔는데 문이 닫혀 있었습니다.").sees(
        "상담사에게 전했습니다"
    )
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").sees("문이 닫혀 있었습니다")
    officer.press("사실이 아님").sees("사실이 아닌 것으로 정했습니다")
    with house.database.read() as session:
        states = {each.state for each in session.scalars(sa.select(Referral))}
    assert ReferralState.INTERVIEWED in states
    assert ReferralState.NO_SHOW not in states


def test_a_firm_that_did_not_come_may_answer_too(house: House) -> None:
    order, guide = met(house)
    house.visitor().open(guide).press("아무도 없었습니다").sees("상담사와 기업에 알렸습니다")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}").sees("아무도 없었다고 합니다")
    firm.press("답하기", reply="갑자기 아파서 연락을 못 드렸습니다. 죄송합니다.").sees(
        "답을 센터에 전했습니다"
    )
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("갑자기 아파서").press(
        "오지 않은 것으로 정함"
    )


def test_the_sheet_for_somebody_without_a_smartphone(house: House) -> None:
    order, first, _ = invited(house)
    house.visitor().open(first).press("14:00")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").follow("종이 안내문")
    officer.sees("면접 안내문").sees("박가람").sees("가져갈 것")
