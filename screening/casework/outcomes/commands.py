"""Telling people, and closing orders."""

import datetime as dt
import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.audit.commands import record
from foundation.links.commands import issue
from foundation.links.models import LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_seeker
from foundation.messages.free_words import LeadsElsewhere, leads_elsewhere, seen_words
from foundation.refusals import Invalid, NotAllowed, Refusal
from foundation.verdicts import ALLOWED, Verdict, refused
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import REFERRAL_STATES, TO_BE_TOLD, PassOverReason, ReferralState
from screening.demand.mandates.commands import in_force, powers_of
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as orders
from screening.demand.orders.lawful import findings_in_text
from screening.demand.orders.models import JobOrder
from screening.demand.orders.policies import may_close, may_withdraw
from screening.demand.orders.severity import Severity
from screening.demand.orders.states import ORDER_STATES, CloseReason, OrderStatus
from screening.demand.postings import commands as postings
from screening.demand.postings import queries as applications

R = ReferralState
WAITING = frozenset({R.SUBMITTED, R.ACCEPTED, R.INTERVIEW, R.INTERVIEWED, R.NO_SHOW})
LINK_DAYS = 180


class NotEveryoneTold(Refusal):
    """Somebody who agreed to be proposed has not been told how it ended (채용절차법 제10조)."""


def default_words(order: JobOrder) -> str:
    """The sentence people get: the firm's own if it wrote one, else the center's."""
    if order.outcome_words:
        return order.outcome_words
    ended = "이번에 다른 분이 뽑혔습니다" if order.filled else "이번에는 뽑지 않고 마감했습니다"
    return (
        f"{order.employer.name} '{order.title}' 자리는 {ended}. "
        "시간을 내어 주셔서 고맙습니다. 센터는 계속 맞는 자리를 찾아 드리겠습니다."
    )


def word_outcome(
    session: orm.Session, *, order_id: uuid.UUID, words: str, by: Actor, at: dt.datetime
) -> JobOrder:
    """The firm reads and changes what the people who were not hired will be told; nothing is sent yet."""
    text = seen_words(words.strip(), by=by, field="words")
    if len(text) < 10:
        raise Invalid("받는 분이 읽을 문장을 10자 이상 적어 주세요.", field="words")
    stopped = [each for each in findings_in_text("preferred", text) if each.severity is Severity.REFUSE]
    if stopped:
        raise Invalid(stopped[0].sentence, field="words")
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER or order.status is not OrderStatus.OPEN:
        raise NotAllowed("진행 중인 구인의 기업만 바꿀 수 있습니다.")
    order.outcome_words = text
    record(session, "outcome.worded", order, by=by, at=at, order=order.number)
    return order


def finish(
    session: orm.Session, *, order_id: uuid.UUID, reason: CloseReason, by: Actor, at: dt.datetime
) -> JobOrder:
    """The firm ends its search with a reason: everyone is told first, then the order closes."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER or order.status is not OrderStatus.OPEN:
        raise NotAllowed("진행 중인 구인의 기업만 마칠 수 있습니다.")
    if waiting_for_word(session, order.id):
        tell(session, order_id=order.id, words=default_words(order), by=by, at=at)
    return close(session, order_id=order.id, reason=reason, by=by, at=at)


def untold(session: orm.Session, order_id: uuid.UUID) -> list[Referral]:
    """People of an order who still have to be told."""
    return list(
        session.scalars(
            sa.select(Referral)
            .where(
                Referral.order_id == order_id,
                Referral.told_at.is_(None),
                Referral.state.in_(TO_BE_TOLD | WAITING),
            )
            .order_by(Referral.found_at)
        )
    )


def waiting_for_word(session: orm.Session, order_id: uuid.UUID) -> int:
    """How many people, proposed or applied, have not been told how it ended."""
    return len(untold(session, order_id)) + len(applications.untold(session, order_id))


def untold_by_firm(session: orm.Session, order: JobOrder, *, at: dt.datetime) -> list[Referral]:
    """People whom the firm has kept for itself to tell."""
    if order.status is not OrderStatus.OPEN or may_tell(session, order, at=at):
        return []
    return untold(session, order.id)


def may_tell(session: orm.Session, order: JobOrder, *, at: dt.datetime) -> Verdict:
    """Whether the center may tell people in the firm's name; after the mandate the duty to tell is its own."""
    if in_force(session, order.id, at=at) is not None and Power.DECLINE not in powers_of(
        session, order.id, at=at
    ):
        return refused("기업이 결과 알림을 직접 하기로 했습니다. 기업에 알려 달라고 부탁해 주세요.")
    return ALLOWED


PASSED_OVER_WORDS = {
    PassOverReason.EXPERIENCE: "이 자리는 경력이 더 긴 분을 먼저 보았습니다",
    PassOverReason.LICENCE: "이 자리는 자격이 꼭 맞는 분을 먼저 보았습니다",
    PassOverReason.SKILL: "이 자리는 하는 일이 조금 달랐습니다",
    PassOverReason.INTERVIEW: "이번에는 다른 분이 더 맞았습니다",
    PassOverReason.OTHER_HIRED: "이번에는 다른 분이 뽑혔습니다",
    PassOverReason.PLAN: "회사의 채용 계획이 바뀌었습니다",
    PassOverReason.PAY: "이번에는 바라시는 임금과 맞지 않았습니다",
}
"""What the center proposes to say for each reason a firm gave; the firm's own note is never passed on."""


def words_for(referral: Referral, order: JobOrder) -> str:
    """The sentence the center proposes for one person, written for its reader."""
    if referral.pass_over_reason is None:
        return default_words(order)
    return (
        f"{order.employer.name} '{order.title}' 자리의 결과를 알려 드립니다. "
        f"{PASSED_OVER_WORDS[referral.pass_over_reason]}. 맞는 자리를 계속 찾아 드리겠습니다."
    )


def tell(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    words: str,
    only: Collection[uuid.UUID] | None = None,
    by: Actor,
    at: dt.datetime,
) -> list[Referral]:
    """Tell everyone who was not hired, or `only` these, in words of their own; who was pending becomes not hired."""
    leads = by.role is Role.EMPLOYER and leads_elsewhere(words)
    order = orders.get(session, order_id, viewer=by, lock=True)
    if leads and words.strip() != default_words(order):
        raise LeadsElsewhere("words")
    if by.role not in OFFICERS | {Role.EMPLOYER, Role.SYSTEM}:
        raise NotAllowed("결과는 센터와 기업이 알립니다.")
    if by.role in OFFICERS:
        may_tell(session, order, at=at).or_raise()
    if len(words.strip()) < 10:
        raise Invalid("받는 분이 읽을 문장을 10자 이상 적어 주세요.", field="words")
    people = [each for each in untold(session, order.id) if only is None or each.id in only]
    for referral in people:
        if referral.state in WAITING:
            referral.state = REFERRAL_STATES.after("not_hire", referral.state)
        elif referral.state is R.CONSENTED:
            referral.state = REFERRAL_STATES.after("end", referral.state)
        referral.told_at = referral.changed_at = at
        link, path = issue(
            session,
            purpose=LinkPurpose.OUTCOME,
            subject_id=referral.id,
            holder_id=referral.seeker_id,
            expires_at=at + dt.timedelta(days=LINK_DAYS),
            at=at,
        )
        record(session, "outcome.told", referral, also=(link,), by=by, at=at, order=order.number)
        write_to_seeker(
            session,
            seeker_id=referral.seeker_id,
            words=Words(
                kind="결과",
                subject=f"[이음] {order.employer.name} 지원 결과를 알려 드립니다",
                sms=f"[이음] {words.strip()}\n결과와 문의: {BASE}{path}",
                text=f"{words.strip()}\n\n서류를 돌려받으려면 {order.return_window_days}일 안에 전화로 말씀해 주세요."
                f"\n자세한 안내: {BASE}{path}",
            ),
            about_id=order.id,
            at=at,
        )
    if only is None:
        postings.tell_all(session, order, words=words, by=by, at=at)
    return people


def close(
    session: orm.Session, *, order_id: uuid.UUID, reason: CloseReason, by: Actor, at: dt.datetime
) -> JobOrder:
    """Close an order; raises `NotEveryoneTold` while anybody is still in the dark."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    may_close(by, order).or_raise()
    if order.status is OrderStatus.OPEN:
        waiting = waiting_for_word(session, order.id)
        if waiting:
            raise NotEveryoneTold(f"{waiting}명이 아직 결과를 듣지 못했습니다. 먼저 결과를 알려 주세요.")
    if (order.filled == order.headcount) != (reason is CloseReason.FILLED):
        raise Invalid("채용 인원과 맞는 마감 사유를 골라 주세요.", field="reason")
    if order.filled == 0 and reason is CloseReason.PARTLY:
        raise Invalid("한 명도 뽑지 못한 사유를 골라 주세요.", field="reason")
    order.status = ORDER_STATES.after("close", order.status)
    order.close_reason, order.closed_at = reason, at
    ended = _end(session, order, at)
    record(
        session,
        "order.closed",
        order,
        also=ended,
        by=by,
        at=at,
        order=order.number,
        reason=reason.value,
        filled=order.filled,
    )
    return order


def withdraw(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> JobOrder:
    """The firm takes its order back: whoever agreed to be proposed is told, and every proposal ends."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    may_withdraw(by, order).or_raise()
    if waiting_for_word(session, order.id):
        words = f"{order.employer.name} '{order.title}' 채용이 취소되었습니다. 다른 자리를 계속 찾아 드리겠습니다."
        tell(session, order_id=order.id, words=words, by=by, at=at)
    order.status = ORDER_STATES.after("withdraw", order.status)
    order.closed_at = at
    record(session, "order.withdrawn", order, also=_end(session, order, at), by=by, at=at, order=order.number)
    return order


def _end(session: orm.Session, order: JobOrder, at: dt.datetime) -> tuple[Referral, ...]:
    """End the proposals that never reached the firm, so that nobody counts as proposed for an order that is over."""
    sources, _ = REFERRAL_STATES.moves["end"]
    open_still = sa.select(Referral).where(Referral.order_id == order.id, Referral.state.in_(sources))
    ended = tuple(session.scalars(open_still.order_by(Referral.found_at, Referral.id)))
    for referral in ended:
        referral.state = REFERRAL_STATES.after("end", referral.state)
        referral.changed_at = at
    return ended
