"""Forms of the center's staff."""

import datetime as dt

from wtforms.validators import ValidationError

from center.codes.districts import DISTRICTS
from center.codes.occupations import suggest
from center.database import SEOUL
from employer_portal.web.forms import Choice, Choices, Day, Email, Form, LongText, Number, Text
from screening.interviews.models import InterviewMode
from screening.orders.states import CloseReason, RefusalGround
from screening.orders.terms import FIELD_KO, EmploymentType

OUTSIDE = "outside"


class CorrectionForm(Form):
    """Which field to correct, and what."""

    field = Choice("고칠 칸", [pair for pair in FIELD_KO.items() if pair[0] != "workplace_region"])
    request = LongText("무엇을 고칠까요", needed="기업이 읽을 말로 적어 주세요.", most=500)


class RefusalForm(Form):
    """One of the four statutory grounds and its explanation."""

    ground = Choice("사유", RefusalGround)
    explanation = LongText("설명", needed="왜 받을 수 없는지 적어 주세요.", most=1000)


class InterviewForm(Form):
    """When and where."""

    day = Day("날짜", needed="날짜를 적어 주세요.")
    time = Text("시각", needed="시각을 14:00처럼 적어 주세요.", most=5)
    place = Text("장소", needed="장소를 적어 주세요.")
    mode = Choice("방법", InterviewMode)

    def validate_time(self, field: Text) -> None:
        try:
            dt.time.fromisoformat((field.data or "").zfill(5))
        except ValueError as failure:
            raise ValidationError("시각을 14:00처럼 적어 주세요.") from failure

    @property
    def starts_at(self) -> dt.datetime:
        time = dt.time.fromisoformat(self.time.data.zfill(5))
        return dt.datetime.combine(self.day.data, time, SEOUL)


class OutcomeForm(Form):
    """The words people will read."""

    words = LongText("받는 분이 읽을 말", needed="받는 분이 읽을 말을 적어 주세요.", most=500)


class CloseForm(Form):
    """Why an order ends."""

    reason = Choice("마감 사유", [("", "골라 주세요"), *((each.value, each.ko) for each in CloseReason)])

    def validate_reason(self, field: Choice) -> None:
        if not field.data:
            raise ValidationError("마감 사유를 골라 주세요.")


class SeekerForm(Form):
    """구직신청서, the part an officer takes down at the desk."""

    name = Text("이름", needed="이름을 적어 주세요.", most=40)
    birth_date = Day("생년월일", needed="생년월일을 1990-03-02처럼 적어 주세요.")
    sex = Choice("성별", [("", "적지 않음"), ("f", "여성"), ("m", "남성")])
    phone = Text("전화", needed="전화번호를 적어 주세요.", most=20)
    email = Email("이메일")
    district = Choice(
        "사는 곳", [*((code, each.ko) for code, each in DISTRICTS.items()), (OUTSIDE, "서울 밖")]
    )
    occupation = Text("희망 직종", needed="희망 직종을 적어 주세요.", most=60)
    months = Number("그 일의 경력")
    licences = Text("자격·면허", most=200)
    skills = Text("기술", most=200)
    employment_types = Choices("바라는 고용형태", EmploymentType)
    wage_floor = Number("바라는 임금(월)")
    commute = Choices("다닐 수 있는 곳", [(code, each.ko) for code, each in DISTRICTS.items()])
    available_on = Day("일할 수 있는 날", needed="일할 수 있는 날을 적어 주세요.")
    summary = Text("한 줄 소개(이름이 드러나지 않게)", most=200)

    def validate_occupation(self, field: Text) -> None:
        if field.data and suggest(field.data) is None:
            raise ValidationError("목록에 있는 직종으로 적어 주세요.")


class FirmForm(Form):
    """A firm and the person who will sign in for it."""

    name = Text("기업 이름", needed="기업 이름을 적어 주세요.", most=100)
    business_number = Text("사업자등록번호", needed="사업자등록번호 10자리를 적어 주세요.", most=20)
    representative = Text("대표자", needed="대표자 이름을 적어 주세요.", most=60)
    district = Choice(
        "소재지", [*((code, each.ko) for code, each in DISTRICTS.items()), (OUTSIDE, "서울 밖")]
    )
    address = Text("주소", needed="주소를 적어 주세요.")
    industry = Text("업종", most=100)
    employees = Number("상시근로자 수", needed="상시근로자 수를 적어 주세요.")
    person = Text("담당자 이름", needed="담당자 이름을 적어 주세요.", most=60)
    email = Email("담당자 이메일", needed="담당자 이메일을 적어 주세요.")
    ground = Text("무엇으로 확인했나요", needed="사업자등록증 사본, 대표번호 통화처럼 적어 주세요.", most=200)
