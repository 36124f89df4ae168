"""Codes, their names, and cells of four slots."""

import pytest

from screening.intake.feed.slots import (
    Insurance,
    Paper,
    ReceiptMethod,
    read_insurances,
    read_methods,
    read_papers,
)
from screening.intake.feed.terms import (
    Career,
    Education,
    EmploymentType,
    Severance,
    read_career,
    read_contract,
    read_education,
    read_headcount,
    read_severance,
)


@pytest.mark.parametrize(
    ("code", "name", "kind", "part_time"),
    [
        ("", "상용직", EmploymentType.PERMANENT, False),
        ("", "상용직(시간제)", EmploymentType.PERMANENT, True),
        ("", "계약직(시간제)", EmploymentType.FIXED_TERM, True),
        ("J01102", "", EmploymentType.FIXED_TERM, False),
        ("21", "?", EmploymentType.FIXED_TERM, True),
        ("", "기간의 정함이 없는 근로계약", EmploymentType.PERMANENT, False),
        ("", "기간의 정함이 있는 근로계약(시간선택제)", EmploymentType.FIXED_TERM, True),
        ("", "비정규직", EmploymentType.FIXED_TERM, False),
        ("", "정규직", EmploymentType.PERMANENT, False),
        ("", "", None, False),
    ],
)
def test_contract(code: str, name: str, kind: EmploymentType | None, part_time: bool) -> None:
    contract = read_contract(code, name)
    assert (contract.type, contract.part_time) == (kind, part_time)


@pytest.mark.parametrize(
    ("code", "name", "career"),
    [
        ("J01301", "", Career.NEW),
        ("", "무관", Career.ANY),
        ("", "관계없음", Career.ANY),
        ("", "신입·경력", Career.ANY),
        ("", "신입", Career.NEW),
        ("", "경력 3년", Career.EXPERIENCED),
        ("", "", None),
    ],
)
def test_career(code: str, name: str, career: Career | None) -> None:
    assert read_career(code, name) is career


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("J00110", "", Education.UNIVERSITY),
        ("", "관계없음", Education.ANY),
        ("", "대학_대학교", Education.UNIVERSITY),
        ("", "전문대학", Education.COLLEGE),
        ("", "대졸(2~3년)", Education.COLLEGE),
        ("", "고졸", Education.HIGH),
        ("", "석사과정", Education.MASTER),
        ("", "", None),
    ],
)
def test_education(code: str, name: str, level: Education | None) -> None:
    assert read_education(code, name) is level


def test_severance() -> None:
    assert read_severance("퇴직금") is Severance.LUMP_SUM
    assert read_severance("퇴직연금") is Severance.PENSION
    assert read_severance("퇴직금 퇴직연금") is Severance.EITHER
    assert read_severance("해당없음") is Severance.NONE
    assert read_severance("   ") is None


@pytest.mark.parametrize(
    ("text", "count"),
    [("2.0", 2), ("3명", 3), ("1~2명", 1), ("０３", 3), ("0", None), ("00명", None), ("", None)],
)
def test_headcount(text: str, count: int | None) -> None:
    assert read_headcount(text) == count
    assert read_headcount("9" * 10_000) is None


def test_insurances() -> None:
    assert read_insurances("고용보험 산재보험 건강보험 국민연금").values == (
        Insurance.EMPLOYMENT,
        Insurance.ACCIDENT,
        Insurance.HEALTH,
        Insurance.PENSION,
    )
    assert read_insurances("고용보험 산재보험  ").values == (Insurance.EMPLOYMENT, Insurance.ACCIDENT)
    assert read_insurances("   ").values == ()
    assert set(read_insurances("4대보험").values) == set(Insurance)


def test_methods_whose_name_holds_a_blank() -> None:
    assert read_methods("방문 고용24 입사지원  ").values == (ReceiptMethod.VISIT, ReceiptMethod.WORK24)
    assert read_methods("방문 우편 팩스 고용24 입사지원").values == (
        ReceiptMethod.VISIT,
        ReceiptMethod.POST,
        ReceiptMethod.FAX,
        ReceiptMethod.WORK24,
    )
    assert read_methods("    ").values == ()
    assert read_methods("비둘기").unknown
    assert not read_methods("이메일 접수").unknown


def test_papers() -> None:
    assert read_papers("이력서 자기소개서  ").values == (Paper.RESUME, Paper.COVER_LETTER)
    assert read_papers("이력서 자기소개서 졸업증명서 경력증명서").values == (
        Paper.RESUME,
        Paper.COVER_LETTER,
        Paper.DIPLOMA,
        Paper.CAREER_CERTIFICATE,
    )
