"""What was measured on: processor, memory and versions, without a name or a path of the machine."""

import os
import platform
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from tests.postgres import programs

PACKAGES: Final = ("numpy", "numba", "sqlalchemy", "duckdb", "ortools", "flask")


def say(words: str) -> None:
    """A word to whoever waits; results alone go to stdout."""
    print(words, file=sys.stderr, flush=True)


def described() -> list[tuple[str, str]]:
    """The machine and its programs, as names and values."""
    facts = [
        ("processor", f"{len(os.sched_getaffinity(0))} cores, {_field('/proc/cpuinfo', 'model name')}"),
        ("memory", f"{int(_field('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.0f} GiB"),
        ("Python", platform.python_version()),
    ]
    for name in PACKAGES:
        try:
            facts.append((name, version(name)))
        except PackageNotFoundError:
            facts.append((name, "not there"))
    return [*facts, ("PostgreSQL", _postgres())]


def _field(file: str, name: str) -> str:
    try:
        found = re.search(rf"^{name}\s*:\s*(.*)$", Path(file).read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1) if found else "0 unknown"


def _postgres() -> str:
    folder = programs()
    if folder is None:
        return "not there"
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\d+(\.\d+)?", said)
    return found.group() if found else "unknown"
