"""Setting interviews and writing down how they went."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from center.actors import OFFICERS, Actor, Role
from center.audit.commands import record
from center.clock import day_in_seoul
from center.database import SEOUL
from center.links.commands import issue
from center.links.models import LinkPurpose
from center.messages.commands import BASE, Words, write_to_organisation, write_to_seeker
from center.refusals import Invalid, NotAllowed, NotFound
from screening.consents.queries import covering
from screening.interviews.models import Interview, InterviewMode
from screening.mandates.commands import may_act
from screening.mandates.models import Power
from screening.orders import queries as orders
from screening.orders.models import JobOrder
from screening.orders.states import OrderStatus
from screening.referrals import queries as referrals
from screening.referrals.models import Referral
from screening.referrals.states import REFERRAL_STATES, ReferralState

MOST_AHEAD_DAYS = 60
"""As long as a consent covers; see `consents`."""


def schedule(
    session: orm.Session,
    *,
    referral_id: uuid.UUID,
    starts_at: dt.datetime,
    place: str,
    mode: InterviewMode,
    by: Actor,
    at: dt.datetime,
) -> Interview:
    """Set an interview, or move one that is set; the person and the firm are told."""
    referral, order = _meeting(session, referral_id, by)
    if by.role in OFFICERS:
        may_act(session, order, Power.INTERVIEW, at=at).or_raise()
    if starts_at <= at:
        raise Invalid("면접은 지금보다 뒤의 시각으로 잡아 주세요.", field="starts_at")
    if starts_at > at + dt.timedelta(days=MOST_AHEAD_DAYS):
        raise Invalid(f"면접은 {MOST_AHEAD_DAYS}일 안의 날로 잡아 주세요.", field="day")
    if not place.strip():
        raise Invalid("면접 장소를 적어 주세요.", field="place")
    if covering(session, referral.id, on=day_in_seoul(at)) is None:
        raise Invalid("본인 동의가 없거나 끝나서 면접을 잡을 수 없습니다.", field="starts_at")
    interview = of_referral(session, referral.id)
    if interview is not None and referral.state is not ReferralState.INTERVIEW:
        raise NotAllowed(f"추천이 '{referral.state.ko}' 상태라서 면접을 옮길 수 없습니다.")
    if interview is None:
        referral.state, referral.changed_at = REFERRAL_STATES.after("schedule", referral.state), at
        interview = Interview(
            employer_id=order.employer_id, referral_id=referral.id, referral=referral, sequence=0
        )
        session.add(interview)
    elif (interview.starts_at, interview.place, interview.mode) == (starts_at, place.strip(), mode):
        return interview
    else:
        interview.sequence += 1
    interview.starts_at, interview.place, interview.mode, interview.set_at = (
        starts_at,
        place.strip(),
        mode,
        at,
    )
    session.flush()
    link, path = issue(
        session,
        purpose=LinkPurpose.INTERVIEW,
        subject_id=interview.id,
        holder_id=referral.seeker_id,
        expires_at=starts_at + dt.timedelta(days=1),
        at=at,
    )
    record(
        session,
        "interview.scheduled",
        interview,
        also=(referral, link),
        by=by,
        at=at,
        order=order.number,
        sequence=interview.sequence,
    )
    local = starts_at.astimezone(SEOUL)
    when = f"{local.month}월 {local.day}일 {local.hour}시" + (f" {local.minute}분" if local.minute else "")
    write_to_seeker(
        session,
        seeker_id=referral.seeker_id,
        words=Words(
            kind="면접",
            subject=f"[이음] {order.employer.name} 면접 안내",
            sms=f"[이음] {when} {order.employer.name} 면접. 안내와 달력: {BASE}{path}",
            text=f"{order.employer.name} '{order.title}' 면접이 잡혔습니다.\n\n때: {when}\n곳: {interview.place}\n"
            f"방법: {mode.ko}\n\n달력에 넣기와 사정이 생겼을 때: {BASE}{path}",
        ),
        about_id=order.id,
        at=at,
    )
    _tell_firm(
        session,
        order,
        f"면접 {when}",
        f"{order.title} 면접이 잡혔습니다.\n때: {when}\n곳: {interview.place}",
        at,
    )
    return interview


def hold(session: orm.Session, *, referral_id: uuid.UUID, came: bool, by: Actor, at: dt.datetime) -> Referral:
    """Write down that the interview took place, or that the person did not come."""
    referral, order = _meeting(session, referral_id, by)
    interview = of_referral(session, referral.id)
    if interview is None:
        raise NotFound("잡힌 면접이 없습니다.")
    if interview.starts_at > at:
        raise NotAllowed("면접 시각이 아직 되지 않았습니다.")
    verb = "hold_interview" if came else "miss_interview"
    referral.state, referral.changed_at = REFERRAL_STATES.after(verb, referral.state), at
    interview.ended_at = at
    record(
        session, "interview.held", interview, also=(referral,), by=by, at=at, order=order.number, came=came
    )
    return referral


def kept_by_firm(order: JobOrder, people: Sequence[Referral], powers: Collection[Power]) -> list[Referral]:
    """The people whose interview the firm sets itself, because it kept that for itself or no mandate holds."""
    if order.status is not OrderStatus.OPEN or Power.INTERVIEW in powers:
        return []
    return [each for each in people if each.state in (ReferralState.ACCEPTED, ReferralState.INTERVIEW)]


def of_link(session: orm.Session, interview_id: uuid.UUID) -> Interview:
    """The interview a link invites to; raises `NotFound`."""
    interview = session.get(Interview, interview_id)
    if interview is None:
        raise NotFound("그런 면접이 없습니다.")
    return interview


def of_referral(session: orm.Session, referral_id: uuid.UUID) -> Interview | None:
    """The interview of a referral, if one is set."""
    return session.scalars(sa.select(Interview).where(Interview.referral_id == referral_id)).one_or_none()


def _meeting(session: orm.Session, referral_id: uuid.UUID, by: Actor) -> tuple[Referral, JobOrder]:
    if by.role not in OFFICERS | {Role.EMPLOYER}:
        raise NotAllowed("면접은 센터와 기업이 잡습니다.")
    order_id = referrals.get(session, referral_id, viewer=by).order_id
    order = orders.get(session, order_id, viewer=by, lock=True)
    referral = referrals.get(session, referral_id, viewer=by, lock=True)
    if order.status is not OrderStatus.OPEN:
        raise NotAllowed(f"이 구인은 '{order.status.ko}' 상태입니다.")
    return referral, order


def _tell_firm(session: orm.Session, order: JobOrder, headline: str, text: str, at: dt.datetime) -> None:
    words = Words(
        kind="면접", subject=f"[이음] {headline}", text=f"{text}\n\n{BASE}/employer/orders/{order.id}"
    )
    write_to_organisation(session, organisation_id=order.employer_id, words=words, about_id=order.id, at=at)
