"""Setting interviews and writing down how they went."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from center.actors import OFFICERS, SYSTEM, Actor, Role
from center.audit.commands import record
from center.clock import day_in_seoul
from center.database import SEOUL
from center.links.commands import issue
from center.links.models import LinkPurpose
from center.messages.commands import BASE, Words, write_to_account, write_to_organisation, write_to_seeker
from center.refusals import Invalid, NotAllowed, NotFound
from screening.consents.queries import covering
from screening.interviews.calendar_file import CANCEL, REQUEST, invitation
from screening.interviews.models import Absence, Absent, Interview, InterviewMode, InterviewSlot
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
DEFAULT_MINUTES = 30
REPLY_DAYS = 7
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
    interview = of_referral(session, referral.id)
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
        expires_at=when.starts_at + dt.timedelta(days=REPLY_DAYS),
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
    write_to_organisation(
        session,
        organisation_id=order.employer_id,
        filed_by=order.filed_by,
        words=words,
        about_id=order.id,
        at=at,
    )
    if interview.mode is InterviewMode.ACCOMPANIED and order.officer_id is not None:
        write_to_account(session, account_id=order.officer_id, words=words, about_id=order.id, at=at)


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


def moment_words(moment: dt.datetime) -> str:
    """`3월 2일 14시 30분`, as letters say a moment in Seoul."""
    local = moment.astimezone(SEOUL)
    return f"{local.month}월 {local.day}일 {local.hour}시" + (f" {local.minute}분" if local.minute else "")


def cancel(
    session: orm.Session, *, referral_id: uuid.UUID, reason: str, by: Actor, at: dt.datetime
) -> Interview:
    """Firm or officer call an interview off; the person keeps their place, and everyone's calendar is cleared."""
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
    interview = of_link(session, interview_id)
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
    interview = of_referral(session, referral.id)
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
    write_to_organisation(
        session,
        organisation_id=order.employer_id,
        filed_by=order.filed_by,
        words=words,
        about_id=order.id,
        at=at,
    )
    return interview


def hold(session: orm.Session, *, referral_id: uuid.UUID, came: bool, by: Actor, at: dt.datetime) -> Referral:
    """Write down that the interview took place, or that the person did not come, who may then answer that."""
    referral, order = _meeting(session, referral_id, by)
    interview = of_referral(session, referral.id)
    if interview is None or interview.cancelled_at is not None:
        raise NotFound("잡힌 면접이 없습니다.")
    if interview.starts_at > at:
        raise NotAllowed("면접 시각이 아직 되지 않았습니다.")
    verb = "hold_interview" if came else "miss_interview"
    referral.state, referral.changed_at = REFERRAL_STATES.after(verb, referral.state), at
    interview.ended_at = at
    also: tuple[Referral | Absence, ...] = (referral,)
    if not came:
        also = (referral, _absence(session, interview, Absent.PERSON, by, at))
        _tell_absent_person(session, interview, order, at=at)
    record(session, "interview.held", interview, also=also, by=by, at=at, order=order.number, came=came)
    return referral


def _absence(session: orm.Session, interview: Interview, who: Absent, by: Actor, at: dt.datetime) -> Absence:
    known = session.scalars(
        sa.select(Absence).where(Absence.interview_id == interview.id, Absence.sequence == interview.sequence)
    ).one_or_none()
    if known is not None:
        raise NotAllowed("이 면접에는 이미 적힌 말이 있습니다. 센터가 살펴보고 있습니다.")
    absence = Absence(
        interview_id=interview.id, sequence=interview.sequence, who=who, said_by=by.name, said_at=at
    )
    session.add(absence)
    session.flush()
    return absence


def _tell_absent_person(
    session: orm.Session, interview: Interview, order: JobOrder, *, at: dt.datetime
) -> None:
    link, path = issue(
        session,
        purpose=LinkPurpose.INTERVIEW,
        subject_id=interview.id,
        holder_id=interview.referral.seeker_id,
        expires_at=at + dt.timedelta(days=REPLY_DAYS),
        at=at,
    )
    record(session, "interview.reply_asked", link, by=SYSTEM, at=at, order=order.number)
    said = moment_words(interview.starts_at)
    write_to_seeker(
        session,
        seeker_id=interview.referral.seeker_id,
        words=Words(
            kind="면접",
            subject=f"[이음] {said} 면접에 오지 않은 것으로 적혔습니다",
            sms=f"[이음] {said} {order.employer.name} 면접에 오지 않은 것으로 적혔습니다. "
            f"다르면 알려 주세요. {BASE}{path}",
            text=f"{said} {order.employer.name} 면접에 오지 않은 것으로 적혔습니다.\n사실과 다르거나 사정이 있었으면 "
            f"{REPLY_DAYS}일 안에 알려 주세요. 상담사가 확인합니다.\n{BASE}{path}",
        ),
        about_id=order.id,
        at=at,
    )


def say_firm_absent(session: orm.Session, *, interview_id: uuid.UUID, by: Actor, at: dt.datetime) -> Absence:
    """The person says that nobody of the firm came; the firm may answer, an officer decides."""
    interview = of_link(session, interview_id)
    if interview.starts_at > at or interview.cancelled_at is not None:
        raise NotAllowed("면접 시각이 지난 뒤에 알려 주세요.")
    order = session.get_one(JobOrder, interview.referral.order_id)
    absence = _absence(session, interview, Absent.FIRM, by, at)
    record(session, "interview.firm_absent", absence, by=by, at=at, order=order.number)
    words = Words(
        kind="면접",
        subject=f"[이음] {moment_words(interview.starts_at)} 면접에 나오지 않으셨다고 합니다",
        text="구직자가 면접 자리에 아무도 없었다고 알렸습니다. 사실과 다르거나 사정이 있었으면 적어 주세요. "
        f"상담사가 양쪽 말을 듣고 정합니다.\n{BASE}/employer/orders/{order.id}",
    )
    write_to_organisation(
        session,
        organisation_id=order.employer_id,
        filed_by=order.filed_by,
        words=words,
        about_id=order.id,
        at=at,
    )
    if order.officer_id is not None:
        told = Words(
            kind="면접",
            subject=f"[이음] {order.employer.name}이 면접에 나오지 않았다고 합니다",
            text=f"양쪽 말을 듣고 정해 주세요.\n{BASE}/staff/orders/{order.id}",
        )
        write_to_account(session, account_id=order.officer_id, words=told, about_id=order.id, at=at)
    return absence


def reply(session: orm.Session, *, absence_id: uuid.UUID, text: str, by: Actor, at: dt.datetime) -> Absence:
    """The side that is said not to have come answers, once."""
    absence = session.get(Absence, absence_id, with_for_update=True)
    interview = session.get(Interview, absence.interview_id) if absence else None
    if absence is None or interview is None:
        raise NotFound("그런 기록이 없습니다.")
    order = session.get_one(JobOrder, interview.referral.order_id)
    mine = by.role is Role.SEEKER if absence.who is Absent.PERSON else by.organisation_id == order.employer_id
    if not mine or absence.replied_at is not None or absence.upheld is not None:
        raise NotAllowed("이미 답했거나 답할 수 없는 기록입니다.")
    if len(text.strip()) < 5:
        raise Invalid("어떻게 된 일인지 5자 이상 적어 주세요.", field="reply")
    absence.reply, absence.replied_at = text.strip()[:500], at
    record(session, "interview.replied", absence, by=by, at=at, order=order.number)
    return absence


def decide_absence(
    session: orm.Session, *, absence_id: uuid.UUID, upheld: bool, by: Actor, at: dt.datetime
) -> Absence:
    """An officer who has heard both decides; a person who did come counts as interviewed again."""
    absence = session.get(Absence, absence_id, with_for_update=True)
    if absence is None or by.role not in OFFICERS:
        raise NotFound("그런 기록이 없습니다.")
    interview = session.get_one(Interview, absence.interview_id)
    order = orders.get(session, interview.referral.order_id, viewer=by, lock=True)
    if absence.upheld is not None:
        raise NotAllowed("이미 정한 기록입니다.")
    absence.upheld, absence.decided_at, absence.decided_by = upheld, at, by.account_id
    also: tuple[Referral, ...] = ()
    referral = referrals.get(session, interview.referral_id, viewer=by, lock=True)
    if absence.who is Absent.PERSON and not upheld and referral.state is ReferralState.NO_SHOW:
        referral.state = REFERRAL_STATES.after("correct_absence", referral.state)
        referral.changed_at, also = at, (referral,)
    record(
        session,
        "interview.absence_decided",
        absence,
        also=also,
        by=by,
        at=at,
        order=order.number,
        upheld=upheld,
    )
    return absence


def absences_of(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> list[Absence]:
    """What is said about not coming, for an order the viewer may see, oldest first."""
    orders.get(session, order_id, viewer=viewer)
    said = (
        sa.select(Absence)
        .join(Interview, Interview.id == Absence.interview_id)
        .join(Referral, Referral.id == Interview.referral_id)
        .where(Referral.order_id == order_id)
    )
    return list(session.scalars(said.order_by(Absence.said_at, Absence.id)))


def absence_of(session: orm.Session, interview_id: uuid.UUID) -> Absence | None:
    """What is said about not coming to an interview as it was last set."""
    return session.scalars(
        sa.select(Absence)
        .where(Absence.interview_id == interview_id)
        .order_by(Absence.sequence.desc())
        .limit(1)
    ).one_or_none()


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


def _meeting(session: orm.Session, referral_id: uuid.UUID, by: Actor) -> tuple[Referral, JobOrder]:
    if by.role not in OFFICERS | {Role.EMPLOYER}:
        raise NotAllowed("면접은 센터와 기업이 잡습니다.")
    order_id = referrals.get(session, referral_id, viewer=by).order_id
    order = orders.get(session, order_id, viewer=by, lock=True)
    referral = referrals.get(session, referral_id, viewer=by, lock=True)
    if order.status is not OrderStatus.OPEN:
        raise NotAllowed(f"이 구인은 '{order.status.ko}' 상태입니다.")
    return referral, order
