"""Signs never promise less than somebody scores, so that nobody is left out unread; and mostly not much more."""

import random

import numpy as np
import pytest

from screening.matching import engine as engines
from screening.matching import scoring
from screening.matching.demand import Demand
from screening.matching.model import compiled
from screening.matching.ranking import rank
from screening.matching.upper_bounds import ceiling_of
from tests.screening.matching.people import CODES, NOT_SHARED, by_hand, demand, easy, laid, willing
from tests.screening.matching.rows import PoolRow

MANY = tuple(f"기술{number}" for number in range(300))
"""More skills than a sign has bits: each bit stands for four or five of them."""


def able(chance: random.Random, size: int) -> list[PoolRow]:
    """People who meet every easy condition and know a few of many skills."""
    return [
        willing(chance, place, skills=chance.sample(MANY, chance.choice((0, 2, 8, 40))))
        for place in range(size)
    ]


def promised(rows: list[PoolRow], order: Demand) -> dict[int, int]:
    """What everybody can score at most, by place."""
    pool = laid(rows)
    segment, asked = pool.segments[0], compiled(order, pool)
    trade = np.uint32(asked.near.trade)
    found: dict[int, int] = {}
    for of_trade in (True, False):
        mine = np.flatnonzero(((segment.trades[: segment.size] & trade) > 0) == of_trade)
        highest = scoring.ceilings(segment, ceiling_of(asked), mine, of_trade=of_trade)
        places = segment.records["place"][mine].tolist()
        found |= dict(zip(places, highest.tolist(), strict=True))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_nobody_scores_more_than_their_signs_promise(seed: int) -> None:
    chance = random.Random(2_000 + seed)
    rows = able(chance, 300)
    for order in (
        easy(chance, skills=chance.sample(MANY, chance.choice((1, 5, 90)))),
        easy(chance, text="", skills=MANY),
        easy(chance, weights={**NOT_SHARED, "experience": 100}),
        demand(chance, must_skills=MANY[:1]),
    ):
        highest = promised(rows, order)
        assert all(score <= highest[place] for score, place in by_hand(rows, order))


def test_signs_say_as_much_as_they_can() -> None:
    """An occupation, its months and its skills alone: the promise is what the person scores."""
    chance = random.Random(1)
    order = easy(
        chance,
        occupation=5312,
        skills=MANY[:4],
        licences=(),
        text="",
        weights={**NOT_SHARED, "occupation": 30, "experience": 30, "skills": 30, "training": 10},
    )
    rows = [
        willing(
            chance,
            place,
            occupations=[code],
            experience=[(code, 7 * place)],
            trainings=[code] if place % 2 else (),
            skills=MANY[: place % 5],
        )
        for place, code in enumerate(CODES * 6)
        if code // 100 not in (85, 2)
    ]
    highest, scores = promised(rows, order), {place: score for score, place in by_hand(rows, order)}
    apart = {place: highest[place] - score for place, score in scores.items()}
    assert {place for place, points in apart.items() if points} == {
        each.place for each in rows if each.occupations[0] == 3401
    }, "another major group cannot be told from the same one, and is promised its 150"


@pytest.mark.parametrize("engine", engines.ENGINES)
@pytest.mark.parametrize("seed", range(8))
def test_words_that_share_a_bit_are_told_apart_in_the_end(engine: str, seed: int) -> None:
    chance = random.Random(3_000 + seed)
    rows = able(chance, 700)
    pool = laid(rows, chance.randint(1, 2))
    for must in ((), chance.sample(MANY, 2)):
        order = easy(
            chance, skills=chance.sample(MANY, 20), must_skills=must, weights={**NOT_SHARED, "skills": 100}
        )
        ranking = rank(pool, compiled(order, pool), most=10, engine=engine)
        assert ranking.scores.tolist() == [score for score, _ in by_hand(rows, order)[:10]]
