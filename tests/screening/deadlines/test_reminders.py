"""The clock counts business days of Korea: weekends, holidays, year ends, pauses; it reminds, raises and closes."""

import datetime as dt

import pytest
import sqlalchemy as sa

from foundation.database import SEOUL
from foundation.reference.business_days import add_business_days, business_days_between, is_business_day
from screening.deadlines.reminders import commands as clocks
from screening.deadlines.reminders.models import ClockAct
from screening.deadlines.steps.pauses import Pause, PauseReason, moved
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import CloseReason, OrderStatus
from tests.house import House
from tests.walk import order_at


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (dt.date(2026, 3, 6), 1, dt.date(2026, 3, 9)),  # Friday to Monday
        (dt.date(2026, 2, 13), 1, dt.date(2026, 2, 19)),  # Lunar New Year, Mon to Wed
        (dt.date(2026, 9, 23), 1, dt.date(2026, 9, 28)),  # Chuseok Thu to Sat, Sunday
        (dt.date(2026, 12, 24), 5, dt.date(2027, 1, 4)),  # Christmas and New Year
        (dt.date(2026, 12, 31), 1, dt.date(2027, 1, 4)),
        (dt.date(2027, 2, 5), 1, dt.date(2027, 2, 10)),  # Lunar New Year on a Sunday: substitute on Tuesday
        (dt.date(2026, 7, 16), 1, dt.date(2026, 7, 20)),  # Constitution Day, a holiday again
        (dt.date(2026, 8, 14), 1, dt.date(2026, 8, 18)),  # Liberation Day on a Saturday: substitute on Monday
        (dt.date(2026, 6, 2), 1, dt.date(2026, 6, 4)),  # local elections
        (dt.date(2028, 2, 28), 1, dt.date(2028, 2, 29)),
    ],
)
def test_business_days(start: dt.date, days: int, end: dt.date) -> None:
    assert add_business_days(start, days) == end
    assert business_days_between(start, end) == days
    assert is_business_day(end)


def test_a_pause_moves_the_due_day_by_its_business_days() -> None:
    friday, due = dt.date(2026, 3, 6), dt.date(2026, 3, 13)
    pause = Pause(reason=PauseReason.FIRM_CLOSED, since=dt.date(2026, 3, 9), until=dt.date(2026, 3, 12))
    assert moved(due, [pause], since=friday, today=due) == dt.date(2026, 3, 18)
    before = Pause(reason=PauseReason.FIRM_CLOSED, since=dt.date(2026, 2, 2), until=dt.date(2026, 2, 6))
    assert moved(due, [before], since=friday, today=due) == due
    standing = Pause(reason=PauseReason.NOBODY_FITS, since=dt.date(2026, 3, 12), until=None)
    assert moved(due, [standing], since=friday, today=dt.date(2026, 3, 16)) == dt.date(2026, 3, 18)
    over_new_year = Pause(
        reason=PauseReason.FIRM_CLOSED, since=dt.date(2026, 12, 24), until=dt.date(2027, 1, 5)
    )
    assert moved(
        dt.date(2026, 12, 28), [over_new_year], since=dt.date(2026, 12, 21), today=dt.date(2027, 1, 5)
    ) == (add_business_days(dt.date(2026, 12, 28), 6))


def levels(house: House, order: JobOrder) -> list[str]:
    with house.database.read() as session:
        acts = session.scalars(sa.select(ClockAct).where(ClockAct.order_id == order.id).order_by(ClockAct.at))
        return [act.level.value for act in acts]


def morning(house: House, day: dt.date) -> None:
    """Go on to nine o'clock of a day and let the worker do its rounds day by day."""
    while house.today < day:
        house.clock.moment = dt.datetime.combine(house.today + dt.timedelta(days=1), dt.time(9), SEOUL)
        house.deliver()


def test_a_silent_firm_is_reminded_raised_and_closed_with_a_word_to_everyone(house: House) -> None:
    order = order_at(house, "submitted")
    due = add_business_days(house.today, 5)
    morning(house, add_business_days(due, 1))
    assert levels(house, order) == ["reminded", "overdue"]
    morning(house, add_business_days(due, 3))
    assert levels(house, order)[-1] == "escalated"
    assert any(
        each.recipient == "lead@test.example" and "멈춰 있습니다" in each.subject for each in house.letters()
    )
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("팀장에게 알림: 한지우")
    morning(house, add_business_days(due, 11))
    assert levels(house, order) == ["reminded", "overdue", "escalated", "last_call", "closed"]
    with house.database.read() as session:
        closed = session.get_one(JobOrder, order.id)
        assert (closed.status, closed.close_reason) == (OrderStatus.CLOSED, CloseReason.NO_ANSWER)
    letters = house.letters()
    assert sum("지원 결과를 알려" in each.subject for each in letters) >= 2
    assert any("저절로 마감했습니다" in each.text for each in letters)
    house.visitor("firm").open(f"/employer/orders/{order.id}").sees("답이 없어 저절로 마감했습니다")


def test_reminders_stop_the_moment_the_thing_is_done(house: House) -> None:
    order = order_at(house, "submitted")
    due = add_business_days(house.today, 5)
    morning(house, due)
    assert levels(house, order) == ["reminded"]
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/shortlist")
    names = [name for form in firm.page.forms for name in form.choices if name.startswith("answer-")]
    firm.press("답 보내기", **dict.fromkeys(names, "yes"))
    morning(house, add_business_days(due, 1))
    assert levels(house, order) == ["reminded"]


def test_a_round_done_twice_does_nothing_the_second_time(house: House) -> None:
    order_at(house, "submitted")
    house.clock.moment += dt.timedelta(days=12)
    with house.database.write() as session:
        worked = clocks.worked_orders(session, at=house.clock.moment)
        assert clocks.remind(session, worked, at=house.clock.moment)
        assert clocks.remind(session, worked, at=house.clock.moment) == 0
        session.commit()


def test_a_paused_clock_reminds_of_nothing_and_both_sides_see_why(house: House) -> None:
    order = order_at(house, "submitted")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    officer.press("멈추고 기업에 알리기", reason="firm_closed").sees("시계를 멈추고")
    firm = (
        house.visitor("firm")
        .open(f"/employer/orders/{order.id}")
        .sees("시계가 멈춰 있습니다")
        .sees("기업이 쉬는 기간")
    )
    firm.sees("시계를 멈췄습니다")
    morning(house, add_business_days(house.today, 9))
    assert levels(house, order) == []
    officer.open(f"/staff/orders/{order.id}").press("다시 시작").sees("시계가 다시 갑니다")
    house.later(minutes=30)
    assert levels(house, order) == [], "the due day moved with the pause"


def test_a_slow_center_is_told_and_its_lead_too(house: House) -> None:
    order = order_at(house, "received")
    morning(house, add_business_days(house.today, 6))
    assert levels(house, order) == ["overdue", "escalated"]
    assert {each.recipient for each in house.letters() if "멈춰 있습니다" in each.subject} == {
        "lead@test.example"
    }


def test_a_filled_order_closes_by_itself_when_everyone_is_told(house: House) -> None:
    order = order_at(house, "told")
    morning(house, add_business_days(house.today, 2))
    with house.database.read() as session:
        assert session.get_one(JobOrder, order.id).close_reason is CloseReason.FILLED
    assert any("구인을 마감했습니다" in each.subject for each in house.letters())


def test_the_history_of_an_order_is_one_line_of_time(house: House) -> None:
    order = order_at(house, "hired")
    page = house.visitor("firm").open(f"/employer/orders/{order.id}")
    for words in (
        "구인신청을 냈습니다",
        "채용대행을 위임했습니다",
        "구인을 승인했습니다",
        "심사 기준을 확정했습니다",
        "면접을 잡았습니다",
        "채용을 확정했습니다",
    ):
        page.sees(words)
