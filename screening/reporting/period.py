"""Which days an edition speaks of: every figure has its own reference date."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from foundation.reference.business_days import add_months
from foundation.refusals import Invalid

DAYS_AFTER: Final = 3
"""Hires and rates are counted to the third day of the month in which the edition appears, as in September 2009."""

MONTH: Final = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
"""How the code of an edition is written."""

_DAY_NAMES: Final = ("counts_from", "month_from", "stock_on", "counts_to")


@dataclass(frozen=True)
class Target:
    """How many people the center was to place in a year."""

    year: int
    hires: int


TARGETS: Final = (Target(2009, 2_000),)
"""One row per year with a target; a year without a row has none."""


def target_of(year: int) -> int | None:
    """The target of a year, or None when none was set."""
    return next((target.hires for target in TARGETS if target.year == year), None)


@dataclass(frozen=True)
class EditionPeriod:
    """The days of one edition; `code` is the month in which it appears ('2009-09').

    Registrations are those of the month before, from `month_from` to `stock_on` (both included); the stock is that
    at the end of `stock_on`. Hires and rates count the people of the year from `counts_from` to `counts_to` (both
    included). `target` is the year's, None when it has none.
    """

    code: str
    counts_from: dt.date
    month_from: dt.date
    stock_on: dt.date
    counts_to: dt.date
    target: int | None

    def to_dict(self) -> dict[str, str | int | None]:
        return {
            "code": self.code,
            "counts_from": self.counts_from.isoformat(),
            "month_from": self.month_from.isoformat(),
            "stock_on": self.stock_on.isoformat(),
            "counts_to": self.counts_to.isoformat(),
            "target": self.target,
        }


def period_of(code: str, *, counts_to: dt.date | None = None, target: int | None = None) -> EditionPeriod:
    """The period of a month's edition; raises `Invalid` for a code that is no month.

    January's edition closes the year before, so its hires end on 31 December. `counts_to` and `target` replace
    what the rule and the table of targets say.
    """
    if not MONTH.fullmatch(code):
        raise Invalid("소식의 달을 2009-09처럼 적어 주세요.", field="code")
    appears = dt.date(int(code[:4]), int(code[5:]), 1)
    month_from = add_months(appears, -1)
    stock_on = appears - dt.timedelta(days=1)
    year_end = dt.date(stock_on.year, 12, 31)
    last = counts_to or min(appears + dt.timedelta(days=DAYS_AFTER - 1), year_end)
    if not stock_on <= last <= year_end:
        raise Invalid("취업자 기준일은 그 달의 말일부터 그 해의 마지막 날 사이입니다.", field="counts_to")
    return EditionPeriod(
        code=code,
        counts_from=dt.date(stock_on.year, 1, 1),
        month_from=month_from,
        stock_on=stock_on,
        counts_to=last,
        target=target_of(stock_on.year) if target is None else target,
    )


def period_from(kept: dict[str, str | int | None]) -> EditionPeriod:
    """The period as an edition keeps it."""
    days = {name: dt.date.fromisoformat(str(kept[name])) for name in _DAY_NAMES}
    target = kept["target"]
    return EditionPeriod(code=str(kept["code"]), target=None if target is None else int(target), **days)
