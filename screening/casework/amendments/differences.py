"""What changes from one set of terms to another, and which of it is worse for whoever applied."""

from fractions import Fraction

from foundation.reference.minimum_wage import monthly_paid_hours
from foundation.reference.wage_basis import WageBasis
from screening.demand.orders.terms import FIELD_KO, OrderTerms


def changed(before: OrderTerms, after: OrderTerms) -> list[str]:
    """The names of the fields that differ."""
    return [name for name in FIELD_KO if getattr(before, name) != getattr(after, name)]


def worse(before: OrderTerms, after: OrderTerms) -> list[str]:
    """In sentences: less pay an hour, longer hours, a shorter or ending contract, another place, dearer probation.

    Pay is compared by the paid hour, so that a change of its basis hides nothing.
    """
    found = []
    if hourly(after) < hourly(before):
        found.append(
            f"임금이 {before.wage_basis.ko} {before.wage_won:,}원에서 "
            f"{after.wage_basis.ko} {after.wage_won:,}원으로 줄어듭니다."
        )
    if after.weekly_hours > before.weekly_hours:
        found.append(
            f"일주일 근로시간이 {before.weekly_hours}시간에서 {after.weekly_hours}시간으로 늘어납니다."
        )
    if after.work_days > before.work_days:
        found.append(f"일주일 근무일이 {before.work_days}일에서 {after.work_days}일로 늘어납니다.")
    if after.work_time != before.work_time:
        found.append(f"근무시간이 '{before.work_time}'에서 '{after.work_time}'(으)로 바뀝니다.")
    if after.employment_type is not before.employment_type and not before.employment_type.is_fixed:
        found.append(
            f"고용형태가 '{before.employment_type.ko}'에서 '{after.employment_type.ko}'(으)로 바뀝니다."
        )
    if before.contract_months and (after.contract_months or 999) < before.contract_months:
        found.append(f"계약기간이 {before.contract_months}개월에서 {after.contract_months}개월로 줄어듭니다.")
    if (after.workplace_district, after.workplace_address) != (
        before.workplace_district,
        before.workplace_address,
    ):
        found.append(f"근무지가 '{after.workplace_address}'(으)로 바뀝니다.")
    if (after.probation_percent or 100) < (before.probation_percent or 100):
        found.append(f"수습기간 임금이 {after.probation_percent}%로 줄어듭니다.")
    if set(before.insurances) - set(after.insurances):
        found.append("4대 보험이 줄어듭니다.")
    if set(before.welfare) - set(after.welfare):
        found.append("복리후생이 줄어듭니다.")
    return found


def hourly(terms: OrderTerms) -> Fraction:
    """The pay of one paid hour."""
    hours = {
        WageBasis.HOUR: Fraction(1),
        WageBasis.DAY: Fraction(terms.weekly_hours, terms.work_days),
        WageBasis.MONTH: Fraction(monthly_paid_hours(terms.weekly_hours)),
        WageBasis.YEAR: Fraction(monthly_paid_hours(terms.weekly_hours) * 12),
    }
    return Fraction(terms.wage_won) / hours[terms.wage_basis]
