"""Closing cells in all their variants."""

from datetime import date

import pytest

from screening.intake.feed.closing import Closing, read_closing
from screening.intake.feed.findings import FindingCode

REGISTERED = date(2026, 7, 27)
THE_DAY = date(2026, 9, 26)


@pytest.mark.parametrize(
    "text",
    [
        "마감일 (2026-09-26)",
        "마감일　（２０２６－０９－２６）",
        "  마감일  ( 2026-09-26 ) ",
        "26-09-26",
        "2026.09.26",
        "2026. 9. 26.",
        "20260926",
        "260926",
        "2026/9/26",
        "2026년 9월 26일",
        "26년9월26일(토) 18:00까지",
        "~2026-09-26",
        "2026-09-26T23:59:59+09:00",
        "2026-09-26 00:00:00.0",
        "20260926235959",
        "'26.09.26",
        "26/09/2026",
        "09-26-2026",
        "2026–09–26",
        "2026-08-01 ~ 2026-09-26",
        "2026-09-26 (조기마감 가능)",
        "2026-09-26 채용시 조기마감",
    ],
)
def test_a_day(text: str) -> None:
    assert read_closing(text, REGISTERED) == Closing(THE_DAY, False, None)


@pytest.mark.parametrize(
    ("text", "review_on"),
    [
        ("채용시까지", None),
        ("채용 시 까지", None),
        ("채용시까지 26-09-26", THE_DAY),
        ("채용시까지  26-09-26", THE_DAY),
        ("채용시까지26.9.26", THE_DAY),
        ("채용시까지 25-06-24", date(2025, 6, 24)),
        ("26.9.26(채용시까지)", THE_DAY),
        ("상시", None),
        ("상시채용", None),
        ("수시 모집", None),
        ("충원시까지", None),
        ("적임자 채용시 마감", None),
        ("9999-12-31", None),
    ],
)
def test_until_filled(text: str, review_on: date | None) -> None:
    assert read_closing(text, REGISTERED) == Closing(None, True, review_on)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", FindingCode.CLOSING_MISSING),
        (" 　 ", FindingCode.CLOSING_MISSING),
        ("-", FindingCode.CLOSING_MISSING),
        ("마감일 ()", FindingCode.CLOSING_MISSING),
        ("추후 공지", FindingCode.CLOSING_UNREADABLE),
        ("2026-09-266", FindingCode.CLOSING_UNREADABLE),
        ("2026-02-30", FindingCode.CLOSING_IMPOSSIBLE),
        ("마감일 (2026-13-01)", FindingCode.CLOSING_IMPOSSIBLE),
        ("20260931", FindingCode.CLOSING_IMPOSSIBLE),
        ("0000-00-00", FindingCode.CLOSING_IMPOSSIBLE),
        ("2027-02-29", FindingCode.CLOSING_IMPOSSIBLE),
    ],
)
def test_neither(text: str, code: FindingCode) -> None:
    assert read_closing(text, REGISTERED) == Closing(None, False, None, (code,))


def test_impossible_day_of_one_until_filled() -> None:
    assert read_closing("채용시까지 26-13-40") == Closing(None, True, None, (FindingCode.CLOSING_IMPOSSIBLE,))


def test_a_day_without_its_year_is_the_next() -> None:
    guessed = (FindingCode.CLOSING_YEAR_GUESSED,)
    assert read_closing("9월 26일", REGISTERED) == Closing(THE_DAY, False, None, guessed)
    assert read_closing("1/15", REGISTERED) == Closing(date(2027, 1, 15), False, None, guessed)
    assert read_closing("9/26").closes_on is None


def test_before_the_registration() -> None:
    closing = read_closing("25-06-27", REGISTERED)
    assert closing == Closing(date(2025, 6, 27), False, None, (FindingCode.CLOSES_BEFORE_REGISTERED,))


def test_several_days() -> None:
    closing = read_closing("1차 2026-08-20 / 2차 2026-09-26", REGISTERED)
    assert closing == Closing(THE_DAY, False, None, (FindingCode.CLOSING_SEVERAL,))
