"""The order form in its steps, and the firm's other forms."""

import datetime as dt
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField
from wtforms.validators import ValidationError

from employer_portal.web.forms import (
    Choice,
    Choices,
    Day,
    District,
    Email,
    Form,
    LongText,
    Number,
    OccupationName,
    Text,
    Words,
)
from foundation.reference import telephone
from foundation.reference.employment_types import EmploymentType
from foundation.reference.occupations import OCCUPATIONS, suggest
from foundation.reference.wage_basis import WageBasis
from foundation.refusals import Invalid
from screening.casework.placements.models import LeavingReason
from screening.casework.referrals.states import PassOverReason
from screening.demand.mandates.models import Power
from screening.demand.orders.terms import (
    LONGEST,
    Education,
    Facility,
    Insurance,
    Military,
    OrderTerms,
    Receipt,
    ResultNotice,
    Selection,
    Severance,
    Shift,
    Welfare,
    WorkplaceGate,
)

STEPS = ("기업과 직종", "조건과 자격", "전형과 접수", "확인과 제출")
CAREERS = (
    ("0", "경력 무관"),
    ("6", "6개월 이상"),
    ("12", "1년 이상"),
    ("24", "2년 이상"),
    ("36", "3년 이상"),
    ("60", "5년 이상"),
)


class OrderPart(Form):
    """One step of the order form; drafts are kept as typed, so wrong values come back as they were."""

    def __init__(self, typed: MultiDict[str, str] | None = None, **more: Any) -> None:
        super().__init__(formdata=typed, **more)


class JobPart(OrderPart):
    """Step 1: what is done, how many, where."""

    title = Text("구인제목", needed="구인제목을 적어 주세요.", most=LONGEST["title"])
    occupation = OccupationName("모집직종", needed="모집직종을 적어 주세요.")
    headcount = Number("모집인원", needed="모집인원을 적어 주세요.")
    duties = LongText("직무내용", needed="직무내용을 적어 주세요.", most=LONGEST["duties"])
    workplace_district = District("근무지 자치구")
    workplace_address = Text("근무지 주소", needed="근무지 주소를 적어 주세요.")
    near_station = Text("가까운 전철역", most=100)
    related_occupations = Words("관련직종", most=120)
    keywords = Words("검색어", most=100)

    def validate_related_occupations(self, field: Words) -> None:
        unknown = [word for word in field.words if suggest(word) is None]
        if unknown:
            raise ValidationError(f"'{unknown[0]}'은 목록에 없는 직종입니다.")


class TermsPart(OrderPart):
    """Step 2: terms and qualifications."""

    preferred = LongText("우대사항", most=LONGEST["preferred"])
    starts_on = Day("입사 예정일", needed="입사 예정일을 적어 주세요.")
    employment_type = Choice("고용형태", EmploymentType, default=EmploymentType.PERMANENT.value)
    contract_months = Number("계약기간")
    weekly_hours = Number("일주일 근로시간", needed="일주일 근로시간을 적어 주세요.")
    work_days = Number("일주일 근무일수", needed="일주일 근무일수를 적어 주세요.")
    work_time = Text("근무시간", needed="근무시간을 적어 주세요.", most=LONGEST["work_time"])
    wage_basis = Choice(
        "임금형태", [(each.value, each.ko) for each in WageBasis], default=WageBasis.MONTH.value
    )
    wage_won = Number("임금(세금 떼기 전)", needed="임금을 적어 주세요.")
    wage_max_won = Number("임금 상한")
    career_months = Choice("필요한 경력", CAREERS, default="0")
    education = Choice("학력", Education, default=Education.ANY.value)
    licences = Words("자격·면허", most=200)
    skills = Words("기술", most=200)
    insurances = Choices("4대 보험", Insurance)
    severance = Choice("퇴직급여", Severance, default=Severance.PAY.value)
    convertible = BooleanField("정규직으로 바꿀 수 있습니다")
    probation_months = Number("수습기간")
    probation_percent = Number("수습기간 임금")
    bonus_percent = Number("상여금(연)")
    overtime_pay = Text("초과수당", most=100)
    shift = Choice("교대", Shift, default=Shift.NONE.value)
    major = Text("전공", most=100)
    languages = Text("외국어", most=100)
    computer = Text("컴퓨터 활용", most=100)
    workplace_gate = Choice(
        "나이 제한이 법으로 정해진 일인가요", WorkplaceGate, default=WorkplaceGate.NONE.value
    )
    military = Choice("병역특례", Military, default=Military.NONE.value)
    disability_welcome = BooleanField("장애인 지원을 바랍니다")
    facilities = Choices("장애인 편의시설", Facility)
    welfare = Choices("복리후생", Welfare)
    welfare_other = Text("그 밖의 복리후생", most=LONGEST["welfare_other"])


class HiringPart(OrderPart):
    """Step 3: how people are chosen and whom they reach."""

    selection = Choices("전형방법", Selection)
    papers = Text("제출서류", needed="제출서류를 적어 주세요.", most=LONGEST["papers"])
    closes_on = Day("접수마감")
    return_window_days = Number("채용서류 반환 청구기간", needed="14일에서 180일 사이로 적어 주세요.")
    receipt = Choices("접수방법", Receipt)
    schedule = Text("채용일정", most=LONGEST["schedule"])
    result_notice = Choice("결과통보 방법", ResultNotice, default=ResultNotice.SMS.value)
    accompany = BooleanField("동행면접")
    posted = BooleanField("공고 게시")
    other_wishes = LongText("그 밖에 바라는 것", most=LONGEST["other_wishes"])
    contact_department = Text("담당 부서", most=60)
    contact_position = Text("담당자 직위", most=60)
    contact_mobile = Text("담당자 휴대폰", most=20)
    contact_name = Text("담당자 이름", needed="담당자 이름을 적어 주세요.", most=60)
    contact_phone = Text("담당자 전화", needed="담당자 전화를 적어 주세요.", most=20)
    contact_email = Email("담당자 이메일", needed="담당자 이메일을 적어 주세요.")

    def validate_contact_mobile(self, field: Text) -> None:
        if field.data:
            self.validate_contact_phone(field)

    def validate_contact_phone(self, field: Text) -> None:
        try:
            telephone.parse(field.data or "", field=field.name)
        except Invalid as refusal:
            raise ValidationError(refusal.sentence) from refusal


TICKS = ("accompany", "posted", "convertible", "disability_welcome")
PLAIN = (
    "near_station", "major", "languages", "computer", "overtime_pay", "welfare_other",
    "schedule", "other_wishes", "contact_department", "contact_position",
)  # fmt: skip
NUMBERS = ("bonus_percent", "probation_months", "probation_percent")
SEVERAL = ("facilities", "welfare", "receipt")
PARTS: tuple[type[OrderPart], ...] = (JobPart, TermsPart, HiringPart)


def parts_of(typed: dict[str, Any]) -> tuple[OrderPart, ...]:
    """The three steps filled with what was typed so far."""
    pairs = [
        (name, value)
        for name, values in typed.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return tuple(part(MultiDict(pairs), meta={"csrf": False}) for part in PARTS)


def defaults(*, name: str, email: str, address: str, district: str | None, today: dt.date) -> dict[str, Any]:
    """What a new draft starts with: what the firm has told us before (KWCAG 7.3.4)."""
    return {
        "workplace_district": district or District.OUTSIDE,
        "workplace_address": address,
        "contact_name": name,
        "contact_email": email,
        "headcount": "1",
        "weekly_hours": "40",
        "work_days": "5",
        "work_time": "09:00~18:00",
        "insurances": [each.value for each in Insurance],
        "selection": [Selection.PAPERS.value, Selection.INTERVIEW.value],
        "papers": "이력서",
        "return_window_days": "30",
        "accompany": "y",
        "posted": "y",
        "receipt": [Receipt.AGENCY.value],
        "schedule": "접수한 날부터 2주 안에 결과를 알려 드립니다.",
        "starts_on": (today + dt.timedelta(days=30)).isoformat(),
    }


def typed_from(terms: OrderTerms) -> dict[str, Any]:
    """The terms of an order as they would have been typed, for correcting or cloning it."""
    return {
        "title": terms.title,
        "occupation": OCCUPATIONS[terms.occupation_code].name if terms.occupation_code in OCCUPATIONS else "",
        "headcount": str(terms.headcount),
        "duties": terms.duties,
        "workplace_district": terms.workplace_district or District.OUTSIDE,
        "workplace_address": terms.workplace_address,
        "preferred": terms.preferred,
        "starts_on": terms.starts_on.isoformat() if terms.starts_on else "",
        "employment_type": terms.employment_type.value,
        "contract_months": str(terms.contract_months or ""),
        "weekly_hours": str(terms.weekly_hours or ""),
        "work_days": str(terms.work_days),
        "work_time": terms.work_time,
        "wage_basis": terms.wage_basis.value if terms.wage_basis else "month",
        "wage_won": f"{terms.wage_won:,}" if terms.wage_won else "",
        "wage_max_won": f"{terms.wage_max_won:,}" if terms.wage_max_won else "",
        "career_months": str(terms.career_months),
        "education": terms.education.value,
        "licences": ", ".join(terms.licences),
        "skills": ", ".join(terms.skills),
        "insurances": [each.value for each in terms.insurances],
        "severance": terms.severance.value,
        "selection": [each.value for each in terms.selection],
        "papers": terms.papers,
        "closes_on": terms.closes_on.isoformat() if terms.closes_on else "",
        "return_window_days": str(terms.return_window_days),
        **{name: "y" for name in TICKS if getattr(terms, name)},
        **{name: getattr(terms, name) for name in PLAIN},
        **{name: str(getattr(terms, name) or "") for name in NUMBERS},
        **{name: [each.value for each in getattr(terms, name)] for name in SEVERAL},
        **{name: getattr(terms, name).value for name in ("military", "shift", "result_notice")},
        "keywords": ", ".join(terms.keywords),
        "related_occupations": ", ".join(
            OCCUPATIONS[code].name for code in terms.related_occupations if code in OCCUPATIONS
        ),
        "contact_mobile": telephone.written(terms.contact_mobile) if terms.contact_mobile else "",
        "contact_name": terms.contact_name,
        "contact_phone": telephone.written(terms.contact_phone) if terms.contact_phone else "",
        "contact_email": terms.contact_email,
    }


def pay_in(parts: tuple[OrderPart, ...]) -> dict[str, Any] | None:
    """What the minimum wage is computed from, or None while a part of it is missing."""
    terms = parts[1]
    pay = {
        "starts_on": terms.starts_on.data,
        "won": terms.wage_won.data,
        "weekly_hours": terms.weekly_hours.data,
        "work_days": terms.work_days.data,
    }
    if terms.wage_basis.data not in set(WageBasis) or None in pay.values():
        return None
    return {**pay, "basis": WageBasis(terms.wage_basis.data)}


def terms_from(parts: tuple[OrderPart, ...]) -> OrderTerms | None:
    """The terms that the steps describe, or None while a step does not hold."""
    valid = [part.validate() for part in parts]
    if not all(valid):
        return None
    job, terms, hiring = parts
    district = job.workplace_district.code
    plain: dict[str, Any] = {name: part[name].data or "" for part in parts for name in PLAIN if name in part}
    plain |= {name: terms[name].data for name in NUMBERS}
    return OrderTerms(
        title=job.title.data,
        occupation_code=job.occupation.code,
        duties=job.duties.data,
        headcount=job.headcount.data,
        employment_type=EmploymentType(terms.employment_type.data),
        starts_on=terms.starts_on.data,
        weekly_hours=terms.weekly_hours.data,
        work_days=terms.work_days.data,
        work_time=terms.work_time.data,
        wage_basis=WageBasis(terms.wage_basis.data),
        wage_won=terms.wage_won.data,
        workplace_district=district,
        workplace_address=job.workplace_address.data,
        workplace_region="서울" if district else "서울 밖",
        contact_name=hiring.contact_name.data,
        contact_phone=telephone.parse(hiring.contact_phone.data),
        contact_email=hiring.contact_email.data,
        preferred=terms.preferred.data or "",
        contract_months=terms.contract_months.data,
        wage_max_won=terms.wage_max_won.data,
        career_months=int(terms.career_months.data),
        education=Education(terms.education.data),
        licences=terms.licences.words,
        skills=terms.skills.words,
        insurances=tuple(Insurance(code) for code in terms.insurances.data or []),
        severance=Severance(terms.severance.data),
        selection=tuple(Selection(code) for code in hiring.selection.data or []),
        papers=hiring.papers.data,
        closes_on=hiring.closes_on.data,
        return_window_days=hiring.return_window_days.data,
        accompany=bool(hiring.accompany.data),
        posted=bool(hiring.posted.data),
        related_occupations=tuple(
            found.code for word in job.related_occupations.words if (found := suggest(word))
        ),
        keywords=job.keywords.words,
        convertible=bool(terms.convertible.data),
        disability_welcome=bool(terms.disability_welcome.data),
        **plain,
        military=Military(terms.military.data),
        workplace_gate=WorkplaceGate(terms.workplace_gate.data),
        shift=Shift(terms.shift.data),
        facilities=tuple(Facility(code) for code in terms.facilities.data or []),
        welfare=tuple(Welfare(code) for code in terms.welfare.data or []),
        receipt=tuple(Receipt(code) for code in hiring.receipt.data or [Receipt.AGENCY.value]),
        result_notice=ResultNotice(hiring.result_notice.data),
        contact_mobile=telephone.parse(hiring.contact_mobile.data) if hiring.contact_mobile.data else "",
    )


class MandateForm(Form):
    """What the center may do alone, until when, signed by name."""

    powers = Choices("센터가 스스로 하는 일", Power)
    valid_until = Day("언제까지", needed="언제까지 맡길지 적어 주세요.")
    typed_name = Text("서명(본인 이름)", needed="본인 이름을 적어 서명해 주세요.", most=60)
    code = Text("확인 번호 6자리", most=12)

    @property
    def end(self) -> dt.date:
        """The first day without the mandate: the one after the last day that was typed."""
        last: dt.date = self.valid_until.data
        return last + dt.timedelta(days=1) if last < dt.date.max else last


class HireForm(Form):
    """Start date and terms of a hire."""

    starts_on = Day("첫 출근일", needed="첫 출근일을 적어 주세요.")
    wage_won = Number("임금", needed="임금을 적어 주세요.")
    employment_type = Choice("고용형태", EmploymentType)
    explanation = LongText("구인신청과 다른 이유", most=500)


class LeavingForm(Form):
    """When and why somebody left."""

    left_on = Day("그만둔 날", needed="그만둔 날을 적어 주세요.")
    reason = Choice("사유", LeavingReason)


class ObjectionForm(Form):
    """What is wrong with a score."""

    text = LongText("무엇이 사실과 다른가요", needed="무엇이 사실과 다른지 적어 주세요.", most=1000)


PASS_OVER_CHOICES = tuple((each.value, each.ko) for each in PassOverReason)
