"""The two ways out: SMTP for mail, an HTTP gateway for SMS."""

import json
import smtplib
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import Protocol

from center.messages.sms import kind
from center.outbox.commands import NotDone

TIMEOUT_SECONDS = 10

UNFOLDED = SMTP.clone(max_line_length=900)
"""Where Python folds a long Korean subject, readers lose a space (RFC 2047 §6.2); RFC 5322 allows 998 bytes."""


class Undeliverable(NotDone):
    """The port could not hand the message over; what a server answered is left out, it likes to repeat the address."""


@dataclass(frozen=True)
class Mail:
    """One mail: plain text and HTML of the same words, perhaps an invitation, perhaps a way to unsubscribe."""

    message_id: str
    to: str
    subject: str
    text: str
    html: str
    calendar: str = ""
    method: str = ""
    unsubscribe: str = ""


class Mailer(Protocol):
    def send(self, mail: Mail) -> None: ...


class SmsGateway(Protocol):
    def send(self, *, message_id: str, to: str, text: str) -> None: ...


@dataclass(frozen=True)
class SmtpMailer:
    """Mail over SMTP; the outbox row's id is the Message-ID, so a repeated send is recognised."""

    host: str
    port: int
    sender: str

    def send(self, mail: Mail) -> None:
        try:
            with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS) as server:
                server.send_message(self._message(mail))
        except (OSError, smtplib.SMTPException) as failure:
            raise Undeliverable(_mail_refusal(failure)) from None

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=UNFOLDED)
        message["From"], message["To"], message["Subject"] = self.sender, mail.to, mail.subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = f"<{mail.message_id}@{self.sender.partition('@')[2]}>"
        if mail.unsubscribe:
            message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        if mail.calendar:
            message.add_alternative(mail.calendar, subtype="calendar", params={"method": mail.method})
            message.add_attachment(
                mail.calendar.encode(),
                maintype="application",
                subtype="ics",
                filename="invite.ics",
            )
        return message


def _mail_refusal(failure: OSError | smtplib.SMTPException) -> str:
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        code, _answer = next(iter(failure.recipients.values()))
        return f"받는 주소를 메일 서버가 거절했습니다({code})"
    if isinstance(failure, smtplib.SMTPResponseException):
        return f"메일 서버가 거절했습니다({failure.smtp_code})"
    return "메일 서버에 닿지 못했습니다"


@dataclass(frozen=True)
class HttpSmsGateway:
    """Posts `{id, to, text, type}` as JSON to the gateway the center has a contract with."""

    url: str

    def send(self, *, message_id: str, to: str, text: str) -> None:
        if not self.url:
            raise Undeliverable("문자를 보낼 곳(SMS_URL)이 정해지지 않았습니다")
        body = json.dumps(
            {"id": message_id, "to": to, "text": text, "type": kind(text)}, ensure_ascii=False
        ).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"}, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
                pass
        except urllib.error.HTTPError as failure:
            raise Undeliverable(f"문자 회사가 거절했습니다({failure.code})") from None
        except OSError:
            raise Undeliverable("문자 회사에 닿지 못했습니다") from None
