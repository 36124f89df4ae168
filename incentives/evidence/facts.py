"""The facts of each firm in a period, read from placements, checks, orders and shortlists."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.clock import closing_time, day_in_seoul
from foundation.reference.business_days import add_months
from foundation.reference.employment_types import EmploymentType
from foundation.reference.minimum_wage import monthly_paid_hours
from foundation.reference.wage_basis import WageBasis
from incentives.policies.policy import Policy
from screening.casework.placements.checks import RetentionAnswer, RetentionCheck
from screening.casework.placements.models import Placement
from screening.casework.referrals.states import ReferralState
from screening.casework.shortlists.models import Shortlist
from screening.demand.employers.models import Employer, EmployerSource, SizeBand
from screening.demand.orders.models import JobOrder
from screening.demand.orders.terms import Severance

NOT_YET = "90일이 아직 지나지 않음"
"""Why a hire before its 90th day is not counted."""


@dataclass(frozen=True)
class HireFact:
    """One verified hire: `counted` once its 90th day has passed with the person still there; `kept` at 180 days
    (None: that day has not passed or nobody has answered); `hourly_won` is pay per paid hour.
    """

    placement_id: uuid.UUID
    order_number: str
    occupation: str
    starts_on: dt.date
    counted: bool
    kept: bool | None
    permanent: bool
    hourly_won: int
    insured: bool
    note: str = ""


@dataclass(frozen=True)
class AnswerFact:
    """One shortlist: whether the firm answered by the day it was asked to."""

    order_number: str
    answer_by: dt.date
    answered_on: dt.date | None
    in_time: bool


@dataclass(frozen=True)
class FirmFacts:
    """Everything a score of one firm is made of."""

    employer_id: uuid.UUID
    name: str
    district: str | None
    band: SizeBand
    employees: int
    registered_on: dt.date
    hires: tuple[HireFact, ...] = field(default=())
    answers: tuple[AnswerFact, ...] = field(default=())

    @property
    def counted(self) -> list[HireFact]:
        return [hire for hire in self.hires if hire.counted]

    @property
    def judged_for_keeping(self) -> list[HireFact]:
        return [hire for hire in self.hires if hire.kept is not None]


def gather(session: orm.Session, *, policy: Policy, reference_on: dt.date) -> list[FirmFacts]:
    """The facts of every member firm with a hire or an answer in the window that ends at the reference date.

    The window runs from `reference_on - window_months` (inclusive) to `reference_on` (exclusive); a person hired
    twice by the same firm counts once, by the hire that counts.
    """
    start = add_months(reference_on, -policy.window_months)
    hires = _hires(session, policy, start, reference_on)
    answers = _answers(session, start, reference_on)
    firms = session.scalars(
        sa.select(Employer).where(
            Employer.source == EmployerSource.OWN, Employer.organisation_id.in_(set(hires) | set(answers))
        )
    )
    return sorted(
        (
            FirmFacts(
                employer_id=firm.organisation_id,
                name=firm.name,
                district=firm.organisation.district,
                band=firm.band,
                employees=firm.employees,
                registered_on=day_in_seoul(firm.organisation.created_at),
                hires=tuple(hires.get(firm.organisation_id, ())),
                answers=tuple(answers.get(firm.organisation_id, ())),
            )
            for firm in firms
        ),
        key=lambda firm: (firm.registered_on, str(firm.employer_id)),
    )


def _hires(
    session: orm.Session, policy: Policy, start: dt.date, end: dt.date
) -> dict[uuid.UUID, list[HireFact]]:
    checks: dict[uuid.UUID, dict[int, RetentionAnswer]] = {}
    for placement_id, day, answer in session.execute(
        sa.select(RetentionCheck.placement_id, RetentionCheck.day, RetentionCheck.answer)
        .join(Placement, Placement.id == RetentionCheck.placement_id)
        .where(RetentionCheck.answer.is_not(None), Placement.starts_on >= start, Placement.starts_on < end)
    ):
        if answer is not None:
            checks.setdefault(placement_id, {})[day] = answer
    found: dict[uuid.UUID, list[HireFact]] = {}
    best: dict[tuple[uuid.UUID, uuid.UUID], HireFact] = {}
    rows = session.execute(
        sa.select(Placement, JobOrder)
        .join(JobOrder, JobOrder.id == Placement.order_id)
        .where(Placement.starts_on >= start, Placement.starts_on < end, Placement.referral_id.is_not(None))
        .order_by(Placement.starts_on, Placement.id)
    ).unique()
    for placement, order in rows:
        hire = _hire(placement, order, checks.get(placement.id, {}), policy, end)
        person = (placement.employer_id, placement.seeker_id)
        if person not in best or (hire.counted and not best[person].counted):
            best[person] = hire
    for (employer_id, _seeker_id), hire in best.items():
        found.setdefault(employer_id, []).append(hire)
    return found


def _hire(
    placement: Placement,
    order: JobOrder,
    answers: dict[int, RetentionAnswer],
    policy: Policy,
    end: dt.date,
) -> HireFact:
    counts_on = placement.starts_on + dt.timedelta(days=policy.counts_after_days)
    passed = counts_on <= end
    stayed = any(
        day >= policy.counts_after_days and said is RetentionAnswer.STILL for day, said in answers.items()
    ) or (placement.ended_on is not None and placement.ended_on >= counts_on)
    kept_day_passed = placement.starts_on + dt.timedelta(days=policy.kept_after_days) <= end
    kept: bool | None = None
    if kept_day_passed:
        if placement.ended_on is not None:
            kept = placement.ended_on >= placement.starts_on + dt.timedelta(days=policy.kept_after_days)
        elif any(
            day >= policy.kept_after_days and said is RetentionAnswer.STILL for day, said in answers.items()
        ):
            kept = True
    note = "" if passed else NOT_YET
    if passed and not stayed:
        note = "90일 전에 그만둠" if placement.ended_on else "90일 확인을 아직 받지 못함"
    return HireFact(
        placement_id=placement.id,
        order_number=order.number,
        occupation=order.title,
        starts_on=placement.starts_on,
        counted=passed and stayed,
        kept=kept,
        permanent=placement.employment_type in (EmploymentType.PERMANENT, EmploymentType.PERMANENT_PART),
        hourly_won=_hourly(placement, work_days=order.work_days),
        insured=len(order.insurances) == 4 and order.severance is not Severance.NONE,
        note=note,
    )


def _hourly(placement: Placement, *, work_days: int) -> int:
    if placement.wage_basis is WageBasis.HOUR:
        return placement.wage_won
    if placement.wage_basis is WageBasis.DAY:
        return placement.wage_won * work_days // max(placement.weekly_hours, 1)
    months = 12 if placement.wage_basis is WageBasis.YEAR else 1
    return placement.wage_won // (months * monthly_paid_hours(placement.weekly_hours))


def _answers(session: orm.Session, start: dt.date, end: dt.date) -> dict[uuid.UUID, list[AnswerFact]]:
    """What the firm answered of each list; people who left the list before its last hour are not the firm's silence."""
    found: dict[uuid.UUID, list[AnswerFact]] = {}
    rows = session.execute(
        sa.select(Shortlist, JobOrder.number)
        .join(JobOrder, JobOrder.id == Shortlist.order_id)
        .where(Shortlist.answer_by >= start, Shortlist.answer_by < end)
        .order_by(Shortlist.submitted_at)
    ).unique()
    for shortlist, number in rows:
        deadline = closing_time(shortlist.answer_by)
        asked = [
            entry.referral.firm_answered_at
            for entry in shortlist.entries
            if entry.referral.firm_answered_at is not None
            or entry.referral.state is ReferralState.SUBMITTED
            or entry.referral.changed_at > deadline
        ]
        if not asked:
            continue
        answers = [moment for moment in asked if moment is not None]
        answered_at = max(answers) if len(answers) == len(asked) else None
        found.setdefault(shortlist.employer_id, []).append(
            AnswerFact(
                order_number=number,
                answer_by=shortlist.answer_by,
                answered_on=day_in_seoul(answered_at) if answered_at else None,
                in_time=answered_at is not None and answered_at <= deadline,
            )
        )
    return found
