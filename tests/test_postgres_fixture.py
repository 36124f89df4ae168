"""The throw-away PostgreSQL: it serves, it copies templates, and it never outlives its test process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

pytest_plugins = ["tests.postgres"]
pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("pg_server")]

HOLDER = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that put us in the background had ignored it
from tests.postgres import PostgresServer, programs
server = PostgresServer(programs())
print(server.folder, flush=True)
input()
"""


def values(url: str) -> list[str]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = list(connection.scalars(sa.text("SELECT word FROM words")))
    engine.dispose()
    return found


@pytest.fixture
def template(pg_server):
    engine = sa.create_engine(pg_server.create("words_template"))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE words (word text)"))
        connection.execute(sa.text("INSERT INTO words VALUES ('이음')"))
    engine.dispose()
    yield "words_template"
    pg_server.drop("words_template")


def test_a_copy_holds_what_its_template_holds(pg_server, template):
    assert values(pg_server.create("copy", template)) == ["이음"]
    pg_server.drop("copy")


def test_a_database_is_dropped_under_an_open_connection(pg_server):
    engine = sa.create_engine(pg_server.create("held"))
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        pg_server.drop("held")
        with pytest.raises(sa.exc.DBAPIError):
            connection.execute(sa.text("SELECT 1"))
    engine.dispose()


def test_the_server_is_not_root(pg_server):
    assert (pg_server.folder / "data" / "postmaster.pid").stat().st_uid != 0


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_test_process_is_killed(end):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        folder = Path(holder.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        holder.send_signal(end)
        holder.wait()
    until = time.monotonic() + 10
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
