"""Forms of the center's staff."""

from employer_portal.web.forms import Choice, District, Email, Form, LongText, Number, Text
from screening.demand.orders.states import RefusalGround
from screening.demand.orders.terms import FIELD_KO


class CorrectionForm(Form):
    """Which field to correct, and what."""

    field = Choice("고칠 칸", [pair for pair in FIELD_KO.items() if pair[0] != "workplace_region"])
    request = LongText("무엇을 고칠까요", needed="기업이 읽을 말로 적어 주세요.", most=500)


class RefusalForm(Form):
    """One of the four statutory grounds and its explanation."""

    ground = Choice("사유", RefusalGround)
    explanation = LongText("설명", needed="왜 받을 수 없는지 적어 주세요.", most=1000)


class AmendmentForm(Form):
    """Why worse terms may not hold."""

    answer = LongText("기업에 할 말", most=500)


class FirmForm(Form):
    """A firm and the person who will sign in for it."""

    name = Text("기업 이름", needed="기업 이름을 적어 주세요.", most=100)
    business_number = Text("사업자등록번호", needed="사업자등록번호 10자리를 적어 주세요.", most=20)
    representative = Text("대표자", needed="대표자 이름을 적어 주세요.", most=60)
    district = District("소재지")
    address = Text("주소", needed="주소를 적어 주세요.")
    industry = Text("업종", most=100)
    employees = Number("상시근로자 수", needed="상시근로자 수를 적어 주세요.")
    person = Text("담당자 이름", needed="담당자 이름을 적어 주세요.", most=60)
    email = Email("담당자 이메일", needed="담당자 이메일을 적어 주세요.")
    ground = Text("무엇으로 확인했나요", needed="사업자등록증 사본, 대표번호 통화처럼 적어 주세요.", most=200)
