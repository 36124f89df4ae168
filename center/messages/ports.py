"""The two ways out: SMTP for mail, an HTTP gateway for SMS."""

import json
import smtplib
import urllib.request
from dataclasses import dataclass
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formatdate
from typing import Protocol

TIMEOUT_SECONDS = 10


class Undeliverable(RuntimeError):
    """The port could not hand the message over; the outbox tries again."""


class Mailer(Protocol):
    def send(self, *, message_id: str, to: str, subject: str, text: str) -> None: ...


class SmsGateway(Protocol):
    def send(self, *, message_id: str, to: str, text: str) -> None: ...


@dataclass(frozen=True)
class SmtpMailer:
    """Plain text mail over SMTP; the outbox row's id is the Message-ID, so a repeated send is recognised."""

    host: str
    port: int
    sender: str

    def send(self, *, message_id: str, to: str, subject: str, text: str) -> None:
        message = MIMEText(text, "plain", "utf-8")
        message["From"], message["To"] = self.sender, to
        message["Subject"] = Header(subject, "utf-8").encode()
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = f"<{message_id}@{self.sender.partition('@')[2]}>"
        try:
            with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS) as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as failure:
            raise Undeliverable(f"mail: {failure}") from failure


@dataclass(frozen=True)
class HttpSmsGateway:
    """Posts `{id, to, text}` as JSON to the gateway the center has a contract with."""

    url: str

    def send(self, *, message_id: str, to: str, text: str) -> None:
        if not self.url:
            raise Undeliverable("sms: SMS_URL is not set")
        body = json.dumps({"id": message_id, "to": to, "text": text}, ensure_ascii=False).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"}, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
                pass
        except OSError as failure:
            raise Undeliverable(f"sms: {failure}") from failure
