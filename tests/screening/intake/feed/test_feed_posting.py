"""Whole rows, invented with the traps of the real feed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.reference.wage_basis import WageBasis
from screening.intake.feed.contacts import NOTICE
from screening.intake.feed.findings import FindingCode, Severity
from screening.intake.feed.health import NOTICE as HEALTH_NOTICE
from screening.intake.feed.posting import Posting, Refused, parse
from screening.intake.feed.reading import read_rows
from screening.intake.feed.report import report_row
from screening.intake.feed.slots import Insurance, ReceiptMethod
from screening.intake.feed.terms import Career, EmploymentType

ROW = {
    "JO_REQST_NO": "H954202607010001",
    "CMPNY_NM": "㈜가온&amp;누리",
    "BSNS_SUMRY_CN": "방문요양*",
    "JOBCODE_NM": "재가 간병인",
    "RCRIT_NMPR_CO": "2.0",
    "ACDMCR_NM": "관계없음",
    "EMPLYM_STLE_CMMN_MM": "상용직(시간제)",
    "WORK_PARAR_BASS_ADRES_CN": "인천 검단구인천광역시 검단구 가람동 1-4",
    "DTY_CN": "- 4등급 할머니(독거)\n- 시급 10,320&gt;13,200원 (수당 포함)\n- 치매교육 필수\n* 문의 010-0팔팔0-0사오0",
    "CAREER_CND_NM": "무관",
    "HOPE_WAGE": "시급 / 10320원 - 면접 후 협의가능 ",
    "RET_GRANTS_NM": "퇴직금",
    "WORK_TIME_NM": "(근무시간) (오전) 9시 00분 ~ (정오) 12시 00분",
    "HOLIDAY_NM": "주5일근무",
    "WEEK_WORK_HR": "0",
    "JO_FEINSR_SBSCRB_NM": "고용보험 산재보험  ",
    "RCEPT_CLOS_NM": "마감일 (2026-09-26)",
    "RCEPT_MTH_NM": "방문 고용24 입사지원  ",
    "PRESENTN_PAPERS_NM": "이력서   ",
    "JO_SJ": " [가람동/4등급할머니] 재가 요양보호사 모집 ",
    "JO_REG_DT": "2026-07-01",
}


def posting(**cells: str) -> Posting:
    parsed = parse({**ROW, **cells})
    assert isinstance(parsed, Posting)
    return parsed


def test_a_whole_row() -> None:
    read = posting()
    assert (read.request_number, read.registration_number) == ("H954202607010001", None)
    assert (read.employer_name, read.employer_key) == ("(주)가온&누리", "가온누리")
    assert read.title == "[가람동] 재가 요양보호사 모집"
    assert (read.occupation_code, read.occupation_name) == ("5501", "재가 간병인")
    assert (
        read.duties
        == f"{HEALTH_NOTICE}\n- 시급 10,320>13,200원 (수당 포함)\n- 치매교육 필수\n* 문의 {NOTICE}"
    )
    assert read.headcount == 2
    assert (read.province, read.city, read.address_detail) == ("인천", "검단구", "가람동 1-4")
    assert (read.wage_basis, read.wage_won, read.wage_max_won, read.negotiable) == (
        WageBasis.HOUR,
        10_320,
        None,
        True,
    )
    assert (read.employment_type, read.part_time, read.career) == (EmploymentType.PERMANENT, True, Career.ANY)
    assert (read.work_days_per_week, read.weekly_hours) == (5, 15)
    assert (read.closes_on, read.until_filled, read.review_on) == (date(2026, 9, 26), False, None)
    assert read.registered_on == date(2026, 7, 1)
    assert read.insurances == {Insurance.EMPLOYMENT, Insurance.ACCIDENT}
    assert read.receipt_methods == (ReceiptMethod.VISIT, ReceiptMethod.WORK24)
    assert set(read.findings) == {
        FindingCode.THIRD_PERSON_HEALTH,
        FindingCode.CONTACT_REMOVED,
        FindingCode.HIDDEN_CONTACT_REMOVED,
        FindingCode.HOURS_DERIVED,
        FindingCode.WAGE_HIGHER_IN_TEXT,
    }


def test_registration_number_instead() -> None:
    read = posting(JO_REQST_NO="", JO_REGIST_NO="K170012601010001")
    assert (read.request_number, read.registration_number) == ("K170012601010001",) * 2
    assert FindingCode.REGISTRATION_NUMBER_USED in read.findings


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"JO_REQST_NO": " "}, FindingCode.NO_REQUEST_NUMBER),
        ({"CMPNY_NM": " . "}, FindingCode.NO_EMPLOYER_NAME),
        ({"JO_SJ": "", "DTY_CN": "-", "JOBCODE_NM": ""}, FindingCode.EMPTY_POSTING),
    ],
)
def test_refused(cells: dict[str, str], code: FindingCode) -> None:
    parsed = parse({**ROW, **cells})
    assert isinstance(parsed, Refused)
    assert parsed.findings == (code,)
    assert parsed.reason == code.ko


def test_an_empty_row_says_everything() -> None:
    parsed = parse({})
    assert isinstance(parsed, Refused)
    assert [code.severity for code in parsed.findings] == [Severity.REFUSE] * 3


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"RCRIT_JSSFC_CMMN_CODE_SE": "532202"}, "5322"),
        ({"RCRIT_JSSFC_CMMN_CODE_SE": "26200", "JOBCODE_NM": ""}, "0262"),
        ({"RCRIT_JSSFC_CMMN_CODE_SE": "999999"}, "5501"),
        ({"JOBCODE_NM": "", "JO_SJ": "지게차 운전원"}, "6230"),
        (
            {"JOBCODE_NM": "", "JO_SJ": "함께할 분", "DTY_CN": "[모집직무]\n미싱사, 게임 디자이너\n[소개]"},
            "8623",
        ),
        ({"JOBCODE_NM": "", "JO_SJ": "함께할 분", "DTY_CN": ""}, None),
    ],
)
def test_occupation(cells: dict[str, str], code: str | None) -> None:
    assert posting(**cells).occupation_code == code


def test_occupation_that_the_title_contradicts() -> None:
    read = posting(JOBCODE_NM="기획·마케팅 사무원", JO_SJ="베트남어 통역원 모집", DTY_CN="통역")
    assert read.occupation_code == "0261"
    assert FindingCode.OCCUPATION_DOUBTFUL in read.findings


@pytest.mark.parametrize(
    ("wage", "hours", "below"),
    [
        ("시급 / 10320원", "40", False),
        ("시급 / 10319원", "40", True),
        ("월급 / 216만원", "40", False),
        ("월급 / 215만원", "40", True),
        ("월급 / 2,156,880원", "40", False),
        ("월급 / 2,156,879원", "40", True),
        ("월급 / 141만원", "26", False),
        ("월급 / 139만원", "26", True),
        ("월급 / 1,614,360원", "30", False),
        ("최소연봉 / 2588만원", "40", False),
        ("최소연봉 / 2500만원", "40", True),
        ("일급 / 8만원", "40", True),
        ("일급 / 8만3천원", "40", False),
    ],
)
def test_minimum_wage_by_weekly_hours(wage: str, hours: str, below: bool) -> None:
    times = {"40": "09:00~18:00", "26": "", "30": "09:00~16:00 휴게 1시간"}
    read = posting(HOPE_WAGE=wage, WEEK_WORK_HR=hours, WORK_TIME_NM=times[hours])
    assert (FindingCode.WAGE_BELOW_MINIMUM in read.findings) is below


def test_minimum_wage_cannot_be_checked() -> None:
    assert FindingCode.WAGE_NOT_CHECKED in posting(HOPE_WAGE="월급 / 216만원", WORK_TIME_NM="").findings
    no_date = posting(JO_REG_DT="", RCEPT_CLOS_NM="")
    assert FindingCode.WAGE_NOT_CHECKED in no_date.findings
    assert FindingCode.WAGE_NOT_CHECKED in posting(JO_REG_DT="2005-01-01").findings


def test_agency() -> None:
    assert FindingCode.AGENCY_POSTING in posting(JO_SJ="[채용대행] 요양보호사").findings
    assert FindingCode.AGENCY_POSTING in posting(BSNS_SUMRY_CN="아웃소싱, 근로자 파견").findings


def test_title_that_was_nothing_but_health() -> None:
    assert posting(JO_SJ="4등급 할머니").title == "재가 간병인 구인"


def test_reposts_share_a_key_and_changes_change_the_hash() -> None:
    first = posting()
    again = posting(JO_REQST_NO="H954202607090009", JO_REG_DT="2026-07-09", CMPNY_NM="주식회사 가온&누리")
    other = posting(JO_SJ="[나래동] 재가 요양보호사 모집")
    assert first.repost_key == again.repost_key != other.repost_key
    assert first.source_hash != again.source_hash


def test_hash_ignores_blanks_order_and_counsellors() -> None:
    same = {
        **dict(reversed(ROW.items())),
        "SUBWAY_NM": " ",
        "MNGR_NM": "김가온",
        "MNGR_PHON_NO": "02-000-0000",
    }
    assert posting().source_hash == parse(same).source_hash


def test_json_and_xml_read_the_same() -> None:
    cells = "".join(
        f"<{field}>{value.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</{field}>"
        for field, value in ROW.items()
    )
    rows = read_rows(f"<GetJobInfo><row>{cells}</row></GetJobInfo>".encode())
    assert parse(rows[0]) == parse(ROW)


def test_counsellors_are_never_kept() -> None:
    read = posting(MNGR_NM="김가온", MNGR_PHON_NO="02-000-0000")
    assert "김가온" not in repr(read)
    assert "000-0000" not in repr(read)


FIELDS = st.sampled_from([*ROW, "JO_REGIST_NO", "RCRIT_JSSFC_CMMN_CODE_SE", "MNGR_NM", "x"])
FRAGMENTS = st.sampled_from(
    [
        *(
            "시급",
            "월급",
            "연봉",
            " / ",
            "만원",
            "원",
            "천",
            "억",
            "~",
            "-",
            "협의",
            "10320",
            "216",
            "3,000",
            "9" * 400,
        ),
        *(
            "오전",
            "(오후)",
            "9시",
            "00분",
            "09:00",
            "0800",
            "휴게",
            "1시간",
            "주5일",
            "월~금",
            "격주",
            "토 ",
            "익일",
        ),
        *(
            "2026",
            "-02-30",
            "26-09-26",
            "채용시까지",
            "상시",
            "서울",
            "경기",
            "중구",
            "광주시",
            "세종",
            "안산시시흥",
        ),
        *(
            "4등급",
            "할머니",
            "치매",
            "010",
            "공일공",
            "@",
            "naver.com",
            "담당자",
            "김민수",
            "&amp;",
            "&#x0;",
            "<br>",
            "\x00",
        ),
        *(
            "\n",
            " ",
            "　",
            "１",
            "①",
            "٣",
            "\ud800",
            "😀",
            "(",
            ")",
            "[",
            "]",
            ".",
            ",",
            ":",
            "%",
            "null",
            "H954202607010001",
        ),
    ]
)
CELLS = st.lists(FRAGMENTS, max_size=8).map("".join) | st.text(max_size=40)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(FIELDS, CELLS), st.booleans())
def test_never_raises(cells: dict[str, str], with_base: bool) -> None:
    parsed = parse({**ROW, **cells} if with_base else cells)
    report_row(parsed, "new", 1)
    if isinstance(parsed, Posting):
        assert parsed.closes_on is None or not parsed.until_filled
        assert parsed.wage_won is None or (parsed.wage_won > 0 and parsed.wage_basis is not None)
        assert parsed.headcount >= 1
        assert parsed.weekly_hours is None or parsed.weekly_hours > 0
        assert not any(code.severity is Severity.REFUSE for code in parsed.findings)
        repr(parsed).encode()
    else:
        assert parsed.reason
