"""The whole schema: every table of the house, and bringing a database up to it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import event

from foundation.audit.models import AuditEntry
from foundation.database import Base, Database, keep_private
from foundation.settings import ROOT, SettingsError

TABLES = (
    "foundation.accounts.models",
    "foundation.audit.models",
    "foundation.clock",
    "foundation.documents.models",
    "foundation.identity.models",
    "foundation.jobs.models",
    "foundation.links.models",
    "foundation.messages.models",
    "foundation.notices.models",
    "foundation.numbers",
    "foundation.organisations.models",
    "foundation.outbox.models",
    "incentives.certificates.models",
    "incentives.editions.models",
    "screening.casework.allocations.models",
    "screening.casework.amendments.models",
    "screening.deadlines.reminders.models",
    "screening.casework.consents.models",
    "screening.casework.criteria.models",
    "screening.demand.employers.models",
    "screening.demand.firm_checks.models",
    "screening.casework.interviews.models",
    "screening.demand.mandates.models",
    "screening.demand.orders.models",
    "screening.casework.placements.models",
    "screening.pool.index.rarities",
    "screening.demand.postings.models",
    "screening.deadlines.steps.pauses",
    "screening.casework.referrals.models",
    "screening.reporting.models",
    "screening.casework.placements.checks",
    "screening.pool.searches.models",
    "screening.pool.seekers.models",
    "screening.casework.shortlists.models",
    "screening.demand.sign_ups.models",
)
"""Every module that maps a table; loading them all completes the schema."""
for module in TABLES:
    import_module(module)

METADATA: sa.MetaData = Base.metadata
FOLDER: Path = ROOT / "migrations"
MIGRATING = 4386300016
"""PostgreSQL's advisory lock of whoever migrates; on SQLite the write lock does the same."""


def upgrade(database: Database, *, to: str = "head") -> None:
    """Bring a database up to a revision; raises `SettingsError` for a database that cannot be used."""
    _migrate(database, command.upgrade, to)


def downgrade(database: Database, *, to: str) -> None:
    """Take a database back to an earlier revision."""
    _migrate(database, command.downgrade, to)


def _migrate(database: Database, move: Callable[[Config, str], None], to: str) -> None:
    """Run the revisions in one transaction: whoever is killed on the way leaves the database as it was.

    Of two who start at once, the second waits and finds nothing left to do.

    SQLite rebuilds tables while migrating; with foreign keys on, that would silently delete child rows, so they are
    off on this one connection and checked before it commits.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    engine = sa.create_engine(database.url)
    if database.is_sqlite:
        keep_private(engine)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        _check(engine)
        with engine.begin() as connection:
            if not database.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING)))
            _refuse_half(connection)
            config.attributes["connection"] = connection
            move(config, to)
            if connection.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"rows without their parent after migrating: {broken[:5]}")
    except CommandError as failure:
        raise SettingsError(
            f"{_named(engine)} belongs to another version of the program: {failure}."
        ) from failure
    finally:
        engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA busy_timeout=60000")


def _refuse_half(connection: sa.Connection) -> None:
    """Tables without a revision are what an earlier version left when its first start was cut off."""
    tables = set(sa.inspect(connection).get_table_names())
    if AuditEntry.__tablename__ in tables and not _revision(connection, tables):
        raise SettingsError(
            f"{_named(connection.engine)} was left half made by a first start that was cut off; nothing was kept in "
            "it yet: move it away and start again."
        )


def _revision(connection: sa.Connection, tables: set[str]) -> str | None:
    if "alembic_version" not in tables:
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def _check(engine: sa.Engine) -> None:
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(
                "PRAGMA schema_version" if engine.dialect.name == "sqlite" else "SELECT 1"
            )
    except sa.exc.DBAPIError as failure:
        cause = str(failure.orig).strip().splitlines()[0]
        raise SettingsError(f"{_named(engine)} cannot be used: {cause}.") from failure


def _named(engine: sa.Engine) -> str:
    return f"The database {engine.url.render_as_string(hide_password=True)}"
