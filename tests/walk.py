"""Walks an order of the house along the real commands, for tests that begin in the middle."""

import datetime as dt
import random

from demo.scenarios import STAGES, Life, walk
from screening.demand.orders.models import JobOrder
from tests.house import House


def order_at(house: House, stage: str, *, firm: str = "firm", **changed: object) -> JobOrder:
    """An order of the firm that has come as far as `stage` (see `lives.STAGES`); the clock follows."""
    assert stage in STAGES
    with house.database.write() as session:
        life = Life(
            session=session,
            index=house.portal.pool,
            firm=house.actor(firm),
            officer=house.actor("officer"),
            center="서울일자리플러스센터",
            chance=random.Random(7),
            at=house.clock.moment,
            diligence=1.0,
        )
        order = walk(life, house.terms(**changed), up_to=stage)
        session.commit()
        house.clock.moment = max(house.clock.moment, life.at) + dt.timedelta(minutes=1)
        session.refresh(order)
        session.expunge(order)
        return order
