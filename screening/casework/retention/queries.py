"""Finding retention checks."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor
from screening.casework.placements.checks import RetentionCheck
from screening.casework.placements.models import Placement
from screening.demand.orders.models import JobOrder


def disputes(session: orm.Session, *, viewer: Actor) -> list[tuple[RetentionCheck, Placement, JobOrder]]:
    """The checks in which firm and person disagree, oldest first; for the center's officers."""
    if viewer.role not in OFFICERS:
        return []
    wanted = (
        sa.select(RetentionCheck, Placement, JobOrder)
        .join(Placement, Placement.id == RetentionCheck.placement_id)
        .join(JobOrder, JobOrder.id == Placement.order_id)
        .where(RetentionCheck.disputed)
        .order_by(RetentionCheck.due_on, RetentionCheck.id)
    )
    return [(check, placement, order) for check, placement, order in session.execute(wanted).unique()]


def checks_of(
    session: orm.Session, placement_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[RetentionCheck]]:
    """The checks of the given placements by day; whoever may see the placement may see its checks."""
    found: dict[uuid.UUID, list[RetentionCheck]] = {}
    wanted = sa.select(RetentionCheck).where(RetentionCheck.placement_id.in_(placement_ids))
    for check in session.scalars(wanted.order_by(RetentionCheck.day)):
        found.setdefault(check.placement_id, []).append(check)
    return found
