"""Business days of Korea: neither Saturday, Sunday nor a public holiday (관공서의 공휴일에 관한 규정)."""

import datetime as dt
from functools import cache

import holidays

from foundation.database import SEOUL


@cache
def _public_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("KR", years=year))


def is_business_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_business_days(day: dt.date, count: int) -> dt.date:
    """The business day that is `count` business days after `day` (not counting `day` itself); count ≥ 0."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_business_day(day)
    return day


def business_days_between(start: dt.date, end: dt.date) -> int:
    """How many business days lie after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -business_days_between(end, start)
    days = (end - start).days
    return sum(is_business_day(start + dt.timedelta(days=offset)) for offset in range(1, days + 1))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later (or earlier) month, or that month's last day (민법 제160조)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def day_words(day: dt.date | None) -> str:
    """`3월 2일`, as letters say a day of this year; nothing for no day."""
    return f"{day.month}월 {day.day}일" if day else ""


def moment_words(moment: dt.datetime) -> str:
    """`3월 2일 14시 30분`, as letters say a moment in Seoul."""
    local = moment.astimezone(SEOUL)
    return f"{local.month}월 {local.day}일 {local.hour}시" + (f" {local.minute}분" if local.minute else "")
