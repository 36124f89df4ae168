"""Whatever stands against starting is said in one sentence, never in a traceback."""

import base64
import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from employer_portal.operations.schema import upgrade
from foundation.accounts.models import Account
from foundation.database import Database
from foundation.settings import ROOT, Settings, SettingsError, read_settings
from tests.attacks.portal_process import write_keys
from tests.database_fixture import VAULT
from tests.house import House

URL = "https://ieum.example"
TWICE = base64.b64encode(hashlib.sha256(b"twice").digest()).decode()


def started(var: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    """The start of a demo, unless `IEUM_DEMO` says otherwise; it is expected to refuse."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IEUM_")}
    return subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=ROOT,
        env=kept | {"IEUM_VAR": str(var), "PORT": "0", "IEUM_DEMO": "1"} | env,
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
        (nothing, {"IEUM_DEMO_HOST": "no..such..host"}, "cannot be used"),
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
        read_settings({"IEUM_VAR": str(tmp_path), "PUBLIC_URL": URL})
    assert list(tmp_path.iterdir()) == []


def test_the_demo_makes_its_keys_once_and_keeps_them_to_itself(tmp_path: Path) -> None:
    first = read_settings({"IEUM_VAR": str(tmp_path), "IEUM_DEMO": "1"})
    again = read_settings({"IEUM_VAR": str(tmp_path), "IEUM_DEMO": "1"})
    assert first.vault == again.vault
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0
    assert set(json.loads((tmp_path / "keys.json").read_text())) == {"sealing", "index", "session"}
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


# ---- the demo is a choice (A18, A19, F1, F14) -------------------------------------------------------------------


def real(tmp_path: Path, *, mode: int = 0o600, keys: dict[str, object] | None = None, **env: str) -> Settings:
    write_keys(tmp_path / "keys.json", mode=mode, **(keys or {}))
    return read_settings({"IEUM_VAR": str(tmp_path), "PUBLIC_URL": URL} | env)


def test_nothing_is_a_demo_unless_it_is_said(tmp_path: Path) -> None:
    assert not real(tmp_path).demo
    assert not real(tmp_path, IEUM_DEMO="0").demo
    assert "IEUM_DEMO=$${IEUM_DEMO:-1}" in (ROOT / "Makefile").read_text(), (
        "only `make run` says so by itself"
    )
    assert "IEUM_DEMO" not in (ROOT / "employer_portal" / "operations" / "serve.py").read_text()


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"IEUM_DEMO": "true"}, "IEUM_DEMO must be 0 or 1, not 'true'"),
        ({"IEUM_DEMO": ""}, "IEUM_DEMO must be 0 or 1"),
        ({"IEUM_DATABSE_URL": "sqlite:///x"}, "IEUM_DATABSE_URL is no setting"),
        ({"IEUM_KEY": "x"}, "IEUM_KEY is no setting"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL is missing"),
        ({"PUBLIC_URL": "ieum.example"}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "https://ieum.example/portal"}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "http://["}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "http://ieum.example"}, "must be https://"),
        ({"PUBLIC_URL": "https://ieum.example:99999"}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "https://ieum.example#x"}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "https://ieum.example\\x"}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "https://ie um.example"}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "https://user:secret@ieum.example"}, "PUBLIC_URL must be like"),
        ({"PUBLIC_URL": "http://ieum.example", "HOST": "0.0.0.0"}, "must be https://"),
        ({"IEUM_DEMO_HOST": "0.0.0.0"}, "for the demo only"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY must be"),
        ({"SMTP_USER": "center"}, "belong together"),
        ({"SMTP_HOST": "mail.example", "SMTP_USER": "a", "SMTP_PASSWORD": "b"}, "in the clear"),
        ({"SMTP_CA": "/nowhere"}, "names no file"),
        ({"SMS_USER": "center"}, "belong together"),
        ({"SMS_URL": "http://sms.example", "SMS_TOKEN": "a"}, "must be https://"),
        (
            {"SMS_URL": "https://s.example", "SMS_TOKEN": "a", "SMS_USER": "b", "SMS_PASSWORD": "c"},
            "two ways",
        ),
        ({"PROXIES": "many"}, "PROXIES must be"),
        ({"IEUMDEMO": "1"}, "IEUMDEMO is no setting"),
        ({"ieum_demo": "1"}, "ieum_demo is no setting"),
        ({"IEUM_VAR": " "}, "IEUM_VAR is set and empty"),
        ({"HOST": ""}, "HOST is set and empty"),
        ({"PUBLIC_URL": "https://-"}, "PUBLIC_URL must be like"),
        ({"SMTP_PORT": "99999"}, "SMTP_PORT must be"),
    ],
    ids=str,
)
def test_a_real_center_that_is_set_up_wrongly_does_not_start(
    tmp_path: Path, env: dict[str, str], said: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        real(tmp_path, **env)
    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"session": ""}, "session secret"),
        ({"session": "x"}, "session secret"),
        ({"session": "secret" * 10}, "session secret"),
        ({"session": "abcdefghijkl" * 3}, "session secret"),
        ({"index": ""}, "index key"),
        ({"index": "c2hvcnQ="}, "index key"),
        ({"index": base64.b64encode(bytes(32)).decode()}, "index key"),
        ({"sealing": {"k1": base64.b64encode(bytes(32)).decode()}}, "sealing key"),
        ({"sealing": {}}, "is damaged"),
        ({"index": base64.b64encode(bytes(range(32))).decode()}, "index key"),
        ({"session": "abcdefghijklmnopqrstuvwxyz0123456789"}, "session secret"),
        ({"sealing": {"k1": TWICE}, "index": TWICE}, "one key twice"),
    ],
    ids=str,
)
def test_empty_and_weak_secrets_refuse_the_start(tmp_path: Path, keys: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        real(tmp_path, keys=keys)
    assert said in str(refused.value)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666])
def test_a_key_file_that_others_can_read_refuses_the_start(tmp_path: Path, mode: int) -> None:
    with pytest.raises(SettingsError, match="chmod 600"):
        real(tmp_path, mode=mode)


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"HOST": "0.0.0.0"}, "IEUM_DEMO_HOST=0.0.0.0 opens it"),
        ({"HOST": "::"}, "loopback only"),
        ({"HOST": "10.0.0.7", "IEUM_DEMO_HOST": "0.0.0.0"}, "loopback only"),
        ({"PUBLIC_URL": "https://demo.example"}, "never runs under https"),
        ({"PUBLIC_URL": "HTTPS://demo.example"}, "never runs under https"),
        ({"PUBLIC_URL": "http://ieum.example"}, "on loopback"),
    ],
    ids=str,
)
def test_a_demo_stays_at_home(tmp_path: Path, env: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"IEUM_VAR": str(tmp_path), "IEUM_DEMO": "1"} | env)
    assert said in str(refused.value)


def test_an_address_is_https_however_it_is_spelled(tmp_path: Path) -> None:
    settings = real(tmp_path, PUBLIC_URL="HTTPS://Ieum.Example/")
    assert settings.https
    assert settings.public_url == "https://ieum.example"


def test_a_demo_opens_only_in_so_many_words(tmp_path: Path) -> None:
    demo = {"IEUM_VAR": str(tmp_path), "IEUM_DEMO": "1"}
    assert read_settings(demo).host == "127.0.0.1"
    assert read_settings(demo | {"IEUM_DEMO_HOST": "0.0.0.0"}).host == "0.0.0.0"
    assert read_settings(demo | {"IEUM_DEMO_HOST": "0.0.0.0", "HOST": "0.0.0.0"}).host == "0.0.0.0"


@pytest.mark.parametrize("by", ["serve", "wsgi", "command"])
def test_a_demo_never_meets_real_accounts(house: House, tmp_path: Path, by: str) -> None:
    """F1: the only documented start put the demo's people and passwords into a real center's database."""
    env = {"IEUM_DATABASE_URL": house.database.url}
    if by == "serve":
        ended = started(tmp_path, **env)
    else:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("IEUM_")}
        ended = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", "ieum", "demo" if by == "command" else "pool"],
            cwd=ROOT,
            env=kept | {"IEUM_VAR": str(tmp_path), "IEUM_DEMO": "1"} | env,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ended.returncode != 0
    assert "holds the accounts of a real center" in ended.stderr
    with house.database.read() as session:
        assert session.scalar(sa.select(Account.id).where(Account.email.endswith("@ieum.example"))) is None


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    database = Database(f"sqlite:///{file}", vault=VAULT)
    upgrade(database)
    with database.write() as session:
        session.execute(sa.text("SELECT 1"))
        assert {each.name: oct(each.stat().st_mode & 0o777) for each in tmp_path.iterdir()} == dict.fromkeys(
            ("new.sqlite", "new.sqlite-wal", "new.sqlite-shm"), "0o600"
        )
    database.dispose()
