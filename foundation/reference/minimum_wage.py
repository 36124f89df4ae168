"""The minimum wage (최저임금) by date, and what it means for a day, a month and a year.

Source: yearly notices of the Ministry of Employment and Labor; Minimum Wage Act §5, Enforcement Decree §5.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Final, assert_never

from foundation.reference.wage_basis import WageBasis

Hours = float | int | Fraction

FULL_WEEK: Final = 40
PAID_REST_FROM: Final = 15
PAID_REST_AT_MOST: Final = 8
WEEKS_PER_MONTH: Final = Fraction(365, 7 * 12)
WORK_DAYS_PER_WEEK: Final = 5
MONTHS: Final = 12


class NoMinimumWage(LookupError):
    """The day lies before the first row of the table."""


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """A minimum wage from a day on: whole won per hour; `confirmed` is False until the notice was checked."""

    valid_from: date
    hourly_won: int
    confirmed: bool


MINIMUM_WAGES: Final = (
    MinimumWage(date(2009, 1, 1), 4_000, True),
    MinimumWage(date(2010, 1, 1), 4_110, True),
    MinimumWage(date(2011, 1, 1), 4_320, True),
    MinimumWage(date(2012, 1, 1), 4_580, True),
    MinimumWage(date(2013, 1, 1), 4_860, True),
    MinimumWage(date(2014, 1, 1), 5_210, True),
    MinimumWage(date(2015, 1, 1), 5_580, True),
    MinimumWage(date(2016, 1, 1), 6_030, True),
    MinimumWage(date(2017, 1, 1), 6_470, True),
    MinimumWage(date(2018, 1, 1), 7_530, True),
    MinimumWage(date(2019, 1, 1), 8_350, True),
    MinimumWage(date(2020, 1, 1), 8_590, True),
    MinimumWage(date(2021, 1, 1), 8_720, True),
    MinimumWage(date(2022, 1, 1), 9_160, True),
    MinimumWage(date(2023, 1, 1), 9_620, True),
    MinimumWage(date(2024, 1, 1), 9_860, True),
    MinimumWage(date(2025, 1, 1), 10_030, True),
    MinimumWage(date(2026, 1, 1), 10_320, True),
    MinimumWage(date(2027, 1, 1), 10_700, False),
)


def minimum_wage(on: date) -> MinimumWage:
    """The row in force on the day work starts; the last row holds on. Raises NoMinimumWage before 2009."""
    row = bisect_right(MINIMUM_WAGES, on, key=lambda wage: wage.valid_from)
    if row == 0:
        raise NoMinimumWage(on)
    return MINIMUM_WAGES[row - 1]


@lru_cache(maxsize=256)
def monthly_paid_hours(weekly_hours: Hours) -> int:
    """Paid hours of a month, weekly paid rest (주휴) included: 40 h a week are the published 209 h.

    (h + h/40 × 8) × 365/7/12, to the nearest whole hour; the rest counts from 15 h a week and is at most 8 h.
    Raises ValueError for hours that are not above 0.
    """
    hours = _exact(weekly_hours)
    rest = min(hours / FULL_WEEK * 8, Fraction(PAID_REST_AT_MOST)) if hours >= PAID_REST_FROM else Fraction(0)
    return floor((hours + rest) * WEEKS_PER_MONTH + Fraction(1, 2))


def lowest_pay(on: date, basis: WageBasis, weekly_hours: Hours, daily_hours: Hours | None = None) -> int:
    """The lowest lawful pay in whole won for one hour, day, month or year of work at these hours.

    A day without `daily_hours` is a fifth of the week, at most 8 h. Probation is not considered: whether 10 %
    may go off depends on contract and occupation. Raises NoMinimumWage, and ValueError for hours not above 0.
    """
    hourly = minimum_wage(on).hourly_won
    match basis:
        case WageBasis.HOUR:
            return hourly
        case WageBasis.DAY:
            fifth = min(_exact(weekly_hours) / WORK_DAYS_PER_WEEK, Fraction(8))
            day = fifth if daily_hours is None else _exact(daily_hours)
            return -floor(-hourly * day)
        case WageBasis.MONTH:
            return hourly * monthly_paid_hours(weekly_hours)
        case WageBasis.YEAR:
            return hourly * monthly_paid_hours(weekly_hours) * MONTHS
        case _:
            assert_never(basis)


def _exact(hours: Hours) -> Fraction:
    """Hours as a fraction of whole minutes, so that 37.33 and 37 h 20 min agree."""
    exact = hours if isinstance(hours, Fraction) else Fraction(hours)
    if exact <= 0:
        raise ValueError(f"working hours must be above 0, not {hours}")
    return Fraction(floor(exact * 60 + Fraction(1, 2)), 60)
