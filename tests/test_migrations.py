"""The migrations make exactly the schema of the code, CHECKs and enums included, and keep child rows."""

import re

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from center.database import Database
from employer_portal.schema import METADATA, upgrade


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


def test_migrating_twice_changes_nothing(database: Database) -> None:
    before = sorted(sa.inspect(database.engine).get_table_names())
    upgrade(database)
    assert sorted(sa.inspect(database.engine).get_table_names()) == before
