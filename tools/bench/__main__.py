"""`python -m tools.bench [--only ID] [--write]`: JSON lines on stdout; a whole run writes docs/performance.md."""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence

from tools.bench import batch, index, one_order, page, report
from tools.bench.engines import SIZES, Arena
from tools.bench.machine import say
from tools.bench.measure import Measure


def every_id() -> list[str]:
    """Every measure, in the order in which a whole run takes them."""
    early = [id_ for size in SIZES if size != "5m" for id_ in _of_size(size)]
    return [*early, *index.ids(), *page.ids(), *_of_size("5m")]


def _of_size(size: str) -> list[str]:
    return [*one_order.ids(size), *batch.ids(size)]


def measured(wanted: Sequence[str]) -> Iterator[Measure]:
    """The wanted measures; what they share is made once and gone before the next."""
    for size in ("100k", "1m"):
        yield from _sized(size, wanted)
    yield from index.measures(wanted)
    yield from page.measures(wanted)
    yield from _sized("5m", wanted)


def _sized(size: str, wanted: Sequence[str]) -> Iterator[Measure]:
    if set(_of_size(size)) & set(wanted):
        with Arena(size) as arena:
            yield from one_order.measures(arena, wanted)
            yield from batch.measures(arena, wanted)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures the goals of speed.")
    parser.add_argument("--only", metavar="ID", help="one measure, like a-1m")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md after a part too")
    chosen = parser.parse_args(arguments)
    everything = every_id()
    if chosen.only and chosen.only not in everything:
        say(f"There is no measure '{chosen.only}'. There are: {' '.join(everything)}")
        return 2
    started, found = time.monotonic(), []
    for measure in measured([chosen.only] if chosen.only else everything):
        found.append(measure)
        print(measure.to_json(), flush=True)
        say(f"{measure.id}: {measure.says}")
    took = time.monotonic() - started
    say(f"{len(found)} measures in {took:.0f} s")
    if chosen.write or not chosen.only:
        report.write(found, seconds=took)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
