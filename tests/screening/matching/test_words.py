"""Texts meet however they are written, and what differs in meaning stays apart."""

import random
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.matching.rarity import STEP, counted
from screening.matching.words import TERMS, terms, terms_of


def said(text: str) -> set[int]:
    return set(terms(text).tolist())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("요양 보호사", "요양보호사"),
        ("요양-보호사", "요양보호사"),
        ("요양\n보호사", "요양보호사"),
        ("사회복지사 2급", "사회복지사2급"),
        ("ＥＸＣＥＬ　２０１６", "excel 2016"),
        ("Excel", "EXCEL"),
        ("forklifts", "forklift"),
        ("ﾊﾝｷｮ", "ハンキョ"),
        (unicodedata.normalize("NFD", "요양보호사 2급"), unicodedata.normalize("NFC", "요양보호사 2급")),
        ("①종 대형", "1종 대형"),
    ],
)
def test_two_ways_to_write_one_thing_meet(one: str, other: str) -> None:
    assert said(one) == said(other) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("요양보호사 2급", "요양보호사 1급"),
        ("excel", "word"),
        ("조리", "리조"),
        ("2016", "2017"),
        ("c1", "c2"),
    ],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert said(one) - said(other)
    assert said(other) - said(one)


def test_longer_latin_words_meet_by_their_stem_and_short_ones_do_not() -> None:
    assert said("managing") & said("manager") & said("management")
    assert not said("manage") & said("mandate")
    assert not said("cook") & said("coal")


@pytest.mark.parametrize("word", ["class", "status", "tennis", "gas"])
def test_not_every_last_s_is_a_plural(word: str) -> None:
    assert not said(word) & said(word[:-1])


def test_a_compound_holds_the_pairs_of_its_parts() -> None:
    assert said("한식 조리") <= said("한식조리기능사 자격")
    assert said("지게차") <= said("물류 창고 지게차 운전")


def test_letters_between_syllables_part_them() -> None:
    assert not said("가 excel 나") & said("가나")


@pytest.mark.parametrize("text", ["", " ", "\x1e", "\x1e\x1e", "·,./", "가", "a", "\ud800", "𠀀𠀁", "😀"])
def test_what_holds_no_words_has_none(text: str) -> None:
    assert said(text) == set()


def test_characters_beyond_the_basic_plane_do_no_harm() -> None:
    assert said("한식😀조리") == said("한식조리")
    assert said("𝐄𝐱𝐜𝐞𝐥") == said("excel")
    assert said("한식\ud800 조리") == said("한식 조리")


def test_the_separator_inside_a_text_does_not_part_it() -> None:
    texts = ["요양\x1e보호사", "\x1e", "주방\x1e", "\x1e조리"]
    _, counts = terms_of(texts)
    assert counts.tolist() == [len(said(text.replace("\x1e", " "))) for text in texts]
    assert said("요양\x1e보호사") == said("요양 보호사")


def test_neighbours_in_bulk_do_not_touch() -> None:
    words, counts = terms_of(["요양보", "호사", "exc", "el", ""])
    assert counts.tolist() == [2, 1, 1, 1, 0]
    assert not set(words.tolist()) & (said("보호") | said("excel"))


def test_a_text_as_long_as_a_book_is_read_whole() -> None:
    chance = random.Random(1)
    book = " ".join("".join(map(chr, chance.choices(range(0xAC00, 0xD7A0), k=5))) for _ in range(40_000))
    found = terms(f"{book} 요양보호사")
    assert said("요양보호사") <= set(found.tolist())
    assert (np.diff(found.astype(np.int64)) > 0).all()
    assert len(found) > 100_000
    assert len(terms("a" * 1_000_000)) == 2


ALPHABET = "가나다라마바사아자차 카타파하거너더러2급1종abcdeSXY-·\x1e😀𠀀ⅣＡﾊ" + unicodedata.normalize(
    "NFD", "한"
)


def test_many_texts_at_once_are_read_like_one_at_a_time() -> None:
    chance = random.Random(2)
    texts = ["".join(chance.choices(ALPHABET, k=chance.randint(0, 40))) for _ in range(4_000)]
    words, counts = terms_of(texts)
    assert len(counts) == len(texts)
    parts = np.split(words, np.cumsum(counts)[:-1])
    for text, part in zip(texts, parts, strict=True):
        assert part.tolist() == terms(text).tolist(), text


@given(st.lists(st.text(max_size=30), max_size=6))
def test_no_text_however_odd_disturbs_another(texts: list[str]) -> None:
    words, counts = terms_of(texts)
    assert counts.sum() == len(words)
    parts = np.split(words, np.cumsum(counts)[:-1]) if texts else []
    assert [part.tolist() for part in parts] == [terms(text).tolist() for text in texts]
    assert all(part.tolist() == sorted(set(part.tolist())) and (part < TERMS).all() for part in parts)


def test_what_everybody_writes_weighs_hardly_anything() -> None:
    holding = np.zeros(TERMS, dtype=np.int64)
    holding[:4] = 1_023, 511, 255, 0
    weights = counted(holding, 1_023).weights
    assert weights[:4].tolist() == [1, STEP, 2 * STEP, 10 * STEP]
    assert (np.diff(counted(np.arange(TERMS), TERMS).weights.astype(int)) <= 0).all()
