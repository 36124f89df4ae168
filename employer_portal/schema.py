"""The whole schema: every table of the house, and bringing a database up to it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import screening.consents.models
import screening.criteria.models
import screening.employers.models
import screening.interviews.models
import screening.mandates.models
import screening.orders.models
import screening.placements.models
import screening.referrals.models
import screening.reporting.models
import screening.retention.models
import screening.seekers.models
import screening.shortlists.models  # noqa: F401
from center.database import Base, Database
from center.settings import ROOT

METADATA: sa.MetaData = Base.metadata
FOLDER: Path = ROOT / "migrations"


def upgrade(database: Database, *, to: str = "head") -> None:
    """Bring a database up to a revision.

    SQLite rebuilds tables while migrating; with foreign keys on, that would silently delete child rows, so they are
    off on this one connection and checked afterwards.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    engine = sa.create_engine(database.url)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.commit()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            connection.commit()
            if connection.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"rows without their parent after migrating: {broken[:5]}")
    finally:
        engine.dispose()
