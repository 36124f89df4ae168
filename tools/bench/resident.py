"""`python -m tools.bench.resident FOLDER NAME`: memory of a process before and after it reads all columns, as JSON."""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.matching.engine import FASTEST
from screening.matching.pool import COLUMNS, ZONES
from screening.pool.index.files import SnapshotFiles


def resident(kind: str = "VmRSS") -> float:
    """MB of this process that are in memory; `RssAnon` are those that no other process can share."""
    found = re.search(rf"^{kind}:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found.group(1)) * 1024 / 1e6


def read(arrays: Iterable[NDArray[Any]]) -> None:
    """Every byte once."""
    for array in arrays:
        np.bitwise_xor.reduce(array.view(np.uint8), axis=None)


def main(folder: str, name: str) -> None:
    assert FASTEST
    before, own = resident(), resident("RssAnon")
    snapshot = SnapshotFiles(Path(folder)).read(name)
    base, directory = snapshot.base, snapshot.directories[0]
    read(getattr(base, each) for each in COLUMNS if each != "text")
    read(getattr(base.zones, each) for each in ZONES)
    read((directory.ids, directory.order))
    without_text, own = resident() - before, resident("RssAnon") - own
    read((base.text,))
    found = {
        "before": before,
        "without_text": without_text,
        "own": own,
        "with_text": resident() - before,
        "process": resident(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
