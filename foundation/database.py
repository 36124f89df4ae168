"""Sessions over SQLite or PostgreSQL: readers cannot write, writers never lose an update."""

import contextlib
import datetime as dt
import enum
import json
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import event, orm

from foundation.vault import Vault

SEOUL = dt.timezone(dt.timedelta(hours=9), "KST")
"""Korea has had no daylight saving time since 1988, so a fixed offset is exact."""


class UTCDateTime(sa.TypeDecorator[dt.datetime]):
    """An aware moment, stored in UTC; a naive datetime is refused before it reaches the database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(orm.DeclarativeBase):
    """Every table of the house; names of constraints are fixed so that migrations can find them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: UTCDateTime(),
        dt.date: sa.Date(),
        uuid.UUID: sa.Uuid(),
        dict[str, Any]: sa.JSON(),
        list[str]: sa.JSON(),
        list[Any]: sa.JSON(),
    }


def code_column(kind: type[enum.StrEnum], *, length: int = 24) -> sa.Enum:
    """A column type for a StrEnum, stored by value; the CHECK is written beside the table with `check_codes`."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


def check_codes(column: str, kind: type[enum.StrEnum]) -> sa.CheckConstraint:
    """The CHECK that ties a code column to its enum; compared with the migrations in a test."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return sa.CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def behind(column: Any, key: Any) -> sa.ColumnElement[bool]:
    """What comes after a key in the order of a column; everything when there is no key yet."""
    return sa.true() if key is None else column > key


def new_id() -> uuid.UUID:
    """A random identifier that reveals nothing, not even order."""
    return uuid.uuid4()


class Database:
    """Two doors: `read()` cannot change anything, `write()` takes the writer's lock at once.

    SQLite: WAL, foreign keys on, `BEGIN IMMEDIATE` for writers; pysqlite's own deferred transactions lose updates.
    Readers have connections of their own that are `query_only` from the start: setting it makes SQLite forget every
    prepared statement. PostgreSQL: one pool, and transactions that are `READ ONLY` for readers.
    """

    def __init__(self, url: str, *, vault: Vault) -> None:
        self.url = url
        self.vault = vault
        self.engine = _opened(url)
        self._reading = (
            _opened(url, reader=True) if self.is_sqlite else self.engine.execution_options(ieum_reader=True)
        )
        self._reader = orm.sessionmaker(self._reading, expire_on_commit=False)
        self._writer = orm.sessionmaker(self.engine, expire_on_commit=False)
        self.on_writer: list[Callable[[orm.Session], None]] = []

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def read(self) -> orm.Session:
        """A session whose transaction the database itself refuses to let write."""
        return self._reader(info={"vault": self.vault})

    def write(self) -> orm.Session:
        """A session that holds the write lock from its first statement; commit belongs to the edge."""
        session = self._writer(info={"vault": self.vault})
        for prepare in self.on_writer:
            prepare(session)
        return session

    def dispose(self) -> None:
        self._reading.dispose()
        self.engine.dispose()


OTHERS_TURN = 0.11
"""Seconds; whoever waits for SQLite's write lock looks for it every tenth of a second at the latest."""


def let_others_write(session: orm.Session) -> None:
    """Commit a piece of long work and give the write lock up for a moment, so that nobody waits for the whole."""
    session.commit()
    time.sleep(OTHERS_TURN)


def vault_of(session: orm.Session) -> Vault:
    """The keys this session's process was started with."""
    vault: Vault = session.info["vault"]
    return vault


def _opened(url: str, *, reader: bool = False) -> sa.Engine:
    engine = sa.create_engine(
        url,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, default=str),
        hide_parameters=True,
        pool_pre_ping=not url.startswith("sqlite"),
    )
    if engine.dialect.name == "sqlite":
        keep_private(engine)
        event.listen(engine, "connect", lambda connection, _record: _prepare_sqlite(connection, reader))
    event.listen(engine, "begin", _begin_reading if reader else _begin)
    return engine


def keep_private(engine: sa.Engine) -> None:
    """A new SQLite file is made for its owner alone (0600); SQLite gives its own companions the same rights."""

    @event.listens_for(engine, "do_connect")
    def _make(_dialect: sa.Dialect, _record: Any, arguments: list[Any], _more: dict[str, Any]) -> None:
        file = str(arguments[0]) if arguments else ""
        if file and not file.startswith((":", "file:")) and Path(file).parent.is_dir():
            with contextlib.suppress(FileExistsError):
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: Any, reader: bool) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA query_only={'ON' if reader else 'OFF'}")
    cursor.close()


def _begin_reading(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.get_execution_options().get("ieum_reader"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
