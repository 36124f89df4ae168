"""Provinces (시·도) of Korea, each with its cities and counties (시·군), or its districts (구).

State of the table: July 2026. Names no longer in use stay readable under `former`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Province:
    """A province: `short` is its name in this house ('경기'), `names` all spellings, `cities` its 시·군·구.

    `former` are names of earlier years that postings still use; they are never deduced from.
    """

    short: str
    names: tuple[str, ...]
    cities: tuple[str, ...]
    former: tuple[str, ...] = ()


def _province(short: str, names: str, cities: str, former: str = "") -> Province:
    return Province(short, (short, *names.split()), tuple(cities.split()), tuple(former.split()))


PROVINCES: Final[Mapping[str, Province]] = MappingProxyType(
    {
        entry.short: entry
        for entry in (
            _province(
                "서울",
                "서울특별시 서울시",
                "종로구 중구 용산구 성동구 광진구 동대문구 중랑구 성북구 강북구 도봉구 노원구 은평구"
                " 서대문구 마포구 양천구 강서구 구로구 금천구 영등포구 동작구 관악구 서초구 강남구"
                " 송파구 강동구",
            ),
            _province(
                "부산",
                "부산광역시 부산시 부산직할시",
                "중구 서구 동구 영도구 부산진구 동래구 남구 북구 해운대구 사하구 금정구 강서구 연제구"
                " 수영구 사상구 기장군",
            ),
            _province(
                "대구",
                "대구광역시 대구시 대구직할시",
                "중구 동구 서구 남구 북구 수성구 달서구 달성군 군위군",
            ),
            _province(
                "인천",
                "인천광역시 인천시 인천직할시",
                "제물포구 영종구 미추홀구 연수구 남동구 부평구 계양구 서해구 검단구 강화군 옹진군",
                "중구 동구 서구 남구",
            ),
            _province("광주", "광주광역시 광주직할시", "동구 서구 남구 북구 광산구"),
            _province("대전", "대전광역시 대전시 대전직할시", "동구 중구 서구 유성구 대덕구"),
            _province("울산", "울산광역시 울산시", "중구 남구 동구 북구 울주군"),
            _province("세종", "세종특별자치시 세종시", "", "연기군"),
            _province(
                "경기",
                "경기도",
                "수원시 성남시 의정부시 안양시 부천시 광명시 평택시 동두천시 안산시 고양시 과천시"
                " 구리시 남양주시 오산시 시흥시 군포시 의왕시 하남시 용인시 파주시 이천시 안성시"
                " 김포시 화성시 광주시 양주시 포천시 여주시 연천군 가평군 양평군",
                "여주군 포천군 양주군 화성군 김포군 파주군 용인군",
            ),
            _province(
                "강원",
                "강원특별자치도 강원도",
                "춘천시 원주시 강릉시 동해시 태백시 속초시 삼척시 홍천군 횡성군 영월군 평창군 정선군"
                " 철원군 화천군 양구군 인제군 고성군 양양군",
            ),
            _province(
                "충북",
                "충청북도 충북도",
                "청주시 충주시 제천시 보은군 옥천군 영동군 증평군 진천군 괴산군 음성군 단양군",
                "청원군",
            ),
            _province(
                "충남",
                "충청남도 충남도",
                "천안시 공주시 보령시 아산시 서산시 논산시 계룡시 당진시 금산군 부여군 서천군 청양군"
                " 홍성군 예산군 태안군",
                "당진군",
            ),
            _province(
                "전북",
                "전북특별자치도 전라북도 전북도",
                "전주시 군산시 익산시 정읍시 남원시 김제시 완주군 진안군 무주군 장수군 임실군 순창군"
                " 고창군 부안군",
            ),
            _province(
                "전남",
                "전라남도 전남도",
                "목포시 여수시 순천시 나주시 광양시 담양군 곡성군 구례군 고흥군 보성군 화순군 장흥군"
                " 강진군 해남군 영암군 무안군 함평군 영광군 장성군 완도군 진도군 신안군",
            ),
            _province(
                "경북",
                "경상북도 경북도",
                "포항시 경주시 김천시 안동시 구미시 영주시 영천시 상주시 문경시 경산시 의성군 청송군"
                " 영양군 영덕군 청도군 고령군 성주군 칠곡군 예천군 봉화군 울진군 울릉군",
                "군위군",
            ),
            _province(
                "경남",
                "경상남도 경남도",
                "창원시 진주시 통영시 사천시 김해시 밀양시 거제시 양산시 의령군 함안군 창녕군 고성군"
                " 남해군 하동군 산청군 함양군 거창군 합천군",
                "마산시 진해시",
            ),
            _province("제주", "제주특별자치도 제주도", "제주시 서귀포시", "북제주군 남제주군"),
        )
    }
)

# Wards (일반구) inside cities: part of the detailed address, but they name their city when it is missing.
WARDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        ward: (province, city)
        for province, city, wards in (
            ("경기", "수원시", "장안구 권선구 팔달구 영통구"),
            ("경기", "성남시", "수정구 중원구 분당구"),
            ("경기", "안양시", "만안구 동안구"),
            ("경기", "부천시", "원미구 소사구 오정구"),
            ("경기", "안산시", "상록구 단원구"),
            ("경기", "고양시", "덕양구 일산동구 일산서구"),
            ("경기", "용인시", "처인구 기흥구 수지구"),
            ("경기", "화성시", "만세구 효행구 병점구 동탄구"),
            ("충북", "청주시", "상당구 서원구 흥덕구 청원구"),
            ("충남", "천안시", "동남구 서북구"),
            ("전북", "전주시", "완산구 덕진구"),
            ("경남", "창원시", "의창구 성산구 마산합포구 마산회원구 진해구"),
        )
        for ward in wards.split()
    }
)


def province(text: str) -> str | None:
    """The short name of a province in any of its spellings ('경기도', '서울시'), or None."""
    return _SHORT.get("".join(text.split()))


def provinces_of(city: str) -> tuple[str, ...]:
    """The provinces that hold a city or district of this name today: several for '중구' or '고성군'."""
    return _HOLDERS.get(city, ())


_SHORT: Final = {name: entry.short for entry in PROVINCES.values() for name in entry.names}


def _holders() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in PROVINCES.values():
        for city in entry.cities:
            found[city] = (*found.get(city, ()), entry.short)
    return found


_HOLDERS: Final = _holders()
