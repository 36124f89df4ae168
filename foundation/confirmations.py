"""Confirming an act once more: the authenticator's digits, or six digits sent to the account's own mail."""

import datetime as dt
import secrets
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.commands import check_second_factor
from foundation.accounts.models import Account, Confirmation
from foundation.actors import Actor
from foundation.audit.commands import record
from foundation.database import vault_of
from foundation.messages.commands import Words, write_to_account
from foundation.refusals import Invalid
from foundation.tones import Labelled

MINUTES = 30
TRIES = 5


class ConfirmedBy(Labelled):
    """How an act was confirmed."""

    APP = "app", "인증 앱"
    MAIL = "mail", "이메일로 받은 번호"
    NAME = "name", "이름 서명(예전 방식)"


def send(
    session: orm.Session, *, account_id: uuid.UUID, about: str, about_id: uuid.UUID, at: dt.datetime
) -> str:
    """Mail six digits that confirm one act about one thing within half an hour; returns them. Earlier ones end."""
    for earlier in session.scalars(
        sa.select(Confirmation).where(
            Confirmation.account_id == account_id,
            Confirmation.about_id == about_id,
            Confirmation.used_at.is_(None),
        )
    ):
        session.delete(earlier)
    code = f"{secrets.randbelow(10**6):06d}"
    confirmation = Confirmation(
        account_id=account_id,
        about_id=about_id,
        code_hash=_hash(session, account_id, about_id, code),
        until=at + dt.timedelta(minutes=MINUTES),
    )
    session.add(confirmation)
    words = Words(
        kind="확인",
        subject="[이음] 서명 확인 번호",
        text=f"{about}\n\n확인 번호: {code}\n\n{MINUTES}분 안에 서명 화면에 넣어 주세요. "
        "서명하신 일이 없으면 센터로 전화해 주세요.",
    )
    write_to_account(session, account_id=account_id, words=words, about_id=about_id, at=at)
    return code


def check(session: orm.Session, *, code: str, about_id: uuid.UUID, by: Actor, at: dt.datetime) -> ConfirmedBy:
    """How the actor confirmed an act; raises `Invalid` at the field `code` when the digits are not the right ones.

    A code counts once. Five wrong digits end it; they are counted by `note_wrong`, in a transaction of its own.
    """
    account = session.get(Account, by.account_id) if by.account_id else None
    if account is None:
        raise Invalid("계정으로 로그인한 분만 서명할 수 있습니다.", field="code")
    if account.second_factor is not None:
        check_second_factor(session, account, code, at)
        record(session, "account.confirmed", account, by=by, at=at)
        return ConfirmedBy.APP
    confirmation = _waiting(session, account.id, about_id, at)
    if confirmation is None:
        raise Invalid("먼저 '메일로 번호 받기'를 눌러 번호를 받아 주세요.", field="code")
    if not secrets.compare_digest(confirmation.code_hash, _hash(session, account.id, about_id, code.strip())):
        raise Invalid("번호가 맞지 않습니다. 메일의 6자리를 다시 확인해 주세요.", field="code")
    confirmation.used_at = at
    return ConfirmedBy.MAIL


def note_wrong(session: orm.Session, *, about_id: uuid.UUID, by: Actor, at: dt.datetime) -> None:
    """Count a wrong try; the caller commits it although the act itself was refused."""
    confirmation = _waiting(session, by.account_id, about_id, at) if by.account_id else None
    if confirmation is not None:
        confirmation.tries += 1


def _waiting(
    session: orm.Session, account_id: uuid.UUID, about_id: uuid.UUID, at: dt.datetime
) -> Confirmation | None:
    return session.scalars(
        sa.select(Confirmation)
        .where(
            Confirmation.account_id == account_id,
            Confirmation.about_id == about_id,
            Confirmation.used_at.is_(None),
            Confirmation.until >= at,
            Confirmation.tries < TRIES,
        )
        .with_for_update()
    ).one_or_none()


def _hash(session: orm.Session, account_id: uuid.UUID, about_id: uuid.UUID, code: str) -> str:
    return vault_of(session).blind("confirmation", f"{account_id}/{about_id}/{code}")
