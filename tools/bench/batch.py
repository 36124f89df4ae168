"""All orders against everybody at once: shortlists on two cores, then the allocation, and what it does to people."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.allocation import Shortlists, allocate, plain
from screening.matching.demand import Demand
from screening.matching.evenness import Evenness, evenness
from screening.matching.model import compiled
from screening.matching.ranking import rank
from tools.bench.engines import Arena
from tools.bench.machine import say
from tools.bench.measure import AT_LEAST, AT_MOST, Measure, exactly, median_of, ratio_of

ORDERS: Final = 2_320
NEED, ROOM, LONGEST, CORES = 20, 3, 200, 2
"""Proposals an order wants, orders that one person is proposed to at most, people of a shortlist, threads."""
RUNS: Final = 3
SAMPLED: Final = 16
"""Orders that PostgreSQL is asked for; between two of them a slice of ours is ranked."""
SIZES: Final = ("100k", "1m")
NAMES: Final = ("batch", "postgres", "kept", "optimum", "cap", "congestion", "coverage", "gini")
GOALS: Final = {
    "b-batch-1m": (5.0, AT_MOST),
    "b-postgres-1m": (50.0, AT_LEAST),
    "b-kept-1m": (99.0, AT_LEAST),
    "b-optimum-100k": (0.5, AT_MOST),
    "b-optimum-1m": (0.5, AT_MOST),
    "b-cap-100k": (float(ROOM), AT_MOST),
    "b-cap-1m": (float(ROOM), AT_MOST),
}


def ids(size: str) -> list[str]:
    """The measures of a size."""
    return [f"b-{name}-{size}" for name in NAMES] if size in SIZES else []


def measures(arena: Arena, wanted: Sequence[str], *, orders: int = ORDERS) -> Iterator[Measure]:
    """Those of the wanted measures that are of this size."""
    if not set(ids(arena.size)) & set(wanted):
        return
    say(f"{arena.size}: {orders} orders at once …")
    batch = Batch(arena, orders)
    made: dict[str, Callable[[], Measure]] = {
        "batch": batch.seconds,
        "postgres": batch.against_postgres,
        "kept": batch.kept,
        "optimum": batch.behind_optimum,
        "cap": batch.most,
        "congestion": batch.congestion,
        "coverage": batch.coverage,
        "gini": batch.gini,
    }
    for name in NAMES:
        if f"b-{name}-{arena.size}" in wanted:
            yield made[name]()


@dataclass(frozen=True, eq=False)
class Proposals:
    """Who is proposed to whom: without regard to others, and allocated; people as places among the reachable."""

    lists: Shortlists
    plainly: NDArray[np.bool_]
    fairly: NDArray[np.bool_]

    def score(self, chosen: NDArray[np.bool_]) -> int:
        return int(self.lists.scores[chosen].sum())

    def spread(self, chosen: NDArray[np.bool_]) -> Evenness:
        """Over everybody who stands on some shortlist."""
        reachable = np.unique(self.lists.people[self.lists.people >= 0])
        counts = np.bincount(np.searchsorted(reachable, self.lists.people[chosen]), minlength=len(reachable))
        return evenness(counts.astype(np.int64))


class Batch:
    """One batch of orders; it is run once for everything that is counted, and again for what is timed."""

    def __init__(self, arena: Arena, orders: int) -> None:
        self.arena, self.demands = arena, arena.demands(orders)
        self.need = np.full(orders, NEED, dtype=np.int64)

    def shortlists(self, demands: Sequence[Demand]) -> Shortlists:
        """The best of everybody for each order, on all cores."""
        people = np.full((len(demands), LONGEST), -1, dtype=np.int64)
        scores = np.zeros((len(demands), LONGEST), dtype=np.int64)

        def take(row: int) -> None:
            found = rank(self.arena.pool, compiled(demands[row], self.arena.pool), most=LONGEST)
            people[row, : len(found.rows)], scores[row, : len(found.rows)] = found.rows, found.scores

        with ThreadPoolExecutor(CORES) as threads:
            list(threads.map(take, range(len(demands))))
        return Shortlists(people, scores)

    def allocated(self, lists: Shortlists) -> NDArray[np.bool_]:
        room = np.full(self.arena.segment.capacity, ROOM, dtype=np.int64)
        return allocate(lists, need=self.need, room=room)

    @cached_property
    def proposals(self) -> Proposals:
        lists = self.shortlists(self.demands)
        return Proposals(lists, plain(lists, self.need), self.allocated(lists))

    @cached_property
    def timed(self) -> tuple[list[float], list[float]]:
        """Seconds of whole batches, and of the allocation in each."""
        self.shortlists(self.demands[:CORES])
        whole, allocation = [], []
        for _ in range(RUNS):
            started = time.perf_counter()
            lists = self.shortlists(self.demands)
            ranked = time.perf_counter()
            self.allocated(lists)
            ended = time.perf_counter()
            whole.append(ended - started)
            allocation.append(ended - ranked)
        return whole, allocation

    def seconds(self) -> Measure:
        whole, allocation = self.timed
        says = f"seconds for {len(self.demands)} orders, {np.median(allocation):.2g} s of them allocation"
        return self._measure("batch", median_of(whole), "s", says)

    def against_postgres(self) -> Measure:
        """A slice of ours on two cores, then one order of PostgreSQL's loop, in turn."""
        each = min(SAMPLED, len(self.demands))
        slices = [self.demands[start::each] for start in range(each)]
        questions = [self.arena.question(one[0]) for one in slices]
        self.arena.postgres.top(questions[0], LONGEST)
        share = float(np.median(self.timed[1])) / len(self.demands)
        ours, theirs = np.zeros(each), np.zeros(each)
        for place, (some, question) in enumerate(zip(slices, questions, strict=True)):
            started = time.perf_counter()
            self.shortlists(some)
            ranked = time.perf_counter()
            self.arena.postgres.top(question, LONGEST)
            theirs[place] = time.perf_counter() - ranked
            ours[place] = (ranked - started) / len(some) + share
        says = (
            f"a PostgreSQL query for {LONGEST} people, one order after the other, {each} orders of them "
            f"÷ an order of the batch ({theirs.mean() * 1e3:.3g} ms ÷ {ours.mean() * 1e3:.3g} ms)"
        )
        return self._measure("postgres", ratio_of(theirs, ours), "×", says)

    def kept(self) -> Measure:
        made = self.proposals
        share = 100 * made.score(made.fairly) / made.score(made.plainly)
        filled, wanted = int(made.fairly.sum()), int(made.plainly.sum())
        says = (
            f"allocated score in % of each order's own best {NEED}; {filled:,} of {wanted:,} proposals made"
        )
        return self._measure("kept", exactly(share), "%", says)

    def behind_optimum(self) -> Measure:
        made = self.proposals
        started = time.perf_counter()
        best = optimum(made.lists, self.need, fill=int(made.fairly.sum()))
        took = time.perf_counter() - started
        behind = 100 * (best - made.score(made.fairly)) / best
        says = (
            f"% of score behind the exact optimum (min-cost flow) at the same number of proposals; "
            f"the exact one took {took:.2g} s, ours {np.median(self.timed[1]):.2g} s"
        )
        return self._measure("optimum", exactly(behind), "%", says)

    def most(self) -> Measure:
        before, after = self._spreads()
        says = f"orders that one person is proposed to at most; {before.most} without the allocation"
        return self._measure("cap", exactly(after.most), "orders", says)

    def congestion(self) -> Measure:
        before, after = self._spreads()
        says = f"Σ p ln p / ln n, −1 is even; {before.congestion:.3f} without the allocation"
        return self._measure("congestion", exactly(after.congestion), "", says)

    def coverage(self) -> Measure:
        before, after = self._spreads()
        says = (
            f"share of the {after.people:,} people on some shortlist who are proposed at all; "
            f"{before.coverage:.3f} without the allocation"
        )
        return self._measure("coverage", exactly(after.coverage), "", says)

    def gini(self) -> Measure:
        before, after = self._spreads()
        says = f"0 is even; {before.gini:.3f} without the allocation"
        return self._measure("gini", exactly(after.gini), "", says)

    def _spreads(self) -> tuple[Evenness, Evenness]:
        made = self.proposals
        return made.spread(made.plainly), made.spread(made.fairly)

    def _measure(self, name: str, value: tuple[float, float, float], unit: str, says: str) -> Measure:
        id_ = f"b-{name}-{self.arena.size}"
        goal, side = GOALS.get(id_, (None, AT_MOST))
        return Measure(id_, *value, unit, says, goal, side)


def optimum(lists: Shortlists, need: NDArray[np.int64], *, fill: int) -> int:
    """The highest sum of scores that any allocation of so many proposals has, by min-cost flow."""
    from ortools.graph.python import min_cost_flow

    order, rank_ = np.nonzero(lists.people >= 0)
    reachable, person = np.unique(lists.people[order, rank_], return_inverse=True)
    count = len(need)
    source, sink = count + len(reachable), count + len(reachable) + 1
    everybody, firms = count + np.arange(len(reachable)), np.arange(count)
    flow = min_cost_flow.SimpleMinCostFlow()
    for tails, heads, most, costs in (
        (np.full(count, source), firms, need, np.zeros(count)),
        (order, count + person, np.ones(len(order)), -lists.scores[order, rank_]),
        (everybody, np.full(len(reachable), sink), np.full(len(reachable), ROOM), np.zeros(len(reachable))),
    ):
        flow.add_arcs_with_capacity_and_unit_cost(
            tails.astype(np.int32), heads.astype(np.int32), most.astype(np.int64), costs.astype(np.int64)
        )
    flow.set_node_supply(source, fill)
    flow.set_node_supply(sink, -fill)
    if flow.solve() != flow.OPTIMAL:
        raise AssertionError("the min-cost flow found no optimum")
    return -int(flow.optimal_cost())
