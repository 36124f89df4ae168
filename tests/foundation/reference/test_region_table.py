"""Provinces and their cities."""

import pytest

from foundation.reference.districts import DISTRICTS
from foundation.reference.regions import PROVINCES, WARDS, province, provinces_of


def test_seventeen_provinces() -> None:
    assert len(PROVINCES) == 17
    assert list(PROVINCES)[:4] == ["서울", "부산", "대구", "인천"]
    assert all(short == entry.short == entry.names[0] for short, entry in PROVINCES.items())
    assert sum(len(entry.cities) for entry in PROVINCES.values()) == 229
    assert all(city[-1] in "시군구" for entry in PROVINCES.values() for city in entry.cities)


def test_no_city_twice_in_one_province() -> None:
    for entry in PROVINCES.values():
        assert len(set(entry.cities)) == len(entry.cities)
        assert not set(entry.cities) & set(entry.former)


def test_seoul_agrees_with_the_districts() -> None:
    assert PROVINCES["서울"].cities == tuple(entry.ko for entry in DISTRICTS.values())


def test_incheon_before_and_after_2026() -> None:
    assert {"제물포구", "영종구", "서해구", "검단구"} <= set(PROVINCES["인천"].cities)
    assert {"중구", "동구", "서구"} <= set(PROVINCES["인천"].former)


@pytest.mark.parametrize(
    ("spelling", "short"),
    [
        ("서울특별시", "서울"),
        ("서울시", "서울"),
        ("경기도", "경기"),
        ("강원특별자치도", "강원"),
        ("전라북도", "전북"),
        ("제주", "제주"),
        ("경상 남도", "경남"),
    ],
)
def test_spellings(spelling: str, short: str) -> None:
    assert province(spelling) == short


def test_unknown_spelling() -> None:
    assert province("부여") is None


def test_provinces_of() -> None:
    assert provinces_of("구리시") == ("경기",)
    assert set(provinces_of("고성군")) == {"강원", "경남"}
    assert len(provinces_of("중구")) == 5
    assert provinces_of("화성군") == ()


def test_wards_name_a_city() -> None:
    assert WARDS["처인구"] == ("경기", "용인시")
    assert all(city in PROVINCES[holder].cities for holder, city in WARDS.values())
