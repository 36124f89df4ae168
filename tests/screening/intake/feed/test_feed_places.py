"""Addresses whose parts stick together. All streets and buildings are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.reference.regions import PROVINCES
from screening.intake.feed.findings import FindingCode
from screening.intake.feed.places import read_place


@pytest.mark.parametrize(
    ("text", "province", "city", "detail"),
    [
        ("서울 종로구", "서울", "종로구", ""),
        ("서울 종로구215호", "서울", "종로구", "215호"),
        ("서울 마포구.", "서울", "마포구", ""),
        ("인천 서해구..", "인천", "서해구", ""),
        ("경기 포천시-", "경기", "포천시", ""),
        ("경기 구리시", "경기", "구리시", ""),
        ("경기 구리시구리빌딩 3층", "경기", "구리시", "구리빌딩 3층"),
        ("경기 안산시시흥가람공단 7나 12-3", "경기", "안산시", "시흥가람공단 7나 12-3"),
        ("경기 시흥시2층 204호", "경기", "시흥시", "2층 204호"),
        ("경기 화성시(E동)", "경기", "화성시", "(E동)"),
        ("서울 관악구2차 ○○동 ", "서울", "관악구", "2차 ○○동"),
        ("인천 검단구인천광역시 검단구 오류동 1-4 가람금속(주)", "인천", "검단구", "오류동 1-4 가람금속(주)"),
        ("경기 하남시하남시 신장동", "경기", "하남시", "신장동"),
        ("경기 남양주시남양주시청", "경기", "남양주시", "남양주시청"),
        ("경기도 수원시", "경기", "수원시", ""),
        ("경기도수원시영통구 1", "경기", "수원시", "영통구 1"),
        ("서울시 중구 가람로 1", "서울", "중구", "가람로 1"),
        ("서울특별시강남구테헤란로", "서울", "강남구", "테헤란로"),
        ("서울특별시 서울특별시 중구", "서울", "중구", ""),
        ("강원특별자치도 원주시", "강원", "원주시", ""),
        ("전라북도 전주시완산구", "전북", "전주시", "완산구"),
        ("경기 용인시처인구 1-2", "경기", "용인시", "처인구 1-2"),
        ("경기도광주시 오포읍", "경기", "광주시", "오포읍"),
        ("광주 북구", "광주", "북구", ""),
        ("광주광역시 광산구", "광주", "광산구", ""),
        ("광주시 북구 용봉동", "광주", "북구", "용봉동"),
        ("제주 제주시 연동", "제주", "제주시", "연동"),
        ("부산 부산진구", "부산", "부산진구", ""),
        ("세종특별자치시 나성동", "세종", None, "나성동"),
        ("(우)12345 경기 하남시", "경기", "하남시", ""),
        ("[04524] 서울 중구 가람로", "서울", "중구", "가람로"),
        ("근무지: 서울특별시 강남구", "서울", "강남구", ""),
        ("가람빌딩 서울 마포구 1", "서울", "마포구", "1"),
        ("서울 종로 215", "서울", "종로구", "215"),
        ("경기 성남분당구", "경기", "성남시", "분당구"),
        ("경기 수 원 시 팔달구", "경기", "수원시", "팔달구"),
        ("서울>강남구", "서울", "강남구", ""),
        ("경기&nbsp;오산시", "경기", "오산시", ""),
        ("경기　오산시", "경기", "오산시", ""),
    ],
)
def test_places(text: str, province: str, city: str | None, detail: str) -> None:
    place = read_place(text)
    assert (place.province, place.city, place.detail) == (province, city, detail)


@pytest.mark.parametrize(
    ("text", "province", "city", "code"),
    [
        ("구리시", "경기", "구리시", FindingCode.PLACE_PROVINCE_DEDUCED),
        ("용인시 처인구 1", "경기", "용인시", FindingCode.PLACE_PROVINCE_DEDUCED),
        ("분당구 1", "경기", "성남시", FindingCode.PLACE_PROVINCE_DEDUCED),
        ("광주시 오포읍", "경기", "광주시", FindingCode.PLACE_PROVINCE_DEDUCED),
        ("제주시 연동", "제주", "제주시", FindingCode.PLACE_PROVINCE_DEDUCED),
        ("부산진구 1", "부산", "부산진구", FindingCode.PLACE_PROVINCE_DEDUCED),
        ("중구 을지로", None, "중구", FindingCode.PLACE_AMBIGUOUS),
        ("고성군", None, "고성군", FindingCode.PLACE_AMBIGUOUS),
        ("인천 서구 1", "인천", "서구", FindingCode.PLACE_FORMER_NAME),
        ("경기 안산시경기도 시흥시 정왕동", "경기", "안산시", FindingCode.PLACE_CONFLICT),
        ("서울 성남시 분당구", "경기", "성남시", FindingCode.PLACE_CONFLICT),
        ("서울 경기도 하남시", "경기", "하남시", FindingCode.PLACE_CONFLICT),
        ("서울 중구, 서울 종로구", "서울", "중구", FindingCode.PLACE_CONFLICT),
        ("서울 전지역", "서울", None, FindingCode.PLACE_CITY_UNKNOWN),
        ("전국", None, None, FindingCode.PLACE_UNKNOWN),
        ("세종대로 110", None, None, FindingCode.PLACE_UNKNOWN),
        ("", None, None, FindingCode.PLACE_MISSING),
        ("  .", None, None, FindingCode.PLACE_MISSING),
    ],
)
def test_places_in_doubt(text: str, province: str | None, city: str | None, code: FindingCode) -> None:
    place = read_place(text)
    assert (place.province, place.city) == (province, city)
    assert place.findings == (code,)


EVERY = [
    (entry.short, name, city) for entry in PROVINCES.values() for name in entry.names for city in entry.cities
]


@given(
    st.sampled_from(EVERY),
    st.sampled_from(["", " ", "  ", "-", "/"]),
    st.sampled_from(["", ".", " 12", "215호", "가람빌딩 3층", "(B동)"]),
)
def test_every_city_however_glued(known: tuple[str, str, str], between: str, rest: str) -> None:
    short, name, city = known
    place = read_place(f"{name}{between}{city}{rest}")
    assert (place.province, place.city) == (short, city)
