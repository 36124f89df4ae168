"""Days and hours of work in a week: what the feed declares, held against the work time it also gives."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from screening.intake.feed.breaks import stated_break, statutory_break
from screening.intake.feed.clocks import DAY, Span, find_spans
from screening.intake.feed.findings import FindingCode, once
from screening.intake.feed.text import folded

CUT_AT: Final = 100
"""Bytes of UTF-8 at which the feed cuts the work time; a character that did not fit leaves up to three fewer."""
LONGEST_WEEK: Final = 80
FULL_TIME_AT_MOST: Final = 52

_WEEK: Final = "월화수목금토일"
_SPELLED_DAYS: Final = {"오": 5, "육": 6, "칠": 7, "사": 4, "삼": 3, "이": 2}
_DAYS: Final = re.compile(r"주\s*(?:당|간)?\s*(?P<n>[1-7](?:\.5)?|[이삼사오육칠])\s*(?:일|회|번)(?!\s*차)")
_FROM_TO: Final = re.compile(
    r"(?<![가-힣])([월화수목금토일])(?:요일)?\s*(?:~|-|부터)+\s*([월화수목금토일])(?![가-힣])(?:요일)?"
)
_FROM_TO_LONG: Final = re.compile(r"([월화수목금토일])요일\s*(?:~|-|부터)+\s*([월화수목금토일])요일")
_LISTED: Final = re.compile(r"(?<![가-힣])[월화수목금토일](?:\s*[,·/]\s*[월화수목금토일])+(?![가-힣])")
_ALTERNATE: Final = re.compile(r"격일|2교대\s*격|24시간\s*교대|맞교대")
_WEEKEND_LABEL: Final = re.compile(r"토요일|일요일|주말|(?<![가-힣~\-])(?:토|일)(?=\s|:|\(|,|/)|격주")
_WEEKDAY_LABEL: Final = re.compile(r"평일|주중|월\s*[~-]\s*금|월요일")
_OTHER_LABEL: Final = re.compile(r"연장|잔업|특근|추가\s*근무|수당\s*지급|근무시\s*수당")
_SHIFT_WORDS: Final = re.compile(
    r"교대|오전조|오후조|야간조|주간조|근무조(?!건)|[12]조(?![가-힣])|오픈조|마감조|or|또는|택\s*1(?!\d)"
)
_DAILY: Final = re.compile(
    r"(?:하루|일일|1일|(?<![가-힣\d])일)\s*(?:에|당)?\s*(?P<a>\d{1,2}(?:\.5)?)\s*시간|(?<![\d.])(?P<b>\d{1,2}(?:\.5)?)\s*시간\s*(?:씩|근무)"
    r"|\(\s*(?P<c>\d{1,2}(?:\.5)?)\s*시간\s*\)"
)
_WEEKLY: Final = re.compile(
    r"주\s*(?:당|간)?\s*(?:평균\s*)?(?:소정\s*)?(?:근로|근무)?\s*(?:시간)?\s*[:은]?\s*(?P<n>\d{1,2}(?:\.\d{1,2})?)\s*시간"
)


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """Days and hours of a week; `daily_hours` is one ordinary day without breaks; unknown is None."""

    days: float | None
    weekly_hours: float | None
    daily_hours: float | None
    findings: tuple[FindingCode, ...] = ()


def read_working_week(
    *, work_time: str, days: str, declared_hours: str, texts: Iterable[str] = ()
) -> WorkingWeek:
    """The working week out of the cells 근무시간, 주당 근무일, 주당근무시간, with other texts as hints.

    Declared hours stand when they fit the work time: not below 85 % of the time without breaks, not above the
    time with them. Otherwise, or when blank or 0, hours are days times the first shift without its break
    (stated, or the least the law asks), plus a Saturday that is listed apart (half of it when every other).
    """
    findings: list[FindingCode] = []
    line = folded(work_time)
    hints = [folded(text) for text in texts]
    per_week = _days(folded(days)) or _days(line) or next(filter(None, map(_days, hints)), None)
    if per_week is None:
        findings.append(FindingCode.WORK_DAYS_UNKNOWN)
    declared = _declared(folded(declared_hours)) or _weekly(line)
    if declared is None:
        declared = next(filter(None, map(_weekly, hints)), None)
    pause, rest = stated_break(line)
    if pause is None:
        pause = next(
            (found for found in (stated_break(hint)[0] for hint in hints) if found is not None), None
        )
    ordinary, weekend, several = _shifts(rest)
    if not ordinary and line.strip():
        findings.append(FindingCode.WORK_TIME_UNREADABLE)
    if several or len(re.findall(r"근무시간\)", line)) > 1 or (_SHIFT_WORDS.search(line) and ordinary):
        findings.append(FindingCode.SEVERAL_SHIFTS)
    cut = is_cut(work_time)
    if cut:
        findings.append(FindingCode.WORK_TIME_CUT)
    daily: Fraction | None = None
    derived: Fraction | None = None
    gross: Fraction | None = None
    if ordinary:
        first = ordinary[0]
        daily = _net(first.minutes, pause, [line, *hints], cut=cut)
        if per_week is not None and not _ALTERNATE.search(line) and first.minutes < DAY:
            counted = min(per_week, Fraction(5)) if weekend and per_week <= 6 else per_week
            derived = daily * counted + weekend
            gross = Fraction(first.minutes, 60) * counted + weekend
    hours = _weigh(declared, derived, gross, per_week, findings)
    if hours is not None and hours > FULL_TIME_AT_MOST:
        findings.append(FindingCode.HOURS_OVER_52)
    return WorkingWeek(_number(per_week), _number(hours), _number(daily), once(findings))


def is_cut(work_time: str) -> bool:
    """Whether a work time was cut by the feed: it fills its 100 bytes, or a bracket stays open near the end."""
    unclosed = work_time.count("(") > work_time.count(")") and len(work_time) >= 30
    return unclosed or len(work_time.encode("utf-8", "replace")) >= CUT_AT - 4


def _days(text: str) -> Fraction | None:
    """Working days of a week: '주5일근무', '주 오일', '월~금', '월,수,금', '격일' (3½); None when unsaid."""
    found = _DAYS.search(text)
    if found is not None:
        spelled = _SPELLED_DAYS.get(found["n"])
        return Fraction(spelled) if spelled else Fraction(found["n"])
    if _ALTERNATE.search(text):
        return Fraction(7, 2)
    span = _FROM_TO.search(text) or _FROM_TO_LONG.search(text)
    if span is not None:
        first, last = _WEEK.index(span[1]), _WEEK.index(span[2])
        return Fraction((last - first) % 7 + 1)
    listed = _LISTED.search(text)
    if listed is not None:
        return Fraction(len(set(listed[0]) & set(_WEEK)))
    return Fraction(7) if re.search(r"매일|연중무휴\s*근무", text) else None


def _declared(text: str) -> Fraction | None:
    found = re.search(r"(?<!-)\d{1,3}(?:\.\d{1,2})?(?!\d)", text)
    hours = Fraction(found[0]) if found else Fraction(0)
    return hours if hours > 0 else None


def _weekly(text: str) -> Fraction | None:
    found = _WEEKLY.search(text)
    hours = Fraction(found["n"]) if found else Fraction(0)
    return hours if hours > 0 else None


def _shifts(text: str) -> tuple[list[Span], Fraction, bool]:
    """Ordinary shifts, hours of a weekend day listed apart, and whether there are several ordinary shifts."""
    ordinary: list[Span] = []
    weekend = Fraction(0)
    before = 0
    for span in find_spans(text):
        label = text[before : span.begin].rpartition("\n")[2]
        before = span.end
        if _OTHER_LABEL.search(label):
            continue
        if ordinary and _WEEKEND_LABEL.search(label) and not _WEEKDAY_LABEL.search(label):
            hours = Fraction(span.minutes - statutory_break(span.minutes), 60)
            weekend += hours / 2 if "격주" in text else hours
            continue
        ordinary.append(span)
    return ordinary, weekend, len({(span.starts, span.minutes) for span in ordinary}) > 1


def _net(span: int, pause: int | None, texts: list[str], *, cut: bool) -> Fraction:
    """Hours of work in a span: without the stated break, or as a text states the day, or without the least break."""
    least = statutory_break(span)
    if pause is not None and 2 * pause <= span:
        return Fraction(span - (max(pause, least) if cut else pause), 60)
    for text in texts:
        for found in _DAILY.finditer(text):
            stated = Fraction(found["a"] or found["b"] or found["c"])
            if span - 150 <= stated * 60 <= span:
                return stated
    return Fraction(span - least, 60)


def _weigh(
    declared: Fraction | None,
    derived: Fraction | None,
    gross: Fraction | None,
    per_week: Fraction | None,
    findings: list[FindingCode],
) -> Fraction | None:
    if declared is not None and derived is not None and gross is not None:
        if derived * Fraction(85, 100) - 1 <= declared <= gross + 1:
            return declared
        findings.append(FindingCode.HOURS_IMPLAUSIBLE)
        return derived
    if declared is not None:
        if (per_week or Fraction(1, 2)) * 2 <= declared <= LONGEST_WEEK:
            return declared
        findings.append(FindingCode.HOURS_IMPLAUSIBLE)
        findings.append(FindingCode.HOURS_UNKNOWN)
        return None
    findings.append(FindingCode.HOURS_UNKNOWN if derived is None else FindingCode.HOURS_DERIVED)
    return derived


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 2)
