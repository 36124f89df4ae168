"""The database itself refuses a reader every write, before and after others have written."""

import pytest
import sqlalchemy as sa

from foundation.database import Database

COUNT = sa.text("SELECT count(*) FROM number_series")
WRITES = (
    "INSERT INTO number_series (series, last) VALUES ('x', 1)",
    "UPDATE number_series SET last = last + 1",
    "DELETE FROM number_series",
    "CREATE TABLE beside (id INTEGER)",
)


@pytest.mark.parametrize("statement", WRITES)
def test_a_reader_cannot_write(database: Database, statement: str) -> None:
    with database.write() as session:
        session.execute(sa.text("INSERT INTO number_series (series, last) VALUES ('before', 1)"))
        session.commit()
    for _ in range(3):
        with database.read() as session, pytest.raises(sa.exc.DBAPIError):
            session.execute(sa.text(statement))
    with database.write() as session:
        session.execute(sa.text("INSERT INTO number_series (series, last) VALUES ('after', 1)"))
        session.commit()
    with database.read() as session:
        assert session.scalar(COUNT) == 2
