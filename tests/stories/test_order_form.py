"""The order form: every field is kept, a pasted advertisement fills it, an exception needs a reason and a yes."""

import datetime as dt

import pytest
import sqlalchemy as sa

from foundation.reference.employment_types import EmploymentType
from foundation.reference.occupations import OCCUPATIONS
from screening.demand.orders.lawful import probation_finding
from screening.demand.orders.models import JobOrder
from screening.demand.orders.severity import Severity
from screening.intake.advertisements import read_advertisement
from tests.house import House
from tests.visitor import Visitor

PASTED = """[급구] 다온밥상 한식 조리사 구합니다
담당업무: 국과 찌개, 반찬 조리와 주방 정리
모집인원: 2명
고용형태: 계약직 12개월
근무시간: 06:00~15:00 (휴게 1시간)
근무요일: 주 5일
급여: 월 270만원
근무지: 서울특별시 구로구 이음로 7
자격증: 한식조리기능사
경력: 2년 이상
마감일: 2026-05-29
문의: 02-555-0100
항상 밝은 가게입니다
"""


def filled(house: House, **changed: object) -> Visitor:
    """A draft with every needed field, as far as its last step."""
    firm = house.visitor("firm").open("/employer").press("새로 사람 구하기")
    job = {
        "title": "한식 조리사",
        "occupation": "한식 조리사",
        "duties": "국과 찌개를 만듭니다.",
        "workplace_district": "11530",
        "workplace_address": "서울특별시 구로구 이음로 7",
        "near_station": "구로역",
        "keywords": "한식, 주방",
    }
    terms = {
        "weekly_hours": "40",
        "wage_won": "2,700,000",
        "languages": "한국어",
        "welfare": ["meals", "uniform"],
    }
    hiring = {"contact_phone": "02-555-0100", "contact_mobile": "010-0000-1234", "contact_position": "점장"}
    for step in (job, terms, hiring):
        typed = step | {name: value for name, value in changed.items() if name in _names(firm)}
        firm.press("다음:", **typed)
    return firm


def _names(firm: Visitor) -> set[str]:
    form = next(form for form in firm.page.forms if "/drafts/" in form.action)
    return {name for name, _ in form.values} | set(form.choices)


def newest(house: House) -> JobOrder:
    with house.database.read() as session:
        return session.scalars(sa.select(JobOrder).order_by(JobOrder.number.desc()).limit(1)).one()


def test_every_field_is_kept_and_cloned(house: House) -> None:
    filled(house).press("구인신청 내기").sees("접수번호")
    order = newest(house)
    assert (order.near_station, order.keywords, order.languages) == ("구로역", ["한식", "주방"], "한국어")
    assert (order.welfare, order.contact_mobile, order.contact_position) == (
        ["meals", "uniform"],
        "01000001234",
        "점장",
    )
    assert order.posted
    page = house.visitor("firm").open(f"/employer/orders/{order.id}")
    page.sees("구로역").sees("식사, 근무복").sees("010-0000-1234")


def test_a_condition_with_an_exception_needs_a_reason_and_a_yes(house: House) -> None:
    firm = filled(house, duties="여성 탈의실에서 여성 직원 채용, 입욕을 돕습니다.")
    firm.press("구인신청 내기", expect=422).sees("성별을 모집 조건으로")
    firm.press("구인신청 내기", **{"reason-sex": "여성 목욕탕의 탈의실에서 입욕을 돕는 일입니다."}).sees(
        "접수번호"
    )
    order = newest(house)
    signing = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    signing.press("서명하고 맡기기", typed_name="윤미정", code=house.signing_code(signing))
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").press("접수하기")
    officer.sees("여성 목욕탕의 탈의실에서").press("승인하기", expect=403).sees("법의 예외를 부탁한 조건")
    officer.open(f"/staff/orders/{order.id}").press("인정하지 않음").press("승인하기", expect=403)
    officer.open(f"/staff/orders/{order.id}").press("예외로 인정").press("승인하기").sees("모집중")


def test_a_refused_phrase_cannot_be_explained_away(house: House) -> None:
    firm = filled(house, duties="35세 이하 여자 직원만 구합니다.")
    firm.press("구인신청 내기", expect=422).sees("나이를 모집 조건으로").misses("꼭 필요한 이유")


def test_a_pasted_advertisement_fills_the_form_and_marks_its_guesses(house: House) -> None:
    firm = (
        house.visitor("firm")
        .open("/employer")
        .follow("공고 붙여 넣어 시작")
        .press("신청서에 채우기", text=PASTED)
    )
    firm.sees("칸을 채웠습니다").sees("공고에서 짐작한 칸")
    assert "국과 찌개, 반찬 조리와 주방 정리" in firm.page.html
    firm.press("다음:")
    assert 'value="2,700,000"' in firm.page.html
    firm.press("다음:").press("다음:", contact_email="a@b.example").press("구인신청 내기").sees("접수번호")
    order = newest(house)
    assert (order.headcount, order.employment_type, order.contract_months) == (2, EmploymentType.FIXED, 12)
    assert (order.wage_won, order.workplace_district, order.career_months) == (2_700_000, "11530", 24)
    assert order.closes_on == dt.date(2026, 5, 29)


def test_what_was_read_and_what_was_guessed() -> None:
    read = read_advertisement(PASTED, today=dt.date(2026, 3, 2))
    assert read.typed["work_days"] == "5"
    assert read.typed["licences"] == "한식조리기능사"
    assert {"title", "occupation"} <= read.guessed
    assert "wage_won" not in read.guessed
    assert "항상 밝은 가게입니다" in read.left_over


@pytest.mark.parametrize(
    "text", ["", "ㅋㅋㅋ", "급여:", "마감일: 2026-13-45", "💥" * 900, "시급 1e9원", "\u1100\u1161" * 3000]
)
def test_nonsense_fills_little_and_breaks_nothing(text: str) -> None:
    read = read_advertisement(text, today=dt.date(2026, 3, 2))
    assert "wage_won" not in read.typed


@pytest.mark.parametrize(
    ("changed", "severity"),
    [
        ({"probation_months": 3, "probation_percent": 90}, Severity.HINT),
        ({"probation_months": 3, "probation_percent": 89}, Severity.REFUSE),
        ({"probation_months": 4, "probation_percent": 90}, Severity.REFUSE),
        (
            {
                "probation_months": 3,
                "probation_percent": 90,
                "employment_type": EmploymentType.FIXED,
                "contract_months": 11,
            },
            Severity.REFUSE,
        ),
        (
            {
                "probation_months": 3,
                "probation_percent": 90,
                "employment_type": EmploymentType.FIXED,
                "contract_months": 12,
            },
            Severity.HINT,
        ),
        ({"probation_months": 3, "probation_percent": 90, "wage_won": 2_600_000}, Severity.PASSED),
    ],
)
def test_pay_on_probation(house: House, changed: dict[str, object], severity: Severity) -> None:
    terms = house.terms(**{"wage_won": 2_156_880, "starts_on": dt.date(2026, 6, 1), **changed})
    finding = probation_finding(terms)
    assert finding is not None
    assert finding.severity is severity


def test_simple_labour_has_no_cheaper_probation(house: House) -> None:
    manual = next(code for code, each in OCCUPATIONS.items() if each.manual)
    terms = house.terms(
        wage_won=2_156_880,
        starts_on=dt.date(2026, 6, 1),
        probation_months=3,
        probation_percent=90,
        occupation_code=manual,
    )
    finding = probation_finding(terms)
    assert finding is not None
    assert finding.severity is Severity.REFUSE


def test_two_tabs_overwrite_nothing_of_each_other(house: House) -> None:
    first = house.visitor("firm").open("/employer").press("새로 사람 구하기")
    step = first.page.path
    old_tab = house.visitor("firm").open(step)
    first.press("다음:", title="한식 조리사", duties="국과 찌개를 만듭니다.\n반찬도 만듭니다.")
    old_tab.press("다음:", near_station="구로역")
    old_tab.press("이전", weekly_hours="38")
    seen = house.visitor("firm").open(step).page
    values = {name: value for form in seen.forms for name, value in form.values}
    assert values["title"] == "한식 조리사"
    assert "반찬도 만듭니다." in values["duties"]
    assert values["near_station"] == "구로역"


def test_what_the_later_tab_replaces_is_said(house: House) -> None:
    first = house.visitor("firm").open("/employer").press("새로 사람 구하기")
    step = first.page.path
    old_tab = house.visitor("firm").open(step)
    first.press("다음:", title="한식 조리사")
    old_tab.press("다음:", title="중식 조리사").sees("다른 화면에서 적으신 구인제목 ‘한식 조리사’")
    old_tab.press("이전", wage_won="2,700,000")
    again = house.visitor("firm").open(step).page
    assert {name: value for form in again.forms for name, value in form.values}["title"] == "중식 조리사"


def test_what_was_typed_can_be_erased_again(house: House) -> None:
    firm = house.visitor("firm").open("/employer").press("새로 사람 구하기")
    step = firm.page.path
    firm.press("다음:", near_station="구로역").open(step).press("다음:", near_station="")
    values = {name: value for form in firm.open(step).page.forms for name, value in form.values}
    assert values["near_station"] == ""
