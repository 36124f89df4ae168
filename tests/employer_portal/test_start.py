"""Whatever stands against starting is said in one sentence, never in a traceback."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from center.settings import ROOT, SettingsError, read_settings


def started(var: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IEUM_")}
    return subprocess.run(
        [sys.executable, "-m", "employer_portal.serve"],
        cwd=ROOT,
        env=kept | {"IEUM_VAR": str(var), "PORT": "0"} | env,
        capture_output=True,
        text=True,
        timeout=60,
    )


def damaged_keys(text: str) -> Callable[[Path], None]:
    return lambda var: (var / "keys.json").write_text(text) and None


def no_database(var: Path) -> None:
    (var / "ieum.sqlite").write_text("this was a database once, before somebody opened it in an editor")


def nothing(_var: Path) -> None:
    """The folder is empty."""


@pytest.mark.parametrize(
    ("prepare", "env", "said"),
    [
        (damaged_keys(""), {}, "is damaged"),
        (damaged_keys('{"sealing": {"k1": "c2hvcnQ="}, "index": "", "session": ""}'), {}, "is damaged"),
        (no_database, {}, "is not a database"),
        (nothing, {"IEUM_DATABASE_URL": "somewhere"}, "IEUM_DATABASE_URL must be like"),
        (nothing, {"IEUM_DATABASE_URL": "postgresql+psycopg://a:hush@127.0.0.1:1/b"}, "cannot be used"),
        (nothing, {"PORT": "²"}, "PORT must be a number"),
        (nothing, {"HOST": "no..such..host"}, "cannot be used"),
        (nothing, {"IEUM_VAR": "/proc/nowhere"}, "cannot be used"),
    ],
)
def test_a_start_that_cannot_be_is_refused_in_one_sentence(
    tmp_path: Path, prepare: Callable[[Path], None], env: dict[str, str], said: str
) -> None:
    prepare(tmp_path)
    ended = started(tmp_path, **env)
    assert ended.returncode == 1
    assert said in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert "hush" not in ended.stderr


def test_a_busy_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        ended = started(tmp_path, PORT=str(busy.getsockname()[1]))
    assert ended.returncode == 1
    assert "Address already in use. Try PORT=5001 make run." in ended.stderr


def test_a_real_center_never_gets_keys_made_for_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="key file"):
        read_settings({"IEUM_VAR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_the_demo_makes_its_keys_once_and_keeps_them_to_itself(tmp_path: Path) -> None:
    first = read_settings({"IEUM_VAR": str(tmp_path), "IEUM_DEMO": "1"})
    again = read_settings({"IEUM_VAR": str(tmp_path), "IEUM_DEMO": "1"})
    assert first.vault == again.vault
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0
    assert set(json.loads((tmp_path / "keys.json").read_text())) == {"sealing", "index", "session"}
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]
