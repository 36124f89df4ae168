"""Applying, deciding, telling; reporting a false posting."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import behind, vault_of
from foundation.links.commands import issue
from foundation.links.models import LinkPurpose
from foundation.messages.commands import BASE, Channel, Words, write_to_address
from foundation.messages.free_words import plain_name
from foundation.messages.letter_limits import take_receipt
from foundation.refusals import Invalid, NotAllowed, NotFound, Refusal
from screening.demand.orders import queries as orders
from screening.demand.orders.letters import tell_firm
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.demand.postings import queries
from screening.demand.postings.models import Application, ApplicationState, PostingReport, ReportCategory

S = ApplicationState
LINK_DAYS = 400
SLOW_DAYS = 14
"""After so many days without a word, an applicant is told that it takes longer (채용절차법 제8조)."""
RESIDENT_NUMBER = re.compile(r"\d{6}\s*-?\s*[1-8]\d{6}")


class PostingClosed(Refusal):
    """Nobody can apply any more."""

    status = 410


def apply(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    contact: queries.Contact,
    text: str,
    by: Actor,
    at: dt.datetime,
) -> Application:
    """Apply by a short form; the receipt goes out at once by SMS and mail (채용절차법 제7조).

    Who applies twice with one telephone keeps the first application and gets its link again. A telephone or address
    that has had its receipts for today (`letter_limits`) gets no more; the application stands all the same.
    """
    plain_name(contact.name, field="name")
    if RESIDENT_NUMBER.search(text):
        raise Invalid("주민등록번호는 적지 말아 주세요. 받을 수 없는 정보입니다.", field="text")
    if len(text.strip()) < 10:
        raise Invalid("경력과 하고 싶은 말을 10자 이상 적어 주세요.", field="text")
    order = session.get(JobOrder, order_id, with_for_update={"of": JobOrder})
    if order is None or not queries.is_open(order, on=day_in_seoul(at)):
        raise PostingClosed("마감된 공고입니다. 다른 공고를 보아 주세요.")
    vault = vault_of(session)
    index = vault.blind("applicant", contact.phone)
    known = session.scalars(
        sa.select(Application).where(Application.order_id == order.id, Application.phone_index == index)
    ).one_or_none()
    if known is not None and known.state is not S.WITHDRAWN:
        _send_receipt(session, known, order, at=at)
        record(session, "application.receipt_sent_again", known, by=by, at=at, order=order.number)
        return known
    last = session.scalar(sa.select(sa.func.max(Application.place)).where(Application.order_id == order.id))
    application = known or Application(
        employer_id=order.employer_id, order_id=order.id, place=(last or 0) + 1, phone_index=index
    )
    application.text, application.state = text.strip()[:2000], S.RECEIVED
    application.applied_at = application.changed_at = at
    application.told_at = application.delay_told_at = None
    session.add(application)
    session.flush()
    kept = {"name": contact.name, "phone": contact.phone, "email": contact.email}
    application.sealed = vault.seal(json.dumps(kept).encode(), bound_to=application.id.bytes)
    record(session, "application.received", application, by=by, at=at, order=order.number)
    _send_receipt(session, application, order, at=at)
    words = Words(
        kind="추천",
        subject=f"[이음] {order.title}에 지원한 분이 있습니다",
        text=f"공고를 보고 한 분이 지원했습니다.\n{BASE}/employer/orders/{order.id}/applicants",
    )
    tell_firm(session, order, words, at=at)
    return application


def _send_receipt(
    session: orm.Session, application: Application, order: JobOrder, *, at: dt.datetime
) -> None:
    link, path = issue(
        session,
        purpose=LinkPurpose.APPLICATION,
        subject_id=application.id,
        holder_id=application.id,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
        at=at,
    )
    record(session, "application.link_sent", link, by=SYSTEM, at=at, order=order.number)
    words = Words(
        kind="지원",
        subject=f"[이음] {order.employer.name} '{order.title}' 지원을 접수했습니다",
        sms=f"[이음] {order.employer.name} '{order.title}' 지원을 접수했습니다. 진행과 결과: {BASE}{path}",
        text=f"{order.employer.name} '{order.title}' 지원을 접수했습니다"
        f"(접수번호 {order.number}-{application.place}).\n\n"
        f"채용일정: {order.schedule or '정해지는 대로 알려 드립니다.'}\n"
        f"결과는 {order.result_notice.ko}로 꼭 알려 드립니다.\n\n진행을 보거나 철회하려면: {BASE}{path}",
    )
    _write(session, application, words, at=at, at_once=True)


def _write(
    session: orm.Session, application: Application, words: Words, *, at: dt.datetime, at_once: bool = False
) -> None:
    contact = queries.contact_of(session, application)
    if contact is None:
        return
    for channel, address in ((Channel.SMS, contact.phone), (Channel.MAIL, contact.email)):
        if address and not (at_once and not take_receipt(session, address, at=at)):
            write_to_address(
                session,
                channel=channel,
                address=address,
                words=words,
                about_id=application.id,
                at=at,
                at_once=at_once,
            )


def withdraw(session: orm.Session, *, application_id: uuid.UUID, by: Actor, at: dt.datetime) -> Application:
    """The applicant takes the application back: name and contact are deleted at once."""
    application = queries.of_link(session, application_id, lock=True)
    if application.state in (S.HIRED, S.WITHDRAWN):
        return application
    order = session.get_one(JobOrder, application.order_id)
    application.state, application.changed_at = S.WITHDRAWN, at
    application.sealed, application.text = None, ""
    record(session, "application.withdrawn", application, by=by, at=at, order=order.number)
    return application


def decide(
    session: orm.Session, *, application_id: uuid.UUID, wanted: bool, by: Actor, at: dt.datetime
) -> Application:
    """Whether the firm wants to meet the applicant; who is declined is told with the result."""
    application, order = _decided(session, application_id, by)
    if application.state not in (S.RECEIVED, S.WANTED, S.DECLINED):
        raise NotAllowed(f"지원이 이미 '{application.state.ko}' 상태입니다.")
    application.state, application.changed_at = (S.WANTED if wanted else S.DECLINED), at
    record(session, "application.decided", application, by=by, at=at, order=order.number, wanted=wanted)
    if wanted:
        words = Words(
            kind="지원",
            subject=f"[이음] {order.employer.name}에서 만나 보고 싶어 합니다",
            sms=f"[이음] {order.employer.name} '{order.title}' 서류에 합격하셨습니다. 면접을 곧 알려 드립니다.",
            text=f"{order.employer.name} '{order.title}' 서류에 합격하셨습니다. "
            "회사가 면접 시간을 전화로 알려 드립니다.",
        )
        _write(session, application, words, at=at)
    return application


def hire(session: orm.Session, *, application_id: uuid.UUID, by: Actor, at: dt.datetime) -> Application:
    """Hire an applicant; it fills one opening of the order under the same limit as everybody else."""
    application, order = _decided(session, application_id, by)
    if application.state not in (S.RECEIVED, S.WANTED, S.DECLINED):
        raise NotAllowed(f"지원이 이미 '{application.state.ko}' 상태입니다.")
    if order.filled >= order.headcount:
        raise NotAllowed("모집인원을 이미 모두 뽑았습니다. 더 뽑으려면 새로 구인신청을 해 주세요.")
    order.filled += 1
    application.state, application.changed_at, application.told_at = S.HIRED, at, at
    record(session, "application.hired", application, also=(order,), by=by, at=at, order=order.number)
    words = Words(
        kind="지원",
        subject=f"[이음] {order.employer.name}에 채용되셨습니다",
        sms=f"[이음] 축하합니다. {order.employer.name} '{order.title}'에 채용되셨습니다.",
        text=f"축하합니다. {order.employer.name} '{order.title}'에 채용되셨습니다.\n"
        "근로계약서를 꼭 받아 두세요(근로기준법 제17조).",
    )
    _write(session, application, words, at=at)
    return application


def tell_all(session: orm.Session, order: JobOrder, *, words: str, by: Actor, at: dt.datetime) -> int:
    """Tell every applicant who was not hired how it ended; returns how many."""
    waiting = queries.untold(session, order.id)
    for application in waiting:
        application.told_at = application.changed_at = at
        record(session, "application.told", application, by=by, at=at, order=order.number)
        told = Words(
            kind="지원",
            subject=f"[이음] {order.employer.name} 지원 결과를 알려 드립니다",
            sms=f"[이음] {words.strip()}",
            text=f"{words.strip()}\n\n"
            f"전자로 내신 지원 내용은 채용이 끝난 뒤 {order.return_window_days}일이 지나면 지웁니다.",
        )
        _write(session, application, told, at=at)
    return len(waiting)


def write_to_applicants(session: orm.Session, order: JobOrder, words: Words, *, at: dt.datetime) -> int:
    """The same words to every applicant who still waits; returns how many."""
    waiting = queries.untold(session, order.id)
    for application in waiting:
        _write(session, application, words, at=at)
    return len(waiting)


def delayed_applications(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Applications whose answer takes longer than two weeks, by id from `after` on."""
    slow = sa.select(Application.id).where(*_is_delayed(at), behind(Application.id, after))
    return session.scalars(slow.order_by(Application.id).limit(limit)).all()


def _is_delayed(at: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Application.state == S.RECEIVED,
        Application.told_at.is_(None),
        Application.delay_told_at.is_(None),
        Application.applied_at < at - dt.timedelta(days=SLOW_DAYS),
    )


def tell_delays(session: orm.Session, application_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """Tell the applicants, once, that their answer takes longer; returns how many."""
    slow = session.scalars(
        sa.select(Application)
        .where(*_is_delayed(at), Application.id.in_(application_ids))
        .with_for_update(of=Application, skip_locked=True)
    ).all()
    for application in slow:
        order = session.get_one(JobOrder, application.order_id)
        application.delay_told_at = at
        record(session, "application.delay_told", application, by=SYSTEM, at=at, order=order.number)
        words = Words(
            kind="지원",
            subject=f"[이음] {order.employer.name} 심사가 늦어지고 있습니다",
            sms=f"[이음] {order.employer.name} '{order.title}' 심사가 늦어지고 있습니다. 정해지는 대로 알려 드립니다.",
            text=f"{order.employer.name} '{order.title}' 심사가 늦어지고 있습니다. 정해지는 대로 꼭 알려 드립니다.",
        )
        _write(session, application, words, at=at)
    return len(slow)


def ended_applications(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Applications that were answered, to orders that are no longer open, by id from `after` on."""
    over = sa.select(Application.id).join(JobOrder, JobOrder.id == Application.order_id)
    over = over.where(*_ENDED, behind(Application.id, after)).order_by(Application.id)
    return session.scalars(over.limit(limit)).all()


_ENDED = (
    Application.sealed.is_not(None),
    Application.state != S.HIRED,
    Application.told_at.is_not(None),
    JobOrder.status != OrderStatus.OPEN,
)


def forget(session: orm.Session, application_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """Delete name, contact and words of applicants after the days in which papers may be asked back (제11조)."""
    over = session.execute(
        sa.select(Application, JobOrder)
        .join(JobOrder, JobOrder.id == Application.order_id)
        .where(*_ENDED, Application.id.in_(application_ids))
        .with_for_update(of=Application, skip_locked=True)
    ).unique()
    gone = 0
    for application, order in over:
        told = application.told_at
        if told is not None and told + dt.timedelta(days=order.return_window_days) < at:
            application.sealed, application.text = None, ""
            record(session, "application.forgotten", application, by=SYSTEM, at=at, order=order.number)
            gone += 1
    return gone


def _decided(session: orm.Session, application_id: uuid.UUID, by: Actor) -> tuple[Application, JobOrder]:
    if by.role not in OFFICERS | {Role.EMPLOYER}:
        raise NotAllowed("지원은 구인기업이 정합니다.")
    order_id = queries.get(session, application_id, viewer=by).order_id
    order = orders.get(session, order_id, viewer=by, lock=True)
    if order.status is not OrderStatus.OPEN:
        raise NotAllowed(f"이 구인은 '{order.status.ko}' 상태입니다.")
    return queries.get(session, application_id, viewer=by, lock=True), order


def report(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    category: ReportCategory,
    text: str,
    by: Actor,
    at: dt.datetime,
) -> PostingReport:
    """Somebody says that a posting is false (직업안정법 제34조); the officer of the order is told."""
    order = session.get_one(JobOrder, order_id)
    if len(text.strip()) < 10:
        raise Invalid("무엇이 사실과 다른지 10자 이상 적어 주세요.", field="text")
    said = PostingReport(order_id=order.id, category=category, text=text.strip()[:1000], said_at=at)
    session.add(said)
    record(session, "posting.reported", said, by=by, at=at, order=order.number, category=category.value)
    return said


def decide_report(
    session: orm.Session, *, report_id: uuid.UUID, upheld: bool, by: Actor, at: dt.datetime
) -> PostingReport:
    """An officer who has looked takes the posting down, or lets it stand."""
    said = session.get(PostingReport, report_id, with_for_update=True)
    if said is None or by.role not in OFFICERS:
        raise NotFound("그런 신고가 없습니다.")
    if said.upheld is not None:
        raise NotAllowed("이미 정한 신고입니다.")
    order = orders.get(session, said.order_id, viewer=by, lock=True)
    said.upheld, said.decided_at, said.decided_by = upheld, at, by.account_id
    also: tuple[JobOrder, ...] = ()
    if upheld:
        order.posted, also = False, (order,)
        words = Words(
            kind="마감",
            subject=f"[이음] {order.title} 공고를 내렸습니다",
            text=f"공고가 사실과 다르다는 신고를 확인해 공고를 내렸습니다.\n신고 내용: {said.category.ko}\n"
            f"사실과 다르면 센터로 전화해 주세요.\n{BASE}/employer/orders/{order.id}",
        )
        tell_firm(session, order, words, at=at)
    record(
        session, "posting.report_decided", said, also=also, by=by, at=at, order=order.number, upheld=upheld
    )
    return said
