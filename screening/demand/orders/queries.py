"""Finding orders; every query starts from what the viewer may see."""

import datetime as dt
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import CENTER_ROLES, FIRM_ROLES, Actor, Role
from foundation.organisations.models import Organisation
from foundation.refusals import NotFound
from screening.demand.employers.models import Employer
from screening.demand.orders.models import JobOrder, OrderDraft
from screening.demand.orders.states import OrderStatus

PAGE = 20
HISTORY = "history"
"""Source of the orders that came with an old register; they are counted, not worked."""


_ORDERS = sa.select(JobOrder)
_THE_ONE = JobOrder.id == sa.bindparam("order")


def visible_to(viewer: Actor) -> sa.Select[JobOrder]:
    """The orders a viewer may know of: the center all of them, a firm its own, nobody else any."""
    if viewer.role in CENTER_ROLES or viewer.role is Role.SYSTEM:
        return _ORDERS
    if viewer.role in FIRM_ROLES:
        return _ORDERS.where(JobOrder.employer_id == viewer.organisation_id)
    return _ORDERS.where(sa.false())


def get(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor, lock: bool = False) -> JobOrder:
    """One order the viewer may see; raises `NotFound` otherwise; with `lock` it is read anew and held."""
    wanted = visible_to(viewer).where(_THE_ONE)
    if lock:
        wanted = wanted.with_for_update(of=JobOrder).execution_options(populate_existing=True)
    order = session.scalars(wanted, {"order": order_id}).one_or_none()
    if order is None:
        raise NotFound("그런 구인신청이 없습니다.")
    return order


@dataclass(frozen=True)
class OrderRow:
    """One line of an officer's list."""

    id: uuid.UUID
    number: str
    title: str
    employer: str
    headcount: int
    filled: int
    status: OrderStatus
    place: str
    at: dt.datetime | None


@dataclass(frozen=True)
class OrderPage:
    """One page of orders and the key of the next one."""

    rows: tuple[OrderRow, ...]
    total: int
    next_key: str | None


def listed(
    session: orm.Session,
    *,
    viewer: Actor,
    statuses: frozenset[OrderStatus] = frozenset(OrderStatus) - {OrderStatus.LEAD},
    text: str = "",
    after: str | None = None,
    limit: int = PAGE,
) -> OrderPage:
    """Orders newest number first, without an old register's; `text` is looked for in number, title and firm."""
    present = sa.or_(JobOrder.source.is_(None), JobOrder.source != HISTORY)
    wanted = visible_to(viewer).where(JobOrder.status.in_(statuses), present)
    if text:
        pattern = f"%{text.strip()}%"
        of_firm = JobOrder.employer_id.in_(sa.select(Organisation.id).where(Organisation.name.ilike(pattern)))
        wanted = wanted.where(sa.or_(JobOrder.number.ilike(pattern), JobOrder.title.ilike(pattern), of_firm))
    total = session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    if after:
        wanted = wanted.where(JobOrder.number < after)
    found = session.scalars(wanted.order_by(JobOrder.number.desc()).limit(limit + 1)).all()
    rows = tuple(
        OrderRow(
            id=order.id,
            number=order.number,
            title=order.title,
            employer=order.employer.name,
            headcount=order.headcount,
            filled=order.filled,
            status=order.status,
            place=order.workplace_city or order.workplace_address,
            at=order.submitted_at,
        )
        for order in found[:limit]
    )
    return OrderPage(rows=rows, total=total, next_key=rows[-1].number if len(found) > limit else None)


def own(session: orm.Session, *, viewer: Actor) -> list[JobOrder]:
    """Every order the viewer's firm has filed, newest first; leads nobody claimed are not among them."""
    if viewer.role not in FIRM_ROLES:
        return []
    filed = visible_to(viewer).where(JobOrder.status != OrderStatus.LEAD)
    return list(session.scalars(filed.order_by(JobOrder.number.desc())).unique())


def leads_for(session: orm.Session, *, viewer: Actor) -> list[JobOrder]:
    """Leads of the public feed that look like the viewer's own firm: the same name in the same district."""
    own = session.get(Employer, viewer.organisation_id)
    if own is None or viewer.role not in FIRM_ROLES:
        return []
    return list(
        session.scalars(
            sa.select(JobOrder)
            .join(Employer, Employer.organisation_id == JobOrder.employer_id)
            .join(Organisation, Organisation.id == Employer.organisation_id)
            .where(
                JobOrder.status == OrderStatus.LEAD,
                Employer.name_key == own.name_key,
                Organisation.district == own.organisation.district,
            )
            .order_by(JobOrder.number.desc())
        ).unique()
    )


def lead_for(session: orm.Session, lead_id: uuid.UUID, *, viewer: Actor, lock: bool = False) -> JobOrder:
    """One lead that looks like the viewer's own; raises `NotFound` otherwise."""
    found = next((lead for lead in leads_for(session, viewer=viewer) if lead.id == lead_id), None)
    if found is not None and lock:
        session.refresh(found, with_for_update={"of": JobOrder})
    if found is None or found.status is not OrderStatus.LEAD:
        raise NotFound("우리 회사의 공개 구인정보가 아닙니다.")
    return found


def drafts(session: orm.Session, *, viewer: Actor) -> list[OrderDraft]:
    """The firm's unfinished orders, last saved first."""
    return list(
        session.scalars(
            sa.select(OrderDraft)
            .where(OrderDraft.employer_id == viewer.organisation_id)
            .order_by(OrderDraft.saved_at.desc())
        )
    )


def draft(session: orm.Session, draft_id: uuid.UUID, *, viewer: Actor, lock: bool = False) -> OrderDraft:
    """One draft of the viewer's own firm; raises `NotFound` otherwise."""
    found = session.get(OrderDraft, draft_id, with_for_update=lock, populate_existing=lock)
    if found is None or found.employer_id != viewer.organisation_id:
        raise NotFound("쓰던 신청서가 없습니다. 이미 제출했거나 지운 신청서입니다.")
    return found
