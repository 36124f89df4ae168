"""Writing to people: what is said goes sealed into the outbox, the address is looked up when it is sent."""

import datetime as dt
import json
import re
import uuid
from dataclasses import dataclass

from sqlalchemy import orm

from foundation.accounts import queries as accounts
from foundation.clock import start_of_day
from foundation.database import SEOUL
from foundation.notices.choices import TOPICS, choices_of, due
from foundation.notices.models import Rhythm, Scope, WaitingNotice
from foundation.outbox.commands import put
from foundation.outbox.models import Effect
from foundation.tones import Labelled


class Channel(Labelled):
    """The two ways out."""

    MAIL = "mail", "메일"
    SMS = "sms", "문자"


KINDS: tuple[str, ...] = tuple(each.value for each in Channel)
"""The kinds of effects that are messages."""
BASE = "{base}"
"""Stands for the portal's public address in a text, until delivery puts it in."""
RECIPIENT = "{recipient}"
"""Stands for the receiver's own address in an invitation."""


@dataclass(frozen=True)
class Words:
    """What one message says: `kind` names its sort, `sms` is the short form (90 bytes are one SMS, more is an LMS).

    `calendar` is an invitation as calendars read it, sent with its iTIP `method` (RFC 5546, RFC 6047). `task` is what
    the letter asks for; a digest leaves it out once that is done.
    """

    kind: str
    subject: str
    text: str
    sms: str = ""
    calendar: str = ""
    method: str = ""
    task: str = ""

    def sealed(self) -> bytes:
        """What lies sealed in the outbox until the mail goes out."""
        kept = {"text": self.text, "calendar": self.calendar, "method": self.method}
        return json.dumps(kept, ensure_ascii=False).encode()


FIRST_HOUR, LAST_HOUR = 8, 21


def daytime(at: dt.datetime) -> dt.datetime:
    """The first moment at or after `at` at which an SMS may ring: between 08 and 21 in Seoul."""
    local = at.astimezone(SEOUL)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return at
    day = local.date() + dt.timedelta(days=local.hour >= LAST_HOUR)
    return start_of_day(day) + dt.timedelta(hours=FIRST_HOUR)


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
            due_at=daytime(at),
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
    at_once: bool = False,
) -> Effect:
    """A message to somebody who is neither account nor seeker: the address lies sealed beside the text.

    `at_once` is for what its receiver has just asked for; any other SMS waits for the day.
    """
    facts = {"to": "", "holder": "address", "subject": words.subject, "sort": words.kind}
    text = (words.sms or words.text) if channel is Channel.SMS else words.text
    return put(
        session,
        kind=channel.value,
        facts=facts,
        secret=address.encode() + b"\n" + (text.encode() if channel is Channel.SMS else words.sealed()),
        about_id=about_id,
        at=at,
        due_at=at if at_once or channel is Channel.MAIL else daytime(at),
    )


def write_to_account(
    session: orm.Session,
    *,
    account_id: uuid.UUID,
    words: Words,
    about_id: uuid.UUID,
    at: dt.datetime,
    mine: bool = True,
) -> Effect | None:
    """A mail to a signed-up person as they chose to be told: at once, in their next digest, or not at all.

    `mine` says whether it is about something of their own; who chose only their own hears of nothing else.
    """
    topic = TOPICS.get(words.kind)
    if topic is None:
        return write_at_once(session, account_id=account_id, words=words, about_id=about_id, at=at)
    choice = choices_of(session, account_id)[topic]
    if choice.rhythm is Rhythm.NEVER or (choice.scope is Scope.MINE and not mine):
        return None
    if choice.rhythm is Rhythm.NOW:
        return write_at_once(session, account_id=account_id, words=words, about_id=about_id, at=at)
    inside = re.search(re.escape(BASE) + r"(/(?!l/)[\w/.-]+)", words.text)
    session.add(
        WaitingNotice(
            account_id=account_id,
            topic=topic,
            about_id=about_id,
            task=words.task,
            subject=words.subject,
            path=inside.group(1) if inside else "",
            waits_since=at,
            due_at=due(choice.rhythm, at),
        )
    )
    return None


def write_at_once(
    session: orm.Session, *, account_id: uuid.UUID, words: Words, about_id: uuid.UUID, at: dt.datetime
) -> Effect:
    """A mail to a signed-up person, whatever they chose: for codes, invitations and the digest itself."""
    facts = {"to": str(account_id), "holder": "account", "subject": words.subject, "sort": words.kind}
    return put(session, kind="mail", facts=facts, secret=words.sealed(), about_id=about_id, at=at)


def write_to_organisation(
    session: orm.Session,
    *,
    organisation_id: uuid.UUID,
    words: Words,
    about_id: uuid.UUID,
    at: dt.datetime,
    filed_by: uuid.UUID | None = None,
) -> None:
    """A mail to the people of an organisation today; `filed_by` is whose own thing it is about.

    What asks for something (`Words.task`) goes only to those who may do it, never to readers.
    """
    reached = accounts.acting_for if words.task else accounts.belonging_to
    for account_id in reached(session, organisation_id):
        write_to_account(
            session,
            account_id=account_id,
            words=words,
            about_id=about_id,
            at=at,
            mine=filed_by in (None, account_id),
        )
