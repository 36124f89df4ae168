"""What would change a score is said in points that the same scoring gives; nothing is promised that it would not."""

import dataclasses
import datetime as dt
import random

import pytest

from incentives.policies.policy import policy_on
from incentives.scoring.moves import moves
from incentives.scoring.score import band_means, score
from tests.incentives.scoring.test_ranking import firm

POLICY = policy_on(dt.date(2026, 7, 1))
SIGNS = {"모두 180일까지": 1, "기한 안에": 1, "늦게": -1, "그만두면": -1}


@pytest.mark.parametrize("seed", range(20))
def test_good_news_never_costs_and_bad_news_never_pays(seed: int) -> None:
    chance = random.Random(seed)
    firms = [firm(chance, chance.randint(1, 8)) for _ in range(12)]
    means = band_means(firms)
    for each in firms:
        for move in moves(each, policy=POLICY, mean=means[each.band]):
            sign = next((sign for words, sign in SIGNS.items() if words in move.words), 0)
            assert move.points != 0
            assert move.points * sign >= 0, move


def test_the_promise_is_kept_when_it_comes_true() -> None:
    chance = random.Random(3)
    waiting = firm(chance, 3)
    waiting = dataclasses.replace(
        waiting, hires=tuple(dataclasses.replace(each, kept=None) for each in waiting.hires)
    )
    mean = band_means([waiting])[waiting.band]
    promised = next(
        move.points for move in moves(waiting, policy=POLICY, mean=mean) if "모두 180일까지" in move.words
    )
    stayed = dataclasses.replace(
        waiting, hires=tuple(dataclasses.replace(each, kept=True) for each in waiting.hires)
    )
    before = score(waiting, policy=POLICY, mean=mean).total
    assert score(stayed, policy=POLICY, mean=mean).total - before == promised > 0


def test_a_firm_without_a_hire_is_promised_nothing() -> None:
    nobody = firm(random.Random(1), 0, answers=())
    assert moves(nobody, policy=POLICY, mean=band_means([nobody])[nobody.band]) == []
