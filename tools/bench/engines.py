"""One invented city and the engines that hold it, each loaded when it is first asked for."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from typing import Final, TypeVar

from screening.matching.demand import Demand
from screening.matching.engine import ENGINES, FASTEST
from screening.matching.model import compiled
from screening.matching.pool import Pool, Segment
from screening.matching.ranking import Ranking, rank
from screening.matching.reasons import explain
from tools.bench.duck import DuckPool
from tools.bench.machine import say
from tools.bench.memory_bandwidth import Stream
from tools.bench.plain_orm import PlainOrm
from tools.bench.population import City, city, orders
from tools.bench.postgres import PostgresPool
from tools.bench.question import Question, question_of

SIZES: Final = {"100k": 100_000, "1m": 1_000_000, "5m": 5_000_000}
TOP: Final = 50
Held = TypeVar("Held")


class Arena:
    """What the measures of one size share; `size` is how the identifiers name it."""

    def __init__(self, size: str, people: int | None = None) -> None:
        self.size = size
        self.people = SIZES[size] if people is None else people
        self._open = ExitStack()

    def __enter__(self) -> "Arena":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @cached_property
    def city(self) -> City:
        return self._told("the city", lambda: city(self.people))

    @property
    def pool(self) -> Pool:
        return self.city.pool

    @property
    def segment(self) -> Segment:
        return self.pool.segments[0]

    @cached_property
    def stream(self) -> Stream:
        return Stream(self.people)

    @cached_property
    def postgres(self) -> PostgresPool:
        return self._told("PostgreSQL", lambda: self._open.enter_context(PostgresPool(self.segment)))

    @cached_property
    def duck(self) -> DuckPool:
        return self._told("DuckDB", lambda: self._open.enter_context(DuckPool(self.segment)))

    @cached_property
    def orm(self) -> PlainOrm:
        return self._open.enter_context(PlainOrm(self.postgres.url))

    def _told(self, what: str, make: Callable[[], Held]) -> Held:
        say(f"{self.size}: {what} …")
        return make()

    def demands(self, count: int) -> list[Demand]:
        """The first orders of the city."""
        return orders(count, self.city.rarity)

    def question(self, demand: Demand) -> Question:
        return question_of(demand, self.pool)

    def ranked(self, demand: Demand, engine: str) -> Ranking:
        """What is measured: the order read, the best found, every one of them explained."""
        asked = compiled(demand, self.pool)
        ranking = rank(self.pool, asked, most=TOP, engine=engine)
        explain(self.pool, asked, ranking.rows, engine=engine)
        return ranking

    def pairs(self, ranking: Ranking) -> list[tuple[int, int]]:
        """A ranking as (score, place)."""
        places = self.segment.records["place"][ranking.rows]
        return list(zip(ranking.scores.tolist(), places.tolist(), strict=True))


__all__ = ["ENGINES", "FASTEST", "SIZES", "TOP", "Arena"]
