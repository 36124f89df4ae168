"""The service clock of an order: two sides, working days as cells, one of them to act."""

import datetime as dt
from dataclasses import dataclass

from employer_portal.web.wording import date_ko
from foundation.reference.business_days import add_business_days, business_days_between
from screening.deadlines.steps.queries import OrderStep
from screening.deadlines.steps.steps import FIRST_LIST_DAYS, Turn


@dataclass(frozen=True)
class ClockSide:
    """One side of the clock; `state` is done, now, late or wait.

    `used` of `total` cells are filled, the last `over` of them are overrun.
    """

    who: str
    state: str
    word: str
    total: int
    used: int
    what: str
    over: int = 0


@dataclass(frozen=True)
class ServiceClock:
    """The center's side and the firm's side."""

    center: ClockSide
    firm: ClockSide


def clock_of(each: OrderStep, today: dt.date) -> ServiceClock:
    """Both sides of the clock for an order's present step."""
    facts, step = each.facts, each.step
    promised_from = facts.approved_on or facts.submitted_on
    promise = add_business_days(promised_from, FIRST_LIST_DAYS)
    if facts.first_list_on is not None:
        used = max(business_days_between(promised_from, facts.first_list_on), 1)
        kept = facts.first_list_on <= promise
        center = ClockSide(
            "센터",
            "done" if kept else "late",
            "지켰습니다" if kept else f"{used - FIRST_LIST_DAYS}일 늦었습니다",
            max(FIRST_LIST_DAYS, used),
            used,
            f"첫 추천 {date_ko(facts.first_list_on, today)}",
            over=max(used - FIRST_LIST_DAYS, 0),
        )
    elif step.turn in (Turn.CENTER, Turn.SEEKER):
        center = _running("센터", step.due_on or promise, FIRST_LIST_DAYS, step.task.ko, today)
    else:
        center = ClockSide("센터", "wait", "아직 아님", FIRST_LIST_DAYS, 0, "승인한 뒤 5영업일 안에 첫 추천")
    if step.turn is Turn.FIRM and step.due_on is not None:
        firm = _running("사장님", step.due_on, 5, "답하기", today)
    elif facts.first_list_on is not None and not facts.submitted:
        firm = ClockSide("사장님", "done", "답했습니다", 5, 5, "추천에 답하셨습니다")
    else:
        firm = ClockSide("사장님", "wait", "아직 아님", 5, 0, "추천을 받은 뒤 5영업일")
    return ServiceClock(center, firm)


def _running(who: str, due_on: dt.date, total: int, what: str, today: dt.date) -> ClockSide:
    left = business_days_between(today, due_on)
    if left < 0:
        said = f"{what} {date_ko(due_on, today)} 18시까지"
        return ClockSide(who, "late", f"{-left}일 지남", total - left, total - left, said, over=-left)
    word = f"{left}일 남음" if left else "오늘까지"
    return ClockSide(
        who, "now", word, total, max(total - left, 0), f"{what} {date_ko(due_on, today)} 18시까지"
    )
