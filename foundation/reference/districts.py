"""The 25 districts (자치구) of Seoul with their five-digit legal-dong codes (법정동 시군구 코드)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


class UnknownDistrict(KeyError):
    """No such district code."""


@dataclass(frozen=True, slots=True)
class District:
    """A district of Seoul: `code` is the legal-dong code, which is not the code of the statistics office."""

    code: str
    ko: str
    en: str


DISTRICTS: Final[Mapping[str, District]] = MappingProxyType(
    {
        code: District(code, ko, en)
        for code, ko, en in (
            ("11110", "종로구", "Jongno-gu"),
            ("11140", "중구", "Jung-gu"),
            ("11170", "용산구", "Yongsan-gu"),
            ("11200", "성동구", "Seongdong-gu"),
            ("11215", "광진구", "Gwangjin-gu"),
            ("11230", "동대문구", "Dongdaemun-gu"),
            ("11260", "중랑구", "Jungnang-gu"),
            ("11290", "성북구", "Seongbuk-gu"),
            ("11305", "강북구", "Gangbuk-gu"),
            ("11320", "도봉구", "Dobong-gu"),
            ("11350", "노원구", "Nowon-gu"),
            ("11380", "은평구", "Eunpyeong-gu"),
            ("11410", "서대문구", "Seodaemun-gu"),
            ("11440", "마포구", "Mapo-gu"),
            ("11470", "양천구", "Yangcheon-gu"),
            ("11500", "강서구", "Gangseo-gu"),
            ("11530", "구로구", "Guro-gu"),
            ("11545", "금천구", "Geumcheon-gu"),
            ("11560", "영등포구", "Yeongdeungpo-gu"),
            ("11590", "동작구", "Dongjak-gu"),
            ("11620", "관악구", "Gwanak-gu"),
            ("11650", "서초구", "Seocho-gu"),
            ("11680", "강남구", "Gangnam-gu"),
            ("11710", "송파구", "Songpa-gu"),
            ("11740", "강동구", "Gangdong-gu"),
        )
    }
)

# Each pair once, from the map: a common line on land, or facing banks of the Han. Mere corners do not count.
_BORDERS: Final = (
    ("종로구", "중구 동대문구 성북구 서대문구 은평구"),
    ("중구", "용산구 성동구 서대문구 마포구"),
    ("용산구", "성동구 마포구 영등포구 동작구 서초구 강남구"),
    ("성동구", "광진구 동대문구 강남구"),
    ("광진구", "동대문구 중랑구 강남구 송파구 강동구"),
    ("동대문구", "중랑구 성북구"),
    ("중랑구", "성북구 노원구"),
    ("성북구", "강북구 노원구"),
    ("강북구", "도봉구 노원구"),
    ("도봉구", "노원구"),
    ("은평구", "서대문구 마포구"),
    ("서대문구", "마포구"),
    ("마포구", "강서구 영등포구"),
    ("양천구", "강서구 구로구 영등포구"),
    ("강서구", "영등포구"),
    ("구로구", "금천구 영등포구 관악구"),
    ("금천구", "관악구"),
    ("영등포구", "동작구"),
    ("동작구", "관악구 서초구"),
    ("관악구", "서초구"),
    ("서초구", "강남구"),
    ("강남구", "송파구"),
    ("송파구", "강동구"),
)


def district(code: str) -> District:
    """The district of a legal-dong code; raises UnknownDistrict."""
    try:
        return DISTRICTS[code]
    except KeyError:
        raise UnknownDistrict(code) from None


def by_name(ko: str) -> District | None:
    """The district of a Korean name ('중구'), or None: a name from elsewhere is no error."""
    return _BY_NAME.get("".join(ko.split()))


def neighbours(code: str) -> frozenset[str]:
    """The codes of the districts next to this one, symmetric, never the district itself."""
    return _NEIGHBOURS[district(code).code]


def _symmetric() -> dict[str, frozenset[str]]:
    sides: dict[str, set[str]] = {code: set() for code in DISTRICTS}
    for ko, others in _BORDERS:
        for other in others.split():
            one, two = _BY_NAME[ko].code, _BY_NAME[other].code
            sides[one].add(two)
            sides[two].add(one)
    return {code: frozenset(beside) for code, beside in sides.items()}


_BY_NAME: Final = {entry.ko: entry for entry in DISTRICTS.values()}
_NEIGHBOURS: Final = _symmetric()


def place_name(code: str | None) -> str:
    """The Korean name of a district, or '서울 밖' for a place that has no code of Seoul's."""
    return DISTRICTS[code].ko if code is not None and code in DISTRICTS else "서울 밖"
