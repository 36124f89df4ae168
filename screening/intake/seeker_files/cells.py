"""One cell of a table as the value it means; whatever could be read in two ways is refused, never guessed."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from foundation.reference import districts, regions, telephone
from foundation.reference.employment_types import EmploymentType
from foundation.reference.occupations import OCCUPATIONS, squash, suggest
from foundation.refusals import Invalid

MOST_ENTRIES: Final = 20
LONGEST_ENTRY: Final = 60
MOST_MONTHS: Final = 720
WON_FROM: Final = 100_000
"""Nobody means fewer won a month: a smaller number was written in another unit."""

_NOTHING: Final = frozenset(
    {"", "없음", "무", "해당없음", "해당사항없음", "-", "–", "미정", "비공개", "선택안함"}
)
_SEXES: Final = {
    **dict.fromkeys(("여", "여성", "여자", "f", "female"), "f"),
    **dict.fromkeys(("남", "남성", "남자", "m", "male"), "m"),
}
_LABELS: Final = {squash(member.ko): (member,) for member in EmploymentType}
_EMPLOYMENT: Final[Mapping[str, tuple[EmploymentType, ...]]] = {
    **dict.fromkeys(("정규직", "상용직", "무기계약직", "정규"), (EmploymentType.PERMANENT,)),
    **dict.fromkeys(("계약직", "기간제", "기간제근로자", "임시직"), (EmploymentType.FIXED,)),
    **dict.fromkeys(
        ("시간제", "시간선택제", "시간제근로", "파트타임", "단시간", "아르바이트"),
        (EmploymentType.PERMANENT_PART, EmploymentType.FIXED_PART),
    ),
    **dict.fromkeys(("정규직시간선택제", "정규직시간제"), (EmploymentType.PERMANENT_PART,)),
    **dict.fromkeys(("계약직시간선택제", "계약직시간제", "기간제시간제"), (EmploymentType.FIXED_PART,)),
    **dict.fromkeys(("무관", "상관없음", "관계없음", "전체", "모두"), tuple(EmploymentType)),
    **_LABELS,
    **{member.value: (member,) for member in EmploymentType},
}
_ALL_SEOUL: Final = frozenset(
    {"전체", "서울", "서울전체", "서울전지역", "서울시전체", "서울시", "서울특별시", "전지역", "무관"}
)
_ELSEWHERE: Final = frozenset({"서울외", "서울밖", "서울이외", "타시도", "타지역", "시외", "서울외지역"})
_DATE: Final = re.compile(
    r"(\d{4})(?:\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?|(\d{2})(\d{2}))(?:\s+0?0:00(?::00)?)?"
)
_IN_BRACKETS: Final = re.compile(r"\(.*?\)")
_SEVERAL: Final = re.compile(r"[,/·&、]|\s(?:및|또는|혹은)\s")
_SEOUL: Final = re.compile(r"서울(?:특별시|시)?(?=.)")
_AT_ONCE: Final = frozenset({"", "즉시", "바로", "즉시가능", "바로가능", "당장", "언제든지", "상시"})
_MONTHS: Final = re.compile(r"(?:(\d{1,2})년)?(?:(\d{1,3})(?:개월|달|월)?)?")
_WON: Final = re.compile(r"월?(\d{1,9})(만|천)?원?(?:이상)?")
_PHONE_SIGNS: Final = re.compile(r"[\d\s()+.\-‐-―−]{8,25}")
_EMAIL: Final = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\".\d]{2,60}")


def entries(text: str, *, field: str) -> list[str]:
    """The parts of a cell between semicolons, each once, in order; an empty cell or '없음' has none."""
    parts = [" ".join(part.split()) for part in re.split(r"[;；\n]", text)]
    found = list(
        dict.fromkeys(part for part in parts if squash(part) not in _NOTHING and part not in _NOTHING)
    )
    if len(found) > MOST_ENTRIES:
        raise Invalid(
            f"한 칸에 {MOST_ENTRIES}개까지 적을 수 있습니다. 지금은 {len(found)}개입니다.", field=field
        )
    if any(len(part) > LONGEST_ENTRY for part in found):
        raise Invalid(f"한 항목은 {LONGEST_ENTRY}자까지 적고, 여러 개는 ';'로 나누어 주세요.", field=field)
    return found


def day(text: str, *, field: str) -> dt.date:
    """1990-03-02, 1990. 3. 2., 1990/3/2, 19900302 or 1990년 3월 2일; two-digit years are refused."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found:
        year, month, date, month8, date8 = found.groups()
        try:
            return dt.date(int(year), int(month or month8), int(date or date8))
        except ValueError:
            raise Invalid("달력에 없는 날짜입니다. 다시 확인해 주세요.", field=field) from None
    raise Invalid("날짜를 1990-03-02처럼 적어 주세요.", field=field)


def available_day(text: str, *, today: dt.date, field: str) -> dt.date:
    """The day from which somebody can work; blank and '즉시' are today."""
    if squash(text) in _AT_ONCE:
        return today
    found = day(text, field=field)
    if not today - dt.timedelta(days=366) <= found <= today + dt.timedelta(days=731):
        raise Invalid("취업가능일은 1년 전부터 2년 뒤 사이의 날짜나 '즉시'로 적어 주세요.", field=field)
    return max(found, today)


def sex(text: str, *, field: str) -> str:
    """'f', 'm', or '' when it was not given."""
    word = squash(text)
    if word in _NOTHING or word in ("기타", "응답안함"):
        return ""
    if word not in _SEXES:
        raise Invalid("성별은 '여', '남'으로 적거나 비워 두세요.", field=field)
    return _SEXES[word]


def phone(text: str, *, field: str) -> str:
    """One Korean number as digits."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _PHONE_SIGNS.fullmatch(plain):
        raise Invalid("연락처는 010-1234-5678처럼 번호 하나만 적어 주세요.", field=field)
    return telephone.parse(plain, field=field)


def email(text: str, *, field: str) -> str:
    """An address that could exist, or '' for none."""
    plain = text.strip()
    if plain in _NOTHING:
        return ""
    if len(plain) > 254 or not _EMAIL.fullmatch(plain):
        raise Invalid("이메일을 name@example.com처럼 적거나 비워 두세요.", field=field)
    return plain


def district(text: str, *, field: str) -> str | None:
    """The 5-digit code of the district of Seoul a place names, or None for a place outside Seoul."""
    words = re.sub(r"[,()]", " ", text).split()
    if squash(text) in _ELSEWHERE:
        return None
    provinces = [found for word in words if (found := regions.province(word))]
    if any(found != "서울" for found in provinces):
        return None
    for word in words:
        place = _SEOUL.sub("", word, count=1)
        known = districts.by_name(place) or districts.by_name(f"{place}구")
        if known:
            return known.code
    if not provinces and any(regions.provinces_of(word) for word in words):
        return None
    raise Invalid(
        "자치구를 광진구처럼 적어 주세요. 서울에 살지 않으면 '서울 외'라고 적어 주세요.", field=field
    )


def commute(text: str, *, field: str) -> tuple[str, ...]:
    """The codes of the districts somebody will travel to; '서울 전체' is all of them, places outside are left out."""
    found: list[str] = []
    for part in entries(text, field=field):
        if squash(part) in _ALL_SEOUL:
            return tuple(districts.DISTRICTS)
        code = district(part, field=field)
        if code:
            found.append(code)
    return tuple(dict.fromkeys(found))


def occupation(text: str, *, field: str) -> str:
    """The code of an occupation given by code, name or a common word for it, with words before it ('주간 경비원').

    A mere part of a name, and several occupations in one, are refused.
    """
    word, head = squash(text), squash(_IN_BRACKETS.sub("", text))
    if word in OCCUPATIONS:
        return word
    found = suggest(text)
    names = tuple(squash(name) for name in (found.name, *found.synonyms)) if found else ()
    if found and (word in names or (head.endswith(names) and not _SEVERAL.search(text))):
        return found.code
    raise Invalid(
        f"'{text}' 직종을 찾을 수 없습니다. 직종 이름이나 네 자리 코드를 ';'로 나누어 적어 주세요.",
        field=field,
    )


def occupations(text: str, *, field: str) -> tuple[str, ...]:
    """The codes of several occupations, each once."""
    return tuple(dict.fromkeys(occupation(part, field=field) for part in entries(text, field=field)))


def experience(text: str, *, field: str) -> dict[str, int]:
    """Months per occupation from '한식 조리사:36; 경비원:2년 6개월'; the same occupation twice is added up."""
    found: dict[str, int] = {}
    for part in entries(text, field=field):
        if squash(part) in ("신입", "경력없음"):
            continue
        name, colon, length = part.replace("：", ":").rpartition(":")
        span = _MONTHS.fullmatch("".join(length.split()))
        if not colon or span is None or not any(span.groups()):
            raise Invalid("경력은 '한식 조리사:36'처럼 직종과 개월 수를 적어 주세요.", field=field)
        months = int(span[1] or 0) * 12 + int(span[2] or 0)
        code = occupation(name, field=field)
        found[code] = found.get(code, 0) + months
        if found[code] > MOST_MONTHS:
            raise Invalid(f"경력은 {MOST_MONTHS}개월까지 적을 수 있습니다.", field=field)
    return found


def employment_types(text: str, *, field: str) -> tuple[str, ...]:
    """The codes of the wanted types of contract; none written means full time, permanent or fixed."""
    found: list[EmploymentType] = []
    for part in entries(text if squash(text) in _LABELS else re.sub(r"[,/·]", ";", text), field=field):
        known = _EMPLOYMENT.get(squash(part))
        if known is None:
            raise Invalid("고용형태는 정규직, 계약직, 시간선택제 가운데에서 적어 주세요.", field=field)
        found.extend(known)
    wanted = [member.value for member in EmploymentType if member in found]
    return tuple(wanted) or (EmploymentType.PERMANENT.value, EmploymentType.FIXED.value)


def wage(text: str, *, in_ten_thousands: bool, field: str) -> int:
    """Whole won a month; blank, '협의' and '회사 내규' are 0, no floor."""
    plain = re.sub(r"[\s,₩]", "", unicodedata.normalize("NFKC", text))
    if plain in _NOTHING or plain in ("협의", "면접후협의", "추후협의", "회사내규", "무관", "0"):
        return 0
    found = _WON.fullmatch(plain)
    if found is None:
        raise Invalid("희망임금은 2500000처럼 한 달 임금을 원 단위로 적어 주세요.", field=field)
    unit = {"만": 10_000, "천": 1_000}.get(
        found[2] or "", 10_000 if in_ten_thousands and "원" not in plain else 1
    )
    won = int(found[1]) * unit
    if not WON_FROM <= won <= 100_000_000:
        raise Invalid(
            "희망임금의 단위를 확인해 주세요. 한 달 임금을 2500000처럼 원 단위로 적습니다.", field=field
        )
    return won
