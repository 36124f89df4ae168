"""Finding checks."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import behind
from screening.demand.employers.models import Employer, EmployerSource
from screening.demand.firm_checks.models import FirmCheck

GOOD_FOR = dt.timedelta(days=30)
AGAIN_AFTER = dt.timedelta(hours=1)
NO_KEY = "NO_KEY"


def newest(session: orm.Session, business_number: str | None) -> FirmCheck | None:
    """The last check of a number; whoever may see the firm may see it."""
    return session.scalars(
        sa.select(FirmCheck)
        .where(FirmCheck.business_number == business_number)
        .order_by(FirmCheck.asked_at.desc(), FirmCheck.id)
        .limit(1)
    ).one_or_none()


def spoken_against(session: orm.Session, business_numbers: Collection[str]) -> dict[str, FirmCheck]:
    """The newest answered checks that speak against their firm, by number; silence since then changes nothing."""
    answered = sa.select(FirmCheck).where(
        FirmCheck.business_number.in_(business_numbers), FirmCheck.standing.is_not(None)
    )
    last: dict[str, FirmCheck] = {}
    for check in session.scalars(answered.order_by(FirmCheck.asked_at)):
        last[check.business_number] = check
    return {number: check for number, check in last.items() if check.against}


def due(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Member firms whose last check is a month old, or got no answer an hour ago although there is a key, by id."""
    wanted = sa.select(Employer.organisation_id).where(*is_due(at), behind(Employer.organisation_id, after))
    return session.scalars(wanted.order_by(Employer.organisation_id).limit(limit)).all()


def is_due(at: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """What makes the check of a firm due."""
    recent = sa.select(FirmCheck.id).where(
        FirmCheck.business_number == Employer.business_number,
        sa.or_(
            FirmCheck.asked_at > at - AGAIN_AFTER,
            sa.and_(
                FirmCheck.asked_at > at - GOOD_FOR,
                sa.or_(FirmCheck.standing.is_not(None), FirmCheck.failure == NO_KEY),
            ),
        ),
    )
    return (Employer.source == EmployerSource.OWN, ~recent.exists())
