"""What happens to an order: submitted, received, corrected, approved, refused, withdrawn, closed."""

import datetime as dt
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.actors import Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import new_id
from foundation.messages.commands import BASE, Words
from foundation.numbers import next_number
from foundation.reference.business_days import add_business_days
from foundation.refusals import Invalid, NotAllowed, Refusal
from screening.demand.orders import lawful, queries
from screening.demand.orders.letters import tell_firm
from screening.demand.orders.models import JobOrder, OrderCorrection, OrderDraft, OrderException
from screening.demand.orders.policies import may_correct, may_work
from screening.demand.orders.states import ORDER_STATES, OrderStatus, RefusalGround
from screening.demand.orders.terms import FIELD_KO, FieldError, OrderTerms, errors_in

CORRECTION_DAYS = 5
"""Business days a firm has to answer a correction."""


class TermsRefused(Refusal):
    """The terms cannot be submitted as they are; carries every field error and every unlawful finding."""

    status = 422

    def __init__(self, errors: list[FieldError], findings: list[lawful.Finding]) -> None:
        super().__init__("제출하기 전에 고칠 곳이 있습니다.")
        self.errors = errors
        self.findings = findings


def start_draft(
    session: orm.Session,
    *,
    typed: Mapping[str, Any],
    lead_id: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> OrderDraft:
    """Begin an order; a draft that begins the same and was not touched since is taken up, so two clicks make one.

    A draft that claims a lead bears the lead's id, as the order will: whoever begins it again goes on with it.
    """
    if by.account_id is not None:
        session.get_one(Account, by.account_id, with_for_update={"of": Account})
    if lead_id is not None:
        known = session.get(OrderDraft, lead_id)
        if known is not None and known.employer_id == by.organisation_id:
            return known
        return save_draft(session, draft_id=None, typed=typed, step=1, begun_as=lead_id, by=by, at=at)
    begun = (each for each in queries.drafts(session, viewer=by) if each.account_id == by.account_id)
    untouched = next((each for each in begun if each.step == 1 and each.typed == typed), None)
    return untouched or save_draft(session, draft_id=None, typed=typed, step=1, by=by, at=at)


def save_draft(
    session: orm.Session,
    *,
    draft_id: uuid.UUID | None,
    typed: Mapping[str, Any],
    step: int,
    shown: Mapping[str, Any] | None = None,
    begun_as: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> OrderDraft:
    """Keep what was typed so far, merged over what is already there; nothing typed is ever dropped.

    `shown` is what the writer's page showed: what was left as shown is not taken, so that an old tab or another
    device overwrites nothing that was typed elsewhere meanwhile.
    Without `draft_id` a new draft begins, under the id `begun_as` if one is given.
    """
    if by.role is not Role.EMPLOYER or by.organisation_id is None or by.account_id is None:
        raise NotAllowed("구인신청은 구인기업이 씁니다.")
    if draft_id is None:
        draft = OrderDraft(
            id=begun_as or new_id(),
            employer_id=by.organisation_id,
            account_id=by.account_id,
            typed={},
            saved_at=at,
        )
        session.add(draft)
    else:
        draft = queries.draft(session, draft_id, viewer=by, lock=True)
    draft.typed = {**draft.typed, **changed_on_page(typed, shown)}
    draft.step, draft.saved_at = step, at
    session.flush()
    return draft


def changed_on_page(typed: Mapping[str, Any], shown: Mapping[str, Any] | None) -> dict[str, Any]:
    """What differs from what the page showed; line ends do not count, and without `shown` everything does."""
    return {
        name: value
        for name, value in typed.items()
        if shown is None or name not in shown or _line_ends(value) != _line_ends(shown[name])
    }


def _line_ends(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def discard_draft(session: orm.Session, *, draft_id: uuid.UUID, by: Actor) -> None:
    """Throw an unfinished order away."""
    session.delete(queries.draft(session, draft_id, viewer=by, lock=True))
    session.flush()


def check_terms(
    terms: OrderTerms, *, today: dt.date, reasons: Mapping[str, str] = MappingProxyType({})
) -> list[lawful.Finding]:
    """Every finding about the terms; raises `TermsRefused` when a field or the law stands against them.

    `reasons` says, by ground, why a condition the law allows only in some settings is needed here.
    """
    findings = lawful.check(terms)
    errors, blocked = errors_in(terms, today=today), lawful.blocking(findings, reasons)
    if errors or blocked:
        raise TermsRefused(errors, blocked)
    return findings


def submit(
    session: orm.Session,
    *,
    terms: OrderTerms,
    reasons: Mapping[str, str] = MappingProxyType({}),
    draft_id: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> JobOrder:
    """The firm files an order and gets its receipt number; the draft it came from is gone and leaves it its id.

    Raises `NotFound` when the draft was filed or discarded meanwhile.
    """
    if by.role is not Role.EMPLOYER or by.organisation_id is None:
        raise NotAllowed("구인신청은 구인기업이 냅니다.")
    findings = check_terms(terms, today=day_in_seoul(at), reasons=reasons)
    if draft_id is not None:
        discard_draft(session, draft_id=draft_id, by=by)
    order = JobOrder(
        id=draft_id or new_id(),
        number=next_order_number(session, at=at),
        employer_id=by.organisation_id,
        status=OrderStatus.SUBMITTED,
        submitted_at=at,
        filed_by=by.account_id,
    )
    order.take(terms)
    session.add(order)
    session.flush()
    asked = _ask_exceptions(session, order, findings, reasons, at=at)
    record(
        session,
        "order.submitted",
        order,
        also=asked,
        by=by,
        at=at,
        order=order.number,
        headcount=order.headcount,
        exceptions=len(asked),
    )
    return order


def _ask_exceptions(
    session: orm.Session,
    order: JobOrder,
    findings: list[lawful.Finding],
    reasons: Mapping[str, str],
    *,
    at: dt.datetime,
) -> tuple[OrderException, ...]:
    """Put the conditions that need an officer's yes before one; the same words with the same reason keep theirs."""
    wanted = lawful.to_explain(findings)
    changed = []
    for known in list(order.exceptions):
        finding = wanted.pop(known.ground, None)
        reason = reasons.get(known.ground, "").strip() or known.reason
        if finding is None:
            order.exceptions.remove(known)
            session.delete(known)
        elif (known.found, known.reason) != (finding.found, reason):
            known.found, known.reason, known.field, known.asked_at = finding.found, reason, finding.field, at
            known.allowed = known.decided_at = known.decided_by = None
        changed.append(known)
    for ground, finding in wanted.items():
        asked = OrderException(
            employer_id=order.employer_id,
            order_id=order.id,
            ground=ground,
            field=finding.field,
            found=finding.found[:300],
            reason=reasons[ground].strip()[:500],
            asked_at=at,
        )
        order.exceptions.append(asked)
        changed.append(asked)
    session.flush()
    return tuple(changed)


def decide_exception(
    session: orm.Session, *, order_id: uuid.UUID, ground: str, allowed: bool, by: Actor, at: dt.datetime
) -> OrderException:
    """An officer decides whether the law's exception holds here; without every yes the order cannot be approved."""
    order = queries.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    asked = next((each for each in order.exceptions if each.ground == ground), None)
    if asked is None or order.status is not OrderStatus.RECEIVED:
        raise NotAllowed("지금 정할 예외가 없습니다.")
    asked.allowed, asked.decided_at, asked.decided_by = allowed, at, by.account_id
    record(
        session,
        "order.exception_decided",
        asked,
        by=by,
        at=at,
        order=order.number,
        ground=ground,
        allowed=allowed,
    )
    return asked


def claim(
    session: orm.Session,
    *,
    lead_id: uuid.UUID,
    terms: OrderTerms,
    reasons: Mapping[str, str] = MappingProxyType({}),
    draft_id: uuid.UUID | None = None,
    by: Actor,
    at: dt.datetime,
) -> JobOrder:
    """The firm makes a lead from the public feed its own order, with complete and lawful terms, and files it."""
    lead = queries.lead_for(session, lead_id, viewer=by, lock=True)
    findings = check_terms(terms, today=day_in_seoul(at), reasons=reasons)
    lead.status = ORDER_STATES.after("claim", lead.status)
    former = lead.employer_id
    lead.employer_id = by.organisation_id or former
    lead.submitted_at, lead.filed_by = at, by.account_id
    lead.take(terms)
    if draft_id is not None:
        discard_draft(session, draft_id=draft_id, by=by)
    session.flush()
    asked = _ask_exceptions(session, lead, findings, reasons, at=at)
    record(
        session,
        "lead.claimed",
        lead,
        also=asked,
        by=by,
        at=at,
        former=str(former),
        request_number=lead.source_number,
    )
    session.expire(lead, ["employer"])
    return lead


def next_order_number(session: orm.Session, *, at: dt.datetime) -> str:
    """`2026-000142`: the year of receipt in Seoul and a gap-free count."""
    year = day_in_seoul(at).year
    return f"{year}-{next_number(session, f'order-{year}'):06d}"


def receive(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> JobOrder:
    """An officer takes the order in and becomes its officer."""
    order = queries.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    order.status = ORDER_STATES.after("receive", order.status)
    order.received_at, order.officer_id = at, by.account_id
    record(session, "order.received", order, by=by, at=at, order=order.number)
    return order


def ask_correction(
    session: orm.Session, *, order_id: uuid.UUID, requests: Mapping[str, str], by: Actor, at: dt.datetime
) -> JobOrder:
    """Ask the firm to correct fields, each in the officer's own words, with a day by which to answer."""
    order = queries.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    asked = {name: words.strip() for name, words in requests.items() if words.strip()}
    if not asked or not set(asked) <= set(FIELD_KO):
        raise Invalid("고칠 칸을 고르고 무엇을 고칠지 적어 주세요.", field="request")
    order.status = ORDER_STATES.after("ask_correction", order.status)
    due_on = add_business_days(day_in_seoul(at), CORRECTION_DAYS)
    rows = [
        OrderCorrection(
            employer_id=order.employer_id,
            order_id=order.id,
            field=name,
            request=words,
            asked_at=at,
            due_on=due_on,
        )
        for name, words in asked.items()
    ]
    session.add_all(rows)
    record(
        session,
        "order.correction_asked",
        order,
        also=tuple(rows),
        by=by,
        at=at,
        order=order.number,
        fields=sorted(asked),
    )
    lines = "\n".join(f"- {FIELD_KO[name]}: {words}" for name, words in asked.items())
    _write_to_firm(
        session,
        order,
        kind="보완요청",
        task="correct",
        subject=f"[이음] {order.title} 구인신청에 고칠 곳이 {len(asked)}곳 있습니다",
        text=f"담당자가 아래를 고쳐 달라고 했습니다.\n{lines}\n\n{due_on.month}월 {due_on.day}일까지 고쳐 주세요."
        f"\n{BASE}/employer/orders/{order.id}/correct",
        at=at,
    )
    return order


def open_corrections(order: JobOrder) -> list[OrderCorrection]:
    """What the firm has still to answer."""
    return [correction for correction in order.corrections if correction.answered_at is None]


def correct(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    terms: OrderTerms,
    reasons: Mapping[str, str] = MappingProxyType({}),
    by: Actor,
    at: dt.datetime,
) -> JobOrder:
    """The firm sends the corrected terms; the same checks apply as on submitting, reasons given before still hold."""
    order = queries.get(session, order_id, viewer=by, lock=True)
    may_correct(by, order).or_raise()
    given = {each.ground: each.reason for each in order.exceptions}
    findings = check_terms(terms, today=day_in_seoul(at), reasons={**given, **reasons})
    before = order.terms()
    order.take(terms)
    order.status = ORDER_STATES.after("correct", order.status)
    answered: list[OrderCorrection | OrderException] = [*open_corrections(order)]
    for correction in open_corrections(order):
        correction.answered_at = at
    answered += _ask_exceptions(session, order, findings, {**given, **reasons}, at=at)
    changed = [name for name in FIELD_KO if getattr(before, name) != getattr(terms, name)]
    record(
        session,
        "order.corrected",
        order,
        also=tuple(answered),
        by=by,
        at=at,
        order=order.number,
        fields=changed,
    )
    return order


def approve(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> JobOrder:
    """구인인증: the order is lawful and complete, the center starts looking."""
    order = queries.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    if any(not each.allowed for each in order.exceptions):
        raise NotAllowed("법의 예외를 부탁한 조건이 남아 있습니다. 인정하거나, 고칠 곳으로 알려 주세요.")
    order.status = ORDER_STATES.after("approve", order.status)
    order.approved_at = at
    record(session, "order.approved", order, by=by, at=at, order=order.number)
    _write_to_firm(
        session,
        order,
        kind="승인",
        subject=f"[이음] {order.title} 구인신청을 승인했습니다",
        text="위임이 있으면 센터가 바로 맞는 분을 찾아, 첫 추천을 5영업일 안에 보내 드립니다."
        f"\n{BASE}/employer/orders/{order.id}",
        at=at,
    )
    return order


def refuse(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    ground: RefusalGround,
    explanation: str,
    by: Actor,
    at: dt.datetime,
) -> JobOrder:
    """수리거부 on one of the four statutory grounds, explained (직업안정법 제8조, 시행령 제5조)."""
    order = queries.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    if len(explanation.strip()) < 10:
        raise Invalid("왜 받을 수 없는지 10자 이상으로 설명해 주세요.", field="explanation")
    order.status = ORDER_STATES.after("refuse", order.status)
    order.refusal_ground, order.explanation = ground, explanation.strip()
    record(session, "order.refused", order, by=by, at=at, order=order.number, ground=ground.value)
    _write_to_firm(
        session,
        order,
        kind="반려",
        subject=f"[이음] {order.title} 구인신청을 받을 수 없습니다",
        text=f"{ground.ko}에 해당합니다.\n\n{order.explanation}\n\n{BASE}/employer/orders/{order.id}",
        at=at,
    )
    return order


def _write_to_firm(
    session: orm.Session,
    order: JobOrder,
    *,
    kind: str,
    subject: str,
    text: str,
    at: dt.datetime,
    task: str = "",
) -> None:
    words = Words(kind=kind, subject=subject, text=text, task=task)
    tell_firm(session, order, words, at=at)
