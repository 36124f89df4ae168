"""A throw-away PostgreSQL for the tests: one server per test process, gone with it.

The server listens on a unix socket in a folder of its own under /tmp and on no port, so that servers of several
xdist workers, or of several people, cannot meet. A guard process holds it: when the test process ends, in whatever
way (kill -9 too), the pipe between them closes, and the guard stops the server and removes the folder.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

HOMES = (Path("/usr/lib/postgresql"), Path(__file__).parent.parent / "var/native/usr/lib/postgresql")
OWNERS = ("postgres", "nobody")  # who runs the server when the tests run as root
GUARD = """
trap '' INT TERM HUP
"$0/initdb" --pgdata=data --username=ieum --auth=trust --encoding=UTF8 --no-locale --no-sync >log 2>&1
"$0/postgres" -D data -k "$PWD" "$@" >>log 2>&1 &
cat
while kill -QUIT $!; do sleep 0.1; done 2>/dev/null
rm -rf "$PWD"
"""
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
}


class PostgresServer:
    """A running server; its databases are made from nothing or from a template database."""

    def __init__(self, programs: Path, settings: Mapping[str, str] = SETTINGS) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ieum-pg-", dir="/tmp"))
        self.guard = subprocess.Popen(
            ["sh", "-c", GUARD, programs, *(f"--{name}={value}" for name, value in settings.items())],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            start_new_session=True,
            **self._owner(),
        )
        self._await()

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://ieum@/{name}?host={self.folder}"

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or as a copy of another that nobody is connected to; return its URL."""
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(command.format(sql.Identifier(name), sql.Identifier(template or "template0")))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        self.guard.communicate()

    def _owner(self) -> dict[str, object]:
        """Whom to be: PostgreSQL refuses to run as root."""
        if os.geteuid():
            return {}
        known = {user.pw_name: user for user in pwd.getpwall()}
        user = next(known[name] for name in OWNERS if name in known)
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _await(self) -> None:
        """Return when it answers; fail with its log when it does not within half a minute."""
        until = time.monotonic() + 30
        while True:
            try:
                return self._execute(sql.SQL("SELECT"))
            except psycopg.OperationalError as error:
                if time.monotonic() > until:
                    log = (self.folder / "log").read_text()
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not start: {log}") from error
                time.sleep(0.02)

    def _execute(self, command: sql.Composable) -> None:
        with psycopg.connect(
            host=str(self.folder), user="ieum", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(command)


def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version there is."""
    found = [folder for home in HOMES for folder in home.glob("*/bin") if (folder / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@pytest.fixture(scope="session")
def pg_server():
    """A PostgreSQL server for this test process; tests that ask for it are skipped where there is none."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL: no initdb on this machine")
    server = PostgresServer(found)
    yield server
    server.stop()
