"""When a posting closes: on a day, or when somebody is hired."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from screening.intake.feed.dates import find_dates
from screening.intake.feed.findings import FindingCode, once
from screening.intake.feed.text import folded, letters

_UNTIL_FILLED: Final = re.compile(
    r"채용시|채용될때|채용할때|채용때까지|채용완료|채용이될|구인시까지|모집시까지|모집완료|모집될때|구할때|구해질때"
    r"|충원|적임자|인원마감|인원충족|정원충족|정원마감|상시|수시|선착순|연중|untilfilled"
)
_EARLY: Final = re.compile(r"조기")
_NOTHING: Final = re.compile(r"(?:마감일?|없음|미정|미기재|해당없음|null|none|nan|na)?")


@dataclass(frozen=True, slots=True)
class Closing:
    """`closes_on` is the last day; `until_filled` has no last day, its written date is when to look again."""

    closes_on: date | None
    until_filled: bool
    review_on: date | None
    findings: tuple[FindingCode, ...] = ()


def read_closing(text: str, registered_on: date | None = None) -> Closing:
    """A closing cell (마감일) by meaning; never raises.

    '채용시까지 25-06-24' is until filled and to be reviewed on that day; a day with '조기 마감 가능' stays a day;
    of several days the last counts. Blank, unreadable and impossible cells are neither, with a finding.
    """
    words = letters(text)
    dates = find_dates(text, not_before=registered_on)
    findings: list[FindingCode] = []
    if dates.impossible:
        findings.append(FindingCode.CLOSING_IMPOSSIBLE)
    if dates.year_guessed:
        findings.append(FindingCode.CLOSING_YEAR_GUESSED)
    if len(set(dates.days)) > 1 and "~" not in folded(text):
        findings.append(FindingCode.CLOSING_SEVERAL)
    last = max(dates.days, default=None)
    early = last is not None and bool(_EARLY.search(words))
    if (_UNTIL_FILLED.search(words) and not early) or (dates.endless and last is None):
        return Closing(None, True, last, once(findings))
    if last is not None:
        if registered_on is not None and last < registered_on:
            findings.append(FindingCode.CLOSES_BEFORE_REGISTERED)
        return Closing(last, False, None, once(findings))
    if not findings:
        blank = _NOTHING.fullmatch(words)
        findings.append(FindingCode.CLOSING_MISSING if blank else FindingCode.CLOSING_UNREADABLE)
    return Closing(None, False, None, once(findings))
