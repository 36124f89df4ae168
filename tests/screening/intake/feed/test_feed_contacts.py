"""Contact data taken out, everything else left. All numbers and names are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.intake.feed.contacts import NOTICE, NUMBER_NOTICE, remove_contacts
from screening.intake.feed.findings import FindingCode


@pytest.mark.parametrize(
    "contact",
    [
        "010-0000-1234",
        "010.0000.1234",
        "010 0000 1234",
        "01000001234",
        "010–0000–1234",
        "(010)0000-1234",
        "+82 10-0000-1234",
        "0 1 0 0 0 0 0 1 2 3 4",
        "0 1 0 - 0 0 0 0 - 1 2 3 4",
        "010-****-1234",
        "02-000-1234",
        "02)000-1234",
        "0310001234",
        "0507-0000-1234",
        "1588-0000",
        "０１０－００００－１２３４",
        "010-0팔팔0-0사오0",
        "공일공 영영영영 일이삼사",
        "공일공에 일이삼사에 오육칠팔",
        "공1공-1이3사-5육7팔",
        "O1O-I234-5678",
        "0①0-①②③④-⑤⑥⑦⑧",
        "gaon@example.com",
        "gaon＠example.com",
        "gaon at example.com",
        "gaon(a)example.com",
        "gaon[at]example dot com",
        "gaon 골뱅이 네이버 점 컴",
        "gaon골뱅이example.co.kr",
        "gaonⓐexample.com",
        "gaon_at_example_dot_com",
        "https://open.kakao.com/o/sGaon",
    ],
)
def test_removed(contact: str) -> None:
    redacted = remove_contacts(f"문의 {contact} 로 주세요")
    assert redacted.text.replace(" ", "") == f"문의{NOTICE}로주세요".replace(" ", "")
    assert FindingCode.CONTACT_REMOVED in redacted.findings


def test_disguises_are_told_apart() -> None:
    assert FindingCode.HIDDEN_CONTACT_REMOVED in remove_contacts("010-0팔팔0-0사오0").findings
    assert FindingCode.HIDDEN_CONTACT_REMOVED not in remove_contacts("010-0000-1234").findings


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("전화(02-000-0000 / 010-0000-0000)", f"전화{NOTICE}"),
        ("이메일 ( gaon@example.com ) 으로", f"이메일 {NOTICE} 으로"),
        ("채용담당자 010-0000-0000 / 02-0000-0000", f"채용담당자 {NOTICE}"),
        ("* 전화지원 010-0000-0000 (○○○ 센터장)", f"* 전화지원 {NOTICE}"),
        ("카톡 아이디 gaon12 로", f"카톡 아이디 {NOTICE} 로"),
        ("카카오톡ID: gaon_1", f"카카오톡ID: {NOTICE}"),
        ("대표전화 15880000", f"대표전화 {NOTICE}"),
        ("사업자번호 123-45-67890", f"사업자번호 {NUMBER_NOTICE}"),
        ("990101-1234567", NUMBER_NOTICE),
    ],
)
def test_in_context(text: str, left: str) -> None:
    assert remove_contacts(text).text == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("담당자 김가온 과장", f"담당자 {NOTICE}"),
        ("담당자: 이누리", f"담당자: {NOTICE}"),
        ("김누리 센터장에게", f"{NOTICE}에게"),
        ("박 팀장님께", f"{NOTICE}께"),
        ("센터장 박○○", f"센터장 {NOTICE}"),
    ],
)
def test_names_beside_titles(text: str, left: str) -> None:
    redacted = remove_contacts(text)
    assert redacted.findings in [(FindingCode.PERSON_NAME_REMOVED,), ()]
    if redacted.findings:
        assert redacted.text == left


@pytest.mark.parametrize(
    "text", ["담당자 김민수 과장", "담당자: 이서연", "김영희 센터장에게", "박 팀장님께", "센터장 박○○"]
)
def test_name_shapes(text: str) -> None:
    assert remove_contacts(text).findings == (FindingCode.PERSON_NAME_REMOVED,)


@pytest.mark.parametrize(
    "text",
    [
        "급여 2,156,880원, 시급 10,320원, 13.000원, 연봉 3,000만원, 2156880",
        "근무 0800-1500, 1600-2000, 09:00~18:00, 0900~1800, 13;00",
        "2026-09-26, 2026.07.27, 26.07.27, 2026. 7. 29, 20260101-20261231",
        "가람로 253-25, 오류동 1630-4, 106동 1203호, 제2026-02호",
        "H954202601010001, 모델 A010-1234-5678B",
        "담당자 이메일로 지원, 담당자 연락처 문의, 담당자 문의 바랍니다, 담당자 통화 후 지원",
        "안전관리 담당자, 현장 소장, 요양원장 면접, 정원 관리자 모집, 안내데스크 담당자, 신임 원장",
        "카톡 문의 가능, 반도체 라인내 작업, 가람동○○@] 4등급",
        "무상제공 2026. 07. 27, 국번없이 1350, 1톤 트럭",
        "월 209시간, 월24회(토요일 격주), 300인 이상, 100-200-300",
    ],
)
def test_not_touched(text: str) -> None:
    assert remove_contacts(text).text == text
    assert remove_contacts(text).findings == ()


PIECES = st.sampled_from(
    [
        *(
            "010",
            "-",
            "1234",
            "공일공",
            "일이삼사",
            " ",
            ".",
            "@",
            "a",
            "naver.com",
            "골뱅이",
            "담당자",
            "김민수",
        ),
        *(
            "과장",
            "(",
            ")",
            "\n",
            "02",
            "1588",
            "123-45-67890",
            "○○○",
            "센터장",
            "카톡",
            "id:",
            "①",
            "０",
            NOTICE,
        ),
        *("원", "2,156,880"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_twice_is_once(text: str) -> None:
    once = remove_contacts(text)
    assert remove_contacts(once.text).text == once.text


@given(st.text(max_size=200))
def test_text_without_findings_is_left_alone(text: str) -> None:
    redacted = remove_contacts(text)
    assert bool(redacted.findings) or redacted.text == text


@given(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from(["-", ".", " ", "", " - ", "–", "/"]))
def test_no_mobile_number_survives(middle: int, last: int, between: str) -> None:
    number = f"010{between}{middle:04}{between}{last:04}"
    assert f"{last:04}" not in remove_contacts(f"문의: {number} 입니다").text


SPOKEN = str.maketrans("0123456789", "공일이삼사오육칠팔구")


@given(st.integers(0, 99_999_999), st.integers(1, 2**11 - 1), st.sampled_from(["-", " ", ".", ""]))
def test_no_half_spoken_number_survives(rest: int, spoken: int, between: str) -> None:
    digits = f"010{rest:08}"
    mixed = "".join(d.translate(SPOKEN) if spoken >> i & 1 else d for i, d in enumerate(digits))
    written = between.join((mixed[:3], mixed[3:7], mixed[7:]))
    assert NOTICE in remove_contacts(f"연락: {written}").text
