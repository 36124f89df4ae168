"""The pool ranked for an order, blind: who fits, why, and what holds the others back."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import orm

from foundation.actors import Actor
from foundation.clock import day_in_seoul
from foundation.identity.records import note_access
from foundation.refusals import NotFound, Refusal
from foundation.tones import Labelled
from screening.casework.criteria.commands import in_force, lines_of
from screening.casework.criteria.lines import Need, drawn_under
from screening.casework.criteria.models import CriteriaSheet
from screening.casework.demands import demand_of
from screening.casework.referrals.models import Referral
from screening.casework.referrals.queries import Standing, of_seeker, standing
from screening.casework.referrals.states import ReferralState
from screening.demand.orders import queries as orders
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.matching.demand import Demand
from screening.matching.funnel import Funnel, funnel
from screening.matching.model import Asked, compiled
from screening.matching.ranking import Ranking, rank
from screening.matching.reasons import Reason, explain, reasons_for
from screening.pool.index import rarities
from screening.pool.index.index import PoolIndex
from screening.pool.index.snapshot import Snapshot
from screening.pool.seekers import queries as seekers
from screening.pool.seekers.models import Seeker
from screening.pool.seekers.queries import SeekerRow

PAGE = 10
LONGEST = 100
PER_OPENING = 5
"""People of a ranked list, or so many for each opening; whoever needs more changes the criteria."""


class CriteriaNotFixed(Refusal):
    """Nobody is looked at before the criteria are fixed (promise S6)."""

    def __init__(self) -> None:
        super().__init__("심사 기준을 먼저 확정해 주세요. 기준을 정하기 전에는 아무도 볼 수 없습니다.")


class Part(Labelled):
    """Which of the ranked people are shown."""

    ALL = "all", "모두"
    ALLOTTED = "allotted", "배정 추천"
    FREE = "free", "다른 추천 없음"
    NEW = "new", "아직 담지 않음"
    TAKEN = "taken", "담은 사람"


@dataclass(frozen=True)
class RankedPerson:
    """One person as ranked for an order: place, blind line, score and reasons, and how many other firms have them."""

    place: int
    tied: bool
    seeker: SeekerRow
    summary: str
    score: int
    reasons: tuple[Reason, ...]
    proposed_elsewhere: int
    referral_state: ReferralState | None


@dataclass(frozen=True)
class ChosenPerson:
    """Somebody of the list who was chosen on another page, and how many other firms have them."""

    id: uuid.UUID
    code: str
    proposed_elsewhere: int


@dataclass(frozen=True)
class RankedList:
    """One page of the people ranked for an order, and the funnel that led to them.

    `counts` says how many of the listed are in each part, `listed` how many in the chosen one. `apart` are those chosen
    who stand on other pages.
    """

    order: JobOrder
    sheet: CriteriaSheet | None
    weights: Mapping[str, int]
    people: tuple[RankedPerson, ...]
    funnel: Funnel
    part: Part
    counts: Mapping[Part, int]
    page: int
    size: int
    apart: tuple[ChosenPerson, ...]

    @property
    def listed(self) -> int:
        return self.counts[self.part]

    @property
    def pages(self) -> int:
        return max(1, -(-self.listed // self.size))


def ranked(
    session: orm.Session,
    order_id: uuid.UUID,
    *,
    index: PoolIndex,
    viewer: Actor,
    on: dt.date,
    part: Part = Part.ALL,
    page: int = 1,
    size: int = PAGE,
    allotted: Collection[uuid.UUID] = (),
    chosen: Collection[uuid.UUID] = (),
) -> RankedList:
    """The pool ranked for an order under its fixed criteria; raises `CriteriaNotFixed` before that.

    `allotted` are those whom the last allocation over all orders gave to this one, a list of their own; `chosen` are
    kept in sight wherever they stand in the list. The look at these profiles is recorded, with whose they were.
    """
    order = orders.get(session, order_id, viewer=viewer)
    sheet = in_force(session, order.id)
    if sheet is None:
        raise CriteriaNotFixed
    return _listed(session, order, sheet, index, viewer, on, part, page, size, allotted, chosen)


def counted(
    session: orm.Session,
    order_id: uuid.UUID,
    needs: Mapping[str, Need],
    *,
    index: PoolIndex,
    viewer: Actor,
    on: dt.date,
) -> Funnel:
    """How many people would fit if these lines were a must: numbers, before the criteria are fixed, and nobody seen."""
    order = orders.get(session, order_id, viewer=viewer)
    snapshot = index.current(session, on=on)
    demand = demand_of(order, lines=drawn_under(order.terms(), needs))
    return funnel(snapshot.pool, compiled(demand, snapshot.pool))


def previewed(
    session: orm.Session, lead_id: uuid.UUID, *, index: PoolIndex, viewer: Actor, on: dt.date
) -> RankedList:
    """Who would fit a lead, under the default weights and without a must: a reason to call the firm, nothing more."""
    order = orders.get(session, lead_id, viewer=viewer)
    if order.status is not OrderStatus.LEAD:
        raise NotFound("그런 공개 구인정보가 없습니다.")
    return _listed(session, order, None, index, viewer, on, Part.ALL, 1, PAGE, (), ())


def demand_under(
    session: orm.Session, order: JobOrder, sheet: CriteriaSheet | None, *, on: dt.date
) -> Demand:
    """The order's demand under a sheet, with the words weighed as on the day it was fixed."""
    if sheet is None or sheet.fixed_at is None:
        return demand_of(order, rarity=rarities.in_force(session, on=on))
    return demand_of(
        order,
        lines=lines_of(sheet),
        weights=sheet.weights,
        rarity=rarities.in_force(session, on=day_in_seoul(sheet.fixed_at)),
    )


def _listed(
    session: orm.Session,
    order: JobOrder,
    sheet: CriteriaSheet | None,
    index: PoolIndex,
    viewer: Actor,
    on: dt.date,
    part: Part,
    page: int,
    size: int,
    allotted: Collection[uuid.UUID],
    chosen: Collection[uuid.UUID],
) -> RankedList:
    snapshot = index.current(session, on=on)
    asked = compiled(demand_under(session, order, sheet, on=on), snapshot.pool)
    ranking = rank(snapshot.pool, asked, most=max(LONGEST, PER_OPENING * order.headcount))
    ids = snapshot.seeker_ids(ranking.rows)
    stands = standing(session, [*ids, *allotted], order_id=order.id)
    listed = set(ids)
    mine, elsewhere = stands.mine.keys() & listed, stands.firms.keys() & listed
    counts = {
        Part.ALL: len(ids),
        Part.ALLOTTED: len(allotted),
        Part.FREE: len(ids) - len(elsewhere),
        Part.NEW: len(ids) - len(mine),
        Part.TAKEN: len(mine),
    }
    if part is Part.ALLOTTED:
        ranking = rank(snapshot.pool, asked, most=len(allotted), among=snapshot.positions(allotted))
        ids = snapshot.seeker_ids(ranking.rows)
    rows = [row for row, each in enumerate(ids) if _belongs(part, each in mine, each in elsewhere)]
    page = min(max(page, 1), max(1, -(-len(rows) // size)))
    shown = rows[(page - 1) * size : page * size]
    here = {ids[row] for row in shown}
    apart = [
        each for each in {*listed, *allotted} & set(chosen) if each not in here and each not in stands.mine
    ]
    lines = seekers.lines_of(session, [*here, *apart], viewer=viewer)
    people = _people(snapshot, asked, ranking, shown, ids, lines, stands)
    if people:
        note_access(
            session,
            subjects=[each.seeker.id for each in people],
            fields=("profile",),
            purpose=f"구인 {order.number} 순위",
            viewer=viewer,
        )
    return RankedList(
        order=order,
        sheet=sheet,
        weights=asked.demand.weights,
        people=people,
        funnel=funnel(snapshot.pool, asked),
        part=part,
        counts=counts,
        page=page,
        size=size,
        apart=_apart(apart, lines, stands),
    )


def _apart(
    chosen: Collection[uuid.UUID], lines: Mapping[uuid.UUID, tuple[SeekerRow, str]], stands: Standing
) -> tuple[ChosenPerson, ...]:
    known = [
        ChosenPerson(each, lines[each][0].code, stands.firms.get(each, 0)) for each in chosen if each in lines
    ]
    return tuple(sorted(known, key=lambda each: each.code))


def _belongs(part: Part, taken: bool, elsewhere: bool) -> bool:
    """Whether somebody of the list is in a part of it."""
    return {Part.FREE: not elsewhere, Part.NEW: not taken, Part.TAKEN: taken}.get(part, True)


def _people(
    snapshot: Snapshot,
    asked: Asked,
    ranking: Ranking,
    shown: list[int],
    ids: list[uuid.UUID],
    lines: Mapping[uuid.UUID, tuple[SeekerRow, str]],
    stands: Standing,
) -> tuple[RankedPerson, ...]:
    reasons = explain(snapshot.pool, asked, ranking.rows[shown])
    scores = ranking.scores.tolist()
    return tuple(
        RankedPerson(
            place=scores.index(scores[row]) + 1,
            tied=scores.count(scores[row]) > 1,
            seeker=lines[ids[row]][0],
            summary=lines[ids[row]][1],
            score=scores[row],
            reasons=reason,
            proposed_elsewhere=stands.firms.get(ids[row], 0),
            referral_state=stands.mine.get(ids[row]),
        )
        for row, reason in zip(shown, reasons, strict=True)
        if ids[row] in lines
    )


@dataclass(frozen=True)
class Explained:
    """One person's score for one order with its reasons: as kept with the proposal `referral`, else as of now."""

    order: JobOrder
    sheet: CriteriaSheet | None
    seeker: Seeker
    reasons: tuple[Reason, ...]
    referral: Referral | None

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)


def explained(
    session: orm.Session,
    order_id: uuid.UUID,
    seeker_id: uuid.UUID,
    *,
    index: PoolIndex,
    viewer: Actor,
    on: dt.date,
) -> Explained:
    """Why somebody stands where they stand for an order: as kept with their proposal, or as of now without one.

    Answers a request for explanation (개인정보 보호법 제37조의2); raises `NotFound` for somebody not in the pool.
    """
    order = orders.get(session, order_id, viewer=viewer)
    sheet = in_force(session, order.id)
    if sheet is None and order.status is not OrderStatus.LEAD:
        raise CriteriaNotFixed
    seeker = seekers.get(session, seeker_id, viewer=viewer)
    kept = next(
        (each for each in of_seeker(session, seeker_id, viewer=viewer) if each.order_id == order.id), None
    )
    if kept is not None:
        reasons: tuple[Reason, ...] | None = kept_reasons(kept)
    else:
        snapshot = index.current(session, on=on)
        asked = compiled(demand_under(session, order, sheet, on=on), snapshot.pool)
        reasons = scored(snapshot, asked, seeker_id)
    if reasons is None:
        raise NotFound("지금은 인재풀에 없는 분입니다.")
    note_access(
        session,
        subjects=[seeker_id],
        fields=("profile",),
        purpose=f"구인 {order.number} 점수 근거",
        viewer=viewer,
    )
    return Explained(order, sheet, seeker, reasons, kept)


def kept_reasons(referral: Referral) -> tuple[Reason, ...]:
    """The reasons of a proposal's score as they stood when the person was found."""
    return tuple(map(Reason.from_json, referral.reasons))


def scored(snapshot: Snapshot, asked: Asked, seeker_id: uuid.UUID) -> tuple[Reason, ...] | None:
    """One person's reasons for an order now, or None when they have left the pool."""
    row = snapshot.position(seeker_id)
    return None if row is None else reasons_for(snapshot.pool, asked, row)


def kept_away(snapshot: Snapshot, asked: Asked, seeker_id: uuid.UUID) -> bool:
    """Whether the law keeps somebody in the pool away from the order's workplace; a page may be older."""
    row = snapshot.position(seeker_id)
    if row is None:
        return False
    segment, inside = snapshot.pool.located(row)
    gates = asked.demand.gates
    return int(segment.flags[inside]) & gates != gates
