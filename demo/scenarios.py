"""The lives of the demo's orders, walked through the real commands at moments of the past."""

import datetime as dt
import random
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from demo.people import LICENCES, SKILLS, facts_for
from foundation.actors import Actor, Role
from foundation.clock import day_in_seoul
from foundation.database import SEOUL
from foundation.reference.business_days import add_business_days
from foundation.reference.employment_types import EmploymentType
from foundation.reference.minimum_wage import lowest_pay
from foundation.reference.occupations import OCCUPATIONS, suggest
from foundation.reference.wage_basis import WageBasis
from foundation.refusals import Refusal
from screening.casework.consents import commands as consents
from screening.casework.consents.models import Consent, ConsentAnswer
from screening.casework.criteria import commands as criteria
from screening.casework.criteria.lines import DEFAULT_WEIGHTS
from screening.casework.interviews import commands as interviews
from screening.casework.interviews.models import InterviewMode
from screening.casework.outcomes import commands as outcomes
from screening.casework.placements import commands as placements
from screening.casework.placements.checks import RetentionAnswer, RetentionCheck
from screening.casework.placements.models import LeavingReason, Placement
from screening.casework.referrals import commands as referrals
from screening.casework.referrals.models import Referral
from screening.casework.referrals.ranked import ranked
from screening.casework.referrals.states import Judgement, PassOverReason, ReferralState
from screening.casework.retention import commands as retention
from screening.casework.shortlists import commands as shortlists
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Power
from screening.demand.orders import commands as orders
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import CloseReason, OrderStatus
from screening.demand.orders.terms import OrderTerms
from screening.pool.index.index import PoolIndex
from screening.pool.seekers.models import Seeker, SeekerStatus

STAGES = (
    "filed", "signed", "fixing", "received", "open", "fixed", "suggested", "reviewed", "asked", "consented",
    "submitted", "accepted", "interview", "met", "hired", "told", "closed",
)  # fmt: skip
"""How far an order has come, in order; a life is walked up to one of them."""

BUSINESS_DAYS = {
    "filed": 0, "signed": 0, "fixing": 0, "received": 0, "open": 1, "fixed": 1, "suggested": 1, "reviewed": 1,
    "asked": 1, "consented": 2, "submitted": 2, "accepted": 3, "interview": 3, "met": 5, "hired": 6, "told": 6,
    "closed": 6,
}  # fmt: skip
"""Business days that a life with a diligent firm takes to each stage."""

MOST_RANKED = 60
ASKED = "전화로 확인했습니다"
OPINIONS = (
    "같은 일을 꾸준히 해 온 분입니다.",
    "일을 빨리 익히고 시간 약속을 잘 지킵니다.",
    "통근이 가깝고 오래 다니고 싶어 합니다.",
)


@dataclass
class Life:
    """One order on its way: who acts, when the next thing happens, and the luck it has."""

    session: orm.Session
    index: PoolIndex
    firm: Actor
    officer: Actor
    center: str
    chance: random.Random
    at: dt.datetime
    diligence: float

    def later(self, days: int = 0, hours: int = 1) -> dt.datetime:
        """Move on by business days and hours, within office hours."""
        day = add_business_days(day_in_seoul(self.at), days) if days else day_in_seoul(self.at)
        hour = min(self.at.astimezone(SEOUL).hour + hours, 17) if not days else 9 + self.chance.randint(0, 7)
        moved = dt.datetime.combine(day, dt.time(hour, self.chance.randint(0, 59)), SEOUL)
        self.at = max(moved, self.at + dt.timedelta(minutes=1))
        return self.at


def terms_for(
    kind: str, *, firm_district: str | None, address: str, person: str, email: str, life: Life
) -> OrderTerms:
    """Lawful terms for a kind of work at a firm."""
    occupation = suggest(kind)
    assert occupation is not None
    today, chance = day_in_seoul(life.at), life.chance
    starts_on = today + dt.timedelta(days=chance.randint(25, 45))
    part = chance.random() < 0.12
    hours = 20 if part else 40
    lowest = lowest_pay(starts_on, WageBasis.MONTH, hours)
    wage = lowest // 10_000 * 10_000 + chance.choice((1, 5, 10, 20, 30, 45, 60)) * 10_000
    fixed = chance.random() < 0.2
    licences = facts_for(LICENCES, kind)
    kinds = (
        (EmploymentType.PERMANENT_PART, EmploymentType.FIXED_PART)
        if part
        else (EmploymentType.PERMANENT, EmploymentType.FIXED)
    )
    return OrderTerms(
        title=OCCUPATIONS[occupation.code].name[:60],
        occupation_code=occupation.code,
        duties=f"{kind} 업무. {', '.join(facts_for(SKILLS, kind)) or '맡은 일'}을 합니다.",
        headcount=chance.choice((1, 1, 1, 2, 2, 3)),
        employment_type=kinds[fixed],
        contract_months=12 if fixed else None,
        starts_on=starts_on,
        weekly_hours=hours,
        work_days=5,
        work_time="09:00~13:00" if part else "09:00~18:00",
        wage_basis=WageBasis.MONTH,
        wage_won=wage,
        workplace_district=firm_district,
        workplace_address=address,
        contact_name=person,
        contact_phone="025550100",
        contact_email=email,
        career_months=chance.choice((0, 0, 0, 6, 12)),
        licences=licences if licences and chance.random() < 0.4 else (),
        skills=facts_for(SKILLS, kind)[:2],
        closes_on=None,
    )


def _late(order: JobOrder, life: Life) -> bool:
    return order.starts_on is not None and day_in_seoul(life.at) > order.starts_on


def walk(life: Life, terms: OrderTerms, *, up_to: str) -> JobOrder:
    """File an order and take it as far as `up_to`; it stops earlier when nobody fits or agrees."""
    goal = STAGES.index(up_to)
    session = life.session
    order = orders.submit(session, terms=terms, by=life.firm, at=life.at)
    if goal < STAGES.index("signed"):
        return order
    signing = life.later()
    code = mandates.ask_for_code(session, order_id=order.id, by=life.firm, at=signing)
    mandates.sign(
        session,
        code=code,
        order_id=order.id,
        powers=list(Power),
        valid_until=day_in_seoul(life.at) + dt.timedelta(days=180),
        typed_name=life.firm.name,
        center=life.center,
        by=life.firm,
        at=signing,
    )
    if goal < STAGES.index("fixing"):
        return order
    orders.receive(session, order_id=order.id, by=life.officer, at=life.later())
    if up_to == "fixing":
        requests = {"work_time": "쉬는 시간이 언제인지 함께 적어 주세요."}
        orders.ask_correction(session, order_id=order.id, requests=requests, by=life.officer, at=life.later())
        return order
    if goal < STAGES.index("open"):
        return order
    orders.approve(session, order_id=order.id, by=life.officer, at=life.later(1))
    if goal < STAGES.index("fixed"):
        return order
    criteria.fix(
        session, order_id=order.id, weights=DEFAULT_WEIGHTS, needs={}, by=life.officer, at=life.later()
    )
    if goal < STAGES.index("suggested"):
        return order
    return _find(life, order, goal)


def _find(life: Life, order: JobOrder, goal: int) -> JobOrder:
    session = life.session
    free = _free(life, order)[: order.headcount * 2 + 2]
    if not free:
        return order
    found = referrals.suggest(
        session, order_id=order.id, seeker_ids=free, index=life.index, by=life.officer, at=life.later()
    )
    if goal < STAGES.index("reviewed"):
        return order
    for number, referral in enumerate(found):
        lines = referrals.sheet_lines(referral)
        judgements = {
            line.key: Judgement.MET
            if line.judgement is Judgement.UNKNOWN and life.chance.random() < 0.5
            else line.judgement
            for line in lines
        }
        asked = [line.key for line in lines if line.judgement is not judgements[line.key]]
        referrals.review(
            session,
            referral_id=referral.id,
            judgements=judgements,
            evidence=dict.fromkeys(asked, ASKED),
            opinion=life.chance.choice(OPINIONS),
            eligible=number < order.headcount * 2 + 1,
            by=life.officer,
            at=life.later(hours=0),
        )
    if goal < STAGES.index("asked"):
        return order
    eligible = [referral for referral in found if referral.state is ReferralState.ELIGIBLE]
    for referral in eligible:
        consents.ask(session, referral_id=referral.id, by=life.officer, at=life.later(hours=0))
    if goal < STAGES.index("consented"):
        return order
    seeker = Actor(role=Role.SEEKER, name="본인")
    life.later(1)
    for place, referral in enumerate(eligible):
        consent = session.scalars(sa.select(Consent).where(Consent.referral_id == referral.id)).one()
        says = ConsentAnswer.YES if place == 0 or life.chance.random() < 0.85 else ConsentAnswer.NO
        consents.answer(session, consent_id=consent.id, says=says, by=seeker, at=life.at)
    if goal < STAGES.index("submitted"):
        return order
    agreed = [referral for referral in eligible if referral.state is ReferralState.CONSENTED]
    shortlists.submit(
        session,
        order_id=order.id,
        referral_ids=[each.id for each in agreed],
        by=life.officer,
        at=life.later(),
    )
    if goal < STAGES.index("accepted"):
        return order
    return _meet(life, order, agreed, goal)


def _free(life: Life, order: JobOrder) -> list[uuid.UUID]:
    """The best people who had registered by then and are not proposed too often."""
    people = ranked(
        life.session,
        order.id,
        index=life.index,
        viewer=life.officer,
        on=day_in_seoul(life.at),
        size=MOST_RANKED,
    ).people
    there = set(
        life.session.scalars(
            sa.select(Seeker.id).where(
                Seeker.id.in_([each.seeker.id for each in people]),
                Seeker.status == SeekerStatus.ACTIVE,
                Seeker.registered_on <= day_in_seoul(life.at),
            )
        )
    )
    return [each.seeker.id for each in people if each.seeker.id in there and each.proposed_elsewhere < 3]


def _meet(life: Life, order: JobOrder, agreed: list[Referral], goal: int) -> JobOrder:
    session = life.session
    answers = {
        referral.id: shortlists.FirmAnswer(yes=True)
        if place <= order.headcount
        else shortlists.FirmAnswer(yes=False, reason=PassOverReason.SKILL)
        for place, referral in enumerate(agreed)
    }
    life.later(1 if life.chance.random() < life.diligence else 7)
    shortlists.answer(session, order_id=order.id, answers=answers, by=life.firm, at=life.at)
    if goal < STAGES.index("interview"):
        return order
    accepted = [referral for referral in agreed if referral.state is ReferralState.ACCEPTED]
    life.later()
    day = add_business_days(day_in_seoul(life.at), 2)
    over_at = life.at
    for place, referral in enumerate(accepted):
        interviews.schedule(
            session,
            referral_id=referral.id,
            starts_at=dt.datetime.combine(day, dt.time(10 + place % 7), SEOUL),
            place=order.workplace_address,
            mode=InterviewMode.ACCOMPANIED if order.accompany else InterviewMode.VISIT,
            by=life.officer,
            at=life.at,
        )
        over_at = dt.datetime.combine(day, dt.time(11 + place % 7), SEOUL)
    if goal < STAGES.index("met"):
        return order
    life.at = max(life.later(2), over_at)
    for referral in accepted:
        interviews.hold(session, referral_id=referral.id, came=True, by=life.officer, at=life.at)
    if goal < STAGES.index("hired"):
        return order
    life.later(1)
    for referral in accepted[: order.headcount]:
        placements.hire(
            session,
            referral_id=referral.id,
            starts_on=max(order.starts_on or day_in_seoul(life.at), day_in_seoul(life.at)),
            explanation="면접이 늦어져 첫 출근일을 함께 다시 정했습니다." if _late(order, life) else "",
            wage_won=order.wage_won or 0,
            employment_type=order.employment_type,
            by=life.firm,
            at=life.at,
        )
    if goal < STAGES.index("told"):
        return order
    if outcomes.untold(session, order.id):
        outcomes.tell(
            session, order_id=order.id, words=outcomes.default_words(order), by=life.officer, at=life.later()
        )
    if goal < STAGES.index("closed"):
        return order
    reason = CloseReason.FILLED if order.filled == order.headcount else CloseReason.PARTLY
    outcomes.close(session, order_id=order.id, reason=reason, by=life.officer, at=life.later())
    return order


def end(life: Life, order: JobOrder) -> None:
    """Close an order for which nobody was found, with its reason, after telling whoever agreed."""
    if order.status is not OrderStatus.OPEN:
        return
    if outcomes.untold(life.session, order.id):
        words = outcomes.default_words(order)
        outcomes.tell(life.session, order_id=order.id, words=words, by=life.officer, at=life.later(3))
    reason = CloseReason.PARTLY if order.filled else CloseReason.EXPERIENCE
    outcomes.close(life.session, order_id=order.id, reason=reason, by=life.officer, at=life.later(1))


def answer_checks(life: Life, order: JobOrder, *, until: dt.date, stay: float) -> None:
    """Answer the retention checks of an order that fell due by a day, as its firm would have."""
    for placement in placements.of_order(life.session, order.id):
        _answer_of(life, placement, until, stay)


def _answer_of(life: Life, placement: Placement, until: dt.date, stay: float) -> None:
    checks = life.session.scalars(
        sa.select(RetentionCheck)
        .where(RetentionCheck.placement_id == placement.id, RetentionCheck.due_on <= until)
        .order_by(RetentionCheck.day)
    ).all()
    for check in checks:
        moment = dt.datetime.combine(check.due_on, dt.time(10), SEOUL)
        retention.ask(life.session, retention.due_checks(life.session, at=moment), at=moment)
        stays = life.chance.random() < stay
        try:
            retention.confirm(
                life.session,
                check_id=check.id,
                answer=RetentionAnswer.STILL if stays else RetentionAnswer.LEFT,
                left_on=None if stays else check.due_on - dt.timedelta(days=life.chance.randint(1, 20)),
                reason=None if stays else LeavingReason.OWN_WISH,
                by=life.firm,
                at=moment + dt.timedelta(hours=4),
            )
        except Refusal:
            return
        if not stays:
            return
