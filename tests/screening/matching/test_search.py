"""The text search: order, ties, empty inputs, the same whatever the order of the texts."""

import random

import numpy as np
import pytest

from screening.matching.endings import bare_words
from screening.matching.search import TextIndex, best
from screening.matching.words import OCCURRENCE, counted_terms_of, terms_of

TEXTS = (
    "노인 요양원에서 어르신 식사와 목욕을 도왔습니다",
    "한식당 주방에서 반찬을 만들고 설거지를 했습니다",
    "지게차로 물류 창고의 짐을 옮겼습니다",
    "회계 장부와 세금계산서를 엑셀로 정리했습니다",
    "Drove a forklift in a busy warehouse and counted the stock",
    "Managed the books, invoices and payroll of a small shop",
)


def found(index: TextIndex, text: str, most: int = 10) -> list[int]:
    return index.search(text, most)[0].tolist()


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("어르신 목욕", 0),
        ("요양 원", 0),
        ("주방보조, 반찬 만들기", 1),
        ("물류창고 지게차 기사", 2),
        ("엑셀을 쓰는 회계 담당", 3),
        ("warehouse forklift driver", 4),
        ("payroll manager", 5),
        ("INVOICE", 5),
    ],
)
def test_the_text_that_says_it_stands_first(query: str, row: int) -> None:
    assert found(TextIndex.of(TEXTS), query)[0] == row


def test_spaces_and_decomposed_letters_change_nothing_for_one_word() -> None:
    index = TextIndex.of(TEXTS)
    rows, scores = index.search("세금계산서", 10)
    assert rows.tolist() == [3]
    decomposed = "\u1109\u1166\u1100\u1173\u11b7\u1100\u1168\u1109\u1161\u11ab\u1109\u1165"
    again, same = index.search(decomposed, 10)
    assert again.tolist() == [3]
    assert same.tolist() == scores.tolist()
    assert found(index, "세금 계산서") == [3]


def test_who_says_it_more_often_or_in_fewer_words_stands_higher() -> None:
    index = TextIndex.of(["용접 조립", "용접 용접 조립", "용접 조립 포장 검사 운반 청소 상차 하차", "재봉"])
    assert found(index, "용접") == [1, 0, 2]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    index = TextIndex.of(["사무 보조", "사무 정리", "사무 회의", "통역 회의"])
    assert found(index, "통역 사무")[0] == 3


def test_ties_fall_to_the_earlier_text_also_at_the_cut() -> None:
    index = TextIndex.of(["재봉 보조"] * 7 + ["용접"])
    assert found(index, "재봉") == list(range(7))
    assert found(index, "재봉", 3) == [0, 1, 2]


def test_scores_fall_and_only_texts_that_share_a_term_are_found() -> None:
    index = TextIndex.of(TEXTS)
    rows, scores = index.search("주방에서 설거지와 식사 준비", 10)
    assert rows.dtype == np.int64
    assert scores.dtype == np.float64
    assert (np.diff(scores) <= 0).all()
    assert (scores > 0).all()
    assert 4 not in rows


@pytest.mark.parametrize("query", ["", " ", "!?", "ㅎ", "zzzz", "뷁뷁"])
def test_a_query_that_says_nothing_known_finds_nothing(query: str) -> None:
    rows, scores = TextIndex.of(TEXTS).search(query, 10)
    assert (len(rows), len(scores)) == (0, 0)


@pytest.mark.parametrize("texts", [[], [""], ["", " ", "…"]])
def test_nothing_is_found_where_nothing_is_written(texts: list[str]) -> None:
    index = TextIndex.of(texts)
    assert index.size == len(texts)
    assert found(index, "요양보호사") == []


@pytest.mark.parametrize("most", [0, -1])
def test_no_answers_wanted_none_given(most: int) -> None:
    assert found(TextIndex.of(TEXTS), "반찬", most) == []


def test_a_single_text_is_found() -> None:
    assert found(TextIndex.of(["요양보호사"]), "요양보호사") == [0]


def test_the_order_of_the_texts_changes_no_score() -> None:
    chance = random.Random(4)
    words = [word for text in TEXTS for word in text.split()]
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(300)]
    order = chance.sample(range(300), 300)
    plain, shuffled = TextIndex.of(texts), TextIndex.of([texts[row] for row in order])
    for query in TEXTS:
        rows, scores = plain.search(query, 300)
        others, same = shuffled.search(query, 300)
        assert dict(zip(rows.tolist(), scores.tolist(), strict=True)) == dict(
            zip([order[row] for row in others.tolist()], same.tolist(), strict=True)
        )


def test_many_texts_at_once_are_the_same_as_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = TextIndex.of(TEXTS)
    monkeypatch.setattr("screening.matching.search.AT_ONCE", 2)
    parts = TextIndex.of(TEXTS)
    for name in ("starts", "rows", "impacts"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


def test_best_takes_the_highest_above_nothing() -> None:
    places, scores = best(np.array([0.0, 2.0, 5.0, 2.0, -1.0]), 2)
    assert places.tolist() == [2, 1]
    assert scores.tolist() == [5.0, 2.0]


def test_counted_terms_are_the_terms_with_their_times() -> None:
    texts = ["주방 주방 주방", "managing a manager", "", "요양보호사"]
    terms, counts, times = counted_terms_of(texts)
    plain, plain_counts = terms_of(texts)
    assert terms.tolist() == plain.tolist()
    assert counts.tolist() == plain_counts.tolist()
    assert sorted(times[: counts[0]].tolist()) == [2 * OCCURRENCE, 3 * OCCURRENCE]
    english = times[counts[0] : counts[0] + counts[1]].tolist()
    assert sorted(english) == [2, OCCURRENCE, OCCURRENCE]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("가구를 제작합니다", ["가구", "제작"]),
        ("주방에서 반찬을 만드는 일", ["주방", "반찬", "만드", "일"]),
        ("나이 아이 차를", ["나이", "아이", "차를"]),
        ("Excel과 ERP를", ["Excel과", "ERP를"]),
        ("", []),
    ],
)
def test_words_are_bared_of_their_endings(text: str, words: list[str]) -> None:
    assert bare_words(text) == words
