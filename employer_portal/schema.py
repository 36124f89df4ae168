"""The whole schema: every table of the house, and bringing a database up to it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from center.database import Base, Database, keep_private
from center.settings import ROOT, SettingsError

TABLES = (
    "center.accounts.models",
    "center.audit.models",
    "center.clock",
    "center.documents.models",
    "center.identity.models",
    "center.links.models",
    "center.messages.models",
    "center.notices.models",
    "center.numbers",
    "center.organisations.models",
    "center.outbox.models",
    "incentives.certificates.models",
    "incentives.editions.models",
    "screening.allocations.models",
    "screening.amendments.models",
    "screening.clocks.models",
    "screening.consents.models",
    "screening.criteria.models",
    "screening.employers.models",
    "screening.firm_checks.models",
    "screening.interviews.models",
    "screening.mandates.models",
    "screening.orders.models",
    "screening.placements.models",
    "screening.pool_index.rarities",
    "screening.postings.models",
    "screening.progress.pauses",
    "screening.referrals.models",
    "screening.reporting.models",
    "screening.retention.models",
    "screening.searches.models",
    "screening.seekers.models",
    "screening.shortlists.models",
    "screening.sign_ups.models",
)
"""Every module that maps a table; loading them all completes the schema."""
for module in TABLES:
    import_module(module)

METADATA: sa.MetaData = Base.metadata
FOLDER: Path = ROOT / "migrations"


def upgrade(database: Database, *, to: str = "head") -> None:
    """Bring a database up to a revision; raises `SettingsError` for a database that cannot be used."""
    _migrate(database, command.upgrade, to)


def downgrade(database: Database, *, to: str) -> None:
    """Take a database back to an earlier revision."""
    _migrate(database, command.downgrade, to)


def _migrate(database: Database, move: Callable[[Config, str], None], to: str) -> None:
    """Run the revisions on one connection.

    SQLite rebuilds tables while migrating; with foreign keys on, that would silently delete child rows, so they are
    off on this one connection and checked afterwards.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    engine = sa.create_engine(database.url)
    if database.is_sqlite:
        keep_private(engine)
    try:
        _check(engine)
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.commit()
            config.attributes["connection"] = connection
            move(config, to)
            connection.commit()
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
