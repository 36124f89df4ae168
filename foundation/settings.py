"""What the program is told from outside: environment and a key file; nothing else is read at run time."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from foundation.key_file import KeysUnusable, read_keys
from foundation.messages.ports import MailServer, Security, SmsAccount
from foundation.tax_office.client import ADDRESS
from foundation.vault import Vault

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ADDRESS_OF_SITE = re.compile(
    r"https?://(?:[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62}){0,8}|\[[0-9a-f:]{2,39}\])(?::\d{1,5})?"
)
NAMES = frozenset(
    {"IEUM_ASSETS", "IEUM_DATABASE_URL", "IEUM_DEMO", "IEUM_DEMO_HOST", "IEUM_KEYS", "IEUM_VAR"}
)
"""Every variable that is ours; any other that begins alike is a misspelt one."""


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
    mail_server: MailServer
    mail_from: str
    sms: SmsAccount
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
    """Settings from the environment; makes the key file of a demo when it is missing, never of a real center.

    Raises `SettingsError` for whatever would open a real center to strangers or make a demo look like one.
    """
    _know_every_name(env)
    _nothing_empty(env)
    var = Path(env.get("IEUM_VAR", ROOT / "var")).absolute()
    demo = _switch(env, "IEUM_DEMO")
    host, port = _host(env, demo=demo), _port("PORT", env.get("PORT", "5000"))
    public_url = _public_url(env, demo=demo, host=host, port=port)
    try:
        keys = read_keys(Path(env.get("IEUM_KEYS", var / "keys.json")), may_create=demo)
    except KeysUnusable as unusable:
        raise SettingsError(str(unusable)) from unusable
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
        mail_server=_mail_server(env),
        mail_from=env.get("MAIL_FROM", "ieum@center.example"),
        sms=_sms(env),
        tsa_url=env.get("TSA_URL", ""),
        tax_office_url=env.get("TAX_OFFICE_URL", ADDRESS),
        tax_office_key=env.get("TAX_OFFICE_KEY", ""),
        proxies=_small_number(env.get("PROXIES", "0")),
    )


def _know_every_name(env: Mapping[str, str]) -> None:
    for name in sorted(env):
        if name.upper().startswith("IEUM") and name not in NAMES:
            raise SettingsError(
                f"{name} is no setting of this program; there are {', '.join(sorted(NAMES))}."
            )


def _nothing_empty(env: Mapping[str, str]) -> None:
    for name in ("IEUM_VAR", "IEUM_KEYS", "IEUM_DATABASE_URL", "IEUM_DEMO_HOST", "HOST"):
        if name in env and not env[name].strip():
            raise SettingsError(f"{name} is set and empty; leave it out or say what it is.")


def _switch(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "0")
    if text not in ("0", "1"):
        raise SettingsError(f"{name} must be 0 or 1, not '{text}'.")
    return text == "1"


def _host(env: Mapping[str, str], *, demo: bool) -> str:
    """Where to listen; a demo opens to others only when `IEUM_DEMO_HOST` names the very address."""
    meant = env.get("IEUM_DEMO_HOST")
    if not demo:
        if meant is not None:
            raise SettingsError("IEUM_DEMO_HOST is for the demo only; outside it HOST says where to listen.")
        return env.get("HOST", "127.0.0.1")
    host = env.get("HOST", meant or "127.0.0.1")
    if host not in LOOPBACK and host != meant:
        raise SettingsError(
            f"The demo is open to whoever reaches it, so it listens on loopback only; IEUM_DEMO_HOST={host} opens it."
        )
    return host


def _public_url(env: Mapping[str, str], *, demo: bool, host: str, port: int) -> str:
    given = env.get("PUBLIC_URL", "").rstrip("/")
    if not given and not demo:
        raise SettingsError(
            "PUBLIC_URL is missing: the address under which people reach the portal, https://…."
        )
    here = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    parts = _address(given) if given else urlsplit(here)
    if parts is None:
        raise SettingsError(f"PUBLIC_URL must be like https://ieum.example, not '{given}'.")
    https, at_home = parts.scheme == "https", parts.hostname in LOOPBACK
    if demo and https:
        raise SettingsError(
            "The demo never runs under https: its passwords are printed and its mailbox is open."
        )
    if demo and not at_home and "IEUM_DEMO_HOST" not in env:
        raise SettingsError("PUBLIC_URL of a demo is on loopback; IEUM_DEMO_HOST opens the demo to others.")
    if not demo and not https and not (at_home and host in LOOPBACK):
        raise SettingsError(
            "PUBLIC_URL must be https:// outside the demo; plain http is served on loopback only."
        )
    return parts.geturl()


def _address(text: str) -> SplitResult | None:
    """A web address that names a machine and nothing on it, its scheme and name in lower case; None for another."""
    if not ADDRESS_OF_SITE.fullmatch(text.lower()):
        return None
    try:
        parts = urlsplit(text.lower())
        return parts if parts.hostname and (parts.port or 0) >= 0 else None
    except ValueError:
        return None


def _mail_server(env: Mapping[str, str]) -> MailServer:
    """Where mail goes; credentials never travel in the clear over a network."""
    security = env.get("SMTP_SECURITY", "none")
    if security not in set(Security):
        raise SettingsError(f"SMTP_SECURITY must be none, starttls or tls, not '{security}'.")
    server = MailServer(
        host=env.get("SMTP_HOST", "127.0.0.1"),
        port=_port("SMTP_PORT", env.get("SMTP_PORT", "0")),
        security=Security(security),
        user=env.get("SMTP_USER", ""),
        password=env.get("SMTP_PASSWORD", ""),
        authority=env.get("SMTP_CA", ""),
    )
    if bool(server.user) != bool(server.password):
        raise SettingsError("SMTP_USER and SMTP_PASSWORD belong together.")
    if server.user and server.security is Security.NONE and server.host not in LOOPBACK:
        raise SettingsError(
            "SMTP_USER needs SMTP_SECURITY=starttls or tls, or the password travels in the clear."
        )
    if server.authority and not Path(server.authority).is_file():
        raise SettingsError(f"SMTP_CA names no file: {server.authority}.")
    return server


def _sms(env: Mapping[str, str]) -> SmsAccount:
    account = SmsAccount(
        url=env.get("SMS_URL", ""),
        user=env.get("SMS_USER", ""),
        password=env.get("SMS_PASSWORD", ""),
        token=env.get("SMS_TOKEN", ""),
    )
    if bool(account.user) != bool(account.password):
        raise SettingsError("SMS_USER and SMS_PASSWORD belong together.")
    if account.user and account.token:
        raise SettingsError(
            "SMS_TOKEN and SMS_USER are two ways to sign in to the gateway; give one of them."
        )
    secret = account.user or account.token
    if secret and urlsplit(account.url).scheme != "https" and urlsplit(account.url).hostname not in LOOPBACK:
        raise SettingsError("SMS_URL must be https:// when it comes with credentials.")
    return account


def _small_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]", text):
        raise SettingsError(f"PROXIES must be a number between 0 and 9, not '{text}'.")
    return int(text)


def _port(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise SettingsError(f"{name} must be a number between 0 and 65535, not '{text}'.")
    return int(text)
