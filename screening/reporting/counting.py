"""The figures of a period, counted in the database from persons, orders and hires, of any source and any year."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.clock import start_of_day
from foundation.reference.business_days import add_months
from screening.casework.placements.models import Placement
from screening.demand.orders.models import JobOrder
from screening.pool.seekers.models import EqualityFact, Seeker
from screening.reporting.figures import BANDS, SEXES, Figure, Figures, percent
from screening.reporting.period import EditionPeriod

ONE_DAY = dt.timedelta(days=1)


def compute(session: orm.Session, *, edition: EditionPeriod) -> Figures:
    """Every figure of a period; the same rows give the same figures, whenever they are counted.

    Only days decide what counts, never a row's present state: an order that is closed today was open on a day
    between its approval and its closing, and a person erased since then was registered all the same.
    """
    firms, openings = _stock(session, edition.stock_on)
    month = _registered(session, edition.month_from, edition.stock_on)
    before = _registered(session, add_months(edition.month_from, -1), edition.month_from - ONE_DAY)
    hires = _hires(session, edition)
    return Figures(
        edition,
        {
            "firms": Figure(firms),
            "openings": Figure(openings),
            "registered": Figure(month),
            "registered_change": percent(month - before, before),
            "interns": Figure(_interns(session, edition)),
            "hires": Figure(hires),
            "target": Figure(edition.target),
            "attainment": Figure(None) if edition.target is None else percent(hires, edition.target),
            **_rates(session, edition),
        },
    )


def _stock(session: orm.Session, day: dt.date) -> tuple[int, int]:
    """Firms with unfilled openings at the end of a day, and those openings."""
    end = start_of_day(day + ONE_DAY)
    unfilled = (
        sa.select(
            JobOrder.employer_id.label("firm"),
            (JobOrder.headcount - sa.func.count(Placement.id)).label("openings"),
        )
        .outerjoin(Placement, sa.and_(Placement.order_id == JobOrder.id, Placement.hired_at < end))
        .where(JobOrder.approved_at < end, sa.or_(JobOrder.closed_at.is_(None), JobOrder.closed_at >= end))
        .group_by(JobOrder.id, JobOrder.employer_id, JobOrder.headcount)
        .subquery()
    )
    firms, openings = session.execute(
        sa.select(sa.func.count(unfilled.c.firm.distinct()), sa.func.sum(unfilled.c.openings)).where(
            unfilled.c.openings > 0
        )
    ).one()
    return int(firms), int(openings or 0)


def _registered(session: orm.Session, first: dt.date, last: dt.date) -> int:
    return session.scalars(
        sa.select(sa.func.count()).select_from(Seeker).where(Seeker.registered_on.between(first, last))
    ).one()


def _interns(session: orm.Session, edition: EditionPeriod) -> int:
    return session.scalars(
        sa.select(sa.func.count())
        .select_from(Seeker)
        .join(EqualityFact, EqualityFact.seeker_id == Seeker.id)
        .where(EqualityFact.intern, Seeker.registered_on.between(edition.counts_from, edition.stock_on))
    ).one()


def _hired(edition: EditionPeriod) -> sa.Select[uuid.UUID]:
    """The people with at least one placement in the year so far."""
    return (
        sa.select(Placement.seeker_id)
        .where(
            Placement.hired_at >= start_of_day(edition.counts_from),
            Placement.hired_at < start_of_day(edition.counts_to + ONE_DAY),
        )
        .distinct()
    )


def _hires(session: orm.Session, edition: EditionPeriod) -> int:
    return session.scalars(sa.select(sa.func.count()).select_from(_hired(edition).subquery())).one()


def _rates(session: orm.Session, edition: EditionPeriod) -> dict[str, Figure]:
    """Hired per registered of the year so far, by age band and by sex; unknown ages and sexes are in no group."""
    hired = _hired(edition).subquery()
    groups = session.execute(
        sa.select(
            EqualityFact.sex, EqualityFact.birth_year, sa.func.count(), sa.func.count(hired.c.seeker_id)
        )
        .join(Seeker, Seeker.id == EqualityFact.seeker_id)
        .outerjoin(hired, hired.c.seeker_id == Seeker.id)
        .where(Seeker.registered_on.between(edition.counts_from, edition.counts_to))
        .group_by(EqualityFact.sex, EqualityFact.birth_year)
    ).all()
    year = edition.counts_to.year
    by_age = {
        code: percent(
            sum(done for _, born, _, done in groups if born and _within(year - born, youngest, oldest)),
            sum(all_ for _, born, all_, _ in groups if born and _within(year - born, youngest, oldest)),
        )
        for code, youngest, oldest in BANDS
    }
    by_sex = {
        code: percent(
            sum(done for sex, _, _, done in groups if sex == wanted),
            sum(all_ for sex, _, all_, _ in groups if sex == wanted),
        )
        for code, wanted in SEXES
    }
    return {f"success_{code}": figure for code, figure in (by_age | by_sex).items()}


def _within(age: int, youngest: int, oldest: int | None) -> bool:
    return age >= youngest and (oldest is None or age <= oldest)
