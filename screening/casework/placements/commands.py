"""Confirming a hire."""

import datetime as dt
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.messages.commands import Words, write_to_seeker
from foundation.reference.business_days import day_words
from foundation.reference.employment_types import EmploymentType
from foundation.refusals import Invalid, NotAllowed, Refusal
from screening.casework.placements.checks import CHECK_DAYS, RetentionCheck
from screening.casework.placements.models import Placement
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import REFERRAL_STATES, ReferralState
from screening.demand.orders import queries as orders
from screening.demand.orders.lawful import wage_finding
from screening.demand.orders.models import JobOrder
from screening.demand.orders.severity import Severity
from screening.demand.orders.states import OrderStatus
from screening.pool.seekers.models import Seeker, SeekerStatus


class HeadcountReached(Refusal):
    """Every opening of the order is filled already."""

    def __init__(self) -> None:
        super().__init__("모집인원을 이미 모두 뽑았습니다. 더 뽑으려면 새로 구인신청을 해 주세요.")


LATE_DAYS = 14
"""A start so many days beside the advertised one counts as another term."""


def differences(
    order: JobOrder, *, wage_won: int, employment_type: EmploymentType, starts_on: dt.date | None = None
) -> list[str]:
    """How the terms of a hire differ from what was advertised, to its person's loss (채용절차법 제4조 제3항)."""
    found = []
    if order.wage_won is not None and wage_won < order.wage_won:
        found.append(f"임금이 구인신청보다 {order.wage_won - wage_won:,}원 적습니다.")
    if employment_type is not order.employment_type:
        found.append(f"고용형태가 '{order.employment_type.ko}'에서 '{employment_type.ko}'로 바뀌었습니다.")
    if starts_on and order.starts_on and abs((starts_on - order.starts_on).days) > LATE_DAYS:
        found.append(f"첫 출근일이 구인신청의 {day_words(order.starts_on)}과 다릅니다.")
    return found


def hire(
    session: orm.Session,
    *,
    referral_id: uuid.UUID,
    starts_on: dt.date,
    wage_won: int,
    employment_type: EmploymentType,
    explanation: str = "",
    by: Actor,
    at: dt.datetime,
) -> Placement:
    """Hire a person who was interviewed (or accepted after all): their other proposals end by themselves.

    Differences from the order must be explained. The order stays locked while its filled openings are compared and
    raised, and a CHECK forbids more than the headcount, so two clicks at once cannot overfill.
    """
    if by.role not in OFFICERS | {Role.EMPLOYER}:
        raise NotAllowed("채용은 기업이 정합니다.")
    order_id = referrals.get(session, referral_id, viewer=by).order_id
    order = orders.get(session, order_id, viewer=by, lock=True)
    referral = referrals.get(session, referral_id, viewer=by, lock=True)
    if order.status is not OrderStatus.OPEN or order.wage_basis is None or order.weekly_hours is None:
        raise NotAllowed(f"이 구인은 '{order.status.ko}' 상태입니다.")
    if order.filled >= order.headcount:
        raise HeadcountReached
    today = day_in_seoul(at)
    if not today - dt.timedelta(days=60) <= starts_on <= today + dt.timedelta(days=365):
        raise Invalid("입사일은 두 달 전부터 1년 뒤 사이로 적어 주세요.", field="starts_on")
    if wage_won <= 0:
        raise Invalid("임금을 원 단위로 적어 주세요.", field="wage_won")
    unlawful = wage_finding(
        starts_on=starts_on,
        basis=order.wage_basis,
        won=wage_won,
        weekly_hours=order.weekly_hours,
        work_days=order.work_days,
    )
    if unlawful is not None and unlawful.severity is Severity.REFUSE:
        raise Invalid(unlawful.headline, field="wage_won")
    worse = differences(order, wage_won=wage_won, employment_type=employment_type, starts_on=starts_on)
    if worse and len(explanation.strip()) < 10:
        raise Invalid(f"{' '.join(worse)} 이유를 10자 이상 적어 주세요.", field="explanation")
    referral.state = REFERRAL_STATES.after("hire", referral.state)
    referral.changed_at = referral.told_at = at
    order.filled += 1
    placement = Placement(
        employer_id=order.employer_id,
        order_id=order.id,
        referral_id=referral.id,
        seeker_id=referral.seeker_id,
        hired_at=at,
        starts_on=starts_on,
        employment_type=employment_type,
        wage_basis=order.wage_basis,
        wage_won=wage_won,
        weekly_hours=order.weekly_hours,
        explanation=explanation.strip(),
    )
    session.add(placement)
    session.flush()
    checks = [
        RetentionCheck(placement_id=placement.id, day=day, due_on=starts_on + dt.timedelta(days=day))
        for day in CHECK_DAYS
    ]
    session.add_all(checks)
    others = _end_other_proposals(session, referral, at)
    seeker = session.get_one(Seeker, referral.seeker_id)
    seeker.status, seeker.changed_at = SeekerStatus.PLACED, at
    record(
        session,
        "placement.hired",
        placement,
        also=(referral, order, seeker, *checks, *others),
        by=by,
        at=at,
        order=order.number,
        ended_elsewhere=len(others),
    )
    write_to_seeker(
        session,
        seeker_id=referral.seeker_id,
        words=Words(
            kind="채용",
            subject=f"[이음] {order.employer.name}에 채용되셨습니다",
            sms=f"[이음] 축하합니다. {order.employer.name}에 채용되셨습니다. "
            f"첫 출근 {starts_on.month}월 {starts_on.day}일",
            text=f"축하합니다. {order.employer.name} '{order.title}'에 채용되셨습니다.\n"
            f"첫 출근일은 {starts_on.year}년 {starts_on.month}월 {starts_on.day}일입니다.\n"
            "근로계약서를 꼭 받아 두세요(근로기준법 제17조).",
        ),
        about_id=order.id,
        at=at,
    )
    return placement


def _end_other_proposals(session: orm.Session, referral: Referral, at: dt.datetime) -> list[Referral]:
    sources, _ = REFERRAL_STATES.moves["hire_elsewhere"]
    others = session.scalars(
        sa.select(Referral)
        .where(
            Referral.seeker_id == referral.seeker_id, Referral.id != referral.id, Referral.state.in_(sources)
        )
        .with_for_update(of=Referral)
    ).all()
    for other in others:
        other.state, other.changed_at = ReferralState.ELSEWHERE, at
    return list(others)


def hireable(order: JobOrder, people: Sequence[Referral]) -> list[Referral]:
    """The people a firm can hire now; who was refused can still be taken by the officer."""
    if order.status is not OrderStatus.OPEN or not order.unfilled:
        return []
    met = (ReferralState.ACCEPTED, ReferralState.INTERVIEW, ReferralState.INTERVIEWED)
    return [each for each in people if each.state in met]


def of_order(session: orm.Session, order_id: uuid.UUID) -> list[Placement]:
    """The hires of an order, in the order they were made."""
    return list(
        session.scalars(
            sa.select(Placement).where(Placement.order_id == order_id).order_by(Placement.hired_at)
        )
    )
