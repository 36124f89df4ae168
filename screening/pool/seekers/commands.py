"""Registering, changing, pausing and erasing seekers."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import new_id
from foundation.identity import records
from foundation.identity.person import Person
from foundation.messages.free_words import plain_name
from foundation.numbers import next_number
from foundation.refusals import Invalid, NotAllowed, NotFound, Refusal
from screening.pool.seekers.blindness import reveals_somebody
from screening.pool.seekers.models import AgeGate, EqualityFact, Seeker, SeekerStatus
from screening.pool.seekers.profile import Profile

OLDEST, YOUNGEST = 100, 15
OF_AGE_TO_WORK = 18


class NotInPool(Refusal):
    """The seeker is not in the state that pausing or coming back starts from."""


class AlreadyRegistered(Refusal):
    """A person with the same telephone number is in the pool already."""

    sentence_ko, named = "전화번호가 같은 분이 이미 등록되어 있습니다.", "phone"

    def __init__(self, seeker_ids: list[uuid.UUID]) -> None:
        super().__init__(self.sentence_ko, field=self.named)
        self.seeker_ids = seeker_ids


class NamesakeRegistered(AlreadyRegistered):
    """A person with the same name and birth date is in the pool; whoever has checked may register another one."""

    sentence_ko = "이름과 생년월일이 같은 분이 이미 등록되어 있습니다. 다른 분이면 확인하고 등록해 주세요."
    named = "namesake"


def register(
    session: orm.Session,
    *,
    person: Person,
    profile: Profile,
    source: str = "visit",
    namesake: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Seeker:
    """구직등록: a profile for the pool and, apart from it, a sealed identity record.

    With `namesake` the registrar has made sure that somebody known by the same name and birth date is another person.
    Raises `AlreadyRegistered` for a known telephone number and, without `namesake`, `NamesakeRegistered`.
    """
    if by.role not in OFFICERS | {Role.AGENCY, Role.SYSTEM}:
        raise NotAllowed("구직등록은 센터와 협력기관이 합니다.")
    today = day_in_seoul(at)
    age = (
        today.year
        - person.birth_date.year
        - ((today.month, today.day) < (person.birth_date.month, person.birth_date.day))
    )
    if not YOUNGEST <= age <= OLDEST:
        raise Invalid(
            "생년월일을 1990-03-02처럼 적어 주세요. 15세부터 등록할 수 있습니다.", field="birth_date"
        )
    if age < OF_AGE_TO_WORK and not profile.guardian_agreed:
        raise Invalid(
            "18세 미만은 법정대리인의 동의를 받아야 소개할 수 있습니다(직업안정법 제21조의3).",
            field="guardian",
        )
    plain_name(person.name, field="name")
    checked = profile.checked()
    for field, texts in profile.told.items():
        if any(reveals_somebody(text, name=person.name) for text in texts):
            raise Invalid("이름을 적지 말아 주세요. 가려진 채 심사합니다.", field=field)
    if known := records.with_phone(session, phone=person.phone):
        raise AlreadyRegistered(known)
    if not namesake and (known := records.namesakes(session, person=person)):
        raise NamesakeRegistered(known)
    seeker = Seeker(
        id=new_id(),
        code=f"K-{10000 + next_number(session, 'seeker')}",
        status=SeekerStatus.ACTIVE,
        registered_on=today,
        agency_id=by.organisation_id if by.role is Role.AGENCY else None,
        source=source,
    )
    _take(seeker, checked, at)
    session.add(seeker)
    session.flush()
    equality = EqualityFact(
        seeker_id=seeker.id, sex=person.sex, birth_year=person.birth_date.year, intern=profile.intern
    )
    gate = age_gate(seeker.id, person.birth_date)
    if gate.adult_on > today:
        session.add(gate)
    identity = records.keep(session, seeker_id=seeker.id, person=person)
    session.add(equality)
    record(session, "seeker.registered", seeker, also=(identity,), by=by, at=at, source=source)
    return seeker


def age_gate(seeker_id: uuid.UUID, born_on: dt.date) -> AgeGate:
    """The days on which somebody passes the law's gates; whoever is born on 29 February is 18 on 1 March."""
    try:
        eighteen_on = born_on.replace(year=born_on.year + 18)
    except ValueError:
        eighteen_on = dt.date(born_on.year + 18, 3, 1)
    return AgeGate(seeker_id=seeker_id, eighteen_on=eighteen_on, adult_on=dt.date(born_on.year + 19, 1, 1))


def change(
    session: orm.Session, *, seeker_id: uuid.UUID, profile: Profile, by: Actor, at: dt.datetime
) -> Seeker:
    """Write a changed profile; what was proposed before keeps the facts it was judged on."""
    seeker = _worked(session, seeker_id, by)
    _take(seeker, profile.checked(), at)
    record(session, "seeker.changed", seeker, by=by, at=at)
    return seeker


def pause(session: orm.Session, *, seeker_id: uuid.UUID, by: Actor, at: dt.datetime) -> Seeker:
    """Take a person out of every list until they come back."""
    seeker = _worked(session, seeker_id, by)
    if seeker.status is not SeekerStatus.ACTIVE:
        raise NotInPool(f"이미 '{seeker.status.ko}' 상태입니다.")
    seeker.status, seeker.changed_at = SeekerStatus.PAUSED, at
    record(session, "seeker.paused", seeker, by=by, at=at)
    return seeker


def resume(session: orm.Session, *, seeker_id: uuid.UUID, by: Actor, at: dt.datetime) -> Seeker:
    """Put a person back into the pool."""
    seeker = _worked(session, seeker_id, by)
    if seeker.status is not SeekerStatus.PAUSED:
        raise NotInPool(f"이미 '{seeker.status.ko}' 상태입니다.")
    seeker.status, seeker.changed_at = SeekerStatus.ACTIVE, at
    record(session, "seeker.resumed", seeker, by=by, at=at)
    return seeker


def erase(session: orm.Session, *, seeker_id: uuid.UUID, by: Actor, at: dt.datetime) -> Seeker:
    """Erase a person (개인정보 보호법 제36조): the identity record is deleted, the profile loses its free text."""
    seeker = _worked(session, seeker_id, by)
    identity = records.erase(session, seeker_id=seeker_id)
    seeker.status, seeker.changed_at, seeker.summary = SeekerStatus.ERASED, at, ""
    record(session, "seeker.erased", seeker, also=(identity,) if identity else (), by=by, at=at)
    return seeker


def _worked(session: orm.Session, seeker_id: uuid.UUID, by: Actor) -> Seeker:
    if by.role not in OFFICERS:
        raise NotAllowed("인재풀은 센터 담당자가 고칩니다.")
    seeker = session.scalars(sa.select(Seeker).where(Seeker.id == seeker_id).with_for_update()).one_or_none()
    if seeker is None or seeker.status is SeekerStatus.ERASED:
        raise NotFound("그런 구직자가 없습니다.")
    return seeker


def _take(seeker: Seeker, profile: Profile, at: dt.datetime) -> None:
    seeker.district = profile.district
    seeker.commute = sorted({*profile.commute, *([profile.district] if profile.district else [])})
    seeker.occupations = list(profile.occupations)
    seeker.experience = dict(profile.experience)
    seeker.skills = list(dict.fromkeys(profile.skills))
    seeker.licences = list(dict.fromkeys(profile.licences))
    seeker.trainings = list(dict.fromkeys(profile.trainings))
    seeker.employment_types = list(profile.employment_types)
    seeker.wage_floor = profile.wage_floor
    seeker.available_on = profile.available_on
    seeker.summary = profile.summary
    seeker.changed_at = at
