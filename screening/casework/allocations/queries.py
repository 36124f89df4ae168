"""Runs, how far they have come, and what they allotted."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import CENTER_ROLES, SYSTEM, Actor, Role
from foundation.outbox.models import Effect
from foundation.refusals import NotFound
from screening.casework.allocations.models import (
    AllocatedOrder,
    AllocationBlock,
    AllocationRun,
    Allotment,
    Shortage,
)
from screening.demand.orders.models import JobOrder

SHOWN = 20


def visible_to(viewer: Actor) -> sa.Select[AllocationRun]:
    """The center sees all runs, nobody else any."""
    runs = sa.select(AllocationRun)
    return runs if viewer.role in CENTER_ROLES or viewer.role is Role.SYSTEM else runs.where(sa.false())


def listed(session: orm.Session, *, viewer: Actor) -> list[AllocationRun]:
    """The last runs, newest first."""
    return list(session.scalars(visible_to(viewer).order_by(AllocationRun.number.desc()).limit(SHOWN)))


def get(session: orm.Session, run_id: uuid.UUID, *, viewer: Actor) -> AllocationRun:
    """One run; raises `NotFound`."""
    run = session.scalars(visible_to(viewer).where(AllocationRun.id == run_id)).one_or_none()
    if run is None:
        raise NotFound("그런 일괄 배정이 없습니다.")
    return run


@dataclass(frozen=True)
class RunProgress:
    """How far a run has come: blocks of orders ranked, of all; `stopped` after too many failed attempts."""

    done: int
    blocks: int
    stopped: bool

    @property
    def share(self) -> float:
        return self.done / self.blocks if self.blocks else 1.0


def progress(session: orm.Session, run: AllocationRun) -> RunProgress:
    """How many blocks are ranked, counted from the blocks themselves."""
    row = session.execute(
        sa.select(sa.func.count(), sa.func.count(AllocationBlock.done_at)).where(
            AllocationBlock.run_id == run.id
        )
    ).one()
    failed = sa.exists().where(Effect.about_id == run.id, Effect.failed_at.is_not(None))
    return RunProgress(done=row[1], blocks=row[0], stopped=bool(session.scalar(sa.select(failed))))


@dataclass(frozen=True)
class AllocatedRow:
    """One order of a run."""

    order_id: uuid.UUID
    number: str
    title: str
    employer: str
    wanted: int
    given: int
    shortage: Shortage | None


def orders_of(session: orm.Session, run: AllocationRun) -> list[AllocatedRow]:
    """The orders of a run that is done, those left short first, then in the order of receipt."""
    rows = session.execute(
        sa.select(AllocatedOrder, JobOrder)
        .join(JobOrder, JobOrder.id == AllocatedOrder.order_id)
        .where(AllocatedOrder.run_id == run.id)
        .order_by((AllocatedOrder.given - AllocatedOrder.wanted), JobOrder.received_at, JobOrder.number)
    ).unique()
    return [
        AllocatedRow(
            order_id=order.id,
            number=order.number,
            title=order.title,
            employer=order.employer.name,
            wanted=each.wanted,
            given=each.given,
            shortage=each.shortage,
        )
        for each, order in rows
    ]


_ALLOTTED = sa.select(Allotment.seeker_id).where(
    Allotment.order_id == sa.bindparam("order"),
    Allotment.run_id.in_(visible_to(SYSTEM).with_only_columns(AllocationRun.id)),
)


def of_order(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> frozenset[uuid.UUID]:
    """The people whom the last run that is done allotted to an order, for the center; earlier runs keep nobody."""
    if viewer.role not in CENTER_ROLES:
        return frozenset()
    return frozenset(session.scalars(_ALLOTTED, {"order": order_id}))
