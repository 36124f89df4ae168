"""Pausing a clock, and the round in which due steps are reminded of, raised and closed."""

import datetime as dt
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.actors import OFFICERS, SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import behind
from foundation.messages.commands import BASE, Words, write_to_account
from foundation.reference.business_days import add_business_days, day_words
from foundation.refusals import Invalid, NotAllowed
from screening.casework.outcomes import commands as outcomes
from screening.casework.referrals.models import Referral
from screening.deadlines.reminders.models import ClockAct, ClockLevel
from screening.deadlines.steps.pauses import Pause, PauseReason
from screening.deadlines.steps.queries import OrderStep, steps_of
from screening.deadlines.steps.steps import Task, Turn
from screening.demand.orders import queries as orders
from screening.demand.orders.letters import tell_firm, tell_officer
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import WORKED, CloseReason, OrderStatus

L = ClockLevel
FIRM_ROUND = ((L.REMINDED, -1), (L.OVERDUE, 1), (L.ESCALATED, 3), (L.LAST_CALL, 7), (L.CLOSED, 10))
CENTER_ROUND = ((L.OVERDUE, 1), (L.ESCALATED, 3))
"""Business days after the due day (before, when negative) on which each level is reached."""
CLOSES_ITSELF = frozenset({Task.SIGN, Task.CORRECT, Task.ANSWER, Task.DECIDE, Task.PERMIT, Task.SCHEDULE})
"""Steps of the firm after whose silence an order ends by itself."""
DONE_DAYS = 1
"""Business days after the last person was told, after which a filled order is closed."""


def pause(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    reason: PauseReason,
    note: str = "",
    by: Actor,
    at: dt.datetime,
) -> Pause:
    """Stop the clock of an order for a stated reason; both sides see it, and every due day moves with it."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role not in OFFICERS or order.status not in WORKED:
        raise NotAllowed("진행 중인 구인의 시계는 센터 담당자가 멈춥니다.")
    if current_pause(session, order.id) is not None:
        raise NotAllowed("이미 멈춰 있습니다.")
    pause = Pause(
        order_id=order.id, reason=reason, note=note.strip()[:300], since=day_in_seoul(at), by_name=by.name
    )
    session.add(pause)
    record(session, "clock.paused", pause, by=by, at=at, order=order.number, reason=reason.value)
    words = Words(
        kind="시계",
        subject=f"[이음] {order.title}의 시계를 멈췄습니다",
        text=f"{reason.ko}. 다시 시작하면 기한이 그만큼 뒤로 갑니다.\n{note}\n{BASE}/employer/orders/{order.id}",
    )
    tell_firm(session, order, words, at=at)
    return pause


def resume(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> Pause:
    """Let the clock of an order run again."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    standing = current_pause(session, order.id)
    if by.role not in OFFICERS or standing is None:
        raise NotAllowed("멈춘 시계가 없습니다.")
    standing.until = day_in_seoul(at)
    record(session, "clock.resumed", standing, by=by, at=at, order=order.number)
    return standing


def current_pause(session: orm.Session, order_id: uuid.UUID) -> Pause | None:
    """The pause in which an order's clock stands still, or None."""
    return session.scalars(
        sa.select(Pause).where(Pause.order_id == order_id, Pause.until.is_(None))
    ).one_or_none()


def worked_orders(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Orders whose steps have due days, by id from `after` on."""
    worked = sa.select(JobOrder.id).where(JobOrder.status.in_(WORKED), behind(JobOrder.id, after))
    return session.scalars(worked.order_by(JobOrder.id).limit(limit)).all()


def remind(session: orm.Session, order_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """Remind of, raise or close what is due of these orders; returns how much was done. Doing it twice does nothing."""
    found = session.scalars(
        sa.select(JobOrder)
        .where(JobOrder.status.in_(WORKED), JobOrder.id.in_(order_ids))
        .order_by(JobOrder.number)
        .with_for_update(of=JobOrder, skip_locked=True)
    ).unique()
    done = 0
    for each in steps_of(session, list(found), at=at):
        if each.paused is not None:
            continue
        if each.step.task is Task.CLOSE:
            done += _close_filled(session, each, at=at)
        elif each.step.due_on is not None and each.step.turn in (Turn.FIRM, Turn.CENTER):
            done += _remind(session, each, at=at)
    return done


def _remind(session: orm.Session, each: OrderStep, *, at: dt.datetime) -> int:
    due_on, today = each.step.due_on, day_in_seoul(at)
    assert due_on is not None
    firm = each.step.turn is Turn.FIRM
    reached = [
        level
        for level, days in (FIRM_ROUND if firm else CENTER_ROUND)
        if today >= (add_business_days(due_on, days) if days > 0 else _day_before(due_on))
        and (level is not L.CLOSED or each.step.task in CLOSES_ITSELF)
    ]
    if not reached:
        return 0
    known = set(
        session.scalars(
            sa.select(ClockAct.level).where(
                ClockAct.order_id == each.order.id,
                ClockAct.task == each.step.task,
                ClockAct.due_on == due_on,
            )
        )
    )
    level = reached[-1]
    if level in known:
        return 0
    if level is L.CLOSED and L.LAST_CALL not in known:
        level = L.LAST_CALL
        if level in known:
            return 0
    lead = _lead(session) if level is L.ESCALATED else None
    act = ClockAct(
        order_id=each.order.id,
        task=each.step.task,
        due_on=due_on,
        level=level,
        at=at,
        told=lead.name if lead else "",
    )
    session.add(act)
    record(
        session,
        f"clock.{level.value}",
        act,
        by=SYSTEM,
        at=at,
        order=each.order.number,
        task=each.step.task.value,
    )
    if level is L.CLOSED:
        _close_silent(session, each.order, at=at)
    elif firm:
        _tell_firm(session, each, level, lead, at=at)
    else:
        _tell_center(session, each, lead, at=at)
    return 1


def _day_before(due_on: dt.date) -> dt.date:
    day = due_on - dt.timedelta(days=1)
    while add_business_days(day, 1) > due_on:
        day -= dt.timedelta(days=1)
    return day


def _lead(session: orm.Session) -> Account | None:
    return session.scalars(
        sa.select(Account)
        .where(Account.role == Role.LEAD, Account.disabled_at.is_(None))
        .order_by(Account.created_at, Account.id)
        .limit(1)
    ).one_or_none()


def _tell_firm(
    session: orm.Session, each: OrderStep, level: ClockLevel, lead: Account | None, *, at: dt.datetime
) -> None:
    order, due_on = each.order, each.step.due_on
    assert due_on is not None
    last = add_business_days(due_on, FIRM_ROUND[-1][1])
    sentences = {
        L.REMINDED: f"{day_words(due_on)} 18시까지 답해 주시면 됩니다.",
        L.OVERDUE: f"{day_words(due_on)}까지 기다렸습니다. 지금 답해 주시면 바로 이어서 합니다.",
        L.ESCALATED: f"답이 없어 팀장 {lead.name if lead else ''}에게 알렸습니다. 곧 전화드리겠습니다.",
        L.LAST_CALL: f"{day_words(last)}까지 답이 없으면 이 구인은 저절로 마감되고 추천받은 분들께 알립니다.",
    }
    words = Words(
        kind="알림",
        subject=f"[이음] {order.title}: {each.step.task.ko}",
        text=f"{each.step.why}\n{sentences[level]}\n{BASE}/employer/orders/{order.id}",
        task=each.step.task.value,
    )
    tell_firm(session, order, words, at=at)
    if lead is not None:
        _write_lead(session, each, lead, at=at)


def _tell_center(session: orm.Session, each: OrderStep, lead: Account | None, *, at: dt.datetime) -> None:
    order = each.order
    if lead is not None:
        _write_lead(session, each, lead, at=at)
    else:
        words = Words(
            kind="알림",
            subject=f"[이음] {order.employer.name} {order.title}: {each.step.task.ko}",
            text=f"기한이 지났습니다. {each.step.why}\n{BASE}/staff/orders/{order.id}",
        )
        tell_officer(session, order, words, at=at)


def _write_lead(session: orm.Session, each: OrderStep, lead: Account, *, at: dt.datetime) -> None:
    words = Words(
        kind="알림",
        subject=f"[이음] {each.order.employer.name} {each.order.title}이 멈춰 있습니다",
        text=f"{each.step.turn.ko} 차례에서 3영업일 넘게 멈췄습니다. {each.step.why}\n"
        f"{BASE}/staff/orders/{each.order.id}",
    )
    write_to_account(session, account_id=lead.id, words=words, about_id=each.order.id, at=at)


def _close_silent(session: orm.Session, order: JobOrder, *, at: dt.datetime) -> None:
    """End an order whose firm stayed silent: everyone is told first, then it closes with its reason."""
    if order.status is OrderStatus.OPEN:
        if outcomes.waiting_for_word(session, order.id):
            outcomes.tell(session, order_id=order.id, words=outcomes.default_words(order), by=SYSTEM, at=at)
        reason = CloseReason.PARTLY if order.filled else CloseReason.NO_ANSWER
        outcomes.close(session, order_id=order.id, reason=reason, by=SYSTEM, at=at)
    else:
        outcomes.withdraw(session, order_id=order.id, by=SYSTEM, at=at)
    _say_closed(
        session,
        order,
        "답이 없어 저절로 마감했습니다. 다시 구하실 때는 지난 신청서를 복사할 수 있습니다.",
        at=at,
    )


def _close_filled(session: orm.Session, each: OrderStep, *, at: dt.datetime) -> int:
    """Close a filled order of which everybody has been told, the next business day."""
    order = each.order
    told = session.scalar(sa.select(sa.func.max(Referral.told_at)).where(Referral.order_id == order.id))
    if told is None or day_in_seoul(at) < add_business_days(day_in_seoul(told), DONE_DAYS):
        return 0
    outcomes.close(session, order_id=order.id, reason=CloseReason.FILLED, by=SYSTEM, at=at)
    _say_closed(session, order, "모두 뽑았고 모두에게 알렸으므로 마감했습니다.", at=at)
    return 1


def _say_closed(session: orm.Session, order: JobOrder, sentence: str, *, at: dt.datetime) -> None:
    words = Words(
        kind="마감",
        subject=f"[이음] {order.title} 구인을 마감했습니다",
        text=f"{sentence}\n{BASE}/employer/orders/{order.id}",
    )
    tell_firm(session, order, words, at=at)
    told = Words(
        kind="마감",
        subject=f"[이음] {order.employer.name} {order.title} 구인이 저절로 마감되었습니다",
        text=f"{sentence}\n{BASE}/staff/orders/{order.id}",
    )
    tell_officer(session, order, told, at=at)


def of_order(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> list[ClockAct]:
    """What the clock has done about an order the viewer may see, newest first."""
    orders.get(session, order_id, viewer=viewer)
    acts = sa.select(ClockAct).where(ClockAct.order_id == order_id).order_by(ClockAct.at.desc(), ClockAct.id)
    return list(session.scalars(acts))


def pause_reason(code: str) -> PauseReason:
    """The reason of a code; raises `Invalid`."""
    if code not in set(PauseReason):
        raise Invalid("멈추는 이유를 골라 주세요.", field="reason")
    return PauseReason(code)
