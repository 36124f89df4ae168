"""The auction keeps its limits, and no other allocation of as many proposals is better by more than its step."""

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow

from screening.matching.allocation import STEP, Shortlists, allocate, plain
from screening.matching.evenness import evenness


def market(seed: int, *, orders: int, people: int, longest: int, hot: float = 1.0) -> Shortlists:
    """Orders with some candidates each, best first; the hotter, the more they want the same ones."""
    chance = np.random.default_rng(seed)
    favour = chance.random(people) ** (1 / hot)
    chosen = np.full((orders, longest), -1, dtype=np.int64)
    scores = np.zeros((orders, longest), dtype=np.int64)
    for order in range(orders):
        size = int(chance.integers(0, min(longest, people) + 1))
        who = chance.choice(people, size, replace=False, p=favour / favour.sum())
        worth = (favour[who] * 60_000 + chance.random(size) * 40_000).astype(np.int64)
        best = np.argsort(-worth, kind="stable")
        chosen[order, :size], scores[order, :size] = who[best], worth[best]
    return Shortlists(chosen, scores)


def best_of_as_many(lists: Shortlists, need: np.ndarray, room: np.ndarray, proposals: int) -> int:
    """The exact optimum at the same number of proposals, by min-cost flow."""
    flow = min_cost_flow.SimpleMinCostFlow()
    orders, people = len(need), len(room)
    source, sink = orders + people, orders + people + 1
    order, column = np.nonzero(lists.people >= 0)
    person = lists.people[order, column]
    flow.add_arcs_with_capacity_and_unit_cost(
        order, orders + person, np.ones(len(order), dtype=np.int64), -lists.scores[order, column]
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(orders, source), np.arange(orders), need, np.zeros(orders, dtype=np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        orders + np.arange(people), np.full(people, sink), room, np.zeros(people, dtype=np.int64)
    )
    flow.set_node_supply(source, proposals)
    flow.set_node_supply(sink, -proposals)
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


@pytest.mark.parametrize("seed", range(40))
def test_limits_are_hard_and_the_score_is_the_best_of_as_many(seed: int) -> None:
    chance = np.random.default_rng(seed)
    orders, people = int(chance.integers(1, 60)), int(chance.integers(1, 120))
    lists = market(seed, orders=orders, people=people, longest=int(chance.integers(1, 40)), hot=4)
    need = chance.integers(0, 8, orders)
    room = chance.integers(0, 4, people)
    taken = allocate(lists, need=need, room=room)
    assert not (taken & (lists.people < 0)).any()
    assert (taken.sum(axis=1) <= need).all()
    assert (np.bincount(lists.people[taken], minlength=people) <= room).all()
    reached = int(lists.scores[taken].sum())
    best = best_of_as_many(lists, need, room, int(taken.sum()))
    assert best - STEP * int(taken.sum()) <= reached <= best


def test_where_people_abound_hardly_any_score_is_lost() -> None:
    lists = market(1, orders=200, people=20_000, longest=200)
    need, room = np.full(200, 9), np.full(20_000, 3)
    taken = allocate(lists, need=need, room=room)
    assert lists.scores[taken].sum() >= 0.99 * lists.scores[plain(lists, need)].sum()


def test_where_people_are_scarce_the_optimum_is_met_within_half_a_percent() -> None:
    lists = market(2, orders=300, people=400, longest=120, hot=8)
    need, room = np.full(300, 6), np.full(400, 3)
    taken = allocate(lists, need=need, room=room)
    best = best_of_as_many(lists, need, room, int(taken.sum()))
    assert lists.scores[taken].sum() >= 0.995 * best
    assert taken.sum() >= 0.97 * min(int(need.sum()), int(room.sum()))


def test_equal_bids_fall_to_the_order_that_stands_first() -> None:
    lists = Shortlists(np.array([[0], [0]]), np.array([[50_000], [50_000]]))
    taken = allocate(lists, need=np.array([1, 1]), room=np.array([1]))
    assert taken.tolist() == [[True], [False]]


@pytest.mark.parametrize(("orders", "people"), [(0, 5), (5, 0), (1, 1)])
def test_nobody_and_nothing_are_no_accident(orders: int, people: int) -> None:
    lists = Shortlists(np.full((orders, 3), -1), np.zeros((orders, 3), dtype=np.int64))
    taken = allocate(lists, need=np.ones(orders, dtype=np.int64), room=np.ones(people, dtype=np.int64))
    assert not taken.any()


def test_evenness_at_its_ends_and_in_between() -> None:
    even = evenness(np.array([2, 2, 2, 2]))
    assert (round(even.congestion, 12), even.coverage, even.gini, even.most) == (-1.0, 1.0, 0.0, 2)
    one = evenness(np.array([8, 0, 0, 0]))
    assert (one.congestion, one.coverage, one.gini, one.most) == (0.0, 0.25, 0.75, 8)
    half = evenness(np.array([1, 1, 0, 0]))
    assert (round(half.congestion, 12), half.coverage, half.gini) == (-0.5, 0.5, 0.5)
    assert evenness(np.zeros(0, dtype=np.int64)).people == 0
