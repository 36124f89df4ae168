"""A press for tests: one for the session, or a fresh one with bounds of its own; skips with the reason without Pango.

Use it with `pytest_plugins = ["tests.press_fixture"]` in the test module.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foundation.documents.press.child_process import Bounds
from foundation.documents.press.failures import PressUnavailable
from foundation.documents.press.keys import create_demo_seal
from foundation.documents.press.press import Press
from foundation.settings import read_settings
from tests.sheets import CACHE, PressMaker


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo seal of this test session."""
    folder = tmp_path_factory.mktemp("seal")
    create_demo_seal(folder, "서울일자리플러스센터장", dt.datetime.now(dt.UTC))
    return folder


@pytest.fixture(scope="session")
def assets_dir() -> Path:
    """Where the npm packages are on this machine."""
    return read_settings({"IEUM_DEMO": "1", "IEUM_VAR": str(CACHE.parent)}).assets


@pytest.fixture(scope="session")
def press(assets_dir: Path, seal_folder: Path) -> Iterator[Press]:
    """The session's press, warmed up; every test that needs a PDF skips loudly where none can be made."""
    with Press(assets_dir=assets_dir, cache_dir=CACHE, seal_dir=seal_folder) as made:
        try:
            made.check()
        except PressUnavailable as missing:
            pytest.skip(f"no PDF can be printed here: {missing.sentence}")
        yield made


@pytest.fixture
def new_press(press: Press, assets_dir: Path, seal_folder: Path) -> Iterator[PressMaker]:
    """Makes presses with other bounds or settings, and ends their children after the test."""
    made: list[Press] = []

    def make(*, bounds: Bounds | None = None, **settings: Any) -> Press:
        given = {"assets_dir": assets_dir, "cache_dir": CACHE, "seal_dir": seal_folder} | settings
        made.append(Press(bounds=bounds, **given))
        return made[-1]

    yield make
    for each in made:
        each.close()
