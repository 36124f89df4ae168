"""Who did not come to an interview: said by one side, answered by the other, decided by an officer."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.links.commands import issue
from foundation.links.models import LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_seeker
from foundation.reference.business_days import moment_words
from foundation.refusals import Invalid, NotAllowed, NotFound
from screening.casework.interviews import queries
from screening.casework.interviews.models import Absence, Absent, Interview
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import REFERRAL_STATES, ReferralState
from screening.demand.orders import queries as orders
from screening.demand.orders.letters import tell_firm, tell_officer
from screening.demand.orders.models import JobOrder

REPLY_DAYS = 7


def note(session: orm.Session, interview: Interview, who: Absent, *, by: Actor, at: dt.datetime) -> Absence:
    """A side is said not to have come to this meeting, once; the caller records it with its act."""
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


def ask_person(session: orm.Session, interview: Interview, order: JobOrder, *, at: dt.datetime) -> None:
    """Tell the person what was written down and give them a link to answer it."""
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
    interview = queries.of_link(session, interview_id)
    if interview.starts_at > at or interview.cancelled_at is not None:
        raise NotAllowed("면접 시각이 지난 뒤에 알려 주세요.")
    order = session.get_one(JobOrder, interview.referral.order_id)
    absence = note(session, interview, Absent.FIRM, by=by, at=at)
    record(session, "interview.firm_absent", absence, by=by, at=at, order=order.number)
    words = Words(
        kind="면접",
        subject=f"[이음] {moment_words(interview.starts_at)} 면접에 나오지 않으셨다고 합니다",
        text="구직자가 면접 자리에 아무도 없었다고 알렸습니다. 사실과 다르거나 사정이 있었으면 적어 주세요. "
        f"상담사가 양쪽 말을 듣고 정합니다.\n{BASE}/employer/orders/{order.id}",
    )
    tell_firm(session, order, words, at=at)
    told = Words(
        kind="면접",
        subject=f"[이음] {order.employer.name}이 면접에 나오지 않았다고 합니다",
        text=f"양쪽 말을 듣고 정해 주세요.\n{BASE}/staff/orders/{order.id}",
    )
    tell_officer(session, order, told, at=at)
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
