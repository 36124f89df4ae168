"""Finding postings, applications and reports."""

import datetime as dt
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import CENTER_ROLES, FIRM_ROLES, OFFICERS, Actor
from foundation.database import vault_of
from foundation.identity import records
from foundation.organisations.models import Organisation
from foundation.refusals import NotFound
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.demand.postings.models import Application, PostingReport


def is_open(order: JobOrder, *, on: dt.date) -> bool:
    """Whether people can apply today: posted, open, not past its last day, not filled. It closes by itself."""
    in_time = order.closes_on is None or on <= order.closes_on
    return order.posted and order.status is OrderStatus.OPEN and in_time and order.unfilled > 0


def listed(session: orm.Session, *, on: dt.date, text: str = "", most: int = 50) -> Sequence[JobOrder]:
    """The open postings, newest first; `text` is looked for in title, duties, place and firm."""
    wanted = sa.select(JobOrder).where(
        JobOrder.posted,
        JobOrder.status == OrderStatus.OPEN,
        JobOrder.filled < JobOrder.headcount,
        sa.or_(JobOrder.closes_on.is_(None), JobOrder.closes_on >= on),
    )
    if text:
        of_firm = JobOrder.employer_id.in_(
            sa.select(Organisation.id).where(Organisation.name.icontains(text, autoescape=True))
        )
        said = (JobOrder.title, JobOrder.duties, JobOrder.workplace_address)
        wanted = wanted.where(sa.or_(of_firm, *(each.icontains(text, autoescape=True) for each in said)))
    return (
        session.scalars(wanted.order_by(JobOrder.approved_at.desc(), JobOrder.number.desc()).limit(most))
        .unique()
        .all()
    )


def posting(session: orm.Session, number: str) -> JobOrder:
    """A posting by its order number, open or closed; what was never posted is not found."""
    order = session.scalars(
        sa.select(JobOrder).where(
            JobOrder.number == number,
            JobOrder.posted,
            JobOrder.approved_at.is_not(None),
            JobOrder.status.in_((OrderStatus.OPEN, OrderStatus.CLOSED, OrderStatus.WITHDRAWN)),
        )
    ).one_or_none()
    if order is None:
        raise NotFound("그런 공고가 없습니다. 주소를 다시 확인해 주세요.")
    return order


def visible_to(viewer: Actor) -> sa.Select[Application]:
    """Applications are the firm's own and its processor's; nobody else knows of them."""
    every = sa.select(Application)
    if viewer.role in CENTER_ROLES:
        return every
    if viewer.role in FIRM_ROLES:
        return every.where(Application.employer_id == viewer.organisation_id)
    return every.where(sa.false())


def of_order(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> Sequence[Application]:
    """The applications to an order the viewer may see, in the order in which they came."""
    mine = visible_to(viewer).where(Application.order_id == order_id)
    return session.scalars(mine.order_by(Application.place)).all()


def get(session: orm.Session, application_id: uuid.UUID, *, viewer: Actor, lock: bool = False) -> Application:
    """One application the viewer may see; raises `NotFound`."""
    wanted = visible_to(viewer).where(Application.id == application_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound("그런 지원이 없습니다.")
    return found


def of_link(session: orm.Session, application_id: uuid.UUID, *, lock: bool = False) -> Application:
    """The application that a link opens."""
    found = session.get(Application, application_id, with_for_update=lock, populate_existing=lock)
    if found is None:
        raise NotFound("그런 지원이 없습니다.")
    return found


def untold(session: orm.Session, order_id: uuid.UUID) -> list[Application]:
    """The applicants of an order who have not been told how it ended."""
    mine = sa.select(Application).where(Application.order_id == order_id, Application.told_at.is_(None))
    return [each for each in session.scalars(mine.order_by(Application.place)) if each.open]


@dataclass(frozen=True)
class Contact:
    """Who an applicant is."""

    name: str
    phone: str
    email: str


def contact_of(session: orm.Session, application: Application) -> Contact | None:
    """Name and contact for writing to the applicant; None after a withdrawal."""
    if application.sealed is None:
        return None
    kept = json.loads(vault_of(session).open(application.sealed, bound_to=application.id.bytes))
    return Contact(kept["name"], kept["phone"], kept["email"])


def named(
    session: orm.Session, applications: Collection[Application], *, purpose: str, viewer: Actor
) -> dict[uuid.UUID, Contact]:
    """Who the applicants are, for firm and center; the look is recorded."""
    found = {each.id: contact for each in applications if (contact := contact_of(session, each))}
    if found:
        records.note_access(
            session, subjects=found, fields=("name", "phone", "email"), purpose=purpose, viewer=viewer
        )
    return found


def reports(session: orm.Session, *, viewer: Actor) -> list[tuple[PostingReport, JobOrder]]:
    """The reports nobody has decided yet, oldest first."""
    if viewer.role not in OFFICERS:
        return []
    wanted = (
        sa.select(PostingReport, JobOrder)
        .join(JobOrder, JobOrder.id == PostingReport.order_id)
        .where(PostingReport.upheld.is_(None))
        .order_by(PostingReport.said_at, PostingReport.id)
    )
    return [(report, order) for report, order in session.execute(wanted).unique()]
