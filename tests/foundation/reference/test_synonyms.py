"""Licences and skills: every spelling meets its name, and what differs stays apart."""

import csv
import re
import unicodedata
from importlib.resources import files
from types import ModuleType

import pytest

from demo.people import LICENCES, SKILLS
from foundation.reference import licences, skills
from foundation.reference.occupations import squash
from foundation.reference.synonyms import synonyms

TABLES = pytest.mark.parametrize(
    ("codes", "file", "least"), [(licences, "licences.csv", 180), (skills, "skills.csv", 160)]
)


def rows(file: str) -> list[dict[str, str]]:
    text = files("foundation.reference").joinpath(file).read_text(encoding="utf-8")
    assert not text.startswith("\ufeff")
    assert unicodedata.is_normalized("NFC", text)
    return list(csv.DictReader(text.splitlines()))


def disguises(text: str) -> tuple[str, ...]:
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    return (
        f"  {' '.join(text)} ",
        text.replace(" ", ""),
        text.upper(),
        text.lower(),
        wide,
        unicodedata.normalize("NFD", text),
    )


@TABLES
def test_rows_are_whole(codes: ModuleType, file: str, least: int) -> None:
    entries = rows(file)
    assert tuple(entry["name"] for entry in entries) == codes.NAMES
    assert len(set(codes.NAMES)) == len(codes.NAMES) >= least
    assert all(entry["source"] and "://" not in entry["source"] for entry in entries)


@TABLES
def test_every_spelling_meets_its_name(codes: ModuleType, file: str, least: int) -> None:
    for entry in rows(file):
        for spelling in (entry["name"], *filter(None, entry["variants"].split("|"))):
            for written in (spelling, *disguises(spelling)):
                assert codes.canonical(written) == squash(entry["name"]), written


@TABLES
def test_no_spelling_means_two_names(codes: ModuleType, file: str, least: int) -> None:
    assert len({squash(name) for name in codes.NAMES}) == len(codes.NAMES)
    meant: dict[str, str] = {}
    for entry in rows(file):
        for spelling in (entry["name"], *filter(None, entry["variants"].split("|"))):
            assert meant.setdefault(squash(spelling), entry["name"]) == entry["name"], spelling


@TABLES
def test_the_unknown_stands_for_itself(codes: ModuleType, file: str, least: int) -> None:
    assert codes.canonical(" 없는 Word-１ 소지자 ") == "없는word1소지자"
    assert codes.canonical("") == ""
    assert codes.canonical("자격증") == "자격증"


def test_a_spelling_under_two_names_is_refused() -> None:
    with pytest.raises(ValueError, match="both '컴활 1급' and '컴활 2급'"):
        synonyms([("컴활 1급", ["컴활"]), ("컴활 2급", ["컴 활"])])
    with pytest.raises(ValueError, match="stands twice"):
        synonyms([("엑셀", []), ("엑셀", [])])


@pytest.mark.parametrize("grade", [r"[1-6특]급", r"[12]종", r"(산업기사|산기|기능사|기능장|기사)$"])
def test_a_variant_never_has_another_grade(grade: str) -> None:
    for entry in rows("licences.csv"):
        named = re.search(grade, squash(entry["name"]))
        for variant in filter(None, entry["variants"].split("|")):
            written = re.search(grade, squash(variant))
            if named and written:
                assert written[0].replace("산기", "산업기사") == named[0], variant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("컴활 1급", "컴활 2급"),
        ("전산회계 1급", "전산세무 1급"),
        ("전산회계 2급", "전산회계운용사 2급"),
        ("전기기사", "전기기능사"),
        ("전기산기", "전기기사"),
        ("전기기사", "전기공사기사"),
        ("1종 보통", "2종 보통"),
        ("1종 보통", "1종 대형"),
        ("2종 보통", "2종 자동"),
        ("사회복지사 1급", "사회복지사 2급"),
        ("사회복지사 2급", "사회복지사"),
        ("간호사", "간호조무사"),
        ("지게차 면허", "3톤 미만 지게차"),
        ("소방설비기사(기계)", "소방설비기사(전기)"),
        ("경비원 신임교육", "특수경비원 신임교육"),
        ("한식조리기능사", "한식조리산업기사"),
        ("한식조리기능사", "조리기능사"),
    ],
)
def test_grades_and_kinds_stay_apart(one: str, other: str) -> None:
    assert licences.canonical(one) != licences.canonical(other)


@pytest.mark.parametrize(
    ("one", "other"), [("선반", "CNC 선반"), ("CNC", "CNC 선반"), ("1톤", "11톤"), ("자바", "자바스크립트")]
)
def test_skills_stay_apart(one: str, other: str) -> None:
    assert skills.canonical(one) != skills.canonical(other)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("컴활1급 자격증", "컴퓨터활용능력 1급"),
        ("전기기능사 자격증 소지자", "전기기능사"),
        ("1종보통 면허증", "제1종 보통운전면허"),
        ("요양보호사 자격 취득", "요양보호사"),
        ("화물운송종사자격", "화물운송종사자격"),
        ("지게차 운전면허 소지", "지게차운전기능사"),
    ],
)
def test_holding_a_licence_is_no_part_of_its_name(written: str, name: str) -> None:
    assert licences.canonical(written) == squash(name)


def test_only_licences_are_held() -> None:
    assert skills.canonical("엑셀 자격증") == "엑셀자격증"
    assert licences.canonical("요양보호사 미취득") == "요양보호사미취득"


@pytest.mark.parametrize(("codes", "told"), [(licences, LICENCES), (skills, SKILLS)])
def test_names_of_the_demo_are_known_and_stay_apart(
    codes: ModuleType, told: dict[str, tuple[str, ...]]
) -> None:
    words = {word for values in told.values() for word in values}
    keys = {codes.canonical(word) for word in words}
    assert keys <= {squash(name) for name in codes.NAMES}
    assert len(keys) == len(words)


@TABLES
def test_any_two_syllables_of_a_name_find_it(codes: ModuleType, file: str, least: int) -> None:
    for name in codes.NAMES:
        plain = squash(name)
        for at in range(len(plain) - 1):
            assert name in codes.found_in(plain[at : at + 2]), name


def test_found_in_file_order_by_any_spelling() -> None:
    assert licences.found_in("컴활") == ("컴퓨터활용능력 1급", "컴퓨터활용능력 2급", "컴퓨터활용능력 3급")
    assert "오토캐드" in skills.found_in("cad")
    assert licences.found_in(unicodedata.normalize("NFD", "굴 삭")) == licences.found_in("굴삭") != ()
    assert licences.found_in("없는말") == ()
    for short in ("", " ", "한", " 한-"):
        assert licences.found_in(short) == skills.found_in(short) == ()
