"""Third persons' health: seen and taken out; requirements and other trades left. Nobody here exists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.intake.feed.findings import FindingCode
from screening.intake.feed.health import NOTICE, remove_health, remove_health_from_title


@pytest.mark.parametrize(
    "line",
    [
        "4등급 할머니",
        "４등급 할머니",
        "대상자 : 3등급 남자 어르신(독거)",
        "1등급 할아버님 와상",
        "치매 어르신 돌봄",
        "파킨슨 있으심",
        "뇌졸중으로 편마비",
        "콧줄, 석션, 욕창 관리",
        "L-tube",
        "주 3회 투석하심",
        "위암 수술 후 회복 중",
        "85세 할머니, 거동 불편",
        "고혈압, 당뇨 약 드시는 어르신",
    ],
)
def test_replaced(line: str) -> None:
    redacted = remove_health(f"요양보호사 모집\n{line}\n주5일")
    assert redacted.text == f"요양보호사 모집\n{NOTICE}\n주5일"
    assert redacted.findings == (FindingCode.THIRD_PERSON_HEALTH,)


@pytest.mark.parametrize(
    "text",
    [
        "치매교육 이수 필수",
        "치매전문교육 수료자 우대, 요양보호사 자격증",
        "투석실 간호사 모집",
        "소방시설 1등급 현장",
        "한우 1등급 판매",
        "암사동 근무, 암막커튼 설치",
        "휠체어 판매 영업",
        "당뇨 소모품 영업",
        "만 65세 이상 지원 가능",
        "독거노인 생활지원사 모집",
        "중증수당 별도",
    ],
)
def test_left(text: str) -> None:
    assert remove_health(text).text == text


def test_only_the_sentence_goes() -> None:
    redacted = remove_health("급여 10,320원. 4등급 어르신 케어. 주 5일")
    assert redacted.text == f"급여 10,320원. {NOTICE} 주 5일"


def test_one_notice_for_a_run_of_lines() -> None:
    assert remove_health("4등급 할머니\n독거\n\n거동불편\n산책").text == f"{NOTICE}\n\n산책"


def test_care_is_told_when_the_words_are_in_the_title() -> None:
    assert remove_health("기저귀 교체").findings == ()
    assert remove_health("기저귀 교체", care=True).text == NOTICE


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("[가람동/4등급할머니/13~16시] 재가 요양보호사 모집", "[가람동/13~16시] 재가 요양보호사 모집"),
        ("[가람동/5등급/여자/오전] 요양보호사", "[가람동/오전] 요양보호사"),
        ("요양보호사 채용(가람역_3등급 할머니)", "요양보호사 채용(가람역)"),
        ("1등급 할아버님 재가요양보호사 구인", "재가요양보호사 구인"),
        ("요양보호사 모집 - 4등급 / 남자어르신 / 가람동", "요양보호사 모집 - 남자어르신 / 가람동"),
        ("4등급 할머니", ""),
        ("홀서빙 모집", "홀서빙 모집"),
    ],
)
def test_titles(title: str, left: str) -> None:
    assert remove_health_from_title(title).text == left


@given(
    st.lists(
        st.sampled_from(["4등급 ", "할머니", "치매", "교육", ". ", "\n", "주5일", " ", NOTICE]), max_size=12
    )
)
def test_twice_is_once(pieces: list[str]) -> None:
    once = remove_health("".join(pieces), care=True)
    assert remove_health(once.text, care=True).text == once.text
