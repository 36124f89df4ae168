"""Finding firms."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import CENTER_ROLES, FIRM_ROLES, Actor
from foundation.organisations.models import Organisation
from foundation.refusals import NotFound
from screening.demand.employers.models import Employer, EmployerSource


def visible_to(viewer: Actor) -> sa.Select[Employer]:
    """The center sees every firm that is more than a line of the old register, a firm itself, nobody else any."""
    firms = sa.select(Employer).join(Organisation).where(Employer.source != EmployerSource.HISTORY)
    if viewer.role in CENTER_ROLES:
        return firms
    if viewer.role in FIRM_ROLES:
        return firms.where(Employer.organisation_id == viewer.organisation_id)
    return firms.where(sa.false())


def get(session: orm.Session, employer_id: uuid.UUID | None, *, viewer: Actor) -> Employer:
    """One firm the viewer may see; raises `NotFound` otherwise."""
    employer = session.scalars(
        visible_to(viewer).where(Employer.organisation_id == employer_id)
    ).one_or_none()
    if employer is None:
        raise NotFound("그런 기업이 없습니다.")
    return employer


def listed(session: orm.Session, *, viewer: Actor, text: str = "", most: int) -> Sequence[Employer]:
    """Firms found by a part of their name or by their business number, members first."""
    firms = visible_to(viewer)
    if text:
        firms = firms.where(
            sa.or_(
                Organisation.name.icontains(text, autoescape=True),
                Employer.business_number == text.replace("-", ""),
            )
        )
    members_first = sa.case((Employer.source == EmployerSource.OWN, 0), else_=1)
    return session.scalars(
        firms.order_by(members_first, Organisation.name, Employer.organisation_id).limit(most)
    ).all()
