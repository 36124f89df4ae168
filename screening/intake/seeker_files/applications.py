"""One row of a table as a person and a profile, or every reason why it is none."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from foundation.identity.person import Person
from foundation.reference.occupations import squash
from foundation.refusals import Invalid
from screening.intake.seeker_files import cells
from screening.intake.seeker_files.columns import Columns, Field
from screening.pool.seekers.profile import Profile

Value = TypeVar("Value")

LONGEST: Final = {Field.NAME: 60, Field.ADDRESS: 200, Field.SUMMARY: 500}
LONGEST_CELL: Final = 2_000

_RESIDENT_NUMBER: Final = re.compile(r"(?<!\d)\d{6}\s*[-–]?\s*[1-8]\d{6}(?!\d)")
_CONTACT: Final = re.compile(
    r"[^\s@]+@[^\s@]+\.[a-z]{2,}|(?<!\d)0\d{1,2}[\s.\-)]*\d{3,4}[\s.\-]*\d{4}(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True)
class Application:
    """What one row says: who applies, and the blind profile."""

    person: Person
    profile: Profile


@dataclass(frozen=True)
class CellError:
    """One cell that cannot be accepted; `field` is '' when the whole row is meant."""

    field: str
    sentence: str


def read(row: Sequence[str], columns: Columns, *, today: dt.date) -> Application | tuple[CellError, ...]:
    """The application of a row; `today` is the day in Seoul on which the file is taken in."""
    errors: list[CellError] = []

    def text(field: Field) -> str:
        place = columns.places.get(field, len(row))
        cell = row[place] if place < len(row) else ""
        return "".join(sign for sign in cell if unicodedata.category(sign) != "Cf").strip()

    def value(field: Field, parse: Callable[[str], Value], instead: Value) -> Value:
        try:
            return parse(_checked(text(field), field))
        except Invalid as refusal:
            errors.append(CellError(field, refusal.sentence))
            return instead

    if any(cell.strip() for cell in row[columns.width :]):
        return (CellError("", "제목 줄보다 칸이 많습니다. 쉼표가 든 내용은 큰따옴표로 묶어 주세요."),)
    name = value(Field.NAME, _name, "")
    birth_date = value(Field.BIRTH, lambda cell: cells.day(cell, field=Field.BIRTH), today)
    phone = value(Field.PHONE, lambda cell: cells.phone(cell, field=Field.PHONE), "")
    email = value(Field.EMAIL, lambda cell: cells.email(cell, field=Field.EMAIL), "")
    sex = value(Field.SEX, lambda cell: cells.sex(cell, field=Field.SEX), "")
    address = value(Field.ADDRESS, str, "")
    profile = Profile(
        district=value(Field.DISTRICT, lambda cell: cells.district(cell, field=Field.DISTRICT), None),
        occupations=value(
            Field.OCCUPATIONS, lambda cell: cells.occupations(cell, field=Field.OCCUPATIONS), ("",)
        ),
        available_on=value(
            Field.AVAILABLE, lambda cell: cells.available_day(cell, today=today, field=Field.AVAILABLE), today
        ),
        experience=value(Field.EXPERIENCE, lambda cell: cells.experience(cell, field=Field.EXPERIENCE), {}),
        commute=value(Field.COMMUTE, lambda cell: cells.commute(cell, field=Field.COMMUTE), ()),
        skills=value(Field.SKILLS, lambda cell: _blind(cell, name, Field.SKILLS), ()),
        licences=value(Field.LICENCES, lambda cell: _blind(cell, name, Field.LICENCES), ()),
        trainings=value(Field.TRAININGS, lambda cell: cells.occupations(cell, field=Field.TRAININGS), ()),
        employment_types=value(
            Field.EMPLOYMENT, lambda cell: cells.employment_types(cell, field=Field.EMPLOYMENT), ()
        ),
        wage_floor=value(
            Field.WAGE,
            lambda cell: cells.wage(cell, in_ten_thousands=columns.wage_in_ten_thousands, field=Field.WAGE),
            0,
        ),
        summary=value(Field.SUMMARY, lambda cell: _nameless(cell, name, Field.SUMMARY), ""),
    )
    if errors:
        return tuple(errors)
    person = Person(name=name, birth_date=birth_date, phone=phone, email=email, sex=sex, address=address)
    return Application(person, profile)


def _checked(text: str, field: Field) -> str:
    """The cell itself; raises `Invalid` for what no field may hold."""
    longest = LONGEST.get(field, LONGEST_CELL)
    if len(text) > longest:
        raise Invalid(f"{longest:,}자까지 적을 수 있습니다. 지금은 {len(text):,}자입니다.", field=field)
    if "\ufffd" in text or any(
        unicodedata.category(sign) in ("Cc", "Cs", "Co") and sign not in "\n\r\t" for sign in text
    ):
        raise Invalid("깨진 글자가 들어 있습니다. 원래 파일을 다시 확인해 주세요.", field=field)
    if _RESIDENT_NUMBER.search(text):
        raise Invalid(
            "주민등록번호는 받을 수 없습니다(개인정보 보호법 제24조의2). 지우고 올려 주세요.", field=field
        )
    return text


def _name(text: str) -> str:
    if not text:
        raise Invalid("성명을 적어 주세요.", field=Field.NAME)
    return " ".join(text.split())


def _blind(text: str, name: str, field: Field) -> tuple[str, ...]:
    return tuple(cells.entries(_nameless(text, name, field), field=field))


def _nameless(text: str, name: str, field: Field) -> str:
    """The text itself, unless it tells who wrote it: officers and firms read these fields blind."""
    if _CONTACT.search(text) or (len(squash(name)) > 2 and squash(name) in squash(text)):
        raise Invalid("이름과 연락처는 빼고 적어 주세요. 이 칸은 이름을 가린 채 보입니다.", field=field)
    return text
