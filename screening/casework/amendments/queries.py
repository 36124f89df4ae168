"""Finding changes."""

import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from screening.casework.amendments.models import Amendment
from screening.demand.orders import queries as orders


def of_order(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> list[Amendment]:
    """The changes of an order the viewer may see, newest first."""
    orders.get(session, order_id, viewer=viewer)
    mine = sa.select(Amendment).where(Amendment.order_id == order_id)
    return list(session.scalars(mine.order_by(Amendment.asked_at.desc(), Amendment.id)))


def waiting(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> Amendment | None:
    """The change of an order that an officer still has to decide, if any."""
    return next((each for each in of_order(session, order_id, viewer=viewer) if each.allowed is None), None)
