"""The facts of many orders in a handful of queries, and the worklist made of them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.clock import closing_time, day_in_seoul
from screening.casework.consents.models import Consent
from screening.casework.criteria.models import CriteriaSheet
from screening.casework.interviews.models import Interview
from screening.casework.outcomes.commands import WAITING
from screening.casework.placements.checks import RetentionCheck
from screening.casework.placements.models import Placement
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import TO_BE_TOLD, ReferralState
from screening.casework.shortlists.models import Shortlist, ShortlistEntry
from screening.deadlines.steps.pauses import Pause, moved
from screening.deadlines.steps.steps import Facts, Step, next_step
from screening.demand.mandates.queries import powers_in_force
from screening.demand.orders import queries as orders
from screening.demand.orders.models import JobOrder, OrderCorrection
from screening.demand.orders.states import WORKED, OrderStatus
from screening.demand.postings.models import Application, ApplicationState

R = ReferralState


@dataclass(frozen=True)
class OrderStep:
    """One order with its next step."""

    order: JobOrder
    facts: Facts
    step: Step
    paused: Pause | None = None


def steps_of(session: orm.Session, found: Sequence[JobOrder], *, at: dt.datetime) -> list[OrderStep]:
    """The next step of each order, in the order given."""
    ids = [order.id for order in found]
    today = day_in_seoul(at)
    counted = _counts(session, ids)
    powers = powers_in_force(session, ids, at=at)
    pauses: dict[uuid.UUID, list[Pause]] = {}
    for each in session.scalars(sa.select(Pause).where(Pause.order_id.in_(ids))):
        pauses.setdefault(each.order_id, []).append(each)
    fixed = _days(
        session, sa.select(CriteriaSheet.order_id, sa.func.max(CriteriaSheet.fixed_at)), CriteriaSheet, ids
    )
    first_list = _days(
        session, sa.select(Shortlist.order_id, sa.func.min(Shortlist.submitted_at)), Shortlist, ids
    )
    answer_due = _by_order(
        session,
        sa.select(Shortlist.order_id, sa.func.min(Shortlist.answer_by))
        .join(ShortlistEntry, ShortlistEntry.shortlist_id == Shortlist.id)
        .join(Referral, Referral.id == ShortlistEntry.referral_id)
        .where(Shortlist.order_id.in_(ids), Referral.state == R.SUBMITTED)
        .group_by(Shortlist.order_id),
    )
    corrections = _by_order(
        session,
        sa.select(OrderCorrection.order_id, sa.func.max(OrderCorrection.due_on))
        .where(OrderCorrection.order_id.in_(ids), OrderCorrection.answered_at.is_(None))
        .group_by(OrderCorrection.order_id),
    )
    last_day = today if at <= closing_time(today) else today + dt.timedelta(days=1)
    consents = {
        order_id: (due_on, lapsed)
        for order_id, due_on, lapsed in session.execute(
            sa.select(
                Referral.order_id,
                sa.func.min(Consent.answer_by).filter(Consent.answer_by >= last_day),
                sa.func.count().filter(Consent.answer_by < last_day),
            )
            .join(Referral, Referral.id == Consent.referral_id)
            .where(Referral.order_id.in_(ids), Referral.state == R.ASKED, Consent.answer.is_(None))
            .group_by(Referral.order_id)
        )
    }
    interviews = {
        order_id: (first, last)
        for order_id, first, last in session.execute(
            sa.select(Referral.order_id, sa.func.min(Interview.starts_at), sa.func.max(Interview.starts_at))
            .join(Referral, Referral.id == Interview.referral_id)
            .where(Referral.order_id.in_(ids), Referral.state.in_({R.INTERVIEW, R.INTERVIEWED, R.HIRED}))
            .group_by(Referral.order_id)
        )
    }
    accepted = _by_order(
        session,
        sa.select(Referral.order_id, sa.func.max(Referral.firm_answered_at))
        .where(Referral.order_id.in_(ids), Referral.state == R.ACCEPTED)
        .group_by(Referral.order_id),
    )
    checks = {
        order_id: (due_on, waiting)
        for order_id, due_on, waiting in session.execute(
            sa.select(
                Placement.order_id,
                sa.func.min(RetentionCheck.due_on),
                sa.func.count().filter(
                    RetentionCheck.asked_at.is_not(None), RetentionCheck.firm_answer.is_(None)
                ),
            )
            .join(Placement, Placement.id == RetentionCheck.placement_id)
            .where(Placement.order_id.in_(ids), RetentionCheck.answer.is_(None), Placement.ended_on.is_(None))
            .group_by(Placement.order_id)
        )
    }
    steps = []
    for order in found:
        count = counted.get(order.id, {})
        first_interview, last_interview = interviews.get(order.id, (None, None))
        facts = Facts(
            status=order.status,
            submitted_on=day_in_seoul(order.submitted_at or at),
            received_on=_day(order.received_at),
            approved_on=_day(order.approved_at),
            correction_due=corrections.get(order.id),
            mandated=order.id in powers,
            powers=powers.get(order.id, frozenset()),
            criteria_fixed_on=fixed.get(order.id),
            suggested=count.get(R.SUGGESTED, 0),
            eligible=count.get(R.ELIGIBLE, 0),
            asked=count.get(R.ASKED, 0) - consents.get(order.id, (None, 0))[1],
            lapsed=consents.get(order.id, (None, 0))[1],
            consent_due=consents.get(order.id, (None, 0))[0],
            consented=count.get(R.CONSENTED, 0),
            submitted=count.get(R.SUBMITTED, 0),
            first_list_on=first_list.get(order.id),
            answer_due=answer_due.get(order.id),
            accepted=count.get(R.ACCEPTED, 0),
            accepted_on=_day(accepted.get(order.id)),
            interviews=count.get(R.INTERVIEW, 0),
            interview_on=_day(first_interview),
            interviewed=count.get(R.INTERVIEWED, 0),
            last_interview_on=_day(last_interview),
            untold=count.get("untold", 0),
            filled=order.filled,
            headcount=order.headcount,
            next_check_on=checks.get(order.id, (None, 0))[0],
            check_waiting=checks.get(order.id, (None, 0))[1] > 0,
        )
        step, mine = next_step(facts), pauses.get(order.id, [])
        if step.due_on is not None and mine:
            step = replace(
                step, due_on=moved(step.due_on, mine, since=facts.begun_on(step.due_on), today=today)
            )
        standing = next((each for each in mine if each.until is None), None)
        steps.append(OrderStep(order=order, facts=facts, step=step, paused=standing))
    return steps


def worklist(
    session: orm.Session, *, viewer: Actor, officer_id: uuid.UUID | None = None, at: dt.datetime
) -> list[OrderStep]:
    """Every order that somebody has to move, by due day and then by receipt; new orders belong to everyone."""
    wanted = orders.visible_to(viewer).where(JobOrder.status.in_(WORKED))
    if officer_id is not None:
        wanted = wanted.where(sa.or_(JobOrder.officer_id == officer_id, JobOrder.officer_id.is_(None)))
    found = session.scalars(wanted).unique().all()
    far = dt.date.max
    return sorted(
        steps_of(session, found, at=at), key=lambda each: (each.step.due_on or far, each.order.number)
    )


def of_firm(session: orm.Session, *, viewer: Actor, at: dt.datetime, limit: int = 30) -> list[OrderStep]:
    """The firm's own orders with their next steps: unfinished ones first, then the last ended."""
    open_first = sa.case((JobOrder.status.in_(WORKED), 0), else_=1)
    found = session.scalars(
        orders.visible_to(viewer)
        .where(JobOrder.status != OrderStatus.LEAD)
        .order_by(open_first, JobOrder.number.desc())
        .limit(limit)
    ).unique()
    return steps_of(session, list(found), at=at)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return day_in_seoul(moment) if moment else None


def _by_order(session: orm.Session, query: sa.Select[*tuple[Any, ...]]) -> dict[uuid.UUID, Any]:
    return dict(session.execute(query).all())


def _days(
    session: orm.Session, query: sa.Select[*tuple[Any, ...]], table: Any, ids: list[uuid.UUID]
) -> dict[uuid.UUID, Any]:
    found = _by_order(session, query.where(table.order_id.in_(ids)).group_by(table.order_id))
    return {order_id: _day(moment) for order_id, moment in found.items()}


def _counts(session: orm.Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, int]]:
    counts: dict[uuid.UUID, dict[str, int]] = {}
    for order_id, state, number in session.execute(
        sa.select(Referral.order_id, Referral.state, sa.func.count())
        .where(Referral.order_id.in_(ids))
        .group_by(Referral.order_id, Referral.state)
    ):
        counts.setdefault(order_id, {})[state] = number
    for order_id, number in session.execute(
        sa.select(Referral.order_id, sa.func.count())
        .where(
            Referral.order_id.in_(ids), Referral.told_at.is_(None), Referral.state.in_(TO_BE_TOLD | WAITING)
        )
        .group_by(Referral.order_id)
    ):
        counts.setdefault(order_id, {})["untold"] = number
    for order_id, number in session.execute(
        sa.select(Application.order_id, sa.func.count())
        .where(
            Application.order_id.in_(ids),
            Application.told_at.is_(None),
            Application.state != ApplicationState.WITHDRAWN,
        )
        .group_by(Application.order_id)
    ):
        count = counts.setdefault(order_id, {})
        count["untold"] = count.get("untold", 0) + number
    return counts
