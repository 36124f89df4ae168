"""The districts of Seoul: 25, in order, with neighbours that agree with each other."""

import pytest

from foundation.reference.districts import DISTRICTS, UnknownDistrict, by_name, district, neighbours


def test_twenty_five_in_order() -> None:
    assert len(DISTRICTS) == 25
    assert list(DISTRICTS) == sorted(DISTRICTS)
    assert district("11110").ko == "종로구"
    assert district("11740").en == "Gangdong-gu"


def test_by_name() -> None:
    found = by_name("종 로 구")
    assert found is not None
    assert found.code == "11110"
    assert by_name("분당구") is None


def test_neighbours_are_mutual_and_never_oneself() -> None:
    for code in DISTRICTS:
        beside = neighbours(code)
        assert beside
        assert code not in beside
        assert all(code in neighbours(other) for other in beside)


def test_neighbours_across_the_river() -> None:
    assert {DISTRICTS[code].ko for code in neighbours("11740")} == {"송파구", "광진구"}
    assert "11170" in neighbours("11650")
    assert "11440" not in neighbours("11710")


def test_everywhere_can_be_reached() -> None:
    reached, frontier = {"11110"}, {"11110"}
    while frontier:
        frontier = {other for code in frontier for other in neighbours(code)} - reached
        reached |= frontier
    assert reached == set(DISTRICTS)


def test_unknown() -> None:
    with pytest.raises(UnknownDistrict):
        district("11000")
    with pytest.raises(UnknownDistrict):
        neighbours("99999")
