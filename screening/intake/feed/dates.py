"""Dates written in many ways, found in text."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from screening.intake.feed.text import folded

ENDLESS_FROM: Final = 2099
"""A year from here on ('9999-12-31') means that no end was set."""

_SEPARATOR: Final = r"\s*[-./년월,]\s*"
_FULL: Final = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20|21|99)\d\d)(?:{_SEPARATOR}|\s)(?P<m>\d{{1,2}})(?:{_SEPARATOR}|\s)(?P<d>\d{{1,2}})(?!\d)"
    r"|(?<!\d)(?P<y8>(?:19|20|21|99)\d\d)(?P<m8>\d\d)(?P<d8>\d\d)(?:\d{4}|\d{6})?(?!\d)"
    rf"|(?<!\d)(?P<a>\d{{1,2}})[-./](?P<b>\d{{1,2}})[-./](?P<y4>20\d\d)(?!\d)"
    rf"|(?<!\d)(?P<y2>\d\d){_SEPARATOR}(?P<m2>\d{{1,2}}){_SEPARATOR}(?P<d2>\d{{1,2}})(?!\d)"
    r"|(?<!\d)(?P<y6>\d\d)(?P<m6>\d\d)(?P<d6>\d\d)(?!\d)"
)
_YEARLESS: Final = re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*[-./월]\s*(?P<d>\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a text in their order; what was no calendar day; whether an 'endless' day was among them."""

    days: tuple[date, ...] = ()
    impossible: bool = False
    endless: bool = False
    year_guessed: bool = False


def find_dates(text: str, *, not_before: date | None = None) -> Dates:
    """All dates of a text: 2026-09-26, 2026. 9. 26., 2026년 9월 26일, 20260926, 26-09-26, 260926, 26/09/2026.

    Two-digit years are of this century. A day without a year is the next such day from `not_before` on; without
    `not_before` it stays unread. Days that no calendar holds are reported, not raised.
    """
    plain = folded(text)
    days: list[date] = []
    impossible = endless = guessed = False
    for found in _FULL.finditer(plain):
        year, month, day = _numbers(found)
        if year >= ENDLESS_FROM:
            endless = True
            continue
        try:
            days.append(date(year, month, day))
        except ValueError:
            impossible = True
    if not days and not impossible and not endless and not_before is not None:
        for found in _YEARLESS.finditer(plain):
            try:
                day_found = date(not_before.year, int(found["m"]), int(found["d"]))
                if day_found < not_before:
                    day_found = day_found.replace(year=not_before.year + 1)
            except ValueError:
                impossible = True
                continue
            days.append(day_found)
            guessed = True
    return Dates(tuple(days), impossible, endless, guessed)


def first_date(text: str) -> date | None:
    """The first date of a text, or None."""
    days = find_dates(text).days
    return days[0] if days else None


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    for year, month, day in (("y", "m", "d"), ("y8", "m8", "d8")):
        if found[year]:
            return int(found[year]), int(found[month]), int(found[day])
    if found["y4"]:
        a, b = int(found["a"]), int(found["b"])
        return (int(found["y4"]), b, a) if a > 12 else (int(found["y4"]), a, b)
    for year, month, day in (("y2", "m2", "d2"), ("y6", "m6", "d6")):
        if found[year]:
            return 2000 + int(found[year]), int(found[month]), int(found[day])
    raise AssertionError("one of the alternatives always matches")
