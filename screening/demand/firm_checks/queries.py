"""Finding checks."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

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


def due(session: orm.Session, *, at: dt.datetime, limit: int) -> list[Employer]:
    """Member firms whose last check is a month old, or got no answer an hour ago although there is a key."""
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
    return list(
        session.scalars(
            sa.select(Employer)
            .where(Employer.source == EmployerSource.OWN, ~recent.exists())
            .order_by(Employer.organisation_id)
            .limit(limit)
        )
    )
