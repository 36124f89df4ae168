"""The law in the order form: bad phrases are stopped, ordinary ones are not, and the wage sum is right."""

import dataclasses
import datetime as dt

import pytest

from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from screening.demand.orders.lawful import Severity, blocking, check, findings_in_text, wage_finding
from screening.demand.orders.terms import OrderTerms

BAD = (
    "35세 이하", "40세까지", "만 30세 미만인 분", "20~35세", "90년생 이후", "30대 우대", "젊은 분 환영", "나이 제한 있음", "청년만 지원",
    "여성 우대", "남자만", "여자 직원 구함", "여직원 모집", "남성분만 지원", "주부 환영", "아가씨 구합니다", "성별: 여", "군필자만",
    "용모 단정한 분", "용모단정", "인상 좋은 분", "키 170 이상", "사진 필수", "체중 60kg 이하", "날씬한 분",
    "미혼이신 분", "기혼자 제외", "결혼 여부", "자녀 없는 분", "가족관계 증명서 제출", "부모님 직업", "임신 계획 없는 분",
    "출신지역 확인", "고향이 어디인지", "전라도 분 제외", "재산 정도", "신용불량자 제외", "출신학교 기재",
    "응시료 1만원", "보증금 30만원", "교재비 본인 부담", "유니폼비 본인부담", "가입비 있음", "교육비 별도", "등록비 5만원", "물품 구입 필수",
    "기독교인만", "신앙이 있는 분", "노조 가입 안 한 분",
)  # fmt: skip
GOOD = (
    "한식 국과 찌개를 만듭니다", "여성 의류 판매", "남성복 매장 정리", "여자 화장실 청소", "손님 응대와 자리 안내", "35명 단체급식",
    "하루 300식 조리", "60세 이상 어르신 돌봄이 아닌 일반 사무", "월 260만원", "09:00~18:00 근무", "1종 보통 운전면허",
    "경력 3년 이상", "20kg 포대를 옮깁니다", "키오스크 관리", "신장 투석실 청소", "아동 30명 반", "여성 어르신 목욕 도움",
    "남자 어르신 방문요양", "재산세 신고 대행", "보증서 발급 업무", "출신고를 묻지 않습니다", "자녀 학자금 지원", "가족 수당 있음",
    "사진 촬영과 편집", "청년내일채움공제 가능", "교육비 전액 지원", "유니폼 무료 제공", "종교 시설 청소", "2026년 1월 입사",
    "팀원 4명과 일합니다",
)  # fmt: skip


def terms(**changed: object) -> OrderTerms:
    base = OrderTerms(
        title="한식 조리사",
        occupation_code="5312",
        duties="국과 찌개, 반찬을 만듭니다.",
        headcount=1,
        employment_type=EmploymentType.PERMANENT,
        starts_on=dt.date(2026, 5, 4),
        weekly_hours=40,
        work_days=5,
        work_time="09:00~18:00",
        wage_basis=WageBasis.MONTH,
        wage_won=2_600_000,
        workplace_district="11530",
        workplace_address="서울특별시 구로구 이음로 7",
        contact_name="윤미정",
        contact_phone="025550100",
        contact_email="a@b.kr",
    )
    return dataclasses.replace(base, **changed)


@pytest.mark.parametrize("phrase", BAD)
def test_a_bad_phrase_is_stopped_with_its_law(phrase: str) -> None:
    found = [
        each
        for each in findings_in_text("duties", f"주방 일을 합니다. {phrase}.")
        if each.severity is Severity.REFUSE
    ]
    assert found, phrase
    assert all(each.law and each.advice for each in found)


@pytest.mark.parametrize("phrase", GOOD)
def test_an_ordinary_phrase_is_not(phrase: str) -> None:
    found = [each for each in findings_in_text("duties", phrase) if each.severity is Severity.REFUSE]
    assert not found, (phrase, found)


def test_the_better_wording_keeps_the_rest_and_is_lawful() -> None:
    text = "35세 이하 여성 우대. 손님 응대와 자리 안내, 마감 청소."
    better = findings_in_text("duties", text)[0].better
    assert "손님 응대와 자리 안내" in better
    assert not [each for each in findings_in_text("duties", better) if each.severity is Severity.REFUSE]


@pytest.mark.parametrize(
    ("starts_on", "basis", "won", "hours", "holds"),
    [
        (dt.date(2026, 12, 31), WageBasis.MONTH, 2_156_880, 40, True),
        (dt.date(2026, 12, 31), WageBasis.MONTH, 2_156_879, 40, False),
        (dt.date(2027, 1, 1), WageBasis.MONTH, 2_156_880, 40, False),
        (dt.date(2027, 1, 1), WageBasis.MONTH, 2_236_300, 40, True),
        (dt.date(2026, 5, 4), WageBasis.HOUR, 10_320, 14, True),
        (dt.date(2026, 5, 4), WageBasis.HOUR, 10_319, 14, False),
        (dt.date(2026, 5, 4), WageBasis.YEAR, 2_156_880 * 12, 40, True),
        (dt.date(2026, 5, 4), WageBasis.YEAR, 2_156_880 * 12 - 12, 40, False),
        (dt.date(2026, 5, 4), WageBasis.DAY, 82_560, 40, True),
        (dt.date(2026, 5, 4), WageBasis.MONTH, 1_410_000, 26, True),
    ],
)
def test_the_minimum_wage_is_that_of_the_start_date_and_the_hours(
    starts_on: dt.date, basis: WageBasis, won: int, hours: int, holds: bool
) -> None:
    finding = wage_finding(starts_on=starts_on, basis=basis, won=won, weekly_hours=hours, work_days=5)
    assert (finding.severity is Severity.PASSED) == holds, finding


def test_lawful_terms_are_not_held_up() -> None:
    assert blocking(check(terms())) == []
