"""Small rules of the ground: business numbers, telephones, days."""

import datetime as dt

import pytest

from demo.firms import fictional_number
from foundation.reference import business_numbers, telephone
from foundation.reference.business_days import (
    add_business_days,
    add_months,
    business_days_between,
    is_business_day,
)
from foundation.refusals import Invalid

MADE_UP = fictional_number(12)


@pytest.mark.parametrize(
    "typed", [MADE_UP, business_numbers.written(MADE_UP), f" {MADE_UP[:3]} {MADE_UP[3:]} "]
)
def test_a_business_number_is_read_however_it_is_typed(typed: str) -> None:
    assert business_numbers.parse(typed, fictional_allowed=True) == MADE_UP


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123-45-678",
        "0" * 10,
        "１２３４５６７８９０",
        MADE_UP[:9] + str((int(MADE_UP[9]) + 1) % 10),
        "abcdefghij",
    ],
)
def test_a_wrong_business_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        business_numbers.parse(typed, fictional_allowed=True)
    assert refused.value.field == "business_number"


def test_invented_numbers_are_for_the_demo_only() -> None:
    with pytest.raises(Invalid):
        business_numbers.parse(MADE_UP, fictional_allowed=False)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("010-1234-5678", "01012345678"), ("+82 10 1234 5678", "01012345678"), ("02)555-0100", "025550100")],
)
def test_telephones_are_kept_as_digits(typed: str, digits: str) -> None:
    assert telephone.parse(typed) == digits


@pytest.mark.parametrize("typed", ["", "12", "전화번호", "010-1234-567890123"])
def test_what_is_no_telephone_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        telephone.parse(typed)


def test_business_days_know_korean_holidays() -> None:
    assert not is_business_day(dt.date(2026, 7, 17)), "제헌절 is a holiday again from 2026"
    assert not is_business_day(dt.date(2026, 3, 2)), "substitute for 1 March"
    assert add_business_days(dt.date(2026, 2, 13), 1) == dt.date(2026, 2, 19), "설날"
    assert business_days_between(dt.date(2026, 2, 13), dt.date(2026, 2, 19)) == 1
    assert business_days_between(dt.date(2026, 2, 19), dt.date(2026, 2, 13)) == -1


def test_months_end_where_months_end() -> None:
    assert add_months(dt.date(2026, 3, 31), -1) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2026, 11, 22), -24) == dt.date(2024, 11, 22)
    assert add_months(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)
