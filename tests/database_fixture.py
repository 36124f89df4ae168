"""A `database` with every table, empty, on SQLite and on PostgreSQL, made by the migrations themselves."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from employer_portal.operations.schema import upgrade
from foundation.database import Database
from foundation.vault import Vault

VAULT = Vault(keys={"k1": bytes(32)}, index_key=b"index")
_count = itertools.count(1)


def _migrated(url: str) -> None:
    database = Database(url, vault=VAULT)
    upgrade(database)
    database.dispose()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("empty") / "ieum.sqlite"
    _migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def empty_postgres(pg_server: Any) -> str:
    """A migrated PostgreSQL database to take as template."""
    _migrated(pg_server.create("empty"))
    return "empty"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of its own for each test."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "test.sqlite")
        made = Database(f"sqlite:///{file}", vault=VAULT)
        yield made
        made.dispose()
        return
    server = request.getfixturevalue("pg_server")
    name = f"copy_{next(_count)}"
    made = Database(server.create(name, request.getfixturevalue("empty_postgres")), vault=VAULT)
    yield made
    made.dispose()
    server.drop(name)
