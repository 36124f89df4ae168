"""Finding referrals."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import CENTER_ROLES, FIRM_ROLES, Actor, Role
from foundation.refusals import NotFound
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import LIVE, SHOWN_TO_FIRM, ReferralState


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


def busy_people(session: orm.Session) -> dict[uuid.UUID, int]:
    """Everybody who is in some firm's hands at the moment, with the number of firms."""
    live = (
        sa.select(Referral.seeker_id, sa.func.count(sa.distinct(Referral.employer_id)))
        .where(Referral.state.in_(LIVE))
        .group_by(Referral.seeker_id)
    )
    return dict(session.execute(live).all())


@dataclass(frozen=True)
class Standing:
    """Where some people stand: `mine` their state for one order, `firms` how many others have them in hand."""

    mine: dict[uuid.UUID, ReferralState]
    firms: dict[uuid.UUID, int]


_STANDING = sa.select(Referral.seeker_id, Referral.order_id, Referral.employer_id, Referral.state).where(
    Referral.seeker_id.in_(sa.bindparam("people", expanding=True)),
    sa.or_(Referral.order_id == sa.bindparam("order"), Referral.state.in_(LIVE)),
)


def standing(session: orm.Session, seeker_ids: Collection[uuid.UUID], *, order_id: uuid.UUID) -> Standing:
    """Where the given people stand, for this order and elsewhere."""
    mine: dict[uuid.UUID, ReferralState] = {}
    firms: dict[uuid.UUID, set[uuid.UUID]] = {}
    rows = session.execute(_STANDING, {"people": list(seeker_ids), "order": order_id})
    for seeker_id, of_order, employer_id, state in rows:
        if of_order == order_id:
            mine[seeker_id] = state
        else:
            firms.setdefault(seeker_id, set()).add(employer_id)
    return Standing(mine, {each: len(known) for each, known in firms.items()})


def live_firms(
    session: orm.Session, seeker_ids: Collection[uuid.UUID], *, except_order: uuid.UUID | None = None
) -> dict[uuid.UUID, int]:
    """In how many firms' hands each person's proposals are at the moment, but for one order's own."""
    live = sa.select(Referral.seeker_id, sa.func.count(sa.distinct(Referral.employer_id))).where(
        Referral.seeker_id.in_(seeker_ids), Referral.state.in_(LIVE)
    )
    if except_order is not None:
        live = live.where(Referral.order_id != except_order)
    return dict(session.execute(live.group_by(Referral.seeker_id)).all())
