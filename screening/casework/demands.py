"""An order and its criteria sheet as a demand on the pool."""

from collections.abc import Mapping, Sequence

from foundation.reference import licences, skills
from foundation.reference.minimum_wage import monthly_paid_hours
from foundation.reference.wage_basis import WageBasis
from screening.casework.criteria.lines import DEFAULT_WEIGHTS, CriterionLine, LineKind, Need
from screening.demand.orders.models import JobOrder
from screening.demand.orders.terms import WorkplaceGate
from screening.matching.demand import ANY_CONTRACT, ANYWHERE, Demand
from screening.matching.pool import ADULT, EIGHTEEN
from screening.matching.rarity import EVEN, Rarity
from screening.pool.index.bits import EMPLOYMENT_BITS, workplace_bit

WORK_DAYS_A_MONTH = 21
FULL_TIME = 40
"""Hours a week."""
GATES = {WorkplaceGate.NONE: 0, WorkplaceGate.EIGHTEEN: EIGHTEEN, WorkplaceGate.ADULT: EIGHTEEN | ADULT}


def monthly_won(order: JobOrder) -> int | None:
    """The highest pay an order offers, as won for a month of 40 hours a week; None when it states none.

    What somebody wants a month is meant for full time, so that part time is compared by the hour.
    """
    offered = order.wage_max_won or order.wage_won
    if offered is None or order.wage_basis is None:
        return None
    hours = min(order.weekly_hours or FULL_TIME, FULL_TIME)
    if order.wage_basis is WageBasis.HOUR:
        return offered * monthly_paid_hours(FULL_TIME)
    if order.wage_basis is WageBasis.DAY:
        return offered * WORK_DAYS_A_MONTH * FULL_TIME * order.work_days // (5 * hours)
    month = offered // 12 if order.wage_basis is WageBasis.YEAR else offered
    return month * monthly_paid_hours(FULL_TIME) // monthly_paid_hours(hours)


def demand_of(
    order: JobOrder,
    *,
    lines: Sequence[CriterionLine] = (),
    weights: Mapping[str, int] = DEFAULT_WEIGHTS,
    rarity: Rarity = EVEN,
) -> Demand:
    """The demand of an order under a criteria sheet: what it calls a must cuts, what it wishes does not.

    Without a sheet (a lead) the order's own contract, pay and place cut and nothing else. The gates of the law always
    cut, whatever a sheet says.
    """
    must = [line for line in lines if line.need is Need.MUST]
    months = [int(line.value) for line in must if line.kind is LineKind.EXPERIENCE and line.value.isdigit()]
    wished = {line.kind for line in lines if line.need is not Need.MUST}
    return Demand(
        workplace_bit=ANYWHERE if LineKind.COMMUTE in wished else workplace_bit(order.workplace_district),
        employment_bit=ANY_CONTRACT
        if LineKind.HOURS in wished
        else EMPLOYMENT_BITS[order.employment_type.value],
        offered_won=None if LineKind.PAY in wished else monthly_won(order),
        starts_on=order.starts_on.toordinal() if order.starts_on else None,
        occupation=int(order.occupation_code or 0),
        needs_months=max(months, default=0),
        must_licences=[licences.canonical(line.value) for line in must if line.kind is LineKind.LICENCE],
        must_skills=[skills.canonical(line.value) for line in must if line.kind is LineKind.SKILL],
        licences=[licences.canonical(word) for word in order.licences],
        skills=[skills.canonical(word) for word in order.skills],
        text=f"{order.title} {order.duties} {order.preferred}",
        weights=weights,
        gates=GATES[order.workplace_gate],
        rarity=rarity,
    )
