"""The terms of an order, as one value that form, draft, command and check share."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from foundation.tones import Labelled


class Education(Labelled):
    """학력 조건."""

    ANY = "00", "학력 무관"
    PRIMARY = "01", "초졸 이하"
    MIDDLE = "02", "중졸"
    HIGH = "03", "고졸"
    COLLEGE = "04", "대졸(2~3년)"
    UNIVERSITY = "05", "대졸(4년)"
    MASTER = "06", "석사"
    DOCTOR = "07", "박사"


class Insurance(Labelled):
    """4대 보험."""

    PENSION = "pension", "국민연금"
    HEALTH = "health", "건강보험"
    EMPLOYMENT = "employment", "고용보험"
    ACCIDENT = "accident", "산재보험"


class Severance(Labelled):
    """퇴직급여."""

    PAY = "pay", "퇴직금"
    PENSION = "pension", "퇴직연금"
    NONE = "none", "해당 없음"


class Selection(Labelled):
    """전형방법."""

    PAPERS = "papers", "서류"
    INTERVIEW = "interview", "면접"
    PRACTICE = "practice", "실기"
    WRITTEN = "written", "필기"


class Shift(Labelled):
    """교대 근무."""

    NONE = "none", "교대 없음"
    TWO = "two", "2교대"
    THREE = "three", "3교대"
    ALTERNATE = "alternate", "격일제"


class WorkplaceGate(Labelled):
    """Whom the law keeps away from a workplace."""

    NONE = "none", "제한 없음"
    EIGHTEEN = "eighteen", "18세 미만이 일할 수 없는 일(근로기준법 제65조)"
    ADULT = "adult", "청소년유해업소(청소년 보호법 제29조)"


class Military(Labelled):
    """병역특례 채용희망."""

    NONE = "none", "해당 없음"
    INDUSTRIAL = "industrial", "산업기능요원"
    RESEARCH = "research", "전문연구요원"


class Facility(Labelled):
    """장애인 편의시설."""

    RAMP = "ramp", "경사로"
    LIFT = "lift", "승강기"
    TOILET = "toilet", "장애인 화장실"
    PARKING = "parking", "장애인 주차구역"


class Welfare(Labelled):
    """복리후생."""

    MEALS = "meals", "식사"
    BUS = "bus", "통근버스"
    DORMITORY = "dormitory", "기숙사"
    NURSERY = "nursery", "보육시설"
    TUITION = "tuition", "학자금"
    UNIFORM = "uniform", "근무복"
    PARKING = "parking", "주차"


class Receipt(Labelled):
    """접수방법."""

    AGENCY = "agency", "채용대행 접수"
    WORK24 = "work24", "고용24"
    EMAIL = "email", "이메일"
    VISIT = "visit", "방문"
    POST = "post", "우편"
    FAX = "fax", "팩스"
    HOMEPAGE = "homepage", "홈페이지"


class ResultNotice(Labelled):
    """결과통보 방법."""

    SMS = "sms", "문자"
    PHONE = "phone", "전화"
    EMAIL = "email", "이메일"


@dataclass(frozen=True)
class OrderTerms:
    """Everything an order says; money in whole won, hours per week, days in Asia/Seoul.

    `closes_on` None means 채용시까지. `return_window_days` is how long papers can be asked back (14–180,
    채용절차법 시행령 제4조).
    """

    title: str
    occupation_code: str
    duties: str
    headcount: int
    employment_type: EmploymentType
    starts_on: dt.date
    weekly_hours: int
    work_days: int
    work_time: str
    wage_basis: WageBasis
    wage_won: int
    workplace_district: str | None
    workplace_address: str
    contact_name: str
    contact_phone: str
    contact_email: str
    workplace_region: str = "서울"
    preferred: str = ""
    contract_months: int | None = None
    wage_max_won: int | None = None
    career_months: int = 0
    education: Education = Education.ANY
    licences: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    insurances: tuple[Insurance, ...] = tuple(Insurance)
    severance: Severance = Severance.PAY
    selection: tuple[Selection, ...] = (Selection.PAPERS, Selection.INTERVIEW)
    papers: str = "이력서"
    closes_on: dt.date | None = None
    return_window_days: int = 30
    accompany: bool = True
    related_occupations: tuple[str, ...] = ()
    major: str = ""
    languages: str = ""
    computer: str = ""
    convertible: bool = False
    near_station: str = ""
    military: Military = Military.NONE
    disability_welcome: bool = False
    facilities: tuple[Facility, ...] = ()
    bonus_percent: int | None = None
    overtime_pay: str = ""
    probation_months: int | None = None
    probation_percent: int | None = None
    shift: Shift = Shift.NONE
    welfare: tuple[Welfare, ...] = ()
    welfare_other: str = ""
    receipt: tuple[Receipt, ...] = (Receipt.AGENCY,)
    schedule: str = ""
    result_notice: ResultNotice = ResultNotice.SMS
    contact_department: str = ""
    contact_position: str = ""
    contact_mobile: str = ""
    posted: bool = True
    keywords: tuple[str, ...] = ()
    other_wishes: str = ""
    workplace_gate: WorkplaceGate = WorkplaceGate.NONE

    def to_json(self) -> dict[str, Any]:
        """The terms as JSON keeps them: codes, and days as `yyyy-mm-dd`."""
        return {name: _plain(getattr(self, name)) for name in FIELD_NAMES}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "OrderTerms":
        """The terms again, out of `to_json`."""
        values = dict(kept)
        values.setdefault("workplace_gate", WorkplaceGate.NONE.value)
        for name, kind in CODES.items():
            values[name] = kind(values[name])
        for name, each in LISTS.items():
            values[name] = tuple(each(one) for one in values[name])
        for name in ("starts_on", "closes_on"):
            values[name] = dt.date.fromisoformat(values[name]) if values[name] else None
        return cls(**values)

    @property
    def daily_hours(self) -> float:
        return self.weekly_hours / self.work_days


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, Labelled) else value


CODES: dict[str, Callable[[str], Any]] = {
    "employment_type": EmploymentType,
    "wage_basis": WageBasis,
    "education": Education,
    "severance": Severance,
    "military": Military,
    "workplace_gate": WorkplaceGate,
    "shift": Shift,
    "result_notice": ResultNotice,
}
"""The terms that hold one code, and of which list."""

LISTS: dict[str, Callable[[str], Any]] = {
    "licences": str,
    "skills": str,
    "insurances": Insurance,
    "selection": Selection,
    "related_occupations": str,
    "facilities": Facility,
    "welfare": Welfare,
    "receipt": Receipt,
    "keywords": str,
}
"""The terms that hold several values, and what each value is."""

FIELD_NAMES: tuple[str, ...] = tuple(each.name for each in fields(OrderTerms))

FIELD_KO: dict[str, str] = {
    "title": "구인제목",
    "occupation_code": "모집직종",
    "duties": "직무내용",
    "headcount": "모집인원",
    "employment_type": "고용형태",
    "starts_on": "입사 예정일",
    "weekly_hours": "일주일 근로시간",
    "work_days": "일주일 근무일수",
    "work_time": "근무시간",
    "wage_basis": "임금형태",
    "wage_won": "임금",
    "workplace_district": "근무지(자치구)",
    "workplace_address": "근무지 주소",
    "contact_name": "담당자 이름",
    "contact_phone": "담당자 전화",
    "contact_email": "담당자 이메일",
    "workplace_region": "근무지(시도)",
    "preferred": "우대사항",
    "contract_months": "계약기간(개월)",
    "wage_max_won": "임금 상한",
    "career_months": "필요한 경력",
    "education": "학력",
    "licences": "자격·면허",
    "skills": "기술",
    "insurances": "4대 보험",
    "severance": "퇴직급여",
    "selection": "전형방법",
    "papers": "제출서류",
    "closes_on": "접수마감",
    "return_window_days": "채용서류 반환 청구기간(일)",
    "accompany": "동행면접",
    "related_occupations": "관련직종",
    "major": "전공",
    "languages": "외국어",
    "computer": "컴퓨터 활용",
    "convertible": "정규직 전환",
    "near_station": "가까운 전철역",
    "military": "병역특례",
    "disability_welcome": "장애인 채용희망",
    "facilities": "장애인 편의시설",
    "bonus_percent": "상여금(%)",
    "overtime_pay": "초과수당",
    "probation_months": "수습기간(개월)",
    "probation_percent": "수습기간 임금(%)",
    "shift": "교대",
    "welfare": "복리후생",
    "welfare_other": "그 밖의 복리후생",
    "receipt": "접수방법",
    "schedule": "채용일정",
    "result_notice": "결과통보 방법",
    "contact_department": "담당 부서",
    "contact_position": "담당자 직위",
    "contact_mobile": "담당자 휴대폰",
    "posted": "공고 게시",
    "keywords": "검색어",
    "other_wishes": "그 밖의 바람",
    "workplace_gate": "법으로 정한 출입·고용 제한",
}
"""What each field is called on screen and in a correction."""


LONGEST: dict[str, int] = {
    "title": 80,
    "duties": 2000,
    "preferred": 500,
    "papers": 100,
    "work_time": 300,
    "welfare_other": 200,
    "schedule": 300,
    "other_wishes": 500,
}
"""The free texts of an order and how many characters each may have; nothing longer is read by a rule."""


@dataclass(frozen=True)
class FieldError:
    """One field that cannot be accepted, in a sentence."""

    field: str
    sentence: str


def errors_in(terms: OrderTerms, *, today: dt.date) -> list[FieldError]:
    """What is missing or impossible in the terms, apart from what the law forbids (see `lawful`)."""
    found: list[FieldError] = []

    def need(name: str, holds: bool, sentence: str) -> None:
        if not holds:
            found.append(FieldError(name, sentence))

    need("title", len(terms.title) >= 2, "구인제목을 2자 이상 적어 주세요.")
    need("duties", len(terms.duties) >= 5, "직무내용을 5자 이상 적어 주세요.")
    need("headcount", 1 <= terms.headcount <= 999, "모집인원은 1명에서 999명 사이로 적어 주세요.")
    need("starts_on", terms.starts_on >= today, "입사 예정일이 지났습니다. 오늘 이후의 날짜를 적어 주세요.")
    need(
        "starts_on",
        terms.starts_on <= today + dt.timedelta(days=730),
        "입사 예정일은 2년 안의 날짜로 적어 주세요.",
    )
    need(
        "weekly_hours",
        1 <= terms.weekly_hours <= 52,
        "일주일 근로시간은 1시간에서 52시간 사이로 적어 주세요.",
    )
    need("work_days", 1 <= terms.work_days <= 7, "일주일 근무일수는 1일에서 7일 사이로 적어 주세요.")
    need("wage_won", 0 < terms.wage_won <= 1_000_000_000, "임금을 원 단위로 적어 주세요.")
    need(
        "wage_max_won",
        terms.wage_max_won is None or terms.wage_won <= terms.wage_max_won <= 1_000_000_000,
        "임금 상한은 하한보다 크거나 같아야 합니다.",
    )
    need(
        "contract_months",
        1 <= (terms.contract_months or 0) <= 120
        if terms.employment_type.is_fixed
        else terms.contract_months is None,
        "계약기간은 계약직일 때만, 1개월에서 120개월 사이로 적어 주세요.",
    )
    need("selection", bool(terms.selection), "전형방법을 하나 이상 골라 주세요.")
    need(
        "career_months",
        0 <= terms.career_months <= 600,
        "필요한 경력은 0개월에서 600개월 사이로 적어 주세요.",
    )
    need(
        "closes_on",
        terms.closes_on is None or today <= terms.closes_on <= today + dt.timedelta(days=730),
        "접수마감일은 오늘부터 2년 안의 날짜로 적어 주세요.",
    )
    need(
        "return_window_days",
        14 <= terms.return_window_days <= 180,
        "채용서류 반환 청구기간은 14일에서 180일 사이로 정해 주세요(채용절차법 시행령 제4조).",
    )
    need("related_occupations", len(terms.related_occupations) <= 3, "관련직종은 3개까지 적을 수 있습니다.")
    need("keywords", len(terms.keywords) <= 5, "검색어는 5개까지 적을 수 있습니다.")
    need(
        "bonus_percent",
        terms.bonus_percent is None or 0 <= terms.bonus_percent <= 2000,
        "상여금은 0%에서 2,000% 사이로 적어 주세요.",
    )
    need(
        "probation_months",
        terms.probation_months is None or 1 <= terms.probation_months <= 12,
        "수습기간은 1개월에서 12개월 사이로 적어 주세요.",
    )
    need(
        "probation_percent",
        terms.probation_percent is None
        or (terms.probation_months is not None and 1 <= terms.probation_percent <= 100),
        "수습기간 임금은 수습기간과 함께, 1%에서 100% 사이로 적어 주세요.",
    )
    for name, most in LONGEST.items():
        need(name, len(getattr(terms, name)) <= most, f"{most:,}자까지 적을 수 있습니다.")
    need("contact_name", bool(terms.contact_name), "담당자 이름을 적어 주세요.")
    need("workplace_address", bool(terms.workplace_address), "근무지 주소를 적어 주세요.")
    need("work_time", bool(terms.work_time), "근무시간을 09:00~18:00처럼 적어 주세요.")
    return found
