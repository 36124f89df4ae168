"""Asking for consent, answering, and taking it back."""

import datetime as dt
import uuid

from sqlalchemy import orm

from foundation.actors import Actor, Role
from foundation.audit.commands import record
from foundation.clock import closing_time, day_in_seoul
from foundation.links.commands import issue
from foundation.links.models import LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_seeker
from foundation.reference.business_days import add_business_days
from foundation.refusals import Invalid, Refusal
from screening.casework.consents import queries
from screening.casework.consents.models import Consent, ConsentAnswer
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import REFERRAL_STATES, ReferralState
from screening.demand.mandates.commands import may_act
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as orders
from screening.demand.orders.models import JobOrder
from screening.demand.orders.policies import may_work

WORDING = "동의문 1판"
ITEMS = ("name", "phone", "email")
ITEM_KO = {"name": "이름", "phone": "전화번호", "email": "이메일"}
ANSWER_DAYS = 2
VALID_DAYS = 60
LINK_DAYS = 60


class TooLate(Refusal):
    """The day by which an answer was asked for has passed."""

    status = 410


def ask(session: orm.Session, *, referral_id: uuid.UUID, by: Actor, at: dt.datetime) -> Consent:
    """Ask an eligible person, by SMS and mail, whether they may be proposed to this firm.

    Whoever did not answer in time may be asked again: the same question with a new last day.
    """
    order_id = referrals.get(session, referral_id, viewer=by).order_id
    order = orders.get(session, order_id, viewer=by, lock=True)
    referral = referrals.get(session, referral_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    may_act(session, order, Power.CONTACT, at=at).or_raise()
    consent = queries.of_referral(session, referral.id)
    if consent is None or not lapsed(consent, referral, at=at):
        referral.state = REFERRAL_STATES.after("ask", referral.state)
    referral.asked_at = referral.changed_at = at
    today = day_in_seoul(at)
    answer_by = add_business_days(today, ANSWER_DAYS)
    if consent is None:
        consent = Consent(
            employer_id=order.employer_id,
            referral_id=referral.id,
            seeker_id=referral.seeker_id,
            items=list(ITEMS),
            wording=WORDING,
        )
        session.add(consent)
    consent.asked_at, consent.answer_by = at, answer_by
    consent.until = today + dt.timedelta(days=VALID_DAYS)
    session.flush()
    link, path = issue(
        session,
        purpose=LinkPurpose.CONSENT,
        subject_id=consent.id,
        holder_id=referral.seeker_id,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
        at=at,
    )
    write_to_seeker(
        session,
        seeker_id=referral.seeker_id,
        words=_question(order, answer_by, path),
        about_id=order.id,
        at=at,
    )
    record(session, "consent.asked", consent, also=(referral, link), by=by, at=at, order=order.number)
    return consent


def ask_everyone(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> list[Consent]:
    """Ask every eligible person of an order, or, when nobody is left to ask, those who let their last day pass."""
    people = referrals.of_order(session, order_id, viewer=by)
    eligible = [each for each in people if each.state is ReferralState.ELIGIBLE]
    asked = queries.of_referrals(session, [each.id for each in people])
    silent = [each for each in people if each.id in asked and lapsed(asked[each.id], each, at=at)]
    if not eligible and not silent:
        raise Invalid("동의를 물을 분이 없습니다. 먼저 서류를 심사해 주세요.")
    return [ask(session, referral_id=each.id, by=by, at=at) for each in eligible or silent]


def _question(order: JobOrder, answer_by: dt.date, path: str) -> Words:
    firm = order.employer.name
    last = f"{answer_by.month}월 {answer_by.day}일 18시"
    return Words(
        kind="동의",
        subject=f"[이음] {firm} {order.title}에 추천해도 될까요?",
        sms=f"[이음] {firm} '{order.title}'에 추천해도 될까요? {last}까지 답해 주세요.\n{BASE}{path}",
        text=f"{firm}에서 '{order.title}' 자리를 구합니다.\n추천해도 될지 {last}까지 아래에서 답해 주세요."
        f"\n{BASE}{path}\n\n답이 없으면 추천하지 않습니다. 안 해도 불이익이 없습니다.",
    )


def may_answer(consent: Consent, referral: Referral, *, at: dt.datetime) -> bool:
    """Whether the question is still open: unanswered, in time, and about an order that still goes on."""
    asked = consent.answer is None and referral.state is ReferralState.ASKED
    return asked and at <= closing_time(consent.answer_by)


def lapsed(consent: Consent, referral: Referral, *, at: dt.datetime) -> bool:
    """Whether the last day passed without an answer, so that the question may be put again."""
    asked = consent.answer is None and referral.state is ReferralState.ASKED
    return asked and at > closing_time(consent.answer_by)


def answer(
    session: orm.Session, *, consent_id: uuid.UUID, says: ConsentAnswer, by: Actor, at: dt.datetime
) -> Consent:
    """The seeker's answer, once; raises `TooLate` after the last day."""
    consent, referral, _order = queries.of_link(session, consent_id, lock=True)
    if consent.answer is not None:
        return consent
    if referral.state is ReferralState.ENDED:
        raise TooLate("이 자리는 채용이 끝났습니다. 맞는 자리를 계속 찾아 드리겠습니다.")
    if not may_answer(consent, referral, at=at):
        raise TooLate("답할 수 있는 날이 지났습니다. 상담사에게 전화해 주시면 다시 여쭙겠습니다.")
    yes = says is ConsentAnswer.YES
    referral.state = REFERRAL_STATES.after("consent" if yes else "decline", referral.state)
    referral.changed_at = at
    consent.answer, consent.answered_at = says, at
    consent.channel = "link" if by.role is Role.SEEKER else "phone"
    record(session, "consent.answered", consent, also=(referral,), by=by, at=at, says=says.value)
    return consent


def withdraw(session: orm.Session, *, consent_id: uuid.UUID, by: Actor, at: dt.datetime) -> Consent:
    """The seeker takes the yes back: the profile disappears from the firm's pages at once."""
    consent, referral, _order = queries.of_link(session, consent_id, lock=True)
    if consent.withdrawn_at is not None:
        return consent
    if consent.answer is not ConsentAnswer.YES:
        raise Invalid("아직 동의하지 않으셔서 철회할 것이 없습니다.")
    consent.withdrawn_at = at
    also: tuple[Referral, ...] = ()
    sources, _ = REFERRAL_STATES.moves["withdraw"]
    if referral.state in sources:
        referral.state, referral.changed_at = REFERRAL_STATES.after("withdraw", referral.state), at
        also = (referral,)
    record(session, "consent.withdrawn", consent, also=also, by=by, at=at)
    return consent
