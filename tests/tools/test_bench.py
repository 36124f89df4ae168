"""The measurements measure what they say: all engines give the same fifty people, and a goal is met or not."""

import json
from collections.abc import Iterator

import numpy as np
import pytest

from tests.postgres import programs
from tools.bench import __main__ as bench
from tools.bench import one_order, report
from tools.bench.batch import Batch
from tools.bench.engines import ENGINES, Arena
from tools.bench.measure import AT_LEAST, AT_MOST, Measure, exactly, interleaved, ratio_of

PEOPLE, ORDERS = 2_000, 3


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    with Arena("100k", PEOPLE) as made:
        yield made


def measure(ratio: float, goal: float | None, side: str = AT_MOST) -> Measure:
    return Measure("a-1m", ratio, ratio - 0.5, ratio + 0.5, "×", "this ÷ that", goal, side)


def test_both_engines_give_the_same_people_with_the_same_integers(arena: Arena) -> None:
    one_order.same_from_both(arena, arena.demands(ORDERS))
    assert set(ENGINES) == {"numpy", "numba"}


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["postgres", "bounded", "orm"])
def test_postgresql_gives_the_same_people_with_the_same_integers(arena: Arena, name: str) -> None:
    if programs() is None:
        pytest.skip("PostgreSQL: no initdb on this machine")
    _same(arena, name)


def test_duckdb_gives_the_same_people_with_the_same_integers(arena: Arena) -> None:
    pytest.importorskip("duckdb", reason="DuckDB is of `make bench`: python3 tools/prepare.py bench")
    _same(arena, "duckdb")


def _same(arena: Arena, name: str) -> None:
    items = [(demand, arena.question(demand)) for demand in arena.demands(ORDERS)]
    assert any(arena.pairs(arena.ranked(demand, "numpy")) for demand, _ in items)
    one_order.same_as_ours(arena, one_order.asks(arena, name), items)


def test_another_list_is_noticed(arena: Arena) -> None:
    items = [(demand, arena.question(demand)) for demand in arena.demands(ORDERS)]
    with pytest.raises(AssertionError, match="another best fifty"):
        one_order.same_as_ours(arena, lambda _question, most: [(1, 1)] * most, items)


def test_a_batch_gives_nobody_away_too_often_and_stays_near_the_optimum(arena: Arena) -> None:
    batch = Batch(arena, 40)
    assert batch.most().ratio <= 3
    assert batch.most().unit == "orders"
    assert 0 <= batch.behind_optimum().ratio <= 0.5
    assert batch.kept().ratio <= 100


def test_a_measure_is_one_line_of_json() -> None:
    line = measure(2.51234, 3.0).to_json()
    assert "\n" not in line
    assert json.loads(line) == {
        "id": "a-1m", "ratio": 2.512, "goal": 3.0, "met": True, "low": 2.012, "high": 3.012, "unit": "×",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ratio", "goal", "side", "met"),
    [
        (3.0, 3.0, AT_MOST, True),
        (3.01, 3.0, AT_MOST, False),
        (40.0, 40.0, AT_LEAST, True),
        (39.9, 40.0, AT_LEAST, False),
        (1.0, None, AT_MOST, None),
    ],
)
def test_a_goal_is_met_or_not(ratio: float, goal: float | None, side: str, met: bool | None) -> None:
    assert measure(ratio, goal, side).met is met


def test_a_ratio_lies_within_its_spread_and_all_sides_take_turns() -> None:
    seen: list[tuple[str, int]] = []
    tasks = {name: lambda item, name=name: seen.append((name, item)) for name in ("ours", "other")}
    seconds = interleaved(tasks, [1, 2], rounds=2)
    assert seen[2:] == [("ours", 1), ("other", 1), ("ours", 2), ("other", 2)] * 2
    assert seconds["ours"].shape == (2, 2)
    ratio, low, high = ratio_of(np.array([[2.0, 4.0]]), np.array([[1.0, 1.0]]))
    assert ratio == 3.0
    assert 2.0 <= low <= ratio <= high <= 4.0


def test_every_measure_has_one_name() -> None:
    names = bench.every_id()
    assert len(names) == len(set(names))
    assert {
        "a-1m",
        "a-postgres-1m",
        "b-batch-1m",
        "c-build-1m",
        "c-patch-1m",
        "c-memory-1m",
        "d-page-100k",
    } <= set(names)


def test_an_unknown_measure_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--only", "a-9m"]) == 2
    assert "a-1m" in capsys.readouterr().err


def test_the_report_says_which_goals_are_missed_and_names_no_place() -> None:
    found = [measure(2.5, 3.0), Measure("c-build-1m", *exactly(70.0), "s", "seconds", 60.0)]
    page = report.page(found, seconds=60, today=report.dt.date(2026, 3, 2))
    assert "1 of 2 goals are met; not met: `c-build-1m`." in page
    assert "| `a-1m` | 2.5 × | 2 – 3 | ≤ 3 | yes | this ÷ that |" in page
    assert "| `c-build-1m` | 70 s | – | ≤ 60 | **no** | seconds |" in page
    assert str(report.FILE.parent) not in page
