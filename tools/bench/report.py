"""`docs/performance.md`: the measures of one whole run, with the machine, the day, and what they do not say."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tools.bench.machine import described
from tools.bench.measure import Measure

FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
PARTS: Final = {
    "a": (
        "One order against everybody",
        "The best fifty people of an order with the reasons of each, out of 100,000, 1 million and 5 million invented "
        "people. The yardstick is one core adding up as many bytes as the five filter columns have (15 a person): "
        "what it costs to look once at every column of everybody. Every other engine is asked for the same fifty and "
        "must give the same people, in the same order, with the same integers, or nothing is measured.",
    ),
    "b": (
        "All orders at once",
        "2,320 orders want 20 proposals each out of a shortlist of 200; nobody is proposed to more than three of them. "
        "The optimum is exact: min-cost flow (OR-tools) over the same shortlists and as many proposals. Spread is told "
        "in the definitions of ReCon (RecSys 2023), over everybody who stands on some shortlist.",
    ),
    "c": (
        "The columns",
        "The columns of a million people from the center's own database, kept up with it, and what they fill in "
        "memory (1 MB is a million bytes).",
    ),
    "d": (
        "A page",
        "The ranked page of an order for a signed-in officer, ten people explained, against the simplest page with the "
        "same frame. Both are asked for in turn, in one process, without a network.",
    ),
}
LIMITS: Final = (
    "Ratios, not seconds, are what carries over: all sides of a ratio ran in turn in one process on one machine. Low "
    "and high hold nine tenths of the ratios of samples drawn anew from the same measurements (where a time is given, "
    "nine tenths of the times); what is counted, or done once, has no spread.",
    "The stream reads another place of a large buffer each time, so that it reads memory and not what it left in the "
    "cache. How fast memory and processor are that day moves the ratio: within two hours, at 8 to 14 GB/s, the same "
    "code measured 2.0 to 2.6 streams, and 3.6 to 4.7 without the compiler. At 100,000 people "
    "the fixed cost of fifty explanations is many streams.",
    "PostgreSQL and DuckDB find the same people without explanations; ours explains them in its time. PostgreSQL has "
    "everything in shared memory, no fsync and no other work; parallel workers are off because they made it slower "
    "here. `bounded` gives it our own bound, and an index for it: what is left then is the difference of the "
    "engines, not of the idea. DuckDB uses both cores, ours one.",
    "The objects of SQLAlchemy are measured on few orders, and not on 5 million people; the batch is not measured on "
    "5 million either. Both for time. PostgreSQL's loop over all orders is a sample of it, on one connection, "
    "without an allocation.",
    "The city is invented: its occupations, districts and words follow a Zipf curve, its texts have 5 to 120 terms. "
    "No measure says how a network, a browser or many people at once change a page.",
)


def write(measures: Sequence[Measure], *, seconds: float, file: Path = FILE) -> None:
    """Write the page anew."""
    file.write_text(page(measures, seconds=seconds, today=dt.date.today()), encoding="utf-8")


def page(measures: Sequence[Measure], *, seconds: float, today: dt.date) -> str:
    """The whole page."""
    with_goal = [each for each in measures if each.met is not None]
    missed = [each.id for each in with_goal if not each.met]
    lines = [
        "# Performance",
        f"Measured on {today.isoformat()} by `make bench`, {len(measures)} measures in {seconds / 60:.0f} minutes. "
        f"{len(with_goal) - len(missed)} of {len(with_goal)} goals are met"
        + (f"; not met: {', '.join(f'`{id_}`' for id_ in missed)}." if missed else "."),
        "`make bench ONLY=a-1m` measures one and writes nothing.",
        "",
        "| machine | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in described()),
    ]
    for part, (title, words) in PARTS.items():
        mine = [each for each in measures if each.id.startswith(f"{part}-")]
        if mine:
            lines += ["", f"## {title}", words, "", *_table(mine)]
    lines += ["", "## What this does not say", *(f"- {each}" for each in LIMITS)]
    return "\n".join(lines) + "\n"


def _table(measures: Sequence[Measure]) -> list[str]:
    rows = ["| measure | value | low – high | goal | met | what |", "|---|---|---|---|---|---|"]
    for each in measures:
        spread = "–" if each.low == each.high else f"{_number(each.low)} – {_number(each.high)}"
        goal = "–" if each.goal is None else f"{each.side} {_number(each.goal)}"
        met = {None: "–", True: "yes", False: "**no**"}[each.met]
        value = f"{_number(each.ratio)} {each.unit}".strip()
        rows.append(f"| `{each.id}` | {value} | {spread} | {goal} | {met} | {each.says} |")
    return rows


def _number(value: float) -> str:
    """Three digits, without a power of ten."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{float(f'{value:.3g}'):g}" if abs(value) >= 1e-3 or not value else "< 0.001"
