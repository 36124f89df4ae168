"""Drawing up and fixing criteria sheets."""

import datetime as dt
import uuid
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.audit.commands import record
from foundation.refusals import Invalid
from screening.casework.criteria.lines import DEFAULT_WEIGHTS, CriterionLine, Need, drawn_under
from screening.casework.criteria.models import CriteriaSheet
from screening.demand.mandates.commands import may_act
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as orders
from screening.demand.orders.policies import may_work


def fix(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    weights: Mapping[str, int],
    needs: Mapping[str, Need],
    by: Actor,
    at: dt.datetime,
) -> CriteriaSheet:
    """Fix a version of the order's criteria; nobody is looked at before, and a change is a new version.

    `weights` are whole points that sum to 100; `needs` says per line whether it is a must.
    """
    order = orders.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    may_act(session, order, Power.SEARCH, at=at).or_raise()
    if set(weights) != set(DEFAULT_WEIGHTS) or any(not 0 <= points <= 100 for points in weights.values()):
        raise Invalid("배점을 0점에서 100점 사이로 적어 주세요.", field="weights")
    if sum(weights.values()) != 100:
        raise Invalid(
            f"배점의 합이 100점이어야 합니다. 지금은 {sum(weights.values())}점입니다.", field="weights"
        )
    lines = drawn_under(order.terms(), needs)
    latest = in_force(session, order.id)
    sheet = CriteriaSheet(
        order_id=order.id,
        version=latest.version + 1 if latest else 1,
        weights=dict(weights),
        lines=[line.to_json() for line in lines],
        fixed_at=at,
        fixed_by=by.account_id,
    )
    session.add(sheet)
    record(session, "criteria.fixed", sheet, by=by, at=at, order=order.number, version=sheet.version)
    return sheet


_NEWEST = (
    sa.select(CriteriaSheet)
    .where(CriteriaSheet.order_id == sa.bindparam("order"))
    .order_by(CriteriaSheet.version.desc())
    .limit(1)
)


def in_force(session: orm.Session, order_id: uuid.UUID) -> CriteriaSheet | None:
    """The newest fixed sheet of an order, or None while nothing is fixed."""
    return session.scalars(_NEWEST, {"order": order_id}).one_or_none()


def lines_of(sheet: CriteriaSheet) -> tuple[CriterionLine, ...]:
    """The lines of a sheet as values."""
    return tuple(CriterionLine.from_json(stored) for stored in sheet.lines)
