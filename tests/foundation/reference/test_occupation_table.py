"""The table of occupations: whole, unambiguous, and found by meaning."""

import pytest

from foundation.reference.occupations import (
    OCCUPATIONS,
    Occupation,
    UnknownOccupation,
    distance,
    occupation,
    squash,
    suggest,
)


def test_codes_are_four_digits_in_order() -> None:
    assert all(
        len(code) == 4 and code.isdigit() and code == entry.code for code, entry in OCCUPATIONS.items()
    )
    assert list(OCCUPATIONS) == sorted(OCCUPATIONS)
    assert len(OCCUPATIONS) >= 170


def test_no_word_means_two_occupations() -> None:
    meant: dict[str, str] = {}
    for entry in OCCUPATIONS.values():
        for word in (entry.name, *entry.synonyms):
            assert meant.setdefault(squash(word), entry.code) == entry.code, word


def test_every_name_and_synonym_finds_its_own_occupation() -> None:
    for entry in OCCUPATIONS.values():
        for word in (entry.name, *entry.synonyms):
            if len(squash(word)) >= 2:
                assert suggest(word) == entry, word


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("요양보호사", "5501"),
        ("재가 간병인", "5501"),
        ("병원 간병인", "5502"),
        ("[○○동] 재가 요양보호사 구합니다", "5501"),
        ("구내식당 조리보조원을 모집합니다", "5323"),
        ("CNC 선반 조작원(NC 선반 조작원)", "8132"),
        ("홀 서빙 직원", "5322"),
        ("아파트 경비원 격일제", "5420"),
        ("1톤 트럭 운전 기사", "6223"),
        ("웹 개발자", "1333"),
        ("미싱사(오버로크)", "8623"),
        ("제조 단순 종사원", "8900"),
        ("ＴＭ 상담", "6140"),
        ("요양", "5501"),
    ],
)
def test_suggests_by_meaning(text: str, code: str) -> None:
    found = suggest(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", " ", "가", "★☆", "함께 성장하실 분을 찾습니다", "ATM 기기"])
def test_suggests_nothing_rather_than_anything(text: str) -> None:
    assert suggest(text) is None


@pytest.mark.parametrize(
    ("a", "b", "steps"),
    [
        ("5501", "5501", 0),
        ("5501", "5502", 1),
        ("8241", "8251", 2),
        ("8241", "8900", 3),
        ("5501", "8900", 4),
        ("", "", 0),
        ("", "5501", 4),
    ],
)
def test_distance(a: str, b: str, steps: int) -> None:
    assert distance(a, b) == distance(b, a) == steps


def test_manual_occupations() -> None:
    assert all(occupation(code).manual for code in ("5420", "5611", "5323", "6241", "7060", "8900", "9051"))
    assert not any(occupation(code).manual for code in ("5501", "5312", "8241", "0272", "6223"))


def test_unknown_code() -> None:
    with pytest.raises(UnknownOccupation):
        occupation("9999")
    assert issubclass(UnknownOccupation, KeyError)
    assert isinstance(occupation("0272"), Occupation)
