"""Setting interviews and writing down how they went."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.links.commands import issue
from foundation.links.models import LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_seeker
from foundation.messages.free_words import seen_words
from foundation.reference.business_days import moment_words
from foundation.refusals import Invalid, NotAllowed, NotFound
from screening.casework.consents.queries import covering
from screening.casework.interviews import absences, queries
from screening.casework.interviews.calendar_file import CANCEL, REQUEST, invitation
from screening.casework.interviews.models import Absence, Absent, Interview, InterviewMode, InterviewSlot
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import REFERRAL_STATES, ReferralState
from screening.demand.mandates.commands import may_act
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as orders
from screening.demand.orders.letters import tell_firm, tell_officer
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus

MOST_AHEAD_DAYS = 60
"""As long as a consent covers; see `consents`."""
DEFAULT_MINUTES = 30
ORGANISER = "ieum@center.example"


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
    seen_words(place, by=by, field="place")
    referral, order = _meeting(session, referral_id, by)
    if by.role in OFFICERS:
        may_act(session, order, Power.INTERVIEW, at=at).or_raise()
    if not place.strip():
        raise Invalid("면접 장소를 적어 주세요.", field="place")
    when = Appointment(starts_at, DEFAULT_MINUTES, place.strip(), mode)
    return appoint(session, referral, order, when, by=by, at=at)


@dataclass(frozen=True)
class Appointment:
    """When, how long, where and how; `slot` when it takes one of the times the firm offered."""

    starts_at: dt.datetime
    minutes: int
    place: str
    mode: InterviewMode
    slot: InterviewSlot | None = None


def appoint(
    session: orm.Session,
    referral: Referral,
    order: JobOrder,
    when: Appointment,
    *,
    by: Actor,
    at: dt.datetime,
) -> Interview:
    """Set or move the interview of a referral whose order is locked; for `schedule` and for `slots.book`."""
    if when.starts_at <= at:
        raise Invalid("면접은 지금보다 뒤의 시각으로 잡아 주세요.", field="starts_at")
    if when.starts_at > at + dt.timedelta(days=MOST_AHEAD_DAYS):
        raise Invalid(f"면접은 {MOST_AHEAD_DAYS}일 안의 날로 잡아 주세요.", field="day")
    if covering(session, referral.id, on=day_in_seoul(at)) is None:
        raise Invalid("본인 동의가 없거나 끝나서 면접을 잡을 수 없습니다.", field="starts_at")
    interview = queries.of_referral(session, referral.id)
    if interview is not None and interview.cancelled_at is None:
        if referral.state is not ReferralState.INTERVIEW:
            raise NotAllowed(f"추천이 '{referral.state.ko}' 상태라서 면접을 옮길 수 없습니다.")
        same = (interview.starts_at, interview.place, interview.mode) == (
            when.starts_at,
            when.place,
            when.mode,
        )
        if same:
            return interview
    if referral.state is not ReferralState.INTERVIEW:
        referral.state, referral.changed_at = REFERRAL_STATES.after("schedule", referral.state), at
    moved = interview is not None
    if interview is None:
        interview = Interview(
            employer_id=order.employer_id, referral_id=referral.id, referral=referral, sequence=0
        )
        session.add(interview)
    else:
        interview.sequence += 1
    interview.cancelled_at, interview.cancel_reason = None, ""
    interview.slot_id = when.slot.id if when.slot else None
    interview.starts_at, interview.minutes = when.starts_at, when.minutes
    interview.place, interview.mode, interview.set_at = when.place, when.mode, at
    session.flush()
    link, path = issue(
        session,
        purpose=LinkPurpose.INTERVIEW,
        subject_id=interview.id,
        holder_id=referral.seeker_id,
        expires_at=when.starts_at + dt.timedelta(days=absences.REPLY_DAYS),
        at=at,
    )
    record(
        session,
        "interview.moved" if moved else "interview.scheduled",
        interview,
        also=(referral, link),
        by=by,
        at=at,
        order=order.number,
        sequence=interview.sequence,
    )
    _announce(session, interview, order, path, moved=moved, at=at)
    return interview


def _announce(
    session: orm.Session, interview: Interview, order: JobOrder, path: str, *, moved: bool, at: dt.datetime
) -> None:
    """Tell the person, the firm and, when it is accompanied, the officer; each with an entry for their calendar."""
    said, did = moment_words(interview.starts_at), "바뀌었습니다" if moved else "잡혔습니다"
    calendar = _calendar(interview, order, REQUEST, at)
    facts = f"때: {said}\n곳: {interview.place}\n방법: {interview.mode.ko}"
    write_to_seeker(
        session,
        seeker_id=interview.referral.seeker_id,
        words=Words(
            kind="면접",
            subject=f"[이음] {order.employer.name} 면접 {'변경' if moved else '안내'}",
            sms=f"[이음] {said} {order.employer.name} 면접. 안내와 달력: {BASE}{path}",
            text=f"{order.employer.name} '{order.title}' 면접이 {did}.\n\n{facts}\n\n"
            f"옮기거나 사정이 생겼을 때: {BASE}{path}",
            calendar=calendar,
            method=REQUEST,
        ),
        about_id=order.id,
        at=at,
    )
    words = Words(
        kind="면접",
        subject=f"[이음] {order.title} 면접이 {said}으로 {did}",
        text=f"{facts}\n\n{BASE}/employer/orders/{order.id}",
        calendar=calendar,
        method=REQUEST,
    )
    tell_firm(session, order, words, at=at)
    if interview.mode is InterviewMode.ACCOMPANIED:
        tell_officer(session, order, words, at=at)


def _calendar(interview: Interview, order: JobOrder, method: str, at: dt.datetime) -> str:
    return invitation(
        interview,
        firm=order.employer.name,
        title=order.title,
        organiser="이음",
        at=at,
        method=method,
        sender=ORGANISER,
    ).decode()


def cancel(
    session: orm.Session, *, referral_id: uuid.UUID, reason: str, by: Actor, at: dt.datetime
) -> Interview:
    """Firm or officer call an interview off; the person keeps their place, and everyone's calendar is cleared."""
    seen_words(reason, by=by, field="reason")
    referral, order = _meeting(session, referral_id, by)
    if by.role in OFFICERS:
        may_act(session, order, Power.INTERVIEW, at=at).or_raise()
    if len(reason.strip()) < 5:
        raise Invalid("왜 취소하는지 5자 이상 적어 주세요. 본인이 읽습니다.", field="reason")
    return _cancel(session, referral, order, f"{reason.strip()}", by=by, at=at)


def cancel_by_person(
    session: orm.Session, *, interview_id: uuid.UUID, by: Actor, at: dt.datetime
) -> Interview:
    """The person cannot come at this time but still wants the place; another time can be chosen."""
    interview = queries.of_link(session, interview_id)
    order = session.get_one(JobOrder, interview.referral.order_id, with_for_update={"of": JobOrder})
    session.refresh(interview.referral, with_for_update={"of": Referral})
    if interview.starts_at <= at:
        raise NotAllowed("면접 시각이 지나 취소할 수 없습니다. 전화해 주세요.")
    return _cancel(
        session, interview.referral, order, "본인이 이 시간에는 올 수 없다고 알렸습니다.", by=by, at=at
    )


def _cancel(
    session: orm.Session, referral: Referral, order: JobOrder, reason: str, *, by: Actor, at: dt.datetime
) -> Interview:
    interview = queries.of_referral(session, referral.id)
    if interview is None or interview.cancelled_at is not None:
        raise NotFound("잡힌 면접이 없습니다.")
    referral.state, referral.changed_at = REFERRAL_STATES.after("cancel_interview", referral.state), at
    interview.sequence += 1
    interview.cancelled_at, interview.cancel_reason, interview.slot_id = at, reason[:300], None
    record(session, "interview.cancelled", interview, also=(referral,), by=by, at=at, order=order.number)
    said, calendar = moment_words(interview.starts_at), _calendar(interview, order, CANCEL, at)
    words = Words(
        kind="면접",
        subject=f"[이음] {said} 면접이 취소되었습니다",
        sms=f"[이음] {said} {order.employer.name} 면접이 취소되었습니다. {reason[:60]} 새 시간을 알려 드립니다.",
        text=f"{order.employer.name} '{order.title}' {said} 면접이 취소되었습니다.\n{reason}\n\n"
        "추천은 그대로입니다. 새 시간이 정해지면 알려 드립니다.",
        calendar=calendar,
        method=CANCEL,
    )
    write_to_seeker(session, seeker_id=referral.seeker_id, words=words, about_id=order.id, at=at)
    tell_firm(session, order, words, at=at)
    return interview


def hold(session: orm.Session, *, referral_id: uuid.UUID, came: bool, by: Actor, at: dt.datetime) -> Referral:
    """Write down that the interview took place, or that the person did not come, who may then answer that."""
    referral, order = _meeting(session, referral_id, by)
    interview = queries.of_referral(session, referral.id)
    if interview is None or interview.cancelled_at is not None:
        raise NotFound("잡힌 면접이 없습니다.")
    if interview.starts_at > at:
        raise NotAllowed("면접 시각이 아직 되지 않았습니다.")
    verb = "hold_interview" if came else "miss_interview"
    referral.state, referral.changed_at = REFERRAL_STATES.after(verb, referral.state), at
    interview.ended_at = at
    also: tuple[Referral | Absence, ...] = (referral,)
    if not came:
        also = (referral, absences.note(session, interview, Absent.PERSON, by=by, at=at))
        absences.ask_person(session, interview, order, at=at)
    record(session, "interview.held", interview, also=also, by=by, at=at, order=order.number, came=came)
    return referral


def _meeting(session: orm.Session, referral_id: uuid.UUID, by: Actor) -> tuple[Referral, JobOrder]:
    if by.role not in OFFICERS | {Role.EMPLOYER}:
        raise NotAllowed("면접은 센터와 기업이 잡습니다.")
    order_id = referrals.get(session, referral_id, viewer=by).order_id
    order = orders.get(session, order_id, viewer=by, lock=True)
    referral = referrals.get(session, referral_id, viewer=by, lock=True)
    if order.status is not OrderStatus.OPEN:
        raise NotAllowed(f"이 구인은 '{order.status.ko}' 상태입니다.")
    return referral, order
