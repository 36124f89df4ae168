"""Entrusting, narrowing and taking back, with what is under way handed to whoever has to go on with it."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import SYSTEM, Actor
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import behind
from foundation.messages.commands import BASE, Words
from foundation.reference.business_days import day_words
from screening.casework.handovers.queries import open_work
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Mandate, Power
from screening.demand.orders import queries as orders
from screening.demand.orders.letters import tell_firm, tell_officer
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import WORKED

WARN_DAYS = (14, 7, 1)


def entrust(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    powers: Collection[Power],
    valid_until: dt.date,
    typed_name: str,
    code: str,
    center: str,
    by: Actor,
    at: dt.datetime,
) -> Mandate:
    """The firm signs; what a narrower mandate takes out of the center's hands is handed over in a letter."""
    earlier = mandates.in_force(session, order_id, at=at)
    had = {Power(each) for each in earlier.powers} if earlier else set()
    mandate = mandates.sign(
        session,
        order_id=order_id,
        powers=powers,
        valid_until=valid_until,
        typed_name=typed_name,
        code=code,
        center=center,
        by=by,
        at=at,
    )
    lost = had - set(powers)
    if lost:
        order = orders.get(session, order_id, viewer=by)
        _hand_back(session, order, lost, "맡기신 일이 줄었습니다", at=at)
    return mandate


def withdraw(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> list[str]:
    """The firm takes its mandate back at once; returns what is open, which also goes out as a letter."""
    mandates.withdraw(session, order_id=order_id, by=by, at=at)
    order = orders.get(session, order_id, viewer=by)
    return _hand_back(session, order, set(Power), "위임을 철회하셨습니다", at=at)


def _hand_back(
    session: orm.Session, order: JobOrder, lost: Collection[Power], why: str, *, at: dt.datetime
) -> list[str]:
    session.flush()
    work = open_work(session, order.id, without=lost)
    lines = "\n".join(f"- {each}" for each in work) or "- 진행 중인 일은 없습니다."
    words = Words(
        kind="위임",
        subject=f"[이음] {order.title}: {why}",
        text=f"{why}. 아래 일이 사장님께 돌아갑니다.\n\n{lines}\n\n{BASE}/employer/orders/{order.id}",
    )
    tell_firm(session, order, words, at=at)
    told = Words(
        kind="위임",
        subject=f"[이음] {order.employer.name} {order.title}: 위임이 바뀌었습니다",
        text=f"{why}. 기업에 넘긴 일입니다.\n\n{lines}\n\n{BASE}/staff/orders/{order.id}",
    )
    tell_officer(session, order, told, at=at)
    return work


def ending_mandates(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Mandates of worked orders that end within two weeks or have ended, by id from `after` on."""
    ending = sa.select(Mandate.id).join(JobOrder, JobOrder.id == Mandate.order_id)
    ending = ending.where(*_is_ending(at), behind(Mandate.id, after)).order_by(Mandate.id)
    return session.scalars(ending.limit(limit)).all()


def _is_ending(at: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Mandate.withdrawn_at.is_(None),
        JobOrder.status.in_(WORKED),
        Mandate.valid_until <= day_in_seoul(at) + dt.timedelta(days=WARN_DAYS[0] + 1),
        sa.func.coalesce(Mandate.warned_days, LONGEST) != ENDED,
    )


def warn(session: orm.Session, mandate_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """Write 14, 7 and 1 days before a mandate's last day, and once when it has ended; returns how many letters."""
    today = day_in_seoul(at)
    running = session.execute(
        sa.select(Mandate, JobOrder)
        .join(JobOrder, JobOrder.id == Mandate.order_id)
        .where(*_is_ending(at), Mandate.id.in_(mandate_ids))
        .order_by(Mandate.valid_until, Mandate.id)
        .with_for_update(of=Mandate, skip_locked=True)
    ).all()
    written = 0
    for mandate, order in running:
        left = (mandate.last_day - today).days
        step = ENDED if left < 0 else min((days for days in WARN_DAYS if left <= days), default=None)
        if step is None or (mandate.warned_days is not None and mandate.warned_days <= step):
            continue
        mandate.warned_days = step
        record(session, "mandate.warned", mandate, by=SYSTEM, at=at, order=order.number, days=step)
        if mandates.in_force(session, order.id, at=at) not in (None, mandate):
            continue
        if step == ENDED:
            _hand_back(session, order, set(Power), "위임 기간이 끝났습니다", at=at)
        else:
            _warn(session, mandate, order, left, at=at)
        written += 1
    return written


LONGEST = 999
ENDED = -1
"""The last step of the warnings: the mandate is over and its work was handed back."""


def _warn(session: orm.Session, mandate: Mandate, order: JobOrder, left: int, *, at: dt.datetime) -> None:
    when = "오늘" if left == 0 else f"{left}일 뒤인 {day_words(mandate.last_day)}"
    words = Words(
        kind="위임",
        subject=f"[이음] {order.title} 위임이 {day_words(mandate.last_day)}에 끝납니다",
        text=f"{when} 위임이 끝나면 센터는 이 구인의 일을 멈춥니다. 이어서 맡기시려면 다시 서명해 주세요."
        f"\n{BASE}/employer/orders/{order.id}/mandate",
    )
    tell_firm(session, order, words, at=at)
