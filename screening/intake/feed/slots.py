"""Cells of four slots joined by blanks: insurance, ways to apply, papers. One value may hold a blank itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from foundation.tones import Labelled
from screening.intake.feed.text import letters


class Insurance(Labelled):
    """The four social insurances (4대보험)."""

    EMPLOYMENT = "employment", "고용보험"
    ACCIDENT = "accident", "산재보험"
    HEALTH = "health", "건강보험"
    PENSION = "pension", "국민연금"


class ReceiptMethod(Labelled):
    """How applications are taken (접수방법)."""

    WORK24 = "work24", "고용24 입사지원"
    VISIT = "visit", "방문"
    POST = "post", "우편"
    FAX = "fax", "팩스"
    EMAIL = "email", "이메일"
    WEBSITE = "website", "홈페이지"
    TELEPHONE = "telephone", "전화"
    CENTER = "center", "채용대행 접수"
    OTHER = "other", "기타"


class Paper(Labelled):
    """Papers to hand in (제출서류)."""

    RESUME = "resume", "이력서"
    COVER_LETTER = "cover_letter", "자기소개서"
    DIPLOMA = "diploma", "졸업증명서"
    CAREER_CERTIFICATE = "career_certificate", "경력증명서"
    LICENCE = "licence", "자격증 사본"
    OTHER = "other", "기타"


Value = TypeVar("Value", Insurance, ReceiptMethod, Paper)


@dataclass(frozen=True, slots=True)
class Slots(Generic[Value]):
    """The values of a cell in order, each once; `unknown` when something was left that no value explains."""

    values: tuple[Value, ...]
    unknown: bool


_INSURANCES: Final = {
    "고용보험": Insurance.EMPLOYMENT,
    "고용": Insurance.EMPLOYMENT,
    "산재보험": Insurance.ACCIDENT,
    "산업재해보상보험": Insurance.ACCIDENT,
    "산재": Insurance.ACCIDENT,
    "건강보험": Insurance.HEALTH,
    "의료보험": Insurance.HEALTH,
    "건강": Insurance.HEALTH,
    "국민연금": Insurance.PENSION,
    "연금": Insurance.PENSION,
    "국민": Insurance.PENSION,
}
_METHODS: Final = {
    "고용24입사지원": ReceiptMethod.WORK24,
    "고용24": ReceiptMethod.WORK24,
    "워크넷입사지원": ReceiptMethod.WORK24,
    "워크넷": ReceiptMethod.WORK24,
    "온라인입사지원": ReceiptMethod.WORK24,
    "채용대행접수": ReceiptMethod.CENTER,
    "채용대행": ReceiptMethod.CENTER,
    "방문접수": ReceiptMethod.VISIT,
    "방문": ReceiptMethod.VISIT,
    "우편": ReceiptMethod.POST,
    "팩스": ReceiptMethod.FAX,
    "fax": ReceiptMethod.FAX,
    "전자우편": ReceiptMethod.EMAIL,
    "이메일": ReceiptMethod.EMAIL,
    "email": ReceiptMethod.EMAIL,
    "메일": ReceiptMethod.EMAIL,
    "홈페이지": ReceiptMethod.WEBSITE,
    "전화": ReceiptMethod.TELEPHONE,
    "기타": ReceiptMethod.OTHER,
}
_PAPERS: Final = {
    "이력서": Paper.RESUME,
    "자기소개서": Paper.COVER_LETTER,
    "자소서": Paper.COVER_LETTER,
    "졸업증명서": Paper.DIPLOMA,
    "경력증명서": Paper.CAREER_CERTIFICATE,
    "자격증사본": Paper.LICENCE,
    "자격증": Paper.LICENCE,
    "기타": Paper.OTHER,
}
_ALL_FOUR: Final = re.compile(r"(?:4|사)대(?:사회)?보험(?:가입|적용|전체|모두|완비)*")
_NOTHING: Final = frozenset({"", "없음", "해당없음", "미가입", "null", "none", "무"})
_FILLERS: Final = re.compile(r"접수|제출|지원|가능|및|또는|사본|등|1부|부|전형")


def read_insurances(text: str) -> Slots[Insurance]:
    """The insurances declared; three blanks declare none; '4대보험' declares all four."""
    if _ALL_FOUR.search(letters(text)):
        return Slots(tuple(Insurance), False)
    return _read(text, _INSURANCES)


def read_methods(text: str) -> Slots[ReceiptMethod]:
    """The ways to apply, read as phrases because '고용24 입사지원' holds the blank that also separates."""
    return _read(text, _METHODS)


def read_papers(text: str) -> Slots[Paper]:
    """The papers asked for."""
    return _read(text, _PAPERS)


def _read(text: str, words: Mapping[str, Value]) -> Slots[Value]:
    rest = letters(text)
    if rest in _NOTHING:
        return Slots((), False)
    pattern = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
    values = tuple(dict.fromkeys(words[found[0]] for found in pattern.finditer(rest)))
    left = _FILLERS.sub("", pattern.sub("", rest))
    return Slots(values, bool(left))
