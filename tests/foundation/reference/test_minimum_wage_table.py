"""The minimum wage by date, and what it means for other bases."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.reference.minimum_wage import (
    MINIMUM_WAGES,
    NoMinimumWage,
    lowest_pay,
    minimum_wage,
    monthly_paid_hours,
)
from foundation.reference.wage_basis import WageBasis

IN_2026 = date(2026, 7, 1)


def test_rows_rise_and_only_the_last_is_unconfirmed() -> None:
    days = [row.valid_from for row in MINIMUM_WAGES]
    wages = [row.hourly_won for row in MINIMUM_WAGES]
    assert days == sorted(set(days))
    assert wages == sorted(set(wages))
    assert [row.confirmed for row in MINIMUM_WAGES] == [True] * (len(MINIMUM_WAGES) - 1) + [False]


@pytest.mark.parametrize(
    ("on", "won"),
    [
        (date(2009, 9, 8), 4_000),
        (date(2025, 12, 31), 10_030),
        (date(2026, 1, 1), 10_320),
        (date(2027, 1, 1), 10_700),
        (date(2031, 5, 5), 10_700),
    ],
)
def test_row_in_force(on: date, won: int) -> None:
    assert minimum_wage(on).hourly_won == won


def test_before_the_table() -> None:
    with pytest.raises(NoMinimumWage):
        minimum_wage(date(2008, 12, 31))


@pytest.mark.parametrize(
    ("weekly", "monthly"),
    [
        (40, 209),
        (40.0, 209),
        (Fraction(40), 209),
        (15, 78),
        (14, 61),
        (20, 104),
        (26, 136),
        (30, 156),
        (52, 261),
    ],
)
def test_monthly_paid_hours(weekly: int | float | Fraction, monthly: int) -> None:
    assert monthly_paid_hours(weekly) == monthly


def test_hours_must_be_worked() -> None:
    for nothing in (0, -3, 0.0):
        with pytest.raises(ValueError, match="above 0"):
            monthly_paid_hours(nothing)


@given(st.integers(1, 4_000), st.integers(1, 4_000))
def test_more_hours_never_pay_less(a: int, b: int) -> None:
    fewer, more = sorted((a, b))
    assert monthly_paid_hours(Fraction(fewer, 60)) <= monthly_paid_hours(Fraction(more, 60))


def test_lowest_pay_of_2026() -> None:
    assert lowest_pay(IN_2026, WageBasis.HOUR, 15) == 10_320
    assert lowest_pay(IN_2026, WageBasis.DAY, 40) == 82_560
    assert lowest_pay(IN_2026, WageBasis.DAY, 24, 4) == 41_280
    assert lowest_pay(IN_2026, WageBasis.DAY, 60) == 82_560
    assert lowest_pay(IN_2026, WageBasis.MONTH, 40) == 2_156_880
    assert lowest_pay(IN_2026, WageBasis.YEAR, 40) == 25_882_560
    assert lowest_pay(date(2025, 1, 1), WageBasis.MONTH, 40) == 2_096_270


def test_lowest_pay_is_rounded_up_to_a_won() -> None:
    assert lowest_pay(IN_2026, WageBasis.DAY, 7, Fraction(7, 60)) == 1_204


def test_words_of_the_bases() -> None:
    assert [basis.ko for basis in WageBasis] == ["시급", "일급", "월급", "연봉"]
    assert [str(basis) for basis in WageBasis] == ["hour", "day", "month", "year"]
