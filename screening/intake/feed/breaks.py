"""Breaks (휴게시간): as stated in the text, else as the law asks."""

import re
from typing import Final

from screening.intake.feed.clocks import find_spans

_WORD: Final = r"휴게|휴계|휴식|쉬는|점심|중식|석식|저녁\s*식사|식사|브레이크|break"
_SEGMENT: Final = re.compile(
    rf"(?:{_WORD})[^\n]*?(?=$|\n|\)|,|\.\s|;\s|주\s*\d|근무\s*시간|근무요일|평일|토요일|토\s|월\s*~|연장|급여|제공|포함\s*\d+\s*시간\s*근무)",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    r"(?<![\d.])(?:(?P<h>\d{1,2}(?:\.\d{1,2})?|한|두|반)\s*시간(?:\s*(?P<m>\d{1,2})\s*분)?|(?P<only>\d{1,3})\s*분)\s*(?:의\s*|간\s*)?"
    r"(?:휴게|휴식|점심|식사)(?:\s*시간)?",
)
_DURATION: Final = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2}(?:\.\d+)?|한|두|반)\s*(?:시간|신간|시깐|사간|hours?|hrs?|h\b)(?:\s*(?P<m>\d{1,2})\s*분|\s*(?P<half>반))?"
    r"|(?<![\d:])(?<!시 )(?<!시)(?P<only>\d{1,3})\s*분(?:\s*(?:씩)?\s*(?P<times>\d)\s*회)?",
    re.IGNORECASE,
)
_SHORT_SPAN: Final = re.compile(
    r"(\d{1,2})\s*[:시]\s*(\d{2})?\s*분?\s*[~-]\s*(\d{1,2})\s*[:시]\s*(\d{2})?\s*분?"
)
_NONE: Final = re.compile(r"없음|없이|없습|무급없|무휴게")
_WORDS: Final = {"한": 1.0, "두": 2.0, "반": 0.5}
LONGEST: Final = 8 * 60


def stated_break(text: str) -> tuple[int | None, str]:
    """Minutes of break stated in a folded text, or None, and the text with those passages blanked.

    Amounts within one passage do not add up ('점심 1시간 포함 2시간' is 2 h, a time beside its length is the
    longer); several passages do. '휴게시간 없음' is 0. The typing error '1신간' is an hour.
    """
    total = 0
    said = False
    rest = text
    for found in _BEFORE.finditer(rest):
        said = True
        total += _length(found)
    rest = _BEFORE.sub(lambda found: " " * len(found[0]), rest)
    for found in _SEGMENT.finditer(rest):
        passage = found[0]
        lengths = [_length(part) for part in _DURATION.finditer(passage)]
        spans = [span.minutes for span in find_spans(passage)] or _short_spans(passage)
        longest = max([*lengths, sum(spans)], default=0)
        if longest or _NONE.search(passage):
            said = True
            total = max(total, longest) if "포함" in passage else total + longest
    rest = _SEGMENT.sub(lambda found: " " * len(found[0]), rest)
    return (min(total, LONGEST) if said else None), rest


def statutory_break(span: int) -> int:
    """The least break in minutes of a working day that spans this many minutes (Labor Standards Act §54).

    Work of 4 hours asks for 30 minutes, of 8 hours for an hour, within the span: so nothing up to 4 h, half
    an hour between, an hour from a span of 9 h on; near the steps never more than leaves 4 or 8 hours of work.
    """
    if span <= 4 * 60:
        return 0
    if span < 8 * 60 + 30:
        return min(30, span - 4 * 60)
    return min(60, span - 8 * 60)


def _length(found: re.Match[str]) -> int:
    groups = found.groupdict()
    if groups.get("only"):
        return int(groups["only"]) * int(groups.get("times") or 1)
    hours = groups.get("h") or "0"
    minutes = 30 if groups.get("half") else int(groups.get("m") or 0)
    return round((_WORDS.get(hours) or float(hours)) * 60) + minutes


def _short_spans(passage: str) -> list[int]:
    """Breaks shorter than an hour written as times ('10:30-10:40'), which are too short to be work."""
    found = []
    for h1, m1, h2, m2 in _SHORT_SPAN.findall(passage):
        minutes = (int(h2) * 60 + int(m2 or 0)) - (int(h1) * 60 + int(m1 or 0))
        if 0 < minutes <= LONGEST:
            found.append(minutes)
    return found
