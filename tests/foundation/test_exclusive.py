"""What one process does at a time: the lock ends with its process, however it ends (operations F4)."""

import subprocess
import sys
import time

import pytest

from foundation.database import Database
from foundation.exclusive import Exclusive
from foundation.settings import ROOT

HOLDING = """
import sys, time
from foundation.database import Database
from foundation.exclusive import Exclusive
held = Exclusive(Database({url!r}, vault=None), "work")
print(held.take(), flush=True)
time.sleep(60)
"""


def holder(database: Database) -> "subprocess.Popen[str]":
    url = database.engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING.format(url=url)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    return process


def test_of_two_processes_one_has_it_and_kill_9_gives_it_back(database: Database) -> None:
    other, mine = holder(database), Exclusive(database, "work")
    try:
        assert not mine.take()
        assert Exclusive(database, "something else").take()
    finally:
        other.kill()
        other.wait()
    until = time.monotonic() + 10
    while not mine.take():
        assert time.monotonic() < until
        time.sleep(0.05)
    assert mine.take(), "who has it keeps it"
    mine.release()


def test_waiting_ends_when_the_other_ends(database: Database) -> None:
    other = holder(database)
    other.kill()
    other.wait()
    with Exclusive(database, "work") as mine:
        assert mine.take()


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_lock_whose_connection_broke_is_taken_anew(database: Database) -> None:
    mine = Exclusive(database, "work")
    assert mine.take()
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
    assert mine.take(), "taken again on a new connection"
    assert not Exclusive(database, "work").take()
    mine.release()
