"""The two ways out: SMTP for mail, an HTTP gateway for SMS."""

import base64
import contextlib
import http.client
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from enum import StrEnum
from typing import Any, Protocol

from foundation.messages.sms import kind
from foundation.outbox.commands import NeverDone, NotDone, Unconfirmed, Unreachable

TIMEOUT_SECONDS = 10
CONFIRMED_WITHIN = 40
"""Seconds a mail server has to say that it took a mail: scanners of content think long. Shorter than a lease."""

UNFOLDED = SMTP.clone(max_line_length=900)
"""Where Python folds a long Korean subject, readers lose a space (RFC 2047 §6.2); RFC 5322 allows 998 bytes."""


class Undeliverable(NotDone):
    """The port could not hand the message over; what a server answered is left out, it likes to repeat the address."""


class NotReached(Undeliverable, Unreachable):
    """Nobody answered, or not to us; the messages behind this one would fare alike."""


class Unsure(Undeliverable, Unconfirmed):
    """The mail was handed over and the server did not say that it took it (RFC 5321 §4.5.3.2.6)."""


class Refused(Undeliverable, NeverDone):
    """The server will not take this message for this receiver, today or tomorrow (SMTP 5yz, RFC 5321 §4.2.1)."""


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


class Security(StrEnum):
    """How the way to the mail server is kept: not at all, by STARTTLS (RFC 3207), or by TLS from the first byte."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


class _Patient(smtplib.SMTP):
    """A connection that waits longer once a whole mail has been handed over, and knows that it was."""

    handed_over = False

    def send(self, s: Any) -> None:
        super().send(s)
        if isinstance(s, bytes) and s.endswith(b"\r\n.\r\n") and self.sock is not None:
            self.handed_over = True
            self.sock.settimeout(CONFIRMED_WITHIN)


class _PatientOverTls(_Patient, smtplib.SMTP_SSL):
    """The same from the first byte encrypted."""


@dataclass(frozen=True)
class MailServer:
    """A mail server and how to sign in to it; `port` 0 is the usual one, `authority` a file of certificates to trust.

    Without `authority` the machine's own certificate authorities are trusted; no certificate is ever taken unchecked.
    """

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password: str = ""
    authority: str = ""

    def connect(self) -> _Patient:
        """A connection, secured and signed in as told; raises `OSError` or `SMTPException`."""
        port = self.port or PORTS[self.security]
        if self.security is Security.TLS:
            server: _Patient = _PatientOverTls(
                self.host, port, timeout=TIMEOUT_SECONDS, context=self._trust()
            )
        else:
            server = _Patient(self.host, port, timeout=TIMEOUT_SECONDS)
        try:
            if self.security is Security.STARTTLS:
                server.starttls(context=self._trust())
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority or None)


@dataclass(frozen=True)
class SmtpMailer:
    """Mail over SMTP; the outbox row's id is the Message-ID, so a repeated send is recognised."""

    server: MailServer
    sender: str

    def send(self, mail: Mail) -> None:
        """Hand one mail over; raises `NotReached`, `Refused`, `Unsure` or `Undeliverable`."""
        try:
            server = self.server.connect()
        except (OSError, smtplib.SMTPException) as failure:
            raise NotReached(_why_not_reached(failure)) from None
        with contextlib.closing(server):
            try:
                server.send_message(self._message(mail))
            except (OSError, smtplib.SMTPException) as failure:
                if server.handed_over and not isinstance(failure, smtplib.SMTPResponseException):
                    raise Unsure("메일 서버가 받았다고 답하지 않았습니다") from None
                raise _mail_failure(failure) from None
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()

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


def _why_not_reached(failure: OSError | smtplib.SMTPException) -> str:
    match failure:
        case smtplib.SMTPAuthenticationError():
            return f"메일 서버에 로그인하지 못했습니다({failure.smtp_code})"
        case smtplib.SMTPNotSupportedError():
            return "메일 서버가 정해진 보안 방식을 쓰지 않습니다"
        case ssl.SSLCertVerificationError():
            return "메일 서버의 인증서를 믿을 수 없습니다"
        case smtplib.SMTPResponseException():
            return f"메일 서버가 거절했습니다({failure.smtp_code})"
    return "메일 서버에 닿지 못했습니다"


def _mail_failure(failure: OSError | smtplib.SMTPException) -> Undeliverable:
    """What became of one mail on a connection that stood: its own fault, or the server's."""
    match failure:
        case smtplib.SMTPRecipientsRefused():
            code, _answer = next(iter(failure.recipients.values()))
            kind = Refused if code >= 500 else Undeliverable
            return kind(f"받는 주소를 메일 서버가 거절했습니다({code})")
        case smtplib.SMTPNotSupportedError():
            return Refused("메일 서버가 이 주소의 글자를 쓸 수 없습니다")
        case smtplib.SMTPDataError():
            kind = Refused if failure.smtp_code >= 500 else Undeliverable
            return kind(f"메일 서버가 거절했습니다({failure.smtp_code})")
    return NotReached(_why_not_reached(failure))


@dataclass(frozen=True)
class SmsAccount:
    """The gateway's address, and how to sign in to it: user and password (RFC 7617) or a token (RFC 6750)."""

    url: str
    user: str = ""
    password: str = ""
    token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What a request carries to be let in."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user:
            pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
            return {"Authorization": f"Basic {pair}"}
        return {}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Credentials and numbers go to the gateway that was named, to nobody it names."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


@dataclass(frozen=True)
class HttpSmsGateway:
    """Posts `{id, to, text, type}` as JSON to the gateway the center has a contract with."""

    account: SmsAccount

    def send(self, *, message_id: str, to: str, text: str) -> None:
        if not self.account.url:
            raise NotReached("문자를 보낼 곳(SMS_URL)이 정해지지 않았습니다")
        body = json.dumps(
            {"id": message_id, "to": to, "text": text, "type": kind(text)}, ensure_ascii=False
        ).encode()
        request = urllib.request.Request(
            self.account.url,
            body,
            {"Content-Type": "application/json", **self.account.headers},
            method="POST",
        )
        try:
            with _OPENER.open(request, timeout=TIMEOUT_SECONDS):
                pass
        except urllib.error.HTTPError as failure:
            raise _sms_failure(failure.code) from None
        except (OSError, http.client.HTTPException):
            raise NotReached("문자 회사에 닿지 못했습니다") from None


def _sms_failure(code: int) -> Undeliverable:
    sentence = f"문자 회사가 거절했습니다({code})"
    if code in (400, 422):
        return Refused(sentence)
    return NotReached(sentence) if code in (401, 403, 404, 410) or code >= 500 else Undeliverable(sentence)
