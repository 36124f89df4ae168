"""The demo's mailbox: a real SMTP receiver on loopback and an SMS gateway that keeps what it is given."""

import datetime as dt
import email
import email.policy
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from sqlalchemy import orm

from foundation.database import Database
from foundation.messages.models import DemoLetter


@dataclass(frozen=True)
class DemoSmsGateway:
    """Keeps each SMS as a letter, once per message id."""

    database: Database
    now: Callable[[], dt.datetime]

    def send(self, *, message_id: str, to: str, text: str) -> None:
        with self.database.write() as session:
            letter = DemoLetter(received_at=self.now(), channel="sms", recipient=to, subject="", text=text)
            _keep(session, message_id, letter)
            session.commit()


def _keep(session: orm.Session, message_id: str, letter: DemoLetter) -> None:
    """Keep a letter once per message id and recipient, however often it is sent."""
    letter.id = uuid.uuid5(uuid.NAMESPACE_OID, f"{letter.channel}/{message_id}/{letter.recipient}")
    if session.get(DemoLetter, letter.id) is None:
        session.add(letter)


def _plain(message: Any) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MailReceiver:
    """Receives mail over SMTP on a free loopback port and keeps it as letters."""

    def __init__(self, database: Database, *, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._now = now
        self.port = _free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=15)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self._database.write() as session:
            for recipient in envelope.rcpt_tos:
                letter = DemoLetter(
                    received_at=self._now(),
                    channel="mail",
                    recipient=recipient,
                    subject=str(message["Subject"] or ""),
                    text=_plain(message),
                )
                _keep(session, str(message["Message-ID"] or uuid.uuid4()), letter)
            session.commit()
        return "250 kept"


def letters(session: orm.Session, *, limit: int = 100) -> list[DemoLetter]:
    """The newest letters first."""
    newest_first = sa.select(DemoLetter).order_by(DemoLetter.received_at.desc(), DemoLetter.id).limit(limit)
    return list(session.scalars(newest_first))
