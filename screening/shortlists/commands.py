"""Submitting people to a firm and taking the firm's answer."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from center.actors import Actor, Role
from center.audit.commands import record
from center.calendar import add_business_days
from center.clock import day_in_seoul
from center.messages.commands import BASE, Words, write_to_organisation
from center.refusals import Invalid, NotAllowed, NotFound
from screening.consents.queries import covering
from screening.mandates.commands import may_act
from screening.mandates.models import Power
from screening.orders import queries as orders
from screening.orders.policies import may_work
from screening.referrals.models import Referral
from screening.referrals.states import REFERRAL_STATES, PassOverReason, ReferralState
from screening.shortlists.models import Shortlist, ShortlistEntry

ANSWER_DAYS = 5
MULTIPLE = 5
"""At most five people per opening, the longest list a firm can read in one evening."""


@dataclass(frozen=True)
class FirmAnswer:
    """The firm's word on one person: yes, or no with a reason."""

    yes: bool
    reason: PassOverReason | None = None


def submit(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    referral_ids: Sequence[uuid.UUID],
    by: Actor,
    at: dt.datetime,
) -> Shortlist:
    """Submit consenting people to the firm; the firm is asked to answer within five business days."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    may_act(session, order, Power.CONTACT, at=at).or_raise()
    today = day_in_seoul(at)
    chosen = [
        session.scalars(
            sa.select(Referral)
            .where(Referral.id == one, Referral.order_id == order.id)
            .with_for_update(of=Referral)
            .execution_options(populate_existing=True)
        ).one_or_none()
        for one in dict.fromkeys(referral_ids)
    ]
    if not chosen or None in chosen:
        raise Invalid("추천할 사람을 한 명 이상 골라 주세요.", field="referrals")
    if len(chosen) > MULTIPLE * order.headcount:
        raise Invalid(f"모집인원의 {MULTIPLE}배까지 추천할 수 있습니다.", field="referrals")
    listed = [referral for referral in chosen if referral is not None]
    for referral in listed:
        if covering(session, referral.id, on=today) is None:
            raise Invalid(f"{referral.seeker.code}님의 동의가 없거나 끝났습니다.", field="referrals")
        referral.state = REFERRAL_STATES.after("submit", referral.state)
        referral.changed_at = at
    before = session.scalar(
        sa.select(sa.func.count())
        .select_from(ShortlistEntry)
        .join(Shortlist)
        .where(Shortlist.order_id == order.id)
    )
    shortlist = Shortlist(
        employer_id=order.employer_id,
        order_id=order.id,
        submitted_at=at,
        submitted_by=by.account_id,
        answer_by=add_business_days(today, ANSWER_DAYS),
        entries=[
            ShortlistEntry(place=(before or 0) + place, referral=referral, referral_id=referral.id)
            for place, referral in enumerate(listed)
        ],
    )
    session.add(shortlist)
    record(
        session,
        "shortlist.submitted",
        shortlist,
        also=tuple(listed),
        by=by,
        at=at,
        order=order.number,
        people=len(listed),
    )
    words = Words(
        kind="추천",
        subject=f"[이음] {order.title}에 {len(listed)}명을 추천합니다",
        text=f"근거와 함께 {len(listed)}명을 추천했습니다. {shortlist.answer_by.month}월 "
        f"{shortlist.answer_by.day}일 18시까지 답해 주세요.\n{BASE}/employer/orders/{order.id}/shortlist",
    )
    write_to_organisation(session, organisation_id=order.employer_id, words=words, about_id=order.id, at=at)
    return shortlist


def of_order(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> list[Shortlist]:
    """The shortlists of an order the viewer may see, newest first."""
    orders.get(session, order_id, viewer=viewer)
    return list(
        session.scalars(
            sa.select(Shortlist).where(Shortlist.order_id == order_id).order_by(Shortlist.submitted_at.desc())
        )
    )


def answer(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    answers: Mapping[uuid.UUID, FirmAnswer],
    by: Actor,
    at: dt.datetime,
) -> list[Referral]:
    """The firm's answer to some or all of the people submitted; the rest may be answered later."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER:
        raise NotAllowed("추천에는 구인기업이 답합니다.")
    if not answers:
        raise Invalid("한 명 이상에게 답해 주세요.", field="answers")
    answered: list[Referral] = []
    today = day_in_seoul(at)
    for referral_id, said in answers.items():
        referral = session.scalars(
            sa.select(Referral)
            .where(Referral.id == referral_id, Referral.order_id == order.id)
            .with_for_update(of=Referral)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if referral is None or covering(session, referral_id, on=today) is None:
            raise NotFound("본인이 추천을 철회했습니다. 화면을 새로 열어 주세요.")
        if not said.yes and said.reason is None:
            raise Invalid("'이번엔 아니요'에는 사유를 골라 주세요.", field=f"reason-{referral_id}")
        referral.state = REFERRAL_STATES.after("accept" if said.yes else "pass_over", referral.state)
        referral.pass_over_reason = None if said.yes else said.reason
        referral.firm_answered_at = referral.changed_at = at
        answered.append(referral)
        record(
            session,
            "shortlist.answered",
            referral,
            by=by,
            at=at,
            order=order.number,
            yes=said.yes,
            reason=said.reason.value if said.reason else "",
        )
    _mark_answered(session, order.id, by=by, at=at)
    return answered


def _mark_answered(session: orm.Session, order_id: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    for shortlist in session.scalars(
        sa.select(Shortlist).where(Shortlist.order_id == order_id, Shortlist.answered_at.is_(None))
    ):
        if all(entry.referral.state is not ReferralState.SUBMITTED for entry in shortlist.entries):
            shortlist.answered_at = at
            record(session, "shortlist.completed", shortlist, by=by, at=at)
