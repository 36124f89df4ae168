"""구직등록: the form with which the center's staff and the agencies take somebody down."""

from wtforms import BooleanField

from employer_portal.web.forms import (
    Choice,
    Choices,
    Day,
    District,
    Email,
    Form,
    Number,
    OccupationName,
    Text,
    Words,
)
from employer_portal.web.request import actor, db, now
from foundation.identity.person import Person
from foundation.reference import telephone
from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from foundation.refusals import Invalid
from screening.pool.seekers import commands as seekers
from screening.pool.seekers.models import Seeker
from screening.pool.seekers.profile import Profile


class RegistrationForm(Form):
    """구직신청서, the part that is taken down at a desk (직업안정법 시행규칙 별지 서식)."""

    name = Text("이름", needed="이름을 적어 주세요.", most=40)
    birth_date = Day("생년월일", needed="생년월일을 1990-03-02처럼 적어 주세요.")
    sex = Choice("성별", [("", "적지 않음"), ("f", "여성"), ("m", "남성")])
    phone = Text("전화", needed="전화번호를 적어 주세요.", most=20)
    email = Email("이메일")
    district = District("사는 곳")
    occupation = OccupationName("희망 직종", needed="희망 직종을 적어 주세요.")
    months = Number("그 일의 경력")
    licences = Words("자격·면허")
    skills = Words("기술")
    employment_types = Choices(
        "바라는 고용형태",
        EmploymentType,
        default=[EmploymentType.PERMANENT.value, EmploymentType.FIXED.value],
    )
    wage_floor = Number("바라는 임금(월)")
    commute = Choices("다닐 수 있는 곳", [(code, each.ko) for code, each in DISTRICTS.items()])
    available_on = Day("일할 수 있는 날", needed="일할 수 있는 날을 적어 주세요.")
    namesake = BooleanField("이름과 생년월일이 같지만 다른 분입니다")
    summary = Text("한 줄 소개(이름이 드러나지 않게)", most=200)
    guardian = BooleanField("18세 미만이면, 법정대리인이 동의했습니다")

    @property
    def person(self) -> Person:
        """Who it is; raises `Invalid` when the phone number cannot be read."""
        return Person(
            name=self.name.data,
            birth_date=self.birth_date.data,
            phone=telephone.parse(self.phone.data),
            email=self.email.data or "",
            sex=self.sex.data,
        )

    @property
    def profile(self) -> Profile:
        """What the person can and wants to do, which is all that anybody sees of them at first."""
        return Profile(
            district=self.district.code,
            occupations=(self.occupation.code,),
            experience={self.occupation.code: self.months.data} if self.months.data else {},
            licences=self.licences.words,
            skills=self.skills.words,
            employment_types=tuple(self.employment_types.data or (EmploymentType.PERMANENT.value,)),
            wage_floor=self.wage_floor.data or 0,
            commute=tuple(self.commute.data or ()),
            available_on=self.available_on.data,
            summary=self.summary.data or "",
            guardian_agreed=bool(self.guardian.data),
        )


def registered_from(form: RegistrationForm, *, source: str) -> Seeker | None:
    """Register as typed; None when the form has to be shown again with its sentence."""
    if not form.validate_on_submit():
        return None
    try:
        return seekers.register(
            db(),
            person=form.person,
            profile=form.profile,
            namesake=form.namesake.data,
            source=source,
            by=actor(),
            at=now(),
        )
    except (Invalid, seekers.AlreadyRegistered) as refused:
        form.take(refused)
        return None
