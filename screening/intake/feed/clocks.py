"""Clock times in free text, and the spans they make: '(오후) 8시 30분 ~ (익일) 05시 30분', '0800-1500'."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

DAY: Final = 24 * 60
NOON: Final = 12 * 60
SHORTEST: Final = 60
LONGEST_GUESS: Final = 14 * 60

_MARK: Final = r"오전|오후|정오|자정|익일|다음\s?날|새벽|아침|저녁|밤|낮|[ap]\.?m\.?"
_TOKEN: Final = re.compile(
    rf"(?P<marks>(?:(?:[(\[] ?)?(?:{_MARK})(?: ?[)\]])? ?){{0,3}})"
    r"(?:(?<![\d.,:;])(?P<four>[0-2]\d[0-5]\d)(?![\d.,:;원만년명])"
    r"|(?<![\d.,:;])(?P<h>\d{1,2})(?:\s*[:;]\s*(?P<m>[0-5]\d)(?!\d)|\.(?P<dot>[0-5]\d)(?![\d.])"
    r"|\s*시(?!간)\s*(?:(?P<k>[0-5]?\d)\s*분|(?P<half>반))?|(?P<bare>)(?![\d:;.,시]|\s*(?:시간|월|일|년|명|개|회|만|원|분|층|호|%))))"
    r"(?P<after>\s*[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_JOIN: Final = re.compile(r"\s*시?\s*[)\]]?\s*(?:(?:부터|에서)?\s*[~-]+>?|부터|에서)\s*[(\[]?\s*")
_NUMBER_BEFORE: Final = re.compile(r"\d\s*[-.)]\s*$")
_NUMBER_AFTER: Final = re.compile(r"\s*-\s*\d")


@dataclass(frozen=True, slots=True)
class Span:
    """A span of work from `starts` minutes after midnight, `minutes` long, standing at text[begin:end]."""

    starts: int
    minutes: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Clock:
    marks: str
    hour: int
    minute: int
    begin: int
    end: int
    bare: bool
    four: bool


def find_spans(text: str) -> list[Span]:
    """All spans of a folded text in order: two clock times joined by ~, - or 부터.

    An end that is not after its start is in the afternoon ('오전 10시부터 1시') when that makes a span of at
    most 14 hours, else on the next day; equal times are 24 hours. Numbers alone ('9~6') count only beside a
    time that says it is one ('9~18시').
    """
    clocks = [clock for clock in map(_clock, _TOKEN.finditer(text)) if clock is not None]
    spans: list[Span] = []
    used = 0
    for first, second in pairwise(clocks):
        if first.begin < used or not _JOIN.fullmatch(text, first.end, second.begin):
            continue
        if (first.bare and second.bare) or first.four != second.four:
            continue
        if first.four and (
            _NUMBER_BEFORE.search(text[: first.begin]) or _NUMBER_AFTER.match(text, second.end)
        ):
            continue
        span = _span(first, second)
        if span is not None:
            spans.append(span)
            used = second.end
    return spans


def _clock(found: re.Match[str]) -> _Clock | None:
    marks = re.sub(r"[\s().\[\]]", "", (found["marks"] + (found["after"] or "")).lower())
    if found["four"]:
        hour, minute = int(found["four"][:2]), int(found["four"][2:])
    else:
        hour = int(found["h"])
        minute = 30 if found["half"] else int(found["m"] or found["dot"] or found["k"] or 0)
    if hour > 29:
        return None
    bare = found["bare"] is not None and not marks
    return _Clock(marks, hour, minute, found.start(), found.end(), bare, bool(found["four"]))


def _minutes(clock: _Clock) -> tuple[int, bool]:
    """Minutes after midnight, and whether a mark decided them."""
    hour, marks = clock.hour, clock.marks
    decided = bool(marks)
    if "정오" in marks:
        hour = 12
    elif "자정" in marks:
        hour = 24
    elif re.search(r"오후|저녁|밤|낮|pm", marks):
        late = "밤" in marks and hour == 12
        hour = 24 if late else hour + 12 if hour < 12 and not ("낮" in marks and hour >= 10) else hour
    elif re.search(r"오전|새벽|아침|am", marks):
        hour = 0 if hour == 12 else hour
    elif hour > 12:
        decided = True
    return hour * 60 + clock.minute, decided


def _span(first: _Clock, second: _Clock) -> Span | None:
    starts, start_decided = _minutes(first)
    starts %= DAY
    ends, end_decided = _minutes(second)
    if re.search(r"익일|다음날", second.marks):
        ends += DAY
    elif not end_decided and ends < starts:
        afternoon = ends + NOON
        ends = afternoon if starts < afternoon <= starts + LONGEST_GUESS else ends + DAY
    elif ends <= starts:
        ends += DAY
    if second.marks and not start_decided and ends - starts > LONGEST_GUESS and starts + NOON < ends <= DAY:
        starts += NOON
    minutes = ends - starts
    if not SHORTEST <= minutes <= DAY:
        minutes %= DAY
        if minutes < SHORTEST:
            return None
    return Span(starts, minutes, first.begin, second.end)
