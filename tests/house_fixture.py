"""The `house` that stories live in."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.database import Database
from foundation.documents.press.press import Press
from foundation.settings import Settings, read_settings
from tests.database_fixture import VAULT
from tests.house import House


def settings_for(folder: Path, *, demo: bool = True) -> Settings:
    """Settings of a test house: cheap passwords, the demo's freedoms."""
    made = read_settings({"IEUM_DEMO": "1", "IEUM_VAR": str(folder)})
    return dataclasses.replace(made, vault=VAULT, password_cost="cheap", demo=demo)


@pytest.fixture
def house(database: Database, press: Press, seal_folder: Path, tmp_path: Path) -> Iterator[House]:
    """A furnished house on each database."""
    made = House(settings_for(tmp_path), database, press)
    yield made
    made.close()
