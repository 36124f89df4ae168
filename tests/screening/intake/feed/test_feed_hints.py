"""Words for the fair-hiring check."""

import pytest

from screening.intake.feed.findings import FindingCode
from screening.intake.feed.hints import hints


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("성별무관 / 군필자", FindingCode.MILITARY_TERM),
        ("성별무관 / 군필자", FindingCode.NEUTRAL_TERM),
        ("여성만 지원 가능", FindingCode.GENDER_TERM),
        ("여직원 모집", FindingCode.GENDER_TERM),
        ("남자 2명", FindingCode.GENDER_TERM),
        ("만 35세 이하", FindingCode.AGE_TERM),
        ("20~30대", FindingCode.AGE_TERM),
        ("젊은 분", FindingCode.AGE_TERM),
        ("용모단정", FindingCode.LOOKS_TERM),
        ("키 170 이상", FindingCode.LOOKS_TERM),
        ("사진 필수", FindingCode.PHOTO_TERM),
        ("미혼자", FindingCode.FAMILY_TERM),
        ("신원보증인", FindingCode.PROPERTY_TERM),
        ("교재비 별도", FindingCode.FEE_TERM),
        ("한국말 유창한 외국인 가능", FindingCode.NATIONALITY_TERM),
        ("주민등록등본 제출", FindingCode.PERSONAL_PAPER_TERM),
        ("장애인 증명서 제출 必", FindingCode.DISABILITY_PROOF_TERM),
        ("복지카드소지자 우대", FindingCode.DISABILITY_TERM),
        ("경력단절자 지원가능", FindingCode.CAREER_BREAK_TERM),
        ("교회, 기독교인 우대", FindingCode.RELIGION_TERM),
        ("고향이 같은 분", FindingCode.ORIGIN_TERM),
    ],
)
def test_seen(text: str, code: FindingCode) -> None:
    assert code in hints(text)


@pytest.mark.parametrize(
    "text",
    [
        "여자어르신 케어",
        "남자 화장실 청소",
        "60대 어르신",
        "만 18세 이상",
        "키보드 170개 조립",
        "가족 같은 분위기",
        "임대보증금 상담",
    ],
)
def test_not_seen(text: str) -> None:
    assert hints(text) == ()
