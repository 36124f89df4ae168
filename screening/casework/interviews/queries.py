"""Finding interviews."""

import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.refusals import NotFound
from screening.casework.interviews.models import Interview
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from screening.demand.mandates.models import Power
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus


def kept_by_firm(order: JobOrder, people: Sequence[Referral], powers: Collection[Power]) -> list[Referral]:
    """The people whose interview the firm sets itself, because it kept that for itself or no mandate holds."""
    if order.status is not OrderStatus.OPEN or Power.INTERVIEW in powers:
        return []
    return [each for each in people if each.state in (ReferralState.ACCEPTED, ReferralState.INTERVIEW)]


def standing(session: orm.Session, people: Sequence[Referral]) -> dict[uuid.UUID, Interview]:
    """The interviews of these referrals that are set or over, by referral; a cancelled one stands no more."""
    found = session.scalars(
        sa.select(Interview).where(
            Interview.referral_id.in_([each.id for each in people]), Interview.cancelled_at.is_(None)
        )
    )
    return {interview.referral_id: interview for interview in found}


def of_link(session: orm.Session, interview_id: uuid.UUID) -> Interview:
    """The interview a link invites to; raises `NotFound`."""
    interview = session.get(Interview, interview_id)
    if interview is None:
        raise NotFound("그런 면접이 없습니다.")
    return interview


def of_referral(session: orm.Session, referral_id: uuid.UUID) -> Interview | None:
    """The interview of a referral, if one is set."""
    return session.scalars(sa.select(Interview).where(Interview.referral_id == referral_id)).one_or_none()
