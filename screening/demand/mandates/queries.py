"""What the center may do alone, for many orders at once."""

import datetime as dt
import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.clock import day_in_seoul
from screening.demand.mandates.models import Mandate, Permission, Power


def powers_in_force(
    session: orm.Session, order_ids: Collection[uuid.UUID], *, at: dt.datetime
) -> dict[uuid.UUID, frozenset[Power]]:
    """The powers of each order that has a mandate at this moment: those given in it and those permitted since."""
    today = day_in_seoul(at)
    running: dict[uuid.UUID, Mandate] = {}
    for mandate in session.scalars(
        sa.select(Mandate)
        .where(Mandate.order_id.in_(order_ids), Mandate.withdrawn_at.is_(None), Mandate.valid_until > today)
        .order_by(Mandate.signed_at)
    ):
        running[mandate.order_id] = mandate
    found = {order_id: {Power(each) for each in mandate.powers} for order_id, mandate in running.items()}
    for permission in session.scalars(
        sa.select(Permission).where(Permission.order_id.in_(running), Permission.until >= today)
    ):
        if permission.given_at >= running[permission.order_id].signed_at:
            found[permission.order_id].add(permission.power)
    return {order_id: frozenset(powers) for order_id, powers in found.items()}
