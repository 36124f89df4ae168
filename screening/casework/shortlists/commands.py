"""Submitting people to a firm and taking the firm's answer."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.commands import actor_of
from foundation.accounts.models import Account
from foundation.accounts.queries import active
from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.clock import closing_time, day_in_seoul
from foundation.links.commands import issue
from foundation.links.models import Link, LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_account, write_to_seeker
from foundation.reference.business_days import add_business_days
from foundation.refusals import Invalid, NotAllowed, NotFound
from screening.casework.consents.queries import covering
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import REFERRAL_STATES, PassOverReason, ReferralState
from screening.casework.shortlists.models import NoteKind, Shortlist, ShortlistEntry, ShortlistNote
from screening.demand.mandates.commands import may_act
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as orders
from screening.demand.orders.lawful import findings_in_text
from screening.demand.orders.letters import tell_officer
from screening.demand.orders.models import JobOrder
from screening.demand.orders.policies import may_work
from screening.demand.orders.severity import Severity
from screening.demand.orders.states import OrderStatus
from screening.pool.seekers.blindness import reveals_somebody

ANSWER_DAYS = 5
LINK_DAYS = 10
MULTIPLE = 5
"""At most five people per opening, the longest list a firm can read in one evening."""


@dataclass(frozen=True)
class FirmAnswer:
    """The firm's word on one person: yes, or no with a reason; the center alone reads the note beside it."""

    yes: bool
    reason: PassOverReason | None = None
    note: str = ""


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
    session.flush()
    members = session.scalars(
        sa.select(Account).where(
            Account.organisation_id == order.employer_id,
            Account.role == Role.EMPLOYER,
            Account.disabled_at.is_(None),
        )
    ).all()
    for account in members:
        send_link(session, order, account=account, answer_by=shortlist.answer_by, at=at)
    return shortlist


def send_link(
    session: orm.Session, order: JobOrder, *, account: Account, answer_by: dt.date, at: dt.datetime
) -> Link:
    """Mail one member a link that opens the blind profiles of this order without signing in, and nothing more."""
    link, path = issue(
        session,
        purpose=LinkPurpose.SHORTLIST,
        subject_id=order.id,
        holder_id=account.id,
        expires_at=closing_time(add_business_days(day_in_seoul(at), LINK_DAYS)),
        at=at,
    )
    record(session, "shortlist.link_sent", link, by=SYSTEM, at=at, order=order.number)
    words = Words(
        kind="추천",
        subject=f"[이음] {order.title}의 추천에 답해 주세요",
        text=f"근거와 함께 추천했습니다. {answer_by.month}월 {answer_by.day}일 18시까지 답해 주세요.\n\n"
        f"로그인하지 않고 답하기: {BASE}{path}\n(이 주소는 본인만 쓰시고 다른 분께 보내지 마세요.)\n\n"
        f"로그인해서 보기: {BASE}/employer/orders/{order.id}/shortlist",
        task="answer",
    )
    mine = order.filed_by in (None, account.id)
    write_to_account(session, account_id=account.id, words=words, about_id=order.id, at=at, mine=mine)
    return link


def renew_link(session: orm.Session, *, link: Link, at: dt.datetime) -> Link:
    """Mail the holder of an old link a new one; the old one ends.

    Raises `NotFound` for who has left the team, `NotAllowed` for who only reads.
    """
    account = active(session, link.holder_id)
    if account.role is not Role.EMPLOYER:
        raise NotAllowed("추천에는 구인기업이 답합니다.")
    order = session.get_one(JobOrder, link.subject_id)
    link.revoked_at = at
    record(session, "shortlist.link_renewed", link, by=actor_of(account), at=at, order=order.number)
    newest = session.scalar(sa.select(sa.func.max(Shortlist.answer_by)).where(Shortlist.order_id == order.id))
    return send_link(session, order, account=account, answer_by=newest or day_in_seoul(at), at=at)


def revoke_links(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> int:
    """The firm ends every link to the profiles of one order; returns how many."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER:
        raise NotAllowed("링크는 구인기업이 끊습니다.")
    links = session.scalars(
        sa.select(Link).where(
            Link.purpose == LinkPurpose.SHORTLIST, Link.subject_id == order.id, Link.revoked_at.is_(None)
        )
    ).all()
    for link in links:
        link.revoked_at = at
    if links:
        record(session, "shortlist.links_revoked", order, also=tuple(links), by=by, at=at, order=order.number)
    return len(links)


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
    notes = {
        referral_id: _lawful(said.note, field=f"note-{referral_id}")
        for referral_id, said in answers.items()
        if not said.yes
    }
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
        referral.pass_over_note = notes.get(referral_id, "")
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


def reconsider(session: orm.Session, *, referral_id: uuid.UUID, by: Actor, at: dt.datetime) -> Referral:
    """A person who was refused is wanted after all, as long as their consent holds; they are told."""
    order_id = referrals.get(session, referral_id, viewer=by).order_id
    order = orders.get(session, order_id, viewer=by, lock=True)
    referral = referrals.get(session, referral_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER or order.status is not OrderStatus.OPEN:
        raise NotAllowed("진행 중인 구인의 기업만 다시 볼 수 있습니다.")
    if covering(session, referral.id, on=day_in_seoul(at)) is None:
        raise NotAllowed("본인의 동의가 끝났거나 철회되었습니다.")
    told = referral.told_at is not None
    referral.state = REFERRAL_STATES.after("reconsider", referral.state)
    referral.pass_over_reason, referral.pass_over_note, referral.told_at = None, "", None
    referral.firm_answered_at = referral.changed_at = at
    record(session, "shortlist.reconsidered", referral, by=by, at=at, order=order.number)
    if told:
        words = Words(
            kind="추천",
            subject=f"[이음] {order.employer.name}에서 다시 뵙고 싶어 합니다",
            text=f"{order.employer.name} '{order.title}'에서 다시 만나 보고 싶어 합니다. 면접 시간을 곧 알려 드립니다.",
        )
        write_to_seeker(session, seeker_id=referral.seeker_id, words=words, about_id=order.id, at=at)
    return referral


def _lawful(text: str, *, field: str) -> str:
    """The text, unless it turns on age, sex, looks, origin or family; raises `Invalid`."""
    stopped = [
        each
        for each in findings_in_text("preferred", text)
        if each.severity in (Severity.REFUSE, Severity.EXPLAIN)
    ]
    if stopped:
        raise Invalid(stopped[0].sentence, field=field)
    return text.strip()[:500]


def add_note(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    referral_id: uuid.UUID,
    kind: NoteKind,
    text: str = "",
    by: Actor,
    at: dt.datetime,
) -> ShortlistNote:
    """The firm wants more people like this one, or asks about them; the officer is told."""
    asked = _lawful(text, field=f"question-{referral_id}")
    order = orders.get(session, order_id, viewer=by)
    referral = referrals.get(session, referral_id, viewer=by)
    if by.role is not Role.EMPLOYER or by.account_id is None or referral.order_id != order.id:
        raise NotAllowed("추천에는 구인기업이 답합니다.")
    if covering(session, referral.id, on=day_in_seoul(at)) is None:
        raise NotFound("본인이 추천을 철회했습니다. 화면을 새로 열어 주세요.")
    if kind is NoteKind.QUESTION and len(text.strip()) < 5:
        raise Invalid("무엇이 궁금한지 5자 이상 적어 주세요.", field=f"question-{referral_id}")
    known = session.scalars(
        sa.select(ShortlistNote).where(
            ShortlistNote.referral_id == referral.id,
            ShortlistNote.kind == kind,
            ShortlistNote.answered_at.is_(None),
        )
    ).first()
    if known is not None and (kind is NoteKind.MORE or known.text == text.strip()):
        return known
    note = ShortlistNote(
        employer_id=order.employer_id,
        order_id=order.id,
        referral_id=referral.id,
        kind=kind,
        text=asked,
        asked_at=at,
        asked_by=by.account_id,
    )
    session.add(note)
    record(session, f"shortlist.{kind.value}", note, by=by, at=at, order=order.number)
    words = Words(
        kind="추천",
        subject=f"[이음] {order.employer.name} {order.title}: {kind.ko}",
        text=f"{referral.seeker.code}에 대해 기업이 말했습니다.\n{note.text or kind.ko}\n"
        f"{BASE}/staff/orders/{order.id}",
    )
    tell_officer(session, order, words, at=at)
    return note


def answer_note(
    session: orm.Session, *, note_id: uuid.UUID, text: str, by: Actor, at: dt.datetime
) -> ShortlistNote:
    """The officer answers a question or a wish, in words that show nobody's identity."""
    if reveals_somebody(text):
        raise Invalid("연락처, 생년, 나이, 성별을 적지 말아 주세요. 기업이 읽습니다.", field="answer")
    note = session.get(ShortlistNote, note_id, with_for_update=True)
    if note is None:
        raise NotFound("그런 질문이 없습니다.")
    order = orders.get(session, note.order_id, viewer=by)
    may_work(by, order).or_raise()
    if len(text.strip()) < 2:
        raise Invalid("기업이 읽을 답을 적어 주세요.", field="answer")
    note.answer, note.answered_at, note.answerer = text.strip()[:500], at, by.name
    record(session, "shortlist.note_answered", note, by=by, at=at, order=order.number)
    words = Words(
        kind="추천",
        subject=f"[이음] {order.title}: 물으신 것에 답했습니다",
        text=f"{note.answer}\n{BASE}/employer/orders/{order.id}/shortlist",
    )
    write_to_account(session, account_id=note.asked_by, words=words, about_id=order.id, at=at)
    return note


def notes_of(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> list[ShortlistNote]:
    """The wishes and questions about an order the viewer may see, oldest first."""
    orders.get(session, order_id, viewer=viewer)
    mine = sa.select(ShortlistNote).where(ShortlistNote.order_id == order_id)
    return list(session.scalars(mine.order_by(ShortlistNote.asked_at, ShortlistNote.id)))


def _mark_answered(session: orm.Session, order_id: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    for shortlist in session.scalars(
        sa.select(Shortlist).where(Shortlist.order_id == order_id, Shortlist.answered_at.is_(None))
    ):
        if all(entry.referral.state is not ReferralState.SUBMITTED for entry in shortlist.entries):
            shortlist.answered_at = at
            record(session, "shortlist.completed", shortlist, by=by, at=at)
