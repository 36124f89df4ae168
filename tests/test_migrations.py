"""The migrations make exactly the schema of the code, CHECKs and enums included, and keep child rows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from employer_portal.operations.schema import METADATA, downgrade, upgrade
from foundation.database import Database
from foundation.settings import ROOT, SettingsError
from screening.casework.outcomes import commands as outcomes
from tests.database_fixture import VAULT
from tests.house import House
from tests.walk import order_at


def test_the_migrated_schema_is_the_codes_schema(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_check_of_the_code_stands_in_the_database(database: Database) -> None:
    inspector = sa.inspect(database.engine)
    for table in METADATA.tables.values():
        written = {each.name for each in table.constraints if isinstance(each, sa.CheckConstraint)}
        migrated = {each["name"] for each in inspector.get_check_constraints(table.name)}
        assert written <= migrated, (table.name, written - migrated)


def test_codes_in_checks_are_those_of_the_enums(database: Database) -> None:
    inspector = sa.inspect(database.engine)
    for table in METADATA.tables.values():
        migrated = {each["name"]: each["sqltext"] for each in inspector.get_check_constraints(table.name)}
        for each in table.constraints:
            if isinstance(each, sa.CheckConstraint) and str(each.name).endswith("_known"):
                codes = set(re.findall(r"'([^']*)'", str(each.sqltext)))
                assert set(re.findall(r"'([^']*)'", migrated[str(each.name)])) == codes, each.name


def test_a_first_start_that_is_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    """A database half made never started again: SQLite kept each table as it was made."""
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    killed = KILLED_WHILE_MIGRATING.format(url=url)
    assert subprocess.run([sys.executable, "-c", killed], cwd=ROOT, timeout=120).returncode == 9
    database = Database(url, vault=VAULT)
    assert sa.inspect(database.engine).get_table_names() == []
    upgrade(database)
    assert set(METADATA.tables) <= set(sa.inspect(database.engine).get_table_names())
    database.dispose()


KILLED_WHILE_MIGRATING = """
import os
from alembic.operations import Operations
from foundation.database import Database
from employer_portal.operations.schema import upgrade
real, made = Operations.create_table, []
def create_table(self, name, *more, **other):
    if len(made) > 20:
        os._exit(9)
    made.append(name)
    return real(self, name, *more, **other)
Operations.create_table = create_table
upgrade(Database({url!r}, vault=None))
"""


def test_tables_that_an_earlier_version_left_half_made_are_named(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'half.sqlite'}", vault=VAULT)
    with database.engine.begin() as connection:
        METADATA.tables["audit_entry"].create(connection)
    with pytest.raises(SettingsError, match="left half made"):
        upgrade(database)
    database.dispose()


def test_migrating_twice_changes_nothing(database: Database) -> None:
    before = sorted(sa.inspect(database.engine).get_table_names())
    upgrade(database)
    assert sorted(sa.inspect(database.engine).get_table_names()) == before


def test_a_populated_house_goes_one_revision_back_and_forth(house: House) -> None:
    order = order_at(house, "asked")
    with house.database.write() as session:
        outcomes.withdraw(session, order_id=order.id, by=house.actor("firm"), at=house.clock.moment)
        session.commit()
    before = counts(house.database)
    downgrade(house.database, to="0001")
    known = set(sa.inspect(house.database.engine).get_table_names())
    upgrade(house.database)
    after = counts(house.database)
    assert {name: after[name] for name in known if name in after} == {
        name: before[name] for name in known if name in before
    }
    inspector = sa.inspect(house.database.engine)
    names = [each["name"] for each in inspector.get_check_constraints("referral")]
    assert sorted(names) == sorted(set(names)), "a rebuilt table has every check once"


def counts(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in METADATA.tables.items()
        }
