"""Finding referrals, and the people the pool would rank for an order."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from center.actors import CENTER_ROLES, FIRM_ROLES, Actor, Role
from center.refusals import NotFound, Refusal
from screening.criteria.commands import in_force, lines_of
from screening.criteria.models import CriteriaSheet
from screening.matching.reasons import Reason, reasons_for
from screening.matching.scoring import rank
from screening.orders import queries as orders
from screening.orders.models import JobOrder
from screening.orders.states import OrderStatus
from screening.pool_index.demands import demand_of
from screening.pool_index.snapshot import PoolIndex, Snapshot
from screening.referrals.models import Referral
from screening.referrals.states import LIVE, SHOWN_TO_FIRM, ReferralState
from screening.seekers.models import Seeker
from screening.seekers.queries import SeekerRow, row_of

SHOWN = 40


class CriteriaNotFixed(Refusal):
    """Nobody is looked at before the criteria are fixed (promise S6)."""

    def __init__(self) -> None:
        super().__init__("심사 기준을 먼저 확정해 주세요. 기준을 정하기 전에는 아무도 볼 수 없습니다.")


def visible_to(viewer: Actor) -> sa.Select[Referral]:
    """The center sees all referrals, a firm those submitted to it, nobody else any."""
    referrals = sa.select(Referral)
    if viewer.role in CENTER_ROLES or viewer.role is Role.SYSTEM:
        return referrals
    if viewer.role in FIRM_ROLES:
        return referrals.where(
            Referral.employer_id == viewer.organisation_id, Referral.state.in_(SHOWN_TO_FIRM)
        )
    return referrals.where(sa.false())


def get(session: orm.Session, referral_id: uuid.UUID, *, viewer: Actor, lock: bool = False) -> Referral:
    """One referral the viewer may see; raises `NotFound` otherwise; with `lock` read anew and held, its order first."""
    wanted = visible_to(viewer).where(Referral.id == referral_id)
    if lock:
        wanted = wanted.with_for_update(of=Referral).execution_options(populate_existing=True)
    referral = session.scalars(wanted).one_or_none()
    if referral is None:
        raise NotFound("그런 추천이 없습니다.")
    return referral


def of_link(session: orm.Session, referral_id: uuid.UUID) -> Referral:
    """The proposal whose outcome a link tells; raises `NotFound`."""
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise NotFound("그런 추천이 없습니다.")
    return referral


def of_seeker(session: orm.Session, seeker_id: uuid.UUID, *, viewer: Actor) -> list[Referral]:
    """A person's proposals the viewer may see, newest first."""
    mine = visible_to(viewer).where(Referral.seeker_id == seeker_id)
    return list(session.scalars(mine.order_by(Referral.found_at.desc(), Referral.id)))


def of_order(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> list[Referral]:
    """All referrals of an order the viewer may see, best score first."""
    return list(
        session.scalars(
            visible_to(viewer)
            .where(Referral.order_id == order_id)
            .order_by(Referral.score.desc(), Referral.found_at, Referral.id)
        )
    )


@dataclass(frozen=True)
class RankedPerson:
    """One person as ranked for an order: place, blind line, score and reasons, and what else they are in."""

    place: int
    tied: bool
    seeker: SeekerRow
    summary: str
    score: int
    reasons: tuple[Reason, ...]
    proposed_elsewhere: int
    referral_state: ReferralState | None


@dataclass(frozen=True)
class RankedList:
    """The ranked people of an order with the funnel that led to them."""

    order: JobOrder
    sheet: CriteriaSheet | None
    weights: Mapping[str, int]
    people: tuple[RankedPerson, ...]
    left: dict[str, int]


def ranked(
    session: orm.Session, order_id: uuid.UUID, *, index: PoolIndex, viewer: Actor, most: int = SHOWN
) -> RankedList:
    """The pool ranked for an order under its fixed criteria; raises `CriteriaNotFixed` before that."""
    order = orders.get(session, order_id, viewer=viewer)
    sheet = in_force(session, order.id)
    if sheet is None:
        raise CriteriaNotFixed
    return _listed(session, order, sheet, index, most)


def _listed(
    session: orm.Session, order: JobOrder, sheet: CriteriaSheet | None, index: PoolIndex, most: int
) -> RankedList:
    snapshot = index.current(session)
    demand = demand_of(order, lines=lines_of(sheet), weights=sheet.weights) if sheet else demand_of(order)
    ranking = rank(snapshot.pool, demand, most=most)
    ids = [snapshot.seeker_ids[row] for row in ranking.rows]
    seekers = {each.id: each for each in session.scalars(sa.select(Seeker).where(Seeker.id.in_(ids)))}
    mine = {
        each.seeker_id: each.state
        for each in session.scalars(sa.select(Referral).where(Referral.order_id == order.id))
    }
    elsewhere = live_counts(session, ids, except_order=order.id)
    scores = [int(score) for score in ranking.scores]
    people = tuple(
        RankedPerson(
            place=scores.index(score) + 1,
            tied=scores.count(score) > 1,
            seeker=row_of(seekers[seeker_id]),
            summary=seekers[seeker_id].summary,
            score=score,
            reasons=reasons_for(snapshot.pool, demand, int(row)),
            proposed_elsewhere=elsewhere.get(seeker_id, 0),
            referral_state=mine.get(seeker_id),
        )
        for row, seeker_id, score in zip(ranking.rows, ids, scores, strict=True)
        if seeker_id in seekers
    )
    return RankedList(order=order, sheet=sheet, weights=demand.weights, people=people, left=ranking.left)


def previewed(session: orm.Session, lead_id: uuid.UUID, *, index: PoolIndex, viewer: Actor) -> RankedList:
    """Who would fit a lead, under the default weights and without a must: a reason to call the firm, nothing more."""
    order = orders.get(session, lead_id, viewer=viewer)
    if order.status is not OrderStatus.LEAD:
        raise NotFound("그런 공개 구인정보가 없습니다.")
    return _listed(session, order, None, index, SHOWN)


def live_counts(
    session: orm.Session, seeker_ids: list[uuid.UUID], *, except_order: uuid.UUID
) -> dict[uuid.UUID, int]:
    """How many other live proposals each person is in."""
    counts = session.execute(
        sa.select(Referral.seeker_id, sa.func.count())
        .where(
            Referral.seeker_id.in_(seeker_ids), Referral.order_id != except_order, Referral.state.in_(LIVE)
        )
        .group_by(Referral.seeker_id)
    )
    return dict(counts.all())


def scored(
    snapshot: Snapshot, order: JobOrder, sheet: CriteriaSheet, seeker_id: uuid.UUID
) -> tuple[Reason, ...] | None:
    """One person's reasons for an order now, or None when they have left the pool."""
    row = snapshot.position.get(seeker_id)
    if row is None:
        return None
    return reasons_for(snapshot.pool, demand_of(order, lines=lines_of(sheet), weights=sheet.weights), row)
