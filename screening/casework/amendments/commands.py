"""Asking for other terms, applying better ones at once, deciding about worse ones."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.messages.commands import BASE, Words, write_to_seeker
from foundation.messages.free_words import seen_words
from foundation.refusals import Invalid, NotAllowed
from screening.casework.amendments import queries
from screening.casework.amendments.differences import changed, worse
from screening.casework.amendments.models import Amendment
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from screening.demand.orders import queries as orders
from screening.demand.orders.commands import check_terms
from screening.demand.orders.letters import tell_firm
from screening.demand.orders.models import JobOrder
from screening.demand.orders.policies import may_work
from screening.demand.orders.states import OrderStatus
from screening.demand.orders.terms import OrderTerms
from screening.demand.postings.commands import write_to_applicants

R = ReferralState
KNOWS = frozenset({R.ASKED, R.CONSENTED, R.SUBMITTED, R.ACCEPTED, R.INTERVIEW, R.INTERVIEWED})
"""Proposals whose person has read the terms and still waits for something."""


def ask(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    terms: OrderTerms,
    explanation: str = "",
    by: Actor,
    at: dt.datetime,
) -> Amendment:
    """The firm wants other terms for its open order: better ones hold at once, worse ones wait for an officer.

    Raises `Invalid` when nothing changes or worse terms come without a reason, `TermsRefused` like an order, and
    `LeadsElsewhere` for a link or a number where people read the firm's words before an officer does.
    """
    for name in ("work_time", "workplace_address", "contact_name"):
        seen_words(getattr(terms, name), by=by, field=name)
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER:
        raise NotAllowed("근로조건은 구인기업이 바꿉니다.")
    if order.status is not OrderStatus.OPEN:
        raise NotAllowed(f"이 구인신청은 '{order.status.ko}' 상태라서 바꿀 수 없습니다.")
    if queries.waiting(session, order_id, viewer=by) is not None:
        raise NotAllowed("담당자가 살펴보고 있는 변경이 있습니다. 답을 받은 뒤에 다시 바꿔 주세요.")
    before = order.terms()
    names = changed(before, terms)
    if not names:
        raise Invalid("바뀐 곳이 없습니다.", field="explanation")
    if terms.headcount < max(order.filled, 1):
        raise Invalid(f"이미 {order.filled}명을 뽑았습니다. 그보다 적게 할 수 없습니다.", field="headcount")
    check_terms(terms, today=day_in_seoul(at))
    losses = worse(before, terms)
    if losses and len(explanation.strip()) < 10:
        raise Invalid(f"{' '.join(losses)} 왜 바꾸는지 10자 이상 적어 주세요.", field="explanation")
    amendment = Amendment(
        employer_id=order.employer_id,
        order_id=order.id,
        terms=terms.to_json(),
        worse=losses,
        explanation=explanation.strip()[:500],
        asked_at=at,
        allowed=None if losses else True,
        decided_at=None if losses else at,
    )
    session.add(amendment)
    if losses:
        record(session, "amendment.asked", amendment, by=by, at=at, order=order.number, fields=names)
    else:
        order.take(terms)
        record(
            session,
            "amendment.applied",
            amendment,
            also=(order,),
            by=by,
            at=at,
            order=order.number,
            fields=names,
        )
    return amendment


def decide(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    allowed: bool,
    answer: str = "",
    by: Actor,
    at: dt.datetime,
) -> Amendment:
    """An officer allows worse terms, and everyone who read the old ones is told; or refuses them with a reason."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    amendment = queries.waiting(session, order_id, viewer=by)
    if amendment is None or order.status is not OrderStatus.OPEN:
        raise NotAllowed("지금 정할 변경이 없습니다.")
    if not allowed and len(answer.strip()) < 10:
        raise Invalid("왜 바꿀 수 없는지 10자 이상 적어 주세요.", field="answer")
    amendment.allowed, amendment.decided_at, amendment.decided_by = allowed, at, by.account_id
    amendment.answer = answer.strip()[:500]
    told = 0
    also: tuple[JobOrder, ...] = ()
    if allowed:
        order.take(OrderTerms.from_json(amendment.terms))
        also, told = (order,), _tell_people(session, order, amendment.worse, at=at)
    record(
        session,
        "amendment.decided",
        amendment,
        also=also,
        by=by,
        at=at,
        order=order.number,
        allowed=allowed,
        told=told,
    )
    outcome = "바꾸었습니다" if allowed else "바꾸지 않았습니다"
    words = Words(
        kind="변경",
        subject=f"[이음] {order.title} 근로조건을 {outcome}",
        text=(f"지원하거나 추천받은 {told}명에게도 알렸습니다." if allowed else amendment.answer)
        + f"\n{BASE}/employer/orders/{order.id}",
    )
    tell_firm(session, order, words, at=at)
    return amendment


def _tell_people(session: orm.Session, order: JobOrder, losses: list[str], *, at: dt.datetime) -> int:
    people = session.scalars(
        sa.select(Referral.seeker_id).where(Referral.order_id == order.id, Referral.state.in_(KNOWS))
    ).all()
    lines = "\n".join(f"- {each}" for each in losses)
    words = Words(
        kind="변경",
        subject=f"[이음] {order.employer.name} '{order.title}'의 근로조건이 바뀌었습니다",
        sms=f"[이음] {order.employer.name} '{order.title}' 조건이 바뀌었습니다. {' '.join(losses)} "
        "원치 않으시면 알려 주세요.",
        text=f"{order.employer.name} '{order.title}'의 근로조건이 바뀌었습니다(채용절차법 제4조).\n\n{lines}\n\n"
        "이 조건을 원하지 않으시면 먼저 받으신 링크에서 철회하시거나 전화해 주세요. 불이익은 없습니다.",
    )
    for seeker_id in people:
        write_to_seeker(session, seeker_id=seeker_id, words=words, about_id=order.id, at=at)
    return len(people) + write_to_applicants(session, order, words, at=at)
