"""Signing in and out: attempts, sessions, who a cookie belongs to."""

import datetime as dt
import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from typing import Any, cast

import pyotp
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts import passwords
from foundation.accounts.last_seen import LastSeen
from foundation.accounts.models import Account, FailedSignIn, SignIn
from foundation.actors import CENTER_ROLES, Actor
from foundation.audit.commands import record
from foundation.database import Database, vault_of
from foundation.refusals import Refusal

ATTEMPTS = 10
"""Failures of one client at one account."""
CLIENT_ATTEMPTS, ATTEMPTS_OF_GUESSER = 60, 3
"""A client that has failed so often at whatever accounts is given fewer tries at each of them."""
ACCOUNT_ATTEMPTS = 40
"""Failures at one account from everywhere, after which every client it does not know has one try."""
CLIENT_FLOOD = 600
"""Failures of one client after which it costs more than it is worth; browsers that an account knows are let try."""
WINDOW = dt.timedelta(minutes=15)
IDLE = {True: dt.timedelta(minutes=15), False: dt.timedelta(minutes=30)}
ABSOLUTE = dt.timedelta(hours=12)
WRONG = "이메일이나 비밀번호가 맞지 않습니다. 다시 확인해 주세요."


class SignInRefused(Refusal):
    """One sentence for every cause, so that nobody learns which accounts exist."""

    status = 401


class TooManyAttempts(Refusal):
    """The account or the client has failed too often within a quarter of an hour."""

    status = 429
    retry_after = 15 * 60


@dataclass(frozen=True)
class SignInPolicy:
    """What signing in demands here: whether staff need a second factor, and the cost of a password hash."""

    second_factor: bool
    password_cost: str


def end_sessions(session: orm.Session, *, account_id: uuid.UUID, at: dt.datetime) -> int:
    """Sign an account out of every browser; returns of how many."""
    open_ones = sa.update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    return cast(sa.CursorResult[Any], session.execute(open_ones.values(ended_at=at))).rowcount


def locked(session: orm.Session, account_id: uuid.UUID) -> Account | None:
    """An account that nobody signs in to, disables or invites meanwhile."""
    return session.get(Account, account_id, with_for_update={"of": Account}, populate_existing=True)


def check_attempts(session: orm.Session, *, email: str, address: str, device: str, at: dt.datetime) -> None:
    """Refuse whoever guesses: a client at an account, a client at many accounts, many clients at one account.

    What others fail at stops nobody: a client is measured by its own failures at this account, and a browser that has
    signed in to the account before by those alone. The answer never depends on whether the account exists.
    """
    since = at - WINDOW
    index = vault_of(session).blind("sign-in", email.strip().lower())
    failures = sa.select(sa.func.count()).select_from(FailedSignIn).where(FailedSignIn.at > since)
    at_account = failures.where(FailedSignIn.account_index == index)
    if is_known_device(session, email, device):
        refused = (session.scalar(at_account.where(FailedSignIn.known_device)) or 0) >= ATTEMPTS
    else:
        of_client = session.scalar(failures.where(FailedSignIn.address == address)) or 0
        of_account = session.scalar(at_account) or 0
        of_both = session.scalar(at_account.where(FailedSignIn.address == address)) or 0
        most = ATTEMPTS_OF_GUESSER if of_client >= CLIENT_ATTEMPTS else ATTEMPTS
        if of_account >= ACCOUNT_ATTEMPTS:
            most = 1
        refused = of_both >= most or of_client >= CLIENT_FLOOD
    if refused:
        raise TooManyAttempts("로그인을 여러 번 잘못했습니다. 15분 뒤에 다시 해 주세요.")


def note_failure(session: orm.Session, *, email: str, address: str, device: str, at: dt.datetime) -> None:
    """Remember a failed attempt, without remembering what was typed."""
    index = vault_of(session).blind("sign-in", email.strip().lower())
    known = is_known_device(session, email, device)
    session.add(FailedSignIn(at=at, account_index=index, address=address, known_device=known))


def prove(database: Database, *, email: str, password: str, policy: SignInPolicy) -> uuid.UUID | None:
    """The account that e-mail and password belong to, or None; the slow hash is computed outside any transaction."""
    with database.read() as session:
        found = session.execute(
            sa.select(Account.id, Account.password_hash).where(Account.email == email.strip().lower())
        ).one_or_none()
    known = passwords.matches(found.password_hash if found else None, password, cost=policy.password_cost)
    return found.id if found is not None and known else None


def sign_in(
    session: orm.Session,
    *,
    account_id: uuid.UUID | None,
    code: str,
    policy: SignInPolicy,
    address: str,
    machine_at: dt.datetime,
    at: dt.datetime,
) -> tuple[Account, str]:
    """A fresh session for a proved account; raises `SignInRefused` with one sentence whatever was wrong."""
    account = locked(session, account_id) if account_id else None
    if account is None or account.disabled_at is not None:
        raise SignInRefused(WRONG)
    if policy.second_factor and account.role in CENTER_ROLES:
        check_second_factor(session, account, code, machine_at)
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(token_hash=hash_of(token), account_id=account.id, created_at=machine_at, seen_at=machine_at)
    )
    record(session, "account.signed_in", account, by=actor_of(account, address), at=at)
    return account, token


def device_mark(session: orm.Session, email: str) -> str:
    """What a browser keeps after signing in, so that nobody else's failures lock its owner out.

    It ends with the password it was given for.
    """
    address = email.strip().lower()
    password_hash = session.scalar(sa.select(Account.password_hash).where(Account.email == address))
    return vault_of(session).blind("device", address, password_hash or "")


def is_known_device(session: orm.Session, email: str, device: str) -> bool:
    """Whether a browser brings the mark of this account."""
    return secrets.compare_digest(device.encode(), device_mark(session, email).encode())


def check_second_factor(session: orm.Session, account: Account, code: str, at: dt.datetime) -> None:
    """Raise `SignInRefused` unless these are the digits of the account's authenticator, each only once (RFC 6238)."""
    if account.second_factor is None:
        raise SignInRefused("이 계정은 인증 앱 등록이 필요합니다. 센터 관리자에게 알려 주세요.")
    secret = vault_of(session).open(account.second_factor, bound_to=account.id.bytes).decode()
    step = int(at.timestamp()) // 30
    digits = re.sub(r"[^0-9]", "", code)
    totp = pyotp.TOTP(secret)
    matched = next(
        (s for s in (step, step - 1) if secrets.compare_digest(totp.generate_otp(s), digits)), None
    )
    if matched is None or matched <= account.second_factor_used:
        raise SignInRefused("인증 앱의 6자리 숫자가 맞지 않거나 이미 쓴 숫자입니다.", field="code")
    account.second_factor_used = matched


def sign_out(
    session: orm.Session, *, token: str, by: Actor, machine_at: dt.datetime, at: dt.datetime
) -> None:
    """End the session on the server, so that a copied cookie is worth nothing."""
    row = session.get(SignIn, hash_of(token))
    if row is not None and row.ended_at is None:
        row.ended_at = machine_at
        record(session, "account.signed_out", session.get_one(Account, row.account_id), by=by, at=at)


def actor_for(
    session: orm.Session, *, token: str, address: str, last_seen: LastSeen, machine_at: dt.datetime
) -> Actor | None:
    """Who a cookie belongs to right now: computed from live rows, so lost rights are lost at once.

    A session ends after `IDLE` without a use and after `ABSOLUTE` whatever happens; every use counts anew.
    """
    row = session.get(SignIn, hash_of(token))
    if row is None or row.ended_at is not None or machine_at - row.created_at > ABSOLUTE:
        return None
    account = session.get(Account, row.account_id)
    if account is None or account.disabled_at is not None:
        return None
    seen_at = max(row.seen_at, last_seen.of(row.token_hash) or row.seen_at)
    if machine_at - seen_at > IDLE[account.role in CENTER_ROLES]:
        return None
    last_seen.note(row.token_hash, at=machine_at)
    return actor_of(account, address)


def still_acts(connection: sa.Connection, *, token: str, actor: Actor) -> bool:
    """Whether a cookie still stands for the same rights: asked again once the write lock is held."""
    held = (
        sa.select(Account.id)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(
            SignIn.token_hash == hash_of(token),
            SignIn.ended_at.is_(None),
            Account.disabled_at.is_(None),
            Account.role == actor.role,
        )
    )
    return connection.scalar(held) is not None


def actor_of(account: Account, address: str = "") -> Actor:
    """The actor an account acts as."""
    return Actor(
        role=account.role,
        name=account.name,
        account_id=account.id,
        organisation_id=account.organisation_id,
        district=account.organisation.district,
        address=address,
    )


def hash_of(token: str) -> str:
    """What is kept of a session's cookie."""
    return hashlib.sha256(token.encode()).hexdigest()
