"""Reasons in words: what was asked, what was found, what would add points; every reader gets the same ones."""

from collections.abc import Iterable
from typing import Final

from foundation.reference import licences, skills
from foundation.reference.occupations import OCCUPATIONS
from screening.matching.reasons import Reason

CRITERION_KO: Final[dict[str, str]] = {
    "occupation": "직종",
    "experience": "경력",
    "skills": "기술",
    "licences": "자격",
    "text": "하던 일",
    "training": "훈련",
}
_NEAR: Final = ("같은 직종", "아주 가까운 직종", "가까운 직종", "같은 분야")
WORDED: Final = ("skills", "licences")
MOST_WORDS = 6
"""Words of a list that are said; a firm may ask for hundreds."""


def asked_ko(reason: Reason) -> str:
    """What the order asks in one criterion; `–` where an older score did not keep it."""
    if not reason.asked:
        return "묻지 않아 누구나 만점" if reason.points == reason.most else "–"
    if reason.criterion in WORDED:
        return _listed(names(reason.criterion, reason.asked))
    ends = {"occupation": "", "experience": " 경력", "training": " 훈련"}
    if reason.criterion in ends:
        return _occupation(reason.asked[0]) + ends[reason.criterion]
    return "구인 글에 적힌 일"


def found_ko(reason: Reason) -> str:
    """What the person has of it."""
    if not reason.asked:
        return "–"
    if reason.criterion in WORDED:
        return _held(reason)
    if reason.criterion == "experience":
        return months_ko(reason.months)
    if reason.criterion == "occupation":
        return _nearest(reason, "희망 직종이 다름")
    if reason.criterion == "training":
        return _nearest(reason, "마친 훈련 없음")
    return f"구인 글의 말이 겹친 만큼, 배점의 {round(reason.share * 100)}%"


def gain_ko(reason: Reason) -> str:
    """What would add points, with how many; empty where nothing does."""
    if not reason.gain:
        return ""
    added = f"+{tenths(reason.gain)}점"
    said = {
        "occupation": f"희망 직종에 ‘{_occupation(_first(reason))}’까지 넣으면",
        "experience": "경력이 1년 더해지면",
        "training": f"‘{_occupation(_first(reason))}’ 훈련을 마치면",
        "skills": f"‘{_first_missing(reason)}’까지 갖추면",
        "licences": f"‘{_first_missing(reason)}’까지 갖추면",
    }
    return f"{said[reason.criterion]} {added}" if reason.criterion in said else ""


def why_ko(reasons: Iterable[Reason]) -> str:
    """The reasons in one line for a list: experience and occupation, then licences and skills."""
    parts = []
    for reason in reasons:
        if not reason.asked or reason.criterion in ("text",):
            continue
        if reason.criterion == "experience":
            if reason.months:
                parts.append(f"관련 경력 {months_ko(reason.months)}")
        elif reason.criterion == "training":
            if reason.found:
                parts.append("훈련 마침")
        elif reason.criterion == "occupation":
            parts.append(_nearest(reason, "희망 직종이 다름"))
        else:
            parts.append(_held(reason))
    return " · ".join(parts)


def months_ko(months: int) -> str:
    """`4년 2개월`, `없음` for zero."""
    years, rest = divmod(months, 12)
    return " ".join(filter(None, (f"{years}년" if years else "", f"{rest}개월" if rest else ""))) or "없음"


def tenths(thousandths: int) -> str:
    """Points with one decimal, rounded half up."""
    whole, tenth = divmod((thousandths + 50) // 100, 10)
    return f"{whole}.{tenth}"


def names(criterion: str, words: Iterable[str]) -> list[str]:
    """Licences or skills as people write them."""
    table = licences if criterion == "licences" else skills
    return [table.name(word) for word in words]


def _first(reason: Reason) -> str:
    return reason.asked[0] if reason.asked else ""


def _first_missing(reason: Reason) -> str:
    missing = names(reason.criterion, reason.missing[:1])
    return missing[0] if missing else ""


def _occupation(code: str) -> str:
    return OCCUPATIONS[code].name if code in OCCUPATIONS else code


def _nearest(reason: Reason, otherwise: str) -> str:
    if not reason.found:
        return otherwise
    near = _NEAR[reason.distance]
    return near if reason.distance == 0 else f"{near}({_occupation(reason.found[0])})"


def _held(reason: Reason) -> str:
    held, missing = (names(reason.criterion, words) for words in (reason.found, reason.missing))
    return ", ".join(
        filter(None, (f"{_listed(held)} 있음" if held else "", f"{_listed(missing)} 없음" if missing else ""))
    )


def _listed(words: list[str]) -> str:
    more = len(words) - MOST_WORDS
    return "·".join(words[:MOST_WORDS]) + (f" 외 {more}개" if more > 0 else "")
