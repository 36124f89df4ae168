"""Real worker processes over the database of a house."""

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from foundation.settings import ROOT
from tests.database_fixture import VAULT
from tests.house import House


def environment(house: House, **more: str) -> dict[str, str]:
    """What a process needs to serve the house: its database, its folder, the keys of the tests."""
    var = house.portal.settings.var
    keys = {
        "sealing": {name: base64.b64encode(key).decode() for name, key in VAULT.keys.items()},
        "index": base64.b64encode(VAULT.index_key).decode(),
        "session": "of a test",
    }
    (var / "keys.json").write_text(json.dumps(keys))
    url = house.database.engine.url.render_as_string(hide_password=False)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("IEUM_", "SMTP_", "SMS_"))
    }
    return kept | {"IEUM_DEMO": "1", "IEUM_VAR": str(var), "IEUM_DATABASE_URL": url} | more


@contextmanager
def working(house: House, count: int, **more: str) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Some workers as `make run` starts one; the house's own steps aside for them."""
    house.worker.close()
    env = environment(house, **more)
    command = [sys.executable, "-m", "employer_portal.operations.worker"]
    processes = [subprocess.Popen(command, cwd=ROOT, env=env) for _ in range(count)]
    try:
        yield processes
    finally:
        for each in processes:
            each.kill()
            each.wait()


def within(seconds: float, holds: Callable[[], bool]) -> None:
    """Wait until something holds; fail after so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to it in time"
        time.sleep(0.1)
