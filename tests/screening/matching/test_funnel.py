"""The funnel counts everybody: who is left after each condition, and who were back without it."""

import dataclasses
import random

import pytest

from screening.matching.demand import Demand
from screening.matching.engine import ENGINES
from screening.matching.funnel import FILTERS, Funnel, funnel
from screening.matching.model import compiled
from screening.matching.pool import ADULT, BLOCK, EIGHTEEN
from screening.matching.ranking import rank
from tests.screening.matching.people import DAY, LICENCES, SKILLS, demand, easy, failed, laid, people, willing
from tests.screening.matching.rows import PoolRow

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def counted(rows: list[PoolRow], order: Demand, engine: str, parts: int = 1) -> Funnel:
    pool = laid(rows, parts)
    return funnel(pool, compiled(order, pool), engine=engine)


@pytest.mark.parametrize("seed", range(80))
def test_everybody_is_counted_as_by_hand(engine: str, seed: int) -> None:
    chance = random.Random(seed)
    rows = people(chance, chance.choice((0, 1, 30, BLOCK + 60)))
    order = demand(chance)
    found = counted(rows, order, engine, chance.randint(1, 3))
    misses = [failed(person, order) for person in rows]
    assert found.people == len(rows)
    assert found.left == {
        name: sum(not missed & set(FILTERS[: place + 1]) for missed in misses)
        for place, name in enumerate(FILTERS)
    }
    assert found.more == {name: sum(missed == {name} for missed in misses) for name in FILTERS}
    most = max(found.more.values())
    assert found.tightest is None if not most else found.more[found.tightest] == most


@pytest.mark.parametrize("seed", range(30))
def test_who_is_left_in_the_end_is_who_is_ranked(engine: str, seed: int) -> None:
    chance = random.Random(seed)
    pool, order = laid(people(chance, 300), 2), demand(chance)
    asked = compiled(order, pool)
    assert funnel(pool, asked, engine=engine).fitting == len(rank(pool, asked, most=1_000).rows)


FITS: dict[str, object] = {
    "commute_bits": 1,
    "flags": 1 | EIGHTEEN | ADULT,
    "wage_floor": 2_000_000,
    "available_on": DAY,
    "experience": [(5312, 60)],
    "licences": LICENCES[:1],
    "skills": SKILLS[:3],
}
CUTS: list[tuple[str, dict[str, object]]] = [
    ("gate", {"flags": 1 | EIGHTEEN}),
    ("gate", {"flags": 1}),
    ("hours", {"flags": 2 | EIGHTEEN | ADULT}),
    ("pay", {"wage_floor": 2_500_001}),
    ("date", {"available_on": DAY + 41}),
    ("commute", {"commute_bits": 2}),
    ("licence", {"licences": ()}),
    ("licence", {"licences": LICENCES[32:33]}),
    ("skill", {"skills": SKILLS[1:3]}),
    ("experience", {"experience": ()}),
    ("experience", {"experience": [(5312, 11), (5501, 200)]}),
]


def strict() -> Demand:
    return easy(
        random.Random(1),
        workplace_bit=1,
        employment_bit=1,
        gates=EIGHTEEN | ADULT,
        offered_won=2_500_000,
        starts_on=DAY + 40,
        occupation=5312,
        needs_months=12,
        must_licences=LICENCES[:1],
        must_skills=SKILLS[:1],
    )


@pytest.mark.parametrize(("name", "fact"), CUTS)
def test_each_hard_condition_cuts_and_is_counted(engine: str, name: str, fact: dict[str, object]) -> None:
    fits = willing(random.Random(2), 1, **FITS)
    rows = [fits, dataclasses.replace(fits, place=2, **fact)]
    found = counted(rows, strict(), engine)
    place = FILTERS.index(name)
    assert list(found.left.values()) == [2] * place + [1] * (len(FILTERS) - place)
    assert found.more == {each: int(each == name) for each in FILTERS}
    assert found.tightest == name


def test_the_tightest_condition_is_the_one_that_keeps_most_away(engine: str) -> None:
    fits = willing(random.Random(2), 1, **FITS)
    far = [dataclasses.replace(fits, place=place, commute_bits=2) for place in range(10, 14)]
    dear = [dataclasses.replace(fits, place=place, wage_floor=3_000_000) for place in range(20, 23)]
    both = [
        dataclasses.replace(fits, place=place, wage_floor=3_000_000, commute_bits=2)
        for place in range(30, 60)
    ]
    found = counted([fits, *far, *dear, *both], strict(), engine)
    assert (found.more["commute"], found.more["pay"], found.tightest) == (4, 3, "commute")
    assert counted(both, strict(), engine).tightest is None


def test_a_word_that_nobody_has_leaves_nobody_and_says_which(engine: str) -> None:
    rows = [willing(random.Random(3), place, **FITS) for place in range(5)]
    unknown = counted(rows, easy(random.Random(3), must_licences=(*LICENCES[:1], "없는 자격")), engine)
    assert unknown.left["commute"] == 5
    assert unknown.left["licence"] == unknown.fitting == 0
    assert (unknown.tightest, unknown.more["licence"]) == ("licence", 5)
    two = counted(
        rows, easy(random.Random(3), must_licences=("없는 자격",), must_skills=("없는 기술",)), engine
    )
    assert two.tightest is None
    assert two.left["licence"] == 0
