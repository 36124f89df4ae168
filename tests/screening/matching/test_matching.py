"""The score is the sum of its reasons, better facts never lower it, and nothing protected is there to matter."""

import dataclasses
import random

import numpy as np
import pytest

from screening.criteria.lines import DEFAULT_WEIGHTS
from screening.matching.demand import Demand
from screening.matching.pool import OUTSIDE_SEOUL, Pool, PoolRow, build, joined, taken
from screening.matching.reasons import reasons_for
from screening.matching.scoring import EXPERIENCE_CURVE, rank
from screening.matching.words import bigrams

CODES = (5312, 5313, 5322, 5501, 8160, 8511, 213, 214)
LICENCES = ("한식조리기능사", "요양보호사", "지게차운전기능사")
SKILLS = ("단체급식", "반찬", "엑셀", "선반")
WORDS = ("한식 주방 조리 보조", "요양 보호사 방문요양", "물류 창고 지게차", "경리 전표 엑셀")


def row(chance: random.Random, **changed: object) -> PoolRow:
    made = PoolRow(
        commute_bits=chance.getrandbits(25) | 1,
        employment_bits=chance.randint(1, 15),
        wage_floor=chance.randint(180, 320) * 10_000,
        available_on=738_000 + chance.randint(0, 60),
        occupations=chance.sample(CODES, chance.randint(1, 3)),
        experience=[(code, chance.randint(1, 200)) for code in chance.sample(CODES, chance.randint(0, 3))],
        trainings=chance.sample(CODES, chance.randint(0, 1)),
        licences=chance.sample(LICENCES, chance.randint(0, 2)),
        skills=chance.sample(SKILLS, chance.randint(0, 3)),
        text=bigrams(chance.choice(WORDS)),
    )
    return dataclasses.replace(made, **changed)


def demand(chance: random.Random, **changed: object) -> Demand:
    cuts = sorted(chance.sample(range(1, 100), 5))
    weights = dict(zip(DEFAULT_WEIGHTS, np.diff([0, *cuts, 100]).tolist(), strict=True))
    made = Demand(
        workplace_bit=1,
        employment_bit=chance.choice((1, 2, 4, 8)),
        offered_won=chance.choice((None, 2_500_000, 3_000_000)),
        starts_on=chance.choice((None, 738_040)),
        occupation=chance.choice(CODES),
        needs_months=chance.choice((0, 0, 12)),
        must_licences=chance.choice(((), LICENCES[:1])),
        must_skills=chance.choice(((), (), SKILLS[:1])),
        licences=chance.sample(LICENCES, chance.randint(0, 2)),
        skills=chance.sample(SKILLS, chance.randint(0, 3)),
        text=chance.choice(WORDS),
        weights=weights,
    )
    return dataclasses.replace(made, **changed)


def pool_of(chance: random.Random, size: int = 60) -> Pool:
    return build([row(chance) for _ in range(size)])


@pytest.mark.parametrize("seed", range(150))
def test_the_reasons_sum_to_the_score(seed: int) -> None:
    chance = random.Random(seed)
    pool, asked = pool_of(chance), demand(chance)
    ranking = rank(pool, asked, most=60)
    for place, score in zip(ranking.rows, ranking.scores, strict=True):
        reasons = reasons_for(pool, asked, int(place))
        assert sum(reason.points for reason in reasons) == score <= 100_000
        assert all(0 <= reason.points <= reason.most for reason in reasons)


@pytest.mark.parametrize("seed", range(150))
def test_a_better_fact_never_lowers_a_score(seed: int) -> None:
    chance = random.Random(seed)
    before = row(chance)
    asked = demand(chance, needs_months=0, must_licences=(), must_skills=())
    code = asked.occupation
    better = (
        dataclasses.replace(before, experience=[*before.experience[:5], (code, 24)]),
        dataclasses.replace(before, skills=list(dict.fromkeys([*before.skills, *SKILLS]))),
        dataclasses.replace(before, licences=list(dict.fromkeys([*before.licences, *LICENCES]))),
        dataclasses.replace(before, trainings=[*before.trainings, code][:3]),
    )
    pool = build([before, *better])
    scores = [sum(reason.points for reason in reasons_for(pool, asked, place)) for place in range(len(pool))]
    assert min(scores) == scores[0], scores


@pytest.mark.parametrize("seed", range(60))
def test_the_order_of_rows_changes_no_score(seed: int) -> None:
    chance = random.Random(seed)
    rows = [row(chance) for _ in range(40)]
    asked = demand(chance)
    straight = rank(build(rows), asked, most=40)
    turned = rank(build(rows[::-1]), asked, most=40)
    assert sorted(straight.scores.tolist()) == sorted(turned.scores.tolist())
    assert {len(rows) - 1 - place for place in turned.rows.tolist()} == set(straight.rows.tolist())


def test_equal_scores_fall_to_who_registered_first() -> None:
    chance = random.Random(1)
    same = row(chance, commute_bits=1, employment_bits=15, wage_floor=0, available_on=0)
    asked = demand(chance, employment_bit=1, needs_months=0, must_licences=(), must_skills=())
    assert rank(build([same] * 5), asked, most=5).rows.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("seed", range(60))
def test_a_pool_that_was_patched_ranks_like_one_built_anew(seed: int) -> None:
    chance = random.Random(seed)
    before = [row(chance) for _ in range(40)]
    fresh = [row(chance, skills=chance.sample((*SKILLS, "제빵", "용접", "회계"), 3)) for _ in range(8)]
    order = chance.sample(range(48), 30)
    patched = taken(joined(build(before), build(fresh)), np.array(order))
    anew = build([[*before, *fresh][place] for place in order])
    for _ in range(5):
        asked = demand(chance, skills=chance.sample((*SKILLS, "제빵", "용접"), 2))
        one, other = rank(patched, asked, most=30), rank(anew, asked, most=30)
        assert one.rows.tolist() == other.rows.tolist()
        assert one.scores.tolist() == other.scores.tolist()
        for place in one.rows.tolist():
            assert reasons_for(patched, asked, place) == reasons_for(anew, asked, place)


def test_more_words_than_one_column_of_bits_holds_survive_a_patch() -> None:
    chance = random.Random(7)
    before = [row(chance, skills=[f"기술{number}"]) for number in range(60)]
    fresh = [row(chance, skills=[f"기술{number}"]) for number in range(50, 150)]
    pool = joined(build(before), build(fresh))
    for number, held in [(3, {3}), (55, {55, 65}), (149, {159})]:
        bit = pool.skill_bits[f"기술{number}"]
        column = (pool.skills[:, bit // 64] >> np.uint64(bit % 64)) & np.uint64(1)
        assert set(np.flatnonzero(column).tolist()) == held


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("commute", {"commute_bits": 2}),
        ("hours", {"employment_bits": 2}),
        ("pay", {"wage_floor": 9_000_000}),
        ("date", {"available_on": 740_000}),
        ("licence", {"licences": ()}),
        ("skill", {"skills": ("엑셀",)}),
        ("experience", {"experience": ()}),
    ],
)
def test_each_hard_condition_cuts_and_is_counted(name: str, fact: dict[str, object]) -> None:
    chance = random.Random(2)
    fits = row(
        chance,
        commute_bits=1,
        employment_bits=1,
        wage_floor=2_000_000,
        available_on=738_000,
        experience=[(5312, 60)],
        licences=["한식조리기능사"],
        skills=["반찬", "엑셀"],
    )
    asked = demand(
        chance,
        employment_bit=1,
        offered_won=2_500_000,
        starts_on=738_040,
        occupation=5312,
        needs_months=12,
        must_licences=("한식 조리 기능사",),
        must_skills=("반찬",),
    )
    ranking = rank(build([fits, dataclasses.replace(fits, **fact)]), asked, most=5)
    assert ranking.rows.tolist() == [0]
    assert ranking.left[name] == 1


def test_an_empty_pool_and_unknown_words_are_no_accident() -> None:
    chance = random.Random(3)
    assert rank(build([]), demand(chance), most=5).rows.tolist() == []
    ranking = rank(pool_of(chance), demand(chance, must_licences=("없는 자격",)), most=5)
    assert ranking.rows.tolist() == []
    assert ranking.left["licence"] == 0


def test_outside_seoul_has_a_bit_of_its_own() -> None:
    assert OUTSIDE_SEOUL > 25


def test_experience_brings_less_and_less() -> None:
    steps = np.diff(EXPERIENCE_CURVE[::12])
    assert (steps > 0).all() or EXPERIENCE_CURVE[-1] >= 998
    assert (np.diff(steps) <= 1).all()


def test_nothing_protected_has_a_column() -> None:
    names = {field.name for field in dataclasses.fields(PoolRow)} | {
        field.name for field in dataclasses.fields(Pool)
    }
    assert not names & {
        "name",
        "sex",
        "birth_date",
        "birth_year",
        "age",
        "photo",
        "school",
        "address",
        "family",
    }
