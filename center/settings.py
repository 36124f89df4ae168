"""What the program is told from outside: environment and a key file; nothing else is read at run time."""

import base64
import contextlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from center.tax_office.client import ADDRESS
from center.vault import Vault

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(RuntimeError):
    """The program cannot start as it was asked to; the message is one sentence for the person starting it."""


@dataclass(frozen=True)
class Settings:
    """One frozen set of settings; paths are absolute, `demo` switches on the demo's clock, mailbox and sign-ins.

    `proxies` is how many reverse proxies of our own stand before the portal; only that many hops of X-Forwarded-For
    are believed, none by default.
    """

    database_url: str
    demo: bool
    public_url: str
    host: str
    port: int
    var: Path
    assets: Path
    session_secret: str
    vault: Vault
    smtp_host: str
    smtp_port: int
    mail_from: str
    sms_url: str
    center_name: str = "서울일자리플러스센터"
    issuer: str = "서울일자리플러스센터장"
    telephone: str = "02-000-1919"
    password_cost: str = "full"
    tsa_url: str = ""
    tax_office_url: str = ADDRESS
    tax_office_key: str = ""
    proxies: int = 0

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def seal_folder(self) -> Path:
        return self.var / "seal"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; makes the key file of a demo when it is missing, never of a real center."""
    var = Path(env.get("IEUM_VAR", ROOT / "var")).absolute()
    demo = env.get("IEUM_DEMO", "0") == "1"
    host, port = env.get("HOST", "127.0.0.1"), _port(env.get("PORT", "5000"))
    public_url = env.get("PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    if not demo and not public_url.startswith("https://") and host not in ("127.0.0.1", "localhost", "::1"):
        raise SettingsError(
            "PUBLIC_URL must be https:// outside the demo; plain http is served on loopback only."
        )
    keys = _keys(Path(env.get("IEUM_KEYS", var / "keys.json")), may_create=demo)
    return Settings(
        database_url=env.get("IEUM_DATABASE_URL", f"sqlite:///{var / 'ieum.sqlite'}"),
        demo=demo,
        public_url=public_url,
        host=host,
        port=port,
        var=var,
        assets=Path(env.get("IEUM_ASSETS", ROOT / "node_modules")).absolute(),
        session_secret=keys.session,
        vault=keys.vault,
        smtp_host=env.get("SMTP_HOST", "127.0.0.1"),
        smtp_port=_port(env.get("SMTP_PORT", "0")),
        mail_from=env.get("MAIL_FROM", "ieum@center.example"),
        sms_url=env.get("SMS_URL", ""),
        tsa_url=env.get("TSA_URL", ""),
        tax_office_url=env.get("TAX_OFFICE_URL", ADDRESS),
        tax_office_key=env.get("TAX_OFFICE_KEY", ""),
        proxies=_small_number(env.get("PROXIES", "0")),
    )


def _small_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]", text):
        raise SettingsError(f"PROXIES must be a number between 0 and 9, not '{text}'.")
    return int(text)


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise SettingsError(f"PORT must be a number between 0 and 65535, not '{text}'.")
    return int(text)


@dataclass(frozen=True)
class Keys:
    """What the key file holds."""

    vault: Vault
    session: str


def _keys(path: Path, *, may_create: bool) -> Keys:
    try:
        if not path.exists():
            if not may_create:
                raise SettingsError(f"The key file {path.name} is missing; IEUM_KEYS must name it.")
            _create_keys(path)
        kept = json.loads(path.read_text())
        return Keys(vault=Vault.from_text(kept["sealing"], kept["index"]), session=kept["session"])
    except OSError as failure:
        raise SettingsError(f"The key file {path} cannot be used: {failure.strerror}.") from failure
    except (ValueError, LookupError, TypeError, AttributeError) as failure:
        raise SettingsError(
            f"The key file {path} is damaged; put it back from its own safe copy. Without it no sealed name opens."
        ) from failure


def _create_keys(path: Path) -> None:
    """Write a key file that appears complete or not at all, and only when there is none."""
    keys = {"sealing": {"k1": _random_key()}, "index": _random_key(), "session": _random_key()}
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.touch(mode=0o600)
    half.write_text(json.dumps(keys))
    with contextlib.suppress(FileExistsError):
        os.link(half, path)
    half.unlink()


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
