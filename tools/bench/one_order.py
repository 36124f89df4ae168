"""One order against everybody: the best fifty with their explanations, against a stream and other engines."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from screening.matching.demand import Demand
from tools.bench.engines import ENGINES, FASTEST, TOP, Arena
from tools.bench.machine import say
from tools.bench.measure import AT_LEAST, AT_MOST, Measure, interleaved, ratio_of
from tools.bench.question import Question

STREAMED: Final = {"100k": (40, 15), "1m": (40, 15), "5m": (40, 5)}
"""Orders and rounds against the stream."""
ASKED: Final = {
    "postgres": {"100k": (20, 3), "1m": (20, 2), "5m": (8, 1)},
    "bounded": {"100k": (20, 3), "1m": (20, 2), "5m": (8, 1)},
    "duckdb": {"100k": (20, 3), "1m": (20, 2), "5m": (8, 1)},
    "orm": {"100k": (6, 1), "1m": (3, 1)},
}
"""Orders and rounds against another engine; where a size is missing it would take minutes."""
OTHERS: Final = {
    "postgres": "PostgreSQL, integer arrays with intarray, indexed by district",
    "bounded": "PostgreSQL as before, given our bound: those of the trade first, the others only where they may enter",
    "duckdb": "DuckDB, columns and lists in memory, both cores",
    "orm": "SQLAlchemy objects from the same indexed table, scored in Python",
}
GOALS: Final = {
    "a-1m": (3.0, AT_MOST),
    "a-numpy-1m": (5.0, AT_MOST),
    "a-postgres-1m": (40.0, AT_LEAST),
}
Task = Callable[[tuple[Demand, Question]], Any]


def ids(size: str) -> list[str]:
    """The measures of a size."""
    others = [f"a-{name}-{size}" for name, sizes in ASKED.items() if size in sizes]
    return [f"a-{size}", f"a-numpy-{size}", *others]


def measures(arena: Arena, wanted: Sequence[str]) -> Iterator[Measure]:
    """Those of the wanted measures that are of this size."""
    size = arena.size
    if {f"a-{size}", f"a-numpy-{size}"} & set(wanted):
        yield from _streamed(arena, wanted)
    for name in ASKED:
        if f"a-{name}-{size}" in wanted:
            yield _against(arena, name)


def _streamed(arena: Arena, wanted: Sequence[str]) -> Iterator[Measure]:
    count, rounds = STREAMED[arena.size]
    engines = {
        f"a-{arena.size}": FASTEST,
        f"a-numpy-{arena.size}": "numpy",
    }
    items: list[tuple[Demand, Question]] = [(demand, {}) for demand in arena.demands(count)]
    tasks: dict[str, Task] = {"stream": lambda _: arena.stream.read()}
    tasks |= {id_: _ours(arena, engine) for id_, engine in engines.items()}
    same_from_both(arena, [demand for demand, _ in items])
    say(f"{arena.size}: {len(items)} orders × {rounds} against the stream …")
    seconds = interleaved(tasks, items, rounds=rounds)
    speed = 8 * arena.stream.length / float(seconds["stream"].mean()) / 1e9
    for id_ in (each for each in engines if each in wanted):
        yield _measure(
            id_,
            seconds[id_],
            seconds["stream"],
            f"{engines[id_]} ÷ one stream of the filter columns at {speed:.0f} GB/s",
        )


def _against(arena: Arena, name: str) -> Measure:
    count, rounds = ASKED[name][arena.size]
    items = [(demand, arena.question(demand)) for demand in arena.demands(count)]
    other = asks(arena, name)
    same_as_ours(arena, other, items)
    say(f"{arena.size}: {count} orders × {rounds} against {name} …")
    tasks: dict[str, Task] = {
        "ours": _ours(arena, FASTEST),
        "other": lambda item: other(item[1], TOP),
    }
    seconds = interleaved(tasks, items, rounds=rounds)
    return _measure(
        f"a-{name}-{arena.size}", seconds["other"], seconds["ours"], f"{OTHERS[name]} ÷ {FASTEST}"
    )


def _ours(arena: Arena, engine: str) -> Task:
    return lambda item: arena.ranked(item[0], engine)


def asks(arena: Arena, name: str) -> Callable[[Question, int], list[tuple[int, int]]]:
    """How another engine is asked for its best."""
    if name == "postgres":
        return arena.postgres.top
    if name == "bounded":
        return arena.postgres.bounded_top
    return arena.orm.top if name == "orm" else arena.duck.top


def same_as_ours(
    arena: Arena,
    other: Callable[[Question, int], list[tuple[int, int]]],
    items: Sequence[tuple[Demand, Question]],
) -> None:
    """Another engine gives the same people in the same order with the same integers, or nothing is measured."""
    for demand, question in items:
        theirs = [(int(score), int(place)) for score, place in other(question, TOP)]
        if theirs != arena.pairs(arena.ranked(demand, FASTEST)):
            raise AssertionError(f"another best fifty for an order of {demand.occupation}")


def same_from_both(arena: Arena, demands: Sequence[Demand]) -> None:
    """Both of our engines give the same, or nothing is measured."""
    for demand in demands:
        found = [arena.pairs(arena.ranked(demand, engine)) for engine in ENGINES]
        if any(each != found[0] for each in found):
            raise AssertionError(f"two engines, two lists for an order of {demand.occupation}")


def _measure(id_: str, top: Any, bottom: Any, says: str) -> Measure:
    goal, side = GOALS.get(id_, (None, AT_MOST if "stream" in says else AT_LEAST))
    detail = f"{top.mean() * 1e3:.3g} ms ÷ {bottom.mean() * 1e3:.3g} ms an order"
    return Measure(id_, *ratio_of(top, bottom), "×", f"{says} ({detail})", goal, side)
