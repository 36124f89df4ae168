"""Writing to people: what is said goes sealed into the outbox, the address is looked up when it is sent."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from center.accounts.models import Account
from center.outbox.commands import put
from center.outbox.models import Effect
from center.tones import Labelled


class Channel(Labelled):
    """The two ways out."""

    MAIL = "mail", "메일"
    SMS = "sms", "문자"


BASE = "{base}"
"""Stands for the portal's public address in a text, until delivery puts it in."""
RECIPIENT = "{recipient}"
"""Stands for the receiver's own address in an invitation."""


@dataclass(frozen=True)
class Words:
    """What one message says: `kind` names its sort, `sms` is the short form (90 bytes are one SMS, more is an LMS).

    `calendar` is an invitation as calendars read it, sent with its iTIP `method` (RFC 5546, RFC 6047).
    """

    kind: str
    subject: str
    text: str
    sms: str = ""
    calendar: str = ""
    method: str = ""

    def sealed(self) -> bytes:
        """What lies sealed in the outbox until the mail goes out."""
        kept = {"text": self.text, "calendar": self.calendar, "method": self.method}
        return json.dumps(kept, ensure_ascii=False).encode()


def write_to_seeker(
    session: orm.Session, *, seeker_id: uuid.UUID, words: Words, about_id: uuid.UUID, at: dt.datetime
) -> list[Effect]:
    """An SMS and, where an address is known at delivery, a mail to a seeker."""
    facts = {"to": str(seeker_id), "holder": "seeker", "subject": words.subject, "sort": words.kind}
    return [
        put(
            session,
            kind="sms",
            facts=facts,
            secret=(words.sms or words.text).encode(),
            about_id=about_id,
            at=at,
        ),
        put(session, kind="mail", facts=facts, secret=words.sealed(), about_id=about_id, at=at),
    ]


def write_to_address(
    session: orm.Session,
    *,
    channel: Channel,
    address: str,
    words: Words,
    about_id: uuid.UUID,
    at: dt.datetime,
) -> Effect:
    """A message to somebody who is neither account nor seeker: the address lies sealed beside the text."""
    facts = {"to": "", "holder": "address", "subject": words.subject, "sort": words.kind}
    text = (words.sms or words.text) if channel is Channel.SMS else words.text
    return put(
        session,
        kind=channel.value,
        facts=facts,
        secret=address.encode() + b"\n" + (text.encode() if channel is Channel.SMS else words.sealed()),
        about_id=about_id,
        at=at,
    )


def write_to_account(
    session: orm.Session, *, account_id: uuid.UUID, words: Words, about_id: uuid.UUID, at: dt.datetime
) -> Effect:
    """A mail to a signed-up person."""
    facts = {"to": str(account_id), "holder": "account", "subject": words.subject, "sort": words.kind}
    return put(session, kind="mail", facts=facts, secret=words.sealed(), about_id=about_id, at=at)


def write_to_organisation(
    session: orm.Session, *, organisation_id: uuid.UUID, words: Words, about_id: uuid.UUID, at: dt.datetime
) -> list[Effect]:
    """A mail to everyone who acts for an organisation today."""
    members = sa.select(Account.id).where(
        Account.organisation_id == organisation_id, Account.disabled_at.is_(None)
    )
    return [
        write_to_account(session, account_id=account_id, words=words, about_id=about_id, at=at)
        for account_id in session.scalars(members.order_by(Account.created_at, Account.id))
    ]
