"""The promises' tests themselves are tested: each known-bad patch must turn them red."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from foundation.settings import ROOT
from tests.sabotage.doors import DOORS
from tests.sabotage.patches import PATCHES, Sabotage

CODE = (
    "foundation",
    "screening",
    "incentives",
    "employer_portal",
    "demo",
    "migrations",
    "tests",
    "docs",
    "tools",
)
FILES = ("pyproject.toml", "wsgi.py", "README.md", "Makefile")
SABOTAGES = (*PATCHES, *DOORS)
PREPARED = (".venv", "node_modules", "var/native", "var/tests")
EVERY_TIME = 6
"""How many of them `make test` runs; `make proof` runs all."""
FAILED = 1
"""Exit code of a run in which tests failed; anything above is a run that never came to it."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program in which harm does no harm."""
    place = tmp_path_factory.mktemp("sabotaged") / "ieum"
    for name in CODE:
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, place / name)
    for name in PREPARED:
        if (ROOT / name).exists():
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).symlink_to(ROOT / name)
    return place


def run(place: Path, tests: str) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "IEUM"))}
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return subprocess.run(
        [*command, *shlex.split(tests)], cwd=place, env=env, capture_output=True, text=True, timeout=600
    )


def turns_red(copy: Path, sabotage: Sabotage) -> None:
    file = copy / sabotage.file
    sound = file.read_text("utf-8")
    file.write_text(sound.replace(sabotage.good, sabotage.bad), "utf-8")
    try:
        ended = run(copy, sabotage.tests)
    finally:
        file.write_text(sound, "utf-8")
    assert ended.returncode == FAILED, f"{sabotage.promise}: nothing noticed\n{ended.stdout[-2000:]}"


def test_every_patch_still_fits() -> None:
    for sabotage in SABOTAGES:
        text = (ROOT / sabotage.file).read_text("utf-8")
        assert sabotage.good, sabotage.promise
        assert sabotage.good != sabotage.bad, sabotage.promise
        assert text.count(sabotage.good) == 1, f"{sabotage.promise}: {sabotage.good!r}"
        for path in re.findall(r"tests/[\w/.]+", sabotage.tests):
            assert (ROOT / path).exists(), sabotage.promise
    assert max(Counter(sabotage.promise for sabotage in SABOTAGES).values()) == 1


@pytest.mark.parametrize("sabotage", SABOTAGES[:EVERY_TIME], ids=lambda each: each.name)
def test_a_sabotage_turns_its_tests_red(copy: Path, sabotage: Sabotage) -> None:
    turns_red(copy, sabotage)


@pytest.mark.proof
@pytest.mark.parametrize("sabotage", SABOTAGES[EVERY_TIME:], ids=lambda each: each.name)
def test_every_other_sabotage_does_too(copy: Path, sabotage: Sabotage) -> None:
    turns_red(copy, sabotage)
