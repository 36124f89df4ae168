"""Which column of a table holds which field of the 구직신청서: order is free, common spellings are understood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from screening.intake.seeker_files.decoding import FileRefused


class Field(StrEnum):
    """One field of the form; the value is the name its error carries in the pool's commands."""

    NAME = "name"
    BIRTH = "birth_date"
    SEX = "sex"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    DISTRICT = "district"
    OCCUPATIONS = "occupations"
    EXPERIENCE = "experience"
    LICENCES = "licences"
    SKILLS = "skills"
    TRAININGS = "trainings"
    EMPLOYMENT = "employment_types"
    WAGE = "wage_floor"
    COMMUTE = "commute"
    AVAILABLE = "available_on"
    SUMMARY = "summary"


SPELLINGS: Final[Mapping[Field, str]] = {
    Field.NAME: "성명 이름 구직자명 구직자성명 신청인 신청인성명",
    Field.BIRTH: "생년월일 출생일 생일 출생연월일 생년월일8자리",
    Field.SEX: "성별",
    Field.PHONE: "연락처 전화번호 전화 휴대전화 휴대폰 휴대폰번호 휴대전화번호 핸드폰 핸드폰번호",
    Field.EMAIL: "이메일 이메일주소 전자우편 전자우편주소 메일",
    Field.ADDRESS: "주소 거주지주소 현주소 집주소",
    Field.DISTRICT: "거주자치구 자치구 거주구 거주지 거주지역 거주지자치구",
    Field.OCCUPATIONS: "희망직종 희망직업 구직직종 희망업무 희망직무",
    Field.EXPERIENCE: "경력 경력사항 직종별경력 주요경력",
    Field.LICENCES: "자격면허 자격증 자격 면허 자격및면허 자격증면허 보유자격 자격사항",
    Field.SKILLS: "기술 보유기술 능력 기술능력 보유능력",
    Field.TRAININGS: "훈련 직업훈련 훈련이수 직업훈련이수 훈련직종 이수훈련",
    Field.EMPLOYMENT: "희망고용형태 고용형태",
    Field.WAGE: "희망임금 희망급여 희망월급 희망월임금 희망보수",
    Field.COMMUTE: "통근가능자치구 통근가능지역 희망근무지 희망근무지역 희망지역 출퇴근가능자치구 근무가능지역",
    Field.AVAILABLE: "취업가능일 취업가능일자 입사가능일 근무가능일 취업가능시기",
    Field.SUMMARY: "한줄소개 소개 자기소개 한줄자기소개 간단소개",
}
"""Every spelling without spaces, signs and what stands in brackets; the first is the form's own."""

REQUIRED: Final = (Field.NAME, Field.BIRTH, Field.PHONE, Field.DISTRICT, Field.OCCUPATIONS)

_FIELDS: Final = {spelling: field for field, names in SPELLINGS.items() for spelling in names.split()}
_BRACKETS: Final = re.compile(r"[(\[（［〔<].*?[)\]）］〕>]")
_SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Columns:
    """Where each field stands (from 0), what its column is called in the file, and the columns nobody knows."""

    places: Mapping[Field, int]
    titles: Mapping[Field, str]
    unknown: tuple[str, ...]
    width: int
    wage_in_ten_thousands: bool

    def title(self, field: str | None) -> str:
        """The column's title in this file, or the form's own when the file lacks it; '' for no field."""
        if field is None or field not in set(Field):
            return ""
        known = Field(field)
        return self.titles.get(known, known_as(known))


def known_as(field: Field) -> str:
    """The form's own name of a field."""
    return {
        Field.DISTRICT: "거주 자치구",
        Field.EMPLOYMENT: "희망고용형태",
        Field.COMMUTE: "통근 가능 자치구",
        Field.SUMMARY: "한 줄 소개",
    }.get(field, SPELLINGS[field].split()[0])


def columns_of(header: Sequence[str]) -> Columns:
    """Read a title row; raises `FileRefused` when a required column is missing or one field has two columns."""
    places: dict[Field, int] = {}
    titles: dict[Field, str] = {}
    unknown: list[str] = []
    titled = [" ".join(title.split()) for title in header]
    while titled and not titled[-1]:
        titled.pop()
    for place, title in enumerate(titled):
        field = _FIELDS.get(_SIGNS.sub("", _BRACKETS.sub("", title)))
        if field is None:
            unknown.append(title or f"{place + 1}번째 열(제목 없음)")
        elif field in places:
            raise FileRefused(f"'{titles[field]}' 열과 '{title}' 열이 같은 내용입니다. 하나만 남겨 주세요.")
        else:
            places[field], titles[field] = place, title
    missing = [f"'{known_as(field)}'" for field in REQUIRED if field not in places]
    if missing:
        raise FileRefused(
            f"첫 줄에 {', '.join(missing)} 열이 없습니다. 첫 줄에는 성명, 생년월일, 연락처처럼 열 제목을 적어 주세요."
        )
    wage = titles.get(Field.WAGE, "")
    if re.search(r"시급|일급|연봉|[(\[（]\s*[연시일]", wage):
        raise FileRefused(f"'{wage}' 열은 한 달 임금으로 바꾸어 '희망임금(월, 원)'으로 적어 주세요.")
    return Columns(
        places, titles, tuple(unknown), len(titled), wage_in_ten_thousands="만원" in "".join(wage.split())
    )
