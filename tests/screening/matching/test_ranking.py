"""Both engines give the list that one would work out by hand: the same people, scores and order."""

import dataclasses
import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from screening.matching import engine as engines
from screening.matching.demand import Demand
from screening.matching.model import EXPERIENCE_CURVE, compiled
from screening.matching.pool import ADULT, BLOCK, EIGHTEEN, Pool
from screening.matching.ranking import rank
from screening.matching.words import terms
from tests.screening.matching.people import (
    CRITERIA,
    LICENCES,
    NOT_SHARED,
    SKILLS,
    by_hand,
    demand,
    easy,
    laid,
    people,
    places_of,
    rare,
    row,
    willing,
)
from tests.screening.matching.rows import PoolRow


def ranked(pool: Pool, order: Demand, *, engine: str, most: int = 10_000) -> list[tuple[int, int]]:
    """(score, place) of the ranked, best first."""
    ranking = rank(pool, compiled(order, pool), most=most, engine=engine)
    return list(zip(ranking.scores.tolist(), places_of(pool, ranking.rows), strict=True))


pytestmark = pytest.mark.parametrize("engine", engines.ENGINES)


def test_the_compiled_engine_is_the_one_that_ranks(engine: str) -> None:
    assert engine in ("numpy", "numba")
    assert set(engines.ENGINES) == {"numpy", "numba"}
    assert engines.FASTEST == "numba"


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_the_list_is_the_one_worked_out_by_hand(engine: str, seed: int, parts: int) -> None:
    chance = random.Random(seed)
    rows = people(chance, 3 * BLOCK + 100)
    pool = laid(rows, parts)
    for _ in range(4):
        order, most = demand(chance), chance.choice((1, 7, 50, 10_000))
        assert ranked(pool, order, engine=engine, most=most) == by_hand(rows, order)[:most]


@pytest.mark.parametrize("seed", range(60))
def test_small_pools_too(engine: str, seed: int) -> None:
    chance = random.Random(1_000 + seed)
    rows = people(chance, chance.randint(0, 40))
    for order in (demand(chance), easy(chance), easy(chance, weights=NOT_SHARED)):
        for most in (1, 3, 100):
            assert ranked(laid(rows), order, engine=engine, most=most) == by_hand(rows, order)[:most]


@pytest.mark.parametrize("criterion", CRITERIA)
def test_one_criterion_may_have_all_points(engine: str, criterion: str) -> None:
    chance = random.Random(3)
    rows = people(chance, 2 * BLOCK)
    for _ in range(8):
        order = demand(chance, weights={**NOT_SHARED, criterion: 100})
        assert ranked(laid(rows), order, engine=engine, most=20) == by_hand(rows, order)[:20]


def test_equal_scores_fall_to_who_registered_first(engine: str) -> None:
    chance = random.Random(1)
    same = willing(chance)
    places = chance.sample(range(5_000), 3 * BLOCK)
    for parts in (1, 3):
        pool = laid([dataclasses.replace(same, place=place) for place in places], parts)
        for order in (easy(chance), easy(chance, text=""), easy(chance, occupation=0)):
            found = ranked(pool, order, engine=engine, most=40)
            assert [place for _, place in found] == sorted(places)[:40]


def test_the_order_of_rows_changes_nothing(engine: str) -> None:
    chance = random.Random(5)
    rows = people(chance, BLOCK + 50)
    order = easy(chance)
    asked = ranked(laid(rows), order, engine=engine, most=60)
    for _ in range(5):
        chance.shuffle(rows)
        moved = [dataclasses.replace(each, area=chance.randint(0, 25)) for each in rows]
        assert ranked(laid(moved, chance.randint(1, 3)), order, engine=engine, most=60) == asked


def test_somebody_far_from_the_trade_who_is_better_is_not_passed_over(engine: str) -> None:
    """The trade's own people come first to the scan; licences, skills and text may still outdo them."""
    chance = random.Random(6)
    order = easy(
        chance,
        occupation=5312,
        licences=LICENCES[:1],
        skills=(),
        text="",
        weights={**NOT_SHARED, "occupation": 54, "licences": 46},
    )
    near = [willing(chance, place, occupations=[5312], licences=()) for place in range(BLOCK)]
    far = [willing(chance, 5_000, occupations=[5501], licences=LICENCES[:1], experience=(), trainings=())]
    found = ranked(laid(near + far), order, engine=engine, most=5)
    assert found[0] == (0.15 * 54_000 + 46_000, 5_000)


def test_a_must_licence_is_held_and_not_only_likely(engine: str) -> None:
    """A sign of thirty-two bits tells forty licences apart only roughly."""
    chance = random.Random(17)
    rows = [willing(chance, place, licences=[LICENCES[place % 40]]) for place in range(400)]
    for wanted in LICENCES:
        order = easy(chance, must_licences=(wanted,))
        assert ranked(laid(rows), order, engine=engine) == by_hand(rows, order)


def test_whoever_learned_or_did_the_work_is_of_the_trade(engine: str) -> None:
    chance = random.Random(7)
    order = easy(
        chance,
        occupation=5312,
        skills=(),
        licences=(),
        text="",
        weights={**NOT_SHARED, "experience": 60, "training": 30, "occupation": 10},
    )
    idle = {"occupations": [8160], "experience": (), "trainings": ()}
    rows = [
        *(willing(chance, place, **{**idle, "occupations": [5312]}) for place in range(20)),
        willing(chance, 100, **{**idle, "trainings": [5312]}),
        willing(chance, 101, **{**idle, "experience": [(5312, 120)]}),
    ]
    assert [place for _, place in ranked(laid(rows), order, engine=engine, most=2)] == [101, 100]


def test_an_empty_pool_and_a_pool_of_one(engine: str) -> None:
    chance = random.Random(8)
    assert ranked(laid([]), easy(chance), engine=engine) == []
    one, order = willing(chance, 4), easy(chance)
    assert ranked(laid([one]), order, engine=engine) == by_hand([one], order)
    assert ranked(laid([one]), order, engine=engine, most=0) == []


def test_ten_thousand_skills_may_be_asked(engine: str) -> None:
    chance = random.Random(9)
    many = [f"기술{number}" for number in range(10_000)]
    rows = [
        willing(chance, place, skills=many[: place * 97], licences=[f"면허{n}" for n in range(place)])
        for place in range(60)
    ]
    order = easy(chance, skills=many, must_skills=many[:970], weights={**NOT_SHARED, "skills": 100})
    found = ranked(laid(rows), order, engine=engine)
    assert found == by_hand(rows, order)
    assert len(found) == 50


def test_texts_of_many_thousand_terms_are_counted_exactly(engine: str) -> None:
    chance = random.Random(10)
    book = "".join(chance.choices("가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허", k=60_000))
    book += "".join(map(chr, chance.choices(range(0xAC00, 0xD7A0), k=20_000)))
    assert len(terms(book)) > 5_000
    rows = [willing(chance, place, text=terms(book[: place * 700])) for place in range(110)]
    for weighed in (rare(chance), rare(chance)):
        order = easy(chance, text=book, rarity=weighed, weights={**NOT_SHARED, "text": 100})
        assert ranked(laid(rows), order, engine=engine) == by_hand(rows, order)


@pytest.mark.parametrize(
    "never",
    [
        {"must_licences": ("없는 자격",)},
        {"must_skills": ("없는 기술",)},
        {"workplace_bit": 1 << 20},
        {"employment_bit": 0},
        {"offered_won": 0},
        {"starts_on": 1},
        {"must_licences": LICENCES, "must_skills": SKILLS},
        {"occupation": 9_999, "needs_months": 1},
    ],
)
def test_conditions_that_nobody_meets_leave_nobody(engine: str, never: dict[str, object]) -> None:
    chance = random.Random(11)
    rows = [row(chance, place) for place in range(100)]
    assert ranked(laid(rows), easy(chance, **never), engine=engine) == []


@pytest.mark.parametrize("asked", [600, 241, 240])
def test_as_much_experience_as_a_form_takes_may_be_a_must(engine: str, asked: int) -> None:
    """An order may ask for up to 600 months (`career_months`); whoever has them is in the list."""
    chance = random.Random(12)
    rows = [willing(chance, place, experience=[(5312, place)]) for place in (asked - 1, asked, 700)]
    order = easy(chance, occupation=5312, needs_months=asked)
    assert {place for _, place in ranked(laid(rows), order, engine=engine)} == {asked, 700}


def test_pay_beyond_every_wish_cuts_nobody(engine: str) -> None:
    """A slip at the keyboard may offer a thousand million won an hour; that is more than thirty-two bits hold."""
    chance = random.Random(13)
    rows = [willing(chance, place) for place in range(5)]
    for won in (2**31 - 1, 2**31, 2**32, 209_000_000_000):
        assert len(ranked(laid(rows), easy(chance, offered_won=won), engine=engine)) == 5


@pytest.mark.parametrize("wanted", [EIGHTEEN, EIGHTEEN | ADULT])
def test_whoever_has_not_passed_the_gate_of_the_law_is_in_no_list(engine: str, wanted: int) -> None:
    chance = random.Random(14)
    rows = [
        willing(chance, 100 * place + passed, flags=63 | passed)
        for place in range(1, 30)
        for passed in (0, EIGHTEEN, EIGHTEEN | ADULT)
    ]
    found = ranked(laid(rows), easy(chance, gates=wanted), engine=engine)
    assert {place for _, place in found} == {each.place for each in rows if each.flags & wanted == wanted}


def test_only_those_whom_an_opening_is_reserved_for_are_ranked(engine: str) -> None:
    chance = random.Random(15)
    rows = people(chance, 2 * BLOCK)
    pool = laid(rows, 2)
    reserved = chance.sample(range(2 * BLOCK), 200)
    group = set(places_of(pool, reserved))
    for _ in range(5):
        order = easy(chance)
        ranking = rank(pool, compiled(order, pool), most=30, among=[*reserved, *reserved[:9]], engine=engine)
        expected = by_hand([each for each in rows if each.place in group], order)[:30]
        assert list(zip(ranking.scores.tolist(), places_of(pool, ranking.rows), strict=True)) == expected


def test_a_list_says_the_same_while_other_threads_rank(engine: str) -> None:
    chance = random.Random(16)
    rows: list[PoolRow] = people(chance, 2 * BLOCK)
    pool, orders = laid(rows), [easy(chance) for _ in range(8)]
    expected = [by_hand(rows, order)[:30] for order in orders]
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda order: ranked(pool, order, engine=engine, most=30), orders * 6)
    assert list(found) == expected * 6


def test_experience_brings_less_and_less(engine: str) -> None:
    steps = np.diff(EXPERIENCE_CURVE)
    assert (steps >= 0).all()
    assert (np.diff(EXPERIENCE_CURVE[::12]) > 0)[:10].all()
    assert (np.diff(EXPERIENCE_CURVE, 2) <= 1).all()
