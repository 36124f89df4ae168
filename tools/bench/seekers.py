"""The invented city in the center's own database: the same people as rows of `seeker`, put in in bulk."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import numpy as np
import psycopg
import sqlalchemy as sa

from foundation.database import Database
from foundation.numbers import next_number
from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from screening.matching.pool import CODE_SHIFT, EPOCH, MOST_MONTHS_STORED, Segment
from screening.pool.seekers.changes import SERIES
from tools.bench.people import People, as_lists, people_of
from tools.bench.population import TODAY, City, written

COLUMNS: Final = (
    "id", "code", "status", "registered_on", "district", "commute", "occupations", "experience", "skills", "licences",
    "trainings", "employment_types", "wage_floor", "available_on", "summary", "source", "changed_at", "revision",
    "change_number",
)  # fmt: skip
FIRST_NUMBER: Final = 20_001
DAY: Final = dt.date(2026, 3, 1)
"""The day that is the city's today in the database."""
DAYS: Final = 700
"""Days before it over which people registered."""
Row = tuple[Any, ...]


def settle(database: Database, city: City) -> None:
    """Put the people of a city into a database, with one number of change for all of them."""
    with database.write() as session:
        number = next_number(session, SERIES)
        session.commit()
    rows = _rows(city.pool.segments[0], number)
    if database.is_sqlite:
        _insert(database, rows)
    else:
        with database.engine.connect() as connection:
            _copy(connection, rows)
            connection.exec_driver_sql("ANALYZE seeker")
            connection.commit()


def _insert(database: Database, rows: Iterator[list[Row]]) -> None:
    """Some thousand rows a transaction, so that the log behind the file stays short."""
    insert = f"INSERT INTO seeker ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA cache_size=-1000000")
        for some in rows:
            connection.exec_driver_sql(insert, some)
            connection.commit()
        connection.invalidate()


def _copy(connection: sa.Connection, rows: Iterator[list[Row]]) -> None:
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    with driver.cursor().copy(f"COPY seeker ({', '.join(COLUMNS)}) FROM STDIN".encode()) as copy:
        for some in rows:
            for row in some:
                copy.write_row(row)


def _rows(segment: Segment, number: int) -> Iterator[list[Row]]:
    words, terms = written()
    word_of = dict(zip(terms.tolist(), words, strict=True))
    chance = np.random.default_rng(31)
    first = FIRST_NUMBER
    for people in people_of(segment):
        days = np.sort(chance.integers(0, DAYS, len(people)))
        yield list(_some(people, first, days.tolist(), word_of, chance, number))
        first += len(people)


def _some(
    people: People,
    first: int,
    days: list[int],
    word_of: dict[int, str],
    chance: np.random.Generator,
    number: int,
) -> Iterator[Row]:
    ids = chance.bytes(16 * len(people))
    lists = {name: [each.tolist() for each in as_lists(people, name)] for name in people.lists}
    numbers = {name: column.tolist() for name, column in people.numbers.items()}
    for row in range(len(people)):
        district, commute = _districts(numbers["commute"][row])
        worked = {f"{job >> CODE_SHIFT:04}": job & MOST_MONTHS_STORED for job in lists["worked"][row]}
        yield (
            uuid.UUID(bytes=ids[16 * row : 16 * row + 16], version=4).hex,
            f"K-{first + row}",
            "active",
            (DAY - dt.timedelta(days=days[-1 - row])).isoformat(),
            district,
            commute,
            _codes(tuple(lists["wanted"][row])),
            json.dumps(worked),
            _named("기술", lists["skills"][row]),
            _named("자격", lists["licences"][row]),
            _codes(tuple(lists["trained"][row])),
            _contracts(numbers["flags"][row]),
            numbers["wage_floor"][row],
            _day(numbers["available"][row]),
            " ".join([word_of[term] for term in lists["terms"][row]]),
            "visit",
            f"{DAY} 00:00:00.000000",
            1,
            number,
        )


@cache
def _day(number: int) -> str:
    return (DAY + dt.timedelta(days=EPOCH + number - TODAY)).isoformat()


@cache
def _districts(bits: int) -> tuple[str, str]:
    """The first of the districts somebody goes to as theirs, and the others."""
    mine, *others = [code for bit, code in enumerate(DISTRICTS) if bits >> bit & 1]
    return mine, json.dumps(others)


@cache
def _contracts(flags: int) -> str:
    return json.dumps([each.value for bit, each in enumerate(EmploymentType) if flags >> bit & 1])


@cache
def _codes(codes: tuple[int, ...]) -> str:
    return json.dumps([f"{code:04}" for code in codes])


def _named(kind: str, numbers: list[int]) -> str:
    return json.dumps([f"{kind}{number}" for number in numbers], ensure_ascii=False)
