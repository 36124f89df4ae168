"""Dates, money and numbers as Koreans write them on screen."""

import datetime as dt
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from foundation.clock import day_in_seoul
from foundation.database import SEOUL
from foundation.reference import telephone
from foundation.reference.occupations import OCCUPATIONS
from foundation.tones import Labelled
from screening.demand.orders.terms import FIELD_KO, Facility, Insurance, Receipt, Selection, Welfare
from screening.matching import sentences
from screening.matching.reasons import Reason

ADDRESS = re.compile(r"(https?://[^\s<>&\"]+)")
WEEKDAYS = "월화수목금토일"
NBSP = "\u00a0"
JOINER = "\u2060"


def date_ko(day: dt.date | dt.datetime | None, today: dt.date | None = None) -> str:
    """`11. 25.(수)` in the year of `today`, `2027. 1. 4.(월)` in any other; `–` for a missing day."""
    if day is None:
        return "–"
    if isinstance(day, dt.datetime):
        day = day_in_seoul(day)
    year = "" if today and today.year == day.year else f"{day.year}.{NBSP}"
    return f"{year}{day.month}.{NBSP}{day.day}.{JOINER}({WEEKDAYS[day.weekday()]})"


def plain_date_ko(day: dt.date | None) -> str:
    """`2026. 9. 1.`, as documents write it."""
    return "–" if day is None else f"{day.year}.{NBSP}{day.month}.{NBSP}{day.day}."


def moment_ko(moment: dt.datetime | None, today: dt.date | None = None) -> str:
    """`11. 23.(월) 9:12`, `오늘 22:58`; minutes always, because a record needs them."""
    if moment is None:
        return "–"
    local = moment.astimezone(SEOUL)
    day = "오늘" if today and local.date() == today else date_ko(local.date(), today)
    return f"{day}{NBSP}{local.hour}:{local.minute:02d}"


def occupation_ko(code: str | None) -> str:
    """The name of a KECO occupation; `–` for none."""
    return OCCUPATIONS[code].name if code and code in OCCUPATIONS else "–"


def won(amount: int | None) -> str:
    """`2,600,000원`; `–` when unknown."""
    return "–" if amount is None else f"{amount:,}원"


def count(number: int, unit: str = "") -> str:
    """`1,408명`, the unit glued to the number."""
    return f"{number:,}{unit}"


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The pages a pager names, seven at most: the first, the last and those about the current one; None is a gap."""
    named = sorted({each for each in (1, page - 1, page, page + 1, pages) if 1 <= each <= pages})
    numbers: list[int | None] = []
    for before, number in pairwise([0, *named]):
        if number - before > 1:
            numbers.append(before + 1 if number - before == 2 else None)
        numbers.append(number)
    return numbers


def points(thousandths: int) -> str:
    """Scores are kept in 1/1000 point and shown with one decimal, rounded half up."""
    tenths = (abs(thousandths) + 50) // 100
    sign = "−" if thousandths < 0 else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def exact_points(thousandths: int) -> str:
    """Scores to the last 1/1000, without zeros at the end: where a sum has to be checked."""
    return f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")


def lines(text: str) -> Markup:
    """Escaped text whose line breaks are kept."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())


def check_number(digits: str) -> str:
    """Sixteen digits as `1234-5678-9012-3456`."""
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def plain_day_ko(moment: dt.datetime) -> str:
    """The day of a moment as documents write it."""
    return plain_date_ko(day_in_seoul(moment))


def phone(digits: str) -> str:
    """`02-555-0100`; nothing for an empty number."""
    return telephone.written(digits) if digits else ""


def half_ko(code: str) -> str:
    """`2026-H1` as `2026년 상반기`."""
    year, _, half = code.partition("-H")
    return f"{year}년 {'상반기' if half == '1' else '하반기'}" if half in ("1", "2") else code


def month_ko(code: str) -> str:
    """`2009-09` as `2009년 9월호`."""
    year, _, month = code.partition("-")
    return f"{year}년 {int(month)}월호" if month.isdigit() else code


def linked(text: str) -> Markup:
    """Escaped text with its line breaks, in which addresses of links can be followed."""
    return Markup(ADDRESS.sub(r'<a class="i-link" href="\1">\1</a>', str(lines(text))))


def insurance_words(codes: Iterable[str]) -> str:
    """The insurances by their Korean names."""
    return ", ".join(Insurance(code).ko for code in codes) or "없음"


def selection_words(codes: Iterable[str]) -> str:
    """The ways of choosing by their Korean names."""
    return ", ".join(Selection(code).ko for code in codes) or "협의"


def more_terms(terms: Any) -> list[tuple[str, str]]:
    """The terms beyond the usual ones that were filled in, with their names."""
    lists = {"facilities": Facility, "welfare": Welfare, "receipt": Receipt}
    found = []
    for name in MORE_TERMS:
        value = getattr(terms, name)
        if name in lists:
            words = ", ".join(lists[name](code).ko for code in value)
        elif name == "related_occupations":
            words = ", ".join(occupation_ko(code) for code in value)
        elif isinstance(value, Labelled):
            words = "" if value.value == "none" else value.ko
        elif isinstance(value, bool):
            words = "예" if value else ""
        elif isinstance(value, (list, tuple)):
            words = ", ".join(value)
        elif name == "contact_mobile":
            words = phone(value)
        else:
            words = str(value or "")
        if words:
            found.append((FIELD_KO[name], words))
    return found


def criterion_ko(reason: Reason) -> str:
    """What a criterion is called."""
    return sentences.CRITERION_KO[reason.criterion]


MORE_TERMS = (
    "near_station", "related_occupations", "convertible", "probation_months", "probation_percent", "bonus_percent",
    "overtime_pay", "shift", "major", "languages", "computer", "military", "disability_welcome", "facilities",
    "welfare", "welfare_other", "receipt", "schedule", "result_notice", "posted", "keywords", "other_wishes",
    "contact_department", "contact_position", "contact_mobile", "workplace_gate",
)  # fmt: skip


def teach(app: Flask) -> None:
    """Give the templates of an app these words."""
    words = (
        check_number,
        count,
        criterion_ko,
        date_ko,
        exact_points,
        half_ko,
        lines,
        linked,
        moment_ko,
        month_ko,
        sentences.months_ko,
        occupation_ko,
        phone,
        plain_date_ko,
        plain_day_ko,
        points,
        won,
        sentences.asked_ko,
        sentences.found_ko,
        sentences.gain_ko,
        sentences.why_ko,
    )
    app.jinja_env.globals.update(
        insurance_words=insurance_words,
        selection_words=selection_words,
        more_terms=more_terms,
        page_numbers=page_numbers,
    )
    for word in words:
        app.jinja_env.filters[word.__name__] = word
