"""Opening accounts, inviting, disabling: what gives somebody rights and what ends them."""

import datetime as dt
import uuid

import pyotp
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.commands import end_sessions, locked
from foundation.accounts.models import Account
from foundation.actors import Actor, Role
from foundation.audit.commands import record
from foundation.database import vault_of
from foundation.links.commands import OVER_INVITATION, issue, revoke_held
from foundation.links.models import Link, LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_account
from foundation.messages.free_words import plain_name
from foundation.refusals import Invalid, NotFound

INVITATION_DAYS = 7


def open_account(
    session: orm.Session,
    *,
    email: str,
    name: str,
    role: Role,
    organisation_id: uuid.UUID,
    password_hash: str | None,
    owner: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Account:
    """A new account; without a password hash it waits for its invitation to be taken up.

    Raises `Invalid` when the e-mail address belongs to another account or the name leads elsewhere.
    """
    plain_name(name, field="name")
    address = email.strip().lower()
    if session.scalar(sa.select(Account.id).where(Account.email == address)):
        raise Invalid("이미 쓰이는 이메일입니다.", field="email")
    account = Account(
        email=address,
        name=name,
        role=role,
        owner=owner,
        organisation_id=organisation_id,
        password_hash=password_hash,
        created_at=at,
    )
    session.add(account)
    record(session, "account.opened", account, by=by, at=at, role=role.value)
    return account


def invite(session: orm.Session, *, account: Account, by: Actor, at: dt.datetime) -> Link:
    """Write the person a link with which they choose their password; earlier ones end."""
    earlier = revoke_held(session, holder_id=account.id, purpose=LinkPurpose.INVITATION, at=at)
    link, path = issue(
        session,
        purpose=LinkPurpose.INVITATION,
        subject_id=account.id,
        holder_id=account.id,
        expires_at=at + dt.timedelta(days=INVITATION_DAYS),
        at=at,
    )
    words = Words(
        kind="초대",
        subject="[이음] 계정을 시작해 주세요",
        text=f"{account.name} 님, {account.organisation.name}에서 이음으로 초대했습니다.\n\n"
        f"아래 주소에서 비밀번호를 정하면 바로 쓸 수 있습니다.\n{BASE}{path}\n\n"
        f"이 주소는 {INVITATION_DAYS}일 동안 쓸 수 있습니다.",
    )
    write_to_account(session, account_id=account.id, words=words, about_id=account.id, at=at)
    record(session, "account.invited", account, also=(link, *earlier), by=by, at=at)
    return link


def disable(session: orm.Session, *, account_id: uuid.UUID, by: Actor, at: dt.datetime) -> Account:
    """Take an account's rights away: its sessions and links end for ever. Nobody disables themselves."""
    account = _other(session, account_id, by)
    account.disabled_at = account.disabled_at or at
    ended = end_rights(session, account, at=at)
    record(session, "account.disabled", account, also=ended, by=by, at=at)
    return account


def enable(session: orm.Session, *, account_id: uuid.UUID, by: Actor, at: dt.datetime) -> Account:
    """Give a disabled account its rights back: it signs in anew, or is invited anew when it has no password yet."""
    account = _other(session, account_id, by)
    was_disabled, account.disabled_at = account.disabled_at is not None, None
    record(session, "account.enabled", account, by=by, at=at)
    if was_disabled and account.password_hash is None:
        invite(session, account=account, by=by, at=at)
    return account


def end_rights(session: orm.Session, account: Account, *, at: dt.datetime) -> tuple[Link, ...]:
    """End what an account holds, its sessions and its links; none of it comes back. The caller records the links."""
    end_sessions(session, account_id=account.id, at=at)
    return revoke_held(session, holder_id=account.id, at=at)


def _other(session: orm.Session, account_id: uuid.UUID, by: Actor) -> Account:
    account = locked(session, account_id)
    if account is None or account.id == by.account_id:
        raise NotFound("그런 계정이 없거나 본인 계정입니다.")
    return account


def take_up(session: orm.Session, *, link: Link, password_hash: str, by: Actor, at: dt.datetime) -> Account:
    """Keep the password an invited account chose; every invitation and every open session ends with it."""
    account = locked(session, link.subject_id)
    session.refresh(link, with_for_update=True)
    if account is None or account.disabled_at is not None or link.revoked_at is not None:
        raise NotFound(OVER_INVITATION)
    account.password_hash = password_hash
    ended = revoke_held(session, holder_id=account.id, purpose=LinkPurpose.INVITATION, at=at)
    end_sessions(session, account_id=account.id, at=at)
    record(session, "account.taken_up", account, also=(link, *ended), by=by, at=at)
    return account


def enrol_second_factor(session: orm.Session, *, account: Account, by: Actor, at: dt.datetime) -> str:
    """Give an account a new TOTP secret (RFC 6238) and return it once, for the person's authenticator."""
    secret = pyotp.random_base32()
    account.second_factor = vault_of(session).seal(secret.encode(), bound_to=account.id.bytes)
    record(session, "account.second_factor_enrolled", account, by=by, at=at)
    return secret
