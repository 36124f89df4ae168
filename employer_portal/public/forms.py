"""Forms that anyone may fill in."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import ValidationError

from employer_portal.web.forms import Choice, Day, District, Email, Form, Number, Text, required
from employer_portal.web.portal import portal
from foundation.reference import business_numbers, telephone
from foundation.refusals import Invalid
from screening.demand.employers.commands import MOST_EMPLOYEES, FirmFacts
from screening.demand.sign_ups.commands import Applicant
from screening.demand.sign_ups.states import Position


class JoinForm(Form):
    """A firm that wants to join, and the person who asks for it."""

    business_number = Text("사업자등록번호", needed="사업자등록번호 10자리를 적어 주세요.", most=20)
    name = Text("기업 이름", needed="기업 이름을 적어 주세요.", most=100)
    representative = Text("대표자", needed="대표자 이름을 적어 주세요.", most=60)
    opened_on = Day("개업일", needed="사업자등록증의 개업연월일을 적어 주세요.")
    district = District("소재지")
    address = Text("주소", needed="주소를 적어 주세요.")
    industry = Text("업종", most=100)
    employees = Number("상시근로자 수", needed="상시근로자 수를 적어 주세요.")
    person = Text("신청하는 분 이름", needed="이름을 적어 주세요.", most=60)
    position = Choice("회사와의 관계", Position, default=Position.REPRESENTATIVE.value)
    email = Email("이메일", needed="이메일을 적어 주세요.")
    phone = Text("전화", needed="전화번호를 적어 주세요.", most=20)
    asks = BooleanField("회사의 뜻으로 신청합니다.")

    def validate_business_number(self, field: Text) -> None:
        try:
            business_numbers.parse(field.data or "", fictional_allowed=portal().settings.demo)
        except Invalid as refusal:
            raise ValidationError(refusal.sentence) from refusal

    def validate_employees(self, field: Number) -> None:
        if field.data is not None and not 0 <= field.data <= MOST_EMPLOYEES:
            raise ValidationError("상시근로자 수를 0명에서 50만 명 사이로 적어 주세요.")

    def validate_phone(self, field: Text) -> None:
        try:
            telephone.parse(field.data or "", field=field.name)
        except Invalid as refusal:
            raise ValidationError(refusal.sentence) from refusal

    def validate_asks(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("회사의 뜻으로 신청하는 것인지 표시해 주세요.")

    @property
    def firm(self) -> FirmFacts:
        return FirmFacts(
            name=self.name.data,
            business_number=business_numbers.parse(self.business_number.data, fictional_allowed=True),
            representative=self.representative.data,
            address=self.address.data,
            district=self.district.code,
            industry=self.industry.data or "",
            employees=self.employees.data or 0,
            opened_on=self.opened_on.data,
        )

    @property
    def applicant(self) -> Applicant:
        return Applicant(
            name=self.person.data,
            position=Position(self.position.data),
            email=self.email.data,
            phone=telephone.parse(self.phone.data),
        )


class SignInForm(Form):
    """E-mail, password and, where demanded, the six digits of the authenticator."""

    email = Text("이메일", needed="이메일을 입력해 주세요.", most=254)
    password = PasswordField("비밀번호", validators=[required("비밀번호를 입력해 주세요.")])
    code = Text("인증 앱 숫자 6자리", most=12)
