"""Scores trace to their evidence; ranks carry their uncertainty; small numbers neither win nor lose by luck."""

import dataclasses
import datetime as dt
import random
import uuid

import numpy as np
import pytest

from incentives.evidence.facts import AnswerFact, FirmFacts, HireFact
from incentives.policies.policy import Axis, Grade, policies, policy_on
from incentives.scoring.ranking import drawn_ranks, rank_all
from incentives.scoring.score import BandMean, FirmScore, band_means, score
from screening.demand.employers.models import SizeBand, band_of

POLICY = policy_on(dt.date(2026, 7, 1))


def hire(chance: random.Random, **changed: object) -> HireFact:
    made = HireFact(
        placement_id=uuid.UUID(int=chance.getrandbits(128)),
        order_number="2026-000001",
        occupation="한식 조리사",
        starts_on=dt.date(2025, 6, 2),
        counted=True,
        kept=chance.choice((True, True, False, None)),
        permanent=chance.random() < 0.7,
        hourly_won=chance.randint(10_320, 13_000),
        insured=chance.random() < 0.9,
    )
    return dataclasses.replace(made, **changed)


def firm(chance: random.Random, count: int, **changed: object) -> FirmFacts:
    employees = chance.choice((5, 20, 40, 70, 150))
    made = FirmFacts(
        employer_id=uuid.UUID(int=chance.getrandbits(128)),
        name="다온밥상",
        district="11530",
        band=band_of(employees),
        employees=employees,
        registered_on=dt.date(2024, 1, 2),
        hires=tuple(hire(chance) for _ in range(count)),
        answers=tuple(
            AnswerFact("2026-000001", dt.date(2026, 1, 5), dt.date(2026, 1, 4), in_time=chance.random() < 0.8)
            for _ in range(chance.randint(0, 4))
        ),
    )
    return dataclasses.replace(made, **changed)


def scored(firms: list[FirmFacts]) -> list[FirmScore]:
    means = band_means(firms)
    return [score(each, policy=POLICY, mean=means[each.band]) for each in firms]


@pytest.mark.parametrize("seed", range(100))
def test_the_total_is_the_sum_of_the_axes_and_each_stays_in_its_range(seed: int) -> None:
    chance = random.Random(seed)
    for each in scored([firm(chance, chance.randint(0, 12)) for _ in range(10)]):
        assert each.total == sum(axis.points for axis in each.axes) <= 100_000
        assert all(0 <= axis.points <= axis.most == POLICY.most(axis.axis) for axis in each.axes)
        assert {axis.axis for axis in each.axes} == set(Axis)


@pytest.mark.parametrize("seed", range(100))
def test_better_facts_never_lower_a_score(seed: int) -> None:
    chance = random.Random(seed)
    before = firm(chance, chance.randint(1, 8))
    mean = BandMean(retention=chance.randint(400, 950))
    base = score(before, policy=POLICY, mean=mean).total
    kept = tuple(
        dataclasses.replace(each, kept=True if each.kept is False else each.kept) for each in before.hires
    )
    permanent = tuple(dataclasses.replace(each, permanent=True) for each in before.hires)
    paid = tuple(dataclasses.replace(each, hourly_won=each.hourly_won + 500) for each in before.hires)
    for hires in (kept, permanent, paid):
        assert score(dataclasses.replace(before, hires=hires), policy=POLICY, mean=mean).total >= base


def test_a_hire_that_left_before_ninety_days_never_helps() -> None:
    chance = random.Random(4)
    before = firm(chance, 5)
    left = hire(chance, counted=False, kept=False, note="90일 전에 그만둠")
    mean = BandMean(retention=750)
    with_left = dataclasses.replace(before, hires=(*before.hires, left))
    assert score(with_left, policy=POLICY, mean=mean).total <= score(before, policy=POLICY, mean=mean).total


def test_small_numbers_lean_on_their_band() -> None:
    chance = random.Random(5)
    mean = BandMean(retention=700)
    lucky = firm(chance, 0, hires=(hire(chance, kept=True),))
    proven = firm(chance, 0, hires=tuple(hire(chance, kept=True) for _ in range(30)))
    points = [
        next(
            axis.points for axis in score(each, policy=POLICY, mean=mean).axes if axis.axis is Axis.RETENTION
        )
        for each in (lucky, proven)
    ]
    assert points[0] < points[1]


def test_ranks_tie_by_rule_and_stand_inside_their_interval() -> None:
    chance = random.Random(6)
    firms = [firm(chance, chance.randint(0, 14)) for _ in range(40)]
    twin = dataclasses.replace(firms[0], employer_id=uuid.UUID(int=1))
    ranked = rank_all(scored([*firms, twin]), policy=POLICY, means=band_means([*firms, twin]), seed="2026-H1")
    assert ranked[0].overall.rank == ranked[-1].overall.rank
    assert ranked[0].overall.tied
    for each in ranked:
        assert each.overall.low <= each.overall.rank <= each.overall.high <= each.overall.size == 41
        assert each.in_band.low <= each.in_band.rank <= each.in_band.high <= each.in_band.size
    taken = sorted(each.overall.rank for each in ranked)
    assert taken[0] == 1
    assert all(rank <= place for place, rank in enumerate(taken, 1))


def test_equal_totals_share_a_rank_in_every_draw_whatever_their_row() -> None:
    totals = np.array([[5, 3, 7], [5, 9, 7], [1, 3, 7]])
    assert drawn_ranks(totals).tolist() == [[1, 2, 1], [1, 1, 1], [3, 2, 1]]
    assert drawn_ranks(totals[::-1]).tolist() == drawn_ranks(totals)[::-1].tolist()


def test_the_same_edition_ranks_the_same_and_row_order_changes_no_rank() -> None:
    chance = random.Random(7)
    firms = [firm(chance, chance.randint(0, 14)) for _ in range(25)]
    means = band_means(firms)
    once = rank_all(scored(firms), policy=POLICY, means=means, seed="2026-H1")
    again = rank_all(scored(firms), policy=POLICY, means=means, seed="2026-H1")
    assert [each.overall for each in once] == [each.overall for each in again]
    turned = rank_all(scored(firms[::-1]), policy=POLICY, means=means, seed="2026-H1")
    assert [each.overall.rank for each in once] == [each.overall.rank for each in turned[::-1]]


def test_too_few_hires_have_no_grade_and_certainty_is_asked_of_the_rest() -> None:
    chance = random.Random(8)
    few = firm(chance, 0, hires=tuple(hire(chance, kept=True) for _ in range(POLICY.fewest_hires - 1)))
    fine = tuple(hire(chance, kept=True, permanent=True, insured=True, hourly_won=15_000) for _ in range(40))
    many = firm(chance, 0, hires=fine, band=SizeBand.UP_TO_9, answers=())
    graded = rank_all(scored([few, many]), policy=POLICY, means=band_means([few, many]), seed="x")
    assert graded[0].grade is Grade.TOO_FEW
    assert graded[1].grade is Grade.BEST


def test_every_policy_adds_up_to_a_hundred() -> None:
    for policy in policies():
        assert sum(policy.axes.values()) == 100_000
        assert set(policy.axes) == {axis.value for axis in Axis}
        assert sum(policy.quality.values()) == policy.axes["quality"]
        assert set(policy.hires_for_full_points) == {band.value for band in SizeBand}
