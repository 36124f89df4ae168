"""Finding retention checks."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from screening.retention.models import RetentionCheck


def checks_of(
    session: orm.Session, placement_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[RetentionCheck]]:
    """The checks of the given placements by day; whoever may see the placement may see its checks."""
    found: dict[uuid.UUID, list[RetentionCheck]] = {}
    wanted = sa.select(RetentionCheck).where(RetentionCheck.placement_id.in_(placement_ids))
    for check in session.scalars(wanted.order_by(RetentionCheck.day)):
        found.setdefault(check.placement_id, []).append(check)
    return found
