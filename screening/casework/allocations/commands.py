"""Starting a run over all open orders, and carrying it on, block by block, wherever it was interrupted."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, SYSTEM, Actor
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import Database
from foundation.numbers import next_number
from foundation.outbox.commands import Task, put, try_again
from foundation.refusals import Invalid, NotAllowed, Refusal
from screening.casework.allocations import queries
from screening.casework.allocations.candidates import LONGER, Candidates, packed, ranked, unpacked
from screening.casework.allocations.models import (
    AllocatedOrder,
    AllocationBlock,
    AllocationRun,
    Allotment,
    Shortage,
)
from screening.casework.allocations.settlement import Settled, settle
from screening.casework.criteria.commands import in_force
from screening.casework.criteria.models import CriteriaSheet
from screening.casework.referrals.commands import MOST_FIRMS
from screening.casework.referrals.models import Referral
from screening.casework.referrals.queries import busy_people
from screening.casework.referrals.ranked import demand_under
from screening.casework.referrals.states import LIVE
from screening.demand.mandates.models import Power
from screening.demand.mandates.queries import powers_in_force
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.pool.index.index import PoolIndex

BLOCK_KIND, SETTLE_KIND = "allocation.block", "allocation.settle"
ORDERS_A_BLOCK = 100
PER_OPENING, FEWEST_PER_OPENING, MOST_PER_OPENING = 3, 1, 10


class AlreadyRunning(Refusal):
    """One run at a time: two would give the same people away twice."""

    def __init__(self) -> None:
        super().__init__("이미 일괄 배정이 돌고 있습니다. 끝나면 다시 시작할 수 있습니다.")


class NothingToAllocate(Refusal):
    """No open order is searched for at the moment."""

    def __init__(self) -> None:
        super().__init__("배정할 구인이 없습니다. 심사 기준을 확정하고 위임을 받은 모집중 구인만 배정합니다.")


def start(
    session: orm.Session, *, per_opening: int = PER_OPENING, by: Actor, at: dt.datetime
) -> AllocationRun:
    """Start a run over all open orders that have fixed criteria and a mandate to search; workers carry it on."""
    if by.role not in OFFICERS:
        raise NotAllowed("일괄 배정은 센터 담당자가 시작합니다.")
    if not FEWEST_PER_OPENING <= per_opening <= MOST_PER_OPENING:
        raise Invalid(
            f"한 자리에 추천할 사람은 {FEWEST_PER_OPENING}명에서 {MOST_PER_OPENING}명 사이로 적어 주세요.",
            field="per_opening",
        )
    if session.scalar(sa.select(sa.exists().where(AllocationRun.running.is_(True)))):
        raise AlreadyRunning
    order_ids = _searched(session, at=at)
    if not order_ids:
        raise NothingToAllocate
    run = AllocationRun(
        number=next_number(session, "allocation"),
        started_at=at,
        started_by=by.account_id,
        starter_name=by.name,
        per_opening=per_opening,
        most_firms=MOST_FIRMS,
        orders=len(order_ids),
        running=True,
    )
    session.add(run)
    session.flush()
    for number, first in enumerate(range(0, len(order_ids), ORDERS_A_BLOCK)):
        some = [str(each) for each in order_ids[first : first + ORDERS_A_BLOCK]]
        session.add(AllocationBlock(run_id=run.id, number=number, order_ids=some))
        put(session, kind=BLOCK_KIND, facts={"block": number}, about_id=run.id, at=at)
    record(session, "allocation.started", run, by=by, at=at, orders=len(order_ids), per_opening=per_opening)
    return run


def _searched(session: orm.Session, *, at: dt.datetime) -> list[uuid.UUID]:
    """Open orders with an opening left, fixed criteria and a mandate to search, in the order of receipt."""
    fixed = sa.exists().where(CriteriaSheet.order_id == JobOrder.id, CriteriaSheet.fixed_at.is_not(None))
    order_ids = session.scalars(
        sa.select(JobOrder.id)
        .where(JobOrder.status == OrderStatus.OPEN, JobOrder.filled < JobOrder.headcount, fixed)
        .order_by(JobOrder.received_at, JobOrder.number)
    ).all()
    powers = powers_in_force(session, order_ids, at=at)
    return [each for each in order_ids if Power.SEARCH in powers.get(each, frozenset())]


def resume(session: orm.Session, *, run_id: uuid.UUID, by: Actor, at: dt.datetime) -> AllocationRun:
    """Let a run that gave up after many attempts go on where it stopped."""
    if by.role not in OFFICERS:
        raise NotAllowed("일괄 배정은 센터 담당자가 다시 합니다.")
    run = queries.get(session, run_id, viewer=by)
    for kind in (BLOCK_KIND, SETTLE_KIND):
        try_again(session, about_id=run.id, kind=kind, at=at)
    record(session, "allocation.resumed", run, by=by, at=at)
    return run


class Ranking:
    """Handler of one block: rank its orders, keep the candidates; whoever ends the last one asks for the settlement."""

    def __init__(self, *, database: Database, index: PoolIndex, now: Callable[[], dt.datetime]) -> None:
        self.database, self.index, self.now = database, index, now

    def perform(self, task: Task) -> bytes:
        with self.database.read() as session:
            block = session.get_one(AllocationBlock, (task.about_id, task.facts["block"]))
            order_ids = [uuid.UUID(each) for each in block.order_ids]
            return packed(_ranked(session, self.index, order_ids, on=day_in_seoul(self.now())))

    def finish(self, session: orm.Session, task: Task, outcome: Any, *, at: dt.datetime) -> None:
        run = session.get_one(AllocationRun, task.about_id, with_for_update=True)
        block = session.get_one(AllocationBlock, (run.id, task.facts["block"]))
        block.candidates, block.done_at = outcome, at
        session.flush()
        waiting = sa.exists().where(AllocationBlock.run_id == run.id, AllocationBlock.done_at.is_(None))
        if not session.scalar(sa.select(waiting)):
            put(session, kind=SETTLE_KIND, facts={}, about_id=run.id, at=at)


def _ranked(
    session: orm.Session,
    index: PoolIndex,
    order_ids: Sequence[uuid.UUID],
    *,
    on: dt.date,
    most: int | None = None,
) -> Candidates:
    orders = {
        each.id: each
        for each in session.scalars(sa.select(JobOrder).where(JobOrder.id.in_(order_ids))).unique()
    }
    known: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for order_id, seeker_id in session.execute(
        sa.select(Referral.order_id, Referral.seeker_id).where(Referral.order_id.in_(order_ids))
    ):
        known[order_id].add(seeker_id)
    demands = [demand_under(session, orders[each], in_force(session, each), on=on) for each in order_ids]
    snapshot = index.current(session, on=on)
    without = [frozenset(known[each]) for each in order_ids]
    return (
        ranked(snapshot, demands, without) if most is None else ranked(snapshot, demands, without, most=most)
    )


class Settling:
    """Handler of a run whose blocks are all ranked: hold the auction, keep who was allotted to whom and the figures."""

    def __init__(self, *, database: Database, index: PoolIndex, now: Callable[[], dt.datetime]) -> None:
        self.database, self.index, self.now = database, index, now

    def perform(self, task: Task) -> Settled:
        on = day_in_seoul(self.now())
        with self.database.read() as session:
            run = session.get_one(AllocationRun, task.about_id)
            blocks = session.scalars(
                sa.select(AllocationBlock)
                .where(AllocationBlock.run_id == run.id)
                .order_by(AllocationBlock.number)
            ).all()
            order_ids = _order_ids(blocks)

            def longer(places: Sequence[int]) -> Candidates:
                short = [order_ids[place] for place in places]
                return _ranked(session, self.index, short, on=on, most=LONGER)

            return settle(
                _joined(blocks),
                wanted=_wanted(session, order_ids, run.per_opening),
                busy=busy_people(session),
                most_firms=run.most_firms,
                longer=longer,
            )

    def finish(self, session: orm.Session, task: Task, outcome: Any, *, at: dt.datetime) -> None:
        run = session.get_one(AllocationRun, task.about_id, with_for_update=True)
        blocks = session.scalars(
            sa.select(AllocationBlock)
            .where(AllocationBlock.run_id == run.id)
            .order_by(AllocationBlock.number)
        ).all()
        order_ids = _order_ids(blocks)
        wanted = _wanted(session, order_ids, run.per_opening)
        earlier = sa.select(AllocationRun.id).where(AllocationRun.id != run.id)
        session.execute(sa.delete(Allotment).where(Allotment.run_id.in_(earlier)))
        allotted: list[dict[str, Any]] = []
        for place, order_id in enumerate(order_ids):
            people = outcome.allotted[place][: wanted[place]]
            missing = len(people) < wanted[place]
            session.add(
                AllocatedOrder(
                    run_id=run.id,
                    order_id=order_id,
                    wanted=wanted[place],
                    given=len(people),
                    shortage=(outcome.shortages[place] or Shortage.TOO_FEW) if missing else None,
                )
            )
            allotted += (
                {"run_id": run.id, "order_id": order_id, "seeker_id": seeker_id, "score": score}
                for seeker_id, score in people
            )
        session.flush()
        if allotted:
            session.execute(sa.insert(Allotment), allotted)
        for block in blocks:
            block.candidates = None
        run.running, run.done_at, run.figures = None, at, outcome.figures
        record(session, "allocation.done", run, by=SYSTEM, at=at, proposals=outcome.figures["proposals"])


def _order_ids(blocks: Sequence[AllocationBlock]) -> list[uuid.UUID]:
    return [uuid.UUID(each) for block in blocks for each in block.order_ids]


def _joined(blocks: Sequence[AllocationBlock]) -> Candidates:
    """The candidates of all blocks, orders counted through."""
    joined, before = [], 0
    for block in blocks:
        assert block.candidates is not None
        some = unpacked(block.candidates).copy()
        some["order"] += before
        joined.append(some)
        before += len(block.order_ids)
    return np.concatenate(joined)


def _wanted(session: orm.Session, order_ids: Sequence[uuid.UUID], per_opening: int) -> list[int]:
    """How many people each order still wants: so many for each opening, less those it has in hand."""
    left = dict(
        session.execute(
            sa.select(JobOrder.id, JobOrder.headcount - JobOrder.filled).where(JobOrder.id.in_(order_ids))
        ).all()
    )
    live = dict(
        session.execute(
            sa.select(Referral.order_id, sa.func.count())
            .where(Referral.order_id.in_(order_ids), Referral.state.in_(LIVE))
            .group_by(Referral.order_id)
        ).all()
    )
    return [max(left.get(each, 0) * per_opening - live.get(each, 0), 0) for each in order_ids]
