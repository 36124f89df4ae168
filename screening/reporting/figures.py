"""The figures of a bulletin: what each one is called, what it counts, and the value it has."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from foundation.tones import Labelled
from screening.reporting.period import EditionPeriod, period_from

DEFINITIONS_VERSION: Final = 1
"""Rises when the meaning of a figure changes; it is part of what an edition's hash covers."""


class Unit(Labelled):
    """What a figure counts."""

    FIRMS = "firms", "곳"
    PEOPLE = "people", "명"
    PERCENT = "percent", "%"


class Reference(Labelled):
    """Which days of the period a figure speaks of."""

    STOCK = "stock", "월말 현재"
    MONTH = "month", "그 달"
    YEAR = "year", "그 해 누계"


@dataclass(frozen=True)
class Definition:
    """One figure: its code, its names, its unit, what exactly it counts, and which days it refers to."""

    code: str
    ko: str
    en: str
    unit: Unit
    reference: Reference
    text: str


def _rate(code: str, ko: str, en: str, whom: str) -> Definition:
    return Definition(
        f"success_{code}",
        f"{ko} 취업성공률",
        f"Placement rate, {en}",
        Unit.PERCENT,
        Reference.YEAR,
        f"그 해에 기준일까지 구직등록을 한 {whom} 가운데 같은 기간에 센터를 통해 취업한 사람의 비율"
        "(취업자 ÷ 등록자 × 100).",
    )


def _age_rate(code: str, ages: str, en: str) -> Definition:
    whom = f"{ages}(나이 = 기준일의 연도 − 출생 연도; 대장에는 생년만 있어 만 나이가 아닙니다)"
    return _rate(code, ages, f"aged {en}", whom)


BANDS: Final = (
    ("age_15_29", 15, 29),
    ("age_30_39", 30, 39),
    ("age_40_54", 40, 54),
    ("age_55_59", 55, 59),
    ("age_60_plus", 60, None),
)
"""Code, youngest and oldest age of each band (oldest None: no end)."""

SEXES: Final = (("women", "f"), ("men", "m"))

DEFINITIONS: Final = (
    Definition(
        "firms",
        "구인기업",
        "Firms with unfilled openings",
        Unit.FIRMS,
        Reference.STOCK,
        "월말에 모집 중인 구인 가운데 아직 채우지 못한 자리가 하나라도 있는 기업의 수. 한 기업은 한 번만 셉니다.",
    ),
    Definition(
        "openings",
        "채용예정인원",
        "Unfilled openings",
        Unit.PEOPLE,
        Reference.STOCK,
        "월말에 모집 중인 구인의 모집인원에서 그날까지 채용한 인원을 뺀 나머지의 합. "
        "모집 중이란 승인되어 그날 끝까지 마감되지 않은 것입니다.",
    ),
    Definition(
        "registered",
        "구직등록자",
        "Seekers registered in the month",
        Unit.PEOPLE,
        Reference.MONTH,
        "그 달에 구직등록을 한 사람의 수(등록일 기준).",
    ),
    Definition(
        "registered_change",
        "전달 대비 구직등록자 증감률",
        "Change on the month before",
        Unit.PERCENT,
        Reference.MONTH,
        "(그 달 등록자 − 전달 등록자) ÷ 전달 등록자 × 100.",
    ),
    Definition(
        "interns",
        "행정인턴 구직등록자",
        "Administrative interns registered",
        Unit.PEOPLE,
        Reference.STOCK,
        "그 해에 등록하여 월말까지 구직등록을 마친 행정인턴의 수.",
    ),
    Definition(
        "hires",
        "총취업자",
        "People hired, first placement",
        Unit.PEOPLE,
        Reference.YEAR,
        "그 해에 센터를 통해 취업한 사람의 수. 두 번 취업한 사람도 첫 취업으로 한 번만 셉니다.",
    ),
    Definition(
        "target",
        "취업 목표",
        "Target of the year",
        Unit.PEOPLE,
        Reference.YEAR,
        "그 해 전체의 취업 목표 인원.",
    ),
    Definition(
        "attainment",
        "목표 달성률",
        "Attainment of the target",
        Unit.PERCENT,
        Reference.YEAR,
        "총취업자 ÷ 그 해 전체의 취업 목표 × 100.",
    ),
    _age_rate("age_15_29", "15~29세", "15 to 29"),
    _age_rate("age_30_39", "30~39세", "30 to 39"),
    _age_rate("age_40_54", "40~54세", "40 to 54"),
    _age_rate("age_55_59", "55~59세", "55 to 59"),
    _age_rate("age_60_plus", "60세 이상", "60 and over"),
    _rate("women", "여성", "women", "여성"),
    _rate("men", "남성", "men", "남성"),
)


@dataclass(frozen=True)
class Figure:
    """The value of one definition; `part` of `whole` for percentages. None: nothing to count from."""

    value: int | None
    part: int | None = None
    whole: int | None = None


@dataclass(frozen=True)
class Figures:
    """Every figure of one edition, by code."""

    period: EditionPeriod
    values: Mapping[str, Figure]

    def to_dict(self) -> dict[str, Any]:
        """The plain value that an edition keeps and whose hash it carries."""
        return {
            "definitions": DEFINITIONS_VERSION,
            "period": self.period.to_dict(),
            "values": {
                code: {"value": figure.value, "part": figure.part, "whole": figure.whole}
                for code, figure in self.values.items()
            },
        }

    @property
    def sha256(self) -> str:
        """Hash of the canonical JSON: keys sorted, no spaces, UTF-8."""
        text = json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def figures_from(kept: Mapping[str, Any]) -> Figures:
    """The figures as an edition keeps them."""
    return Figures(
        period_from(kept["period"]), {code: Figure(**each) for code, each in kept["values"].items()}
    )


def percent(part: int, whole: int) -> Figure:
    """A percentage in whole numbers, rounded half up; no value without anything to count from."""
    return Figure((200 * part + whole) // (2 * whole) if whole else None, part, whole)


def exceeded(attainment: Figure) -> str:
    """'200 % 초과' or '100 % 달성': the last full hundred, as notices say it; '' below one hundred."""
    if attainment.part is None or not attainment.whole:
        return ""
    hundreds, rest = divmod(attainment.part, attainment.whole)
    return f"{hundreds * 100}\u00a0% {'초과' if rest else '달성'}" if hundreds else ""
