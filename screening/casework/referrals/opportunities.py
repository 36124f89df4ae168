"""The open orders that fit one person, with the same reasons that an officer sees the other way round."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.identity.records import note_access
from screening.casework.criteria.models import CriteriaSheet
from screening.casework.referrals.models import Referral
from screening.casework.referrals.ranked import demand_under
from screening.casework.referrals.states import ReferralState
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.matching.model import compiled
from screening.matching.opportunities import fitting
from screening.matching.reasons import Reason, reasons_for
from screening.pool.index.index import PoolIndex
from screening.pool.seekers import queries as seekers

MOST = 20


@dataclass(frozen=True)
class Opportunity:
    """One open order for a person: the score with its reasons, and where a proposal stands."""

    order: JobOrder
    score: int
    reasons: tuple[Reason, ...]
    referral_state: ReferralState | None


@dataclass(frozen=True)
class Opportunities:
    """The best orders for a person, of so many open ones; `in_pool` is false for somebody who is not looked for now."""

    best: tuple[Opportunity, ...]
    fitting: int
    open: int
    in_pool: bool


def of_seeker(
    session: orm.Session, seeker_id: uuid.UUID, *, index: PoolIndex, viewer: Actor, on: dt.date
) -> Opportunities:
    """The open orders with fixed criteria that somebody meets, best first; an officer's look is recorded."""
    if viewer.role in OFFICERS:
        seekers.get(session, seeker_id, viewer=viewer)
        note_access(session, subjects=[seeker_id], fields=("profile",), purpose="맞는 일자리", viewer=viewer)
    elif viewer.role is not Role.SEEKER:
        return Opportunities((), 0, 0, False)
    snapshot = index.current(session, on=on)
    row = snapshot.position(seeker_id)
    latest = (
        sa.select(CriteriaSheet.order_id, sa.func.max(CriteriaSheet.version).label("version"))
        .where(CriteriaSheet.fixed_at.is_not(None))
        .group_by(CriteriaSheet.order_id)
        .subquery()
    )
    pairs = (
        session.execute(
            sa.select(JobOrder, CriteriaSheet)
            .join(latest, latest.c.order_id == JobOrder.id)
            .join(
                CriteriaSheet,
                sa.and_(
                    CriteriaSheet.order_id == latest.c.order_id, CriteriaSheet.version == latest.c.version
                ),
            )
            .where(JobOrder.status == OrderStatus.OPEN, JobOrder.filled < JobOrder.headcount)
            .order_by(JobOrder.received_at, JobOrder.number)
        )
        .unique()
        .all()
    )
    if row is None:
        return Opportunities((), 0, len(pairs), False)
    demands = [demand_under(session, order, sheet, on=on) for order, sheet in pairs]
    found = []
    for place, score in fitting(snapshot.pool, row, demands):
        reasons = reasons_for(snapshot.pool, compiled(demands[place], snapshot.pool), row)
        if _about_their_work(reasons):
            found.append((pairs[place][0], score, reasons))
    states = dict(
        session.execute(
            sa.select(Referral.order_id, Referral.state).where(Referral.seeker_id == seeker_id)
        ).all()
    )
    best = tuple(
        Opportunity(order, score, reasons, states.get(order.id)) for order, score, reasons in found[:MOST]
    )
    return Opportunities(best, len(found), len(pairs), True)


def _about_their_work(reasons: Sequence[Reason]) -> bool:
    """Whether an order has to do with what somebody wants, has done or learned; pay and place alone are no match."""
    about = [each for each in reasons if each.criterion in ("occupation", "experience", "training")]
    return any(each.points > 0 for each in about)
