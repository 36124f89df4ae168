"""`make evaluate`: figures as one JSON document on stdout, a short table on stderr."""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from foundation.clock import day_in_seoul
from foundation.settings import ROOT
from tools.evaluate import sources
from tools.evaluate.builtin import WORDS, measured_sets
from tools.evaluate.figures import searched
from tools.evaluate.folder import Unreadable, read_folder
from tools.evaluate.openings import SEES_THE_LABEL
from tools.evaluate.report import page, table

PAGE = ROOT / "docs" / "evaluation.md"


def main() -> int:
    """Exit codes: 0 measured, 1 the real files are not there, 2 a folder or an option cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m tools.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with queries.tsv, corpus.tsv and labels.tsv")
    parser.add_argument("--write", action="store_true", help="write docs/evaluation.md anew")
    told = parser.parse_args()
    if told.data is not None:
        return _folder(told.data)
    absent = sources.missing()
    if absent:
        print(
            f"측정하지 못했습니다: 실제 자료가 없습니다 (not measured: {absent[0].name} and "
            f"{len(absent) - 1} more are not in {sources.FOLDER}).",
            file=sys.stderr,
        )
        return 1
    result: dict[str, Any] = {"sets": {}, "criteria_that_see_the_label": SEES_THE_LABEL}
    for name, figures in measured_sets():
        result["sets"][name] = figures
        print(table({name: figures}), file=sys.stderr, flush=True)
    _print(result)
    if told.write:
        PAGE.write_text(page(result, WORDS, day_in_seoul(dt.datetime.now(dt.UTC))), encoding="utf-8")
    return 0


def _folder(folder: Path) -> int:
    try:
        labelled = read_folder(folder)
    except Unreadable as error:
        print(f"자료를 읽지 못했습니다 (unreadable): {error}", file=sys.stderr)
        return 2
    result = {"sets": {folder.resolve().name: searched(labelled)}}
    print(table(result["sets"]), file=sys.stderr)
    _print(result)
    return 0


def _print(result: dict[str, Any]) -> None:
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
