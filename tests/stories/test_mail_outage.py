"""A mail server that is away for two days loses no letter and sends none twice (operations F2 and F15)."""

import asyncio
import datetime as dt
import ipaddress
import json
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from employer_portal.operations.worker import Worker
from foundation.messages import mailbox, ports
from foundation.messages.ports import (
    HttpSmsGateway,
    Mail,
    MailServer,
    NotReached,
    Refused,
    Security,
    SmsAccount,
    SmtpMailer,
    Undeliverable,
)
from foundation.outbox.commands import TWO_DAYS
from foundation.outbox.models import Effect
from tests.employer_portal.operations.test_cli import call
from tests.house import House
from tests.walk import order_at

LETTER = Mail("one", "a@b.example", "제목", "안녕하세요", "<p>안녕하세요</p>")


class Keeping:
    """A mail server that remembers what it took."""

    def __init__(self, code: str = "250 kept") -> None:
        self.taken: list[bytes] = []
        self.code = code

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.code.startswith("250"):
            self.taken.append(envelope.content)
        return self.code

    @property
    def ids(self) -> Counter[str]:
        lines = (line for content in self.taken for line in content.decode("utf-8", "replace").splitlines())
        return Counter(line for line in lines if line.lower().startswith("message-id"))


class Mute:
    """A mail server that takes a mail and does not say so."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        lines = envelope.content.decode("utf-8", "replace").splitlines()
        self.taken += [line for line in lines if line.lower().startswith("message-id")]
        await asyncio.sleep(1.5)
        return "250 kept at last"


@contextmanager
def serving(handler: Any, **more: Any) -> Iterator[int]:
    server = Controller(handler, hostname="127.0.0.1", port=mailbox._free_port(), **more)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def open_mail(house: House) -> list[Effect]:
    with house.database.read() as session:
        mails = sa.select(Effect).where(Effect.kind == "mail", Effect.done_at.is_(None))
        return list(session.scalars(mails))


def passes(house: House, worker: Worker, **span: float) -> None:
    """Let time pass in small steps, the worker working all the while."""
    until = house.clock.moment + dt.timedelta(**span)
    while house.clock.moment < until:
        house.clock.moment = min(until, house.clock.moment + dt.timedelta(minutes=30))
        worker.step()


def test_the_gaps_grow_and_make_two_days() -> None:
    assert list(TWO_DAYS) == sorted(TWO_DAYS)
    assert dt.timedelta(hours=48) <= sum(TWO_DAYS, dt.timedelta()) <= dt.timedelta(hours=50)
    assert TWO_DAYS[0] <= dt.timedelta(seconds=10), "a hiccup is over at once"


def test_an_outage_of_a_day_and_a_half_loses_nothing_and_sends_nothing_twice(house: House) -> None:
    order_at(house, "asked")
    gone = mailbox._free_port()
    away = Worker(house.portal, mail_port=gone)
    passes(house, away, hours=36)
    waiting = open_mail(house)
    assert waiting
    assert all(each.failed_at is None for each in waiting), "four and a half minutes lost them for good"
    page = (
        house.visitor("officer")
        .open("/staff/undelivered")
        .sees("밀려 있습니다")
        .sees("메일 서버에 닿지 못했습니다")
    )
    page.misses("다시 보내기</button>")
    kept = Keeping()
    with serving(kept) as port:
        back = Worker(house.portal, mail_port=port)
        passes(house, back, hours=12)
    assert open_mail(house) == []
    assert set(kept.ids.values()) == {1}
    assert len(kept.taken) >= len(waiting)


def test_after_two_days_an_officer_sees_it_and_sends_it_again_once(house: House) -> None:
    order_at(house, "asked")
    away = Worker(house.portal, mail_port=mailbox._free_port())
    passes(house, away, hours=60)
    given_up = [each for each in open_mail(house) if each.failed_at is not None]
    assert given_up
    officer = house.visitor("officer").open("/staff").sees("보내지 못했습니다")
    officer.open("/staff/undelivered").sees(f"알림 {len(given_up)}건을 보내지 못했습니다").press(
        "모두 다시 보내기"
    )
    officer.sees(f"알림 {len(given_up)}건을 다시 보냅니다").sees("보내지 못한 알림이 없습니다")
    kept = Keeping()
    with serving(kept) as port:
        worker = Worker(house.portal, mail_port=port)
        passes(house, worker, minutes=30)
        token = next(
            value for form in officer.page.forms for name, value in form.values if name == "csrf_token"
        )
        again = officer.client.post(
            "/staff/undelivered",
            data={"csrf_token": token, "effect": str(given_up[0].id)},
            follow_redirects=True,
        )
        assert "이미 보냈거나 보내고 있는 알림입니다" in again.get_data(as_text=True)
        passes(house, worker, hours=2)
    assert set(kept.ids.values()) == {1}
    assert open_mail(house) == []


def test_one_letter_is_sent_again_by_itself_and_by_command(house: House) -> None:
    order_at(house, "asked")
    passes(house, Worker(house.portal, mail_port=mailbox._free_port()), hours=60)
    failed = [each for each in open_mail(house) if each.failed_at is not None]
    officer = house.visitor("officer").open("/staff/undelivered")
    officer.press("다시 보내기").sees("다시 보냅니다")
    assert officer.client.post("/staff/undelivered", data={"effect": "nonsense"}).status_code in (400, 404)
    answer = call(house, "resend", "--kind", "mail")
    assert answer.exit_code == 0, answer.output
    assert "messages" in answer.output
    assert call(house, "resend").output.strip() == "messages 0"
    kept = Keeping()
    with serving(kept) as port:
        passes(house, Worker(house.portal, mail_port=port), hours=1)
    assert len(kept.taken) >= len(failed)
    assert set(kept.ids.values()) == {1}


def test_an_address_that_is_refused_for_good_is_said_at_once(house: House) -> None:
    order_at(house, "asked")

    class Unknown(Keeping):
        async def handle_RCPT(self, *_args: Any) -> str:
            return "550 5.1.1 nobody here"

    with serving(Unknown()) as port:
        Worker(house.portal, mail_port=port).step()
    house.visitor("officer").open("/staff/undelivered").sees("거절했습니다(550)").sees("다시 보내기")


def test_a_server_that_is_away_is_tried_once_a_round(house: House) -> None:
    """A hundred letters behind a dead server must not hold everything else up a hundred times ten seconds."""
    order_at(house, "asked")
    house.clock.moment += dt.timedelta(minutes=1)
    Worker(house.portal, mail_port=mailbox._free_port()).step()
    attempts = sorted(each.attempts for each in open_mail(house))
    assert len(attempts) >= 2
    assert sum(attempts) == 1


def test_what_waits_for_the_morning_is_no_outage_and_an_outage_is_told_at_once(house: House) -> None:
    order_at(house, "asked")
    house.clock.moment = house.clock.moment.replace(hour=22, minute=30)
    house.deliver()
    officer = house.visitor("officer").open("/staff").misses("밀려 있습니다")
    officer.open("/staff/undelivered").sees("보내지 못한 알림이 없습니다").misses("밀려 있습니다")
    order_at(house, "asked", firm="rival")
    house.clock.moment = house.clock.moment.replace(hour=23, minute=0)
    away = Worker(house.portal, mail_port=mailbox._free_port())
    for _ in range(3):
        away.step()
    officer.open("/staff").sees("밀려 있습니다").sees("메일 서버에 닿지 못했습니다")


def test_another_fault_in_the_middle_of_an_outage_does_not_shorten_it(house: House) -> None:
    order_at(house, "asked")
    worker = Worker(house.portal, mail_port=mailbox._free_port())
    passes(house, worker, hours=20)
    real = worker.handlers["mail"]

    class Broken:
        gaps = getattr(real, "gaps", ())

        def perform(self, _task: Any) -> None:
            raise sa.exc.OperationalError("locked", None, Exception("locked"))

        def finish(self, *_args: Any, **_more: Any) -> None:
            raise AssertionError

    worker.handlers["mail"] = Broken()
    passes(house, worker, hours=6)
    assert all(each.failed_at is None for each in open_mail(house))


# ---- how the center signs in at its mail server and its SMS gateway -------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "cert.pem", folder / "key.pem"


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"center", b"right")
    return AuthResult(success=good, handled=good)


def context_of(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_mail_goes_encrypted_and_signed_in(certificate: tuple[Path, Path], security: Security) -> None:
    kept = Keeping()
    secure = {"ssl_context": context_of(certificate)} if security is Security.TLS else {
        "tls_context": context_of(certificate), "require_starttls": True,
    }  # fmt: skip
    more = {"authenticator": knows, "auth_required": True, "auth_require_tls": security is Security.STARTTLS}
    with serving(kept, **secure, **more) as port:
        server = MailServer("127.0.0.1", port, security, "center", "right", str(certificate[0]))
        SmtpMailer(server, "ieum@center.example").send(LETTER)
        assert len(kept.taken) == 1
        wrong = MailServer("127.0.0.1", port, security, "center", "wrong", str(certificate[0]))
        with pytest.raises(NotReached, match="로그인하지 못했습니다"):
            SmtpMailer(wrong, "ieum@center.example").send(LETTER)
        unknown = MailServer("127.0.0.1", port, security, "center", "right")
        with pytest.raises(NotReached, match="인증서를 믿을 수 없습니다"):
            SmtpMailer(unknown, "ieum@center.example").send(LETTER)
    assert len(kept.taken) == 1


def test_a_server_that_only_speaks_in_the_clear_is_not_spoken_to(certificate: tuple[Path, Path]) -> None:
    """A stripped STARTTLS must not send the letter, nor the password, in the clear."""
    kept = Keeping()
    with serving(kept) as port:
        server = MailServer("127.0.0.1", port, Security.STARTTLS, "center", "right", str(certificate[0]))
        with pytest.raises(NotReached, match="보안 방식"):
            SmtpMailer(server, "ieum@center.example").send(LETTER)
    assert kept.taken == []


def test_a_mail_that_was_handed_over_without_an_answer_is_tried_once_more_and_then_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanner that thought for 14 s got the same letter every few seconds."""
    monkeypatch.setattr(ports, "CONFIRMED_WITHIN", 0.3)
    order_at(house, "asked")
    mute = Mute()
    with serving(mute) as port:
        worker = Worker(house.portal, mail_port=port)
        worker.step()
        waiting = {each.id for each in open_mail(house)}
        assert len(mute.taken) == len(waiting) > 0
        passes(house, worker, minutes=30)
        assert len(mute.taken) == len(waiting), "nothing is sent again within the hour"
        passes(house, worker, hours=30)
    assert max(Counter(mute.taken).values()) == 2
    assert all(each.failed_at for each in open_mail(house) if each.id in waiting)
    house.visitor("officer").open("/staff/undelivered").sees("메일 서버가 받았다고 답하지 않았습니다")


@pytest.mark.parametrize(
    ("code", "kind"), [("451 try later", Undeliverable), ("554 no", Refused), ("552 full", Refused)]
)
def test_what_a_server_says_of_a_letter_decides_whether_it_is_tried_again(code: str, kind: type) -> None:
    with serving(Keeping(code)) as port, pytest.raises(Undeliverable) as failed:
        SmtpMailer(MailServer("127.0.0.1", port), "ieum@center.example").send(LETTER)
    assert type(failed.value) is kind


class Gateway(BaseHTTPRequestHandler):
    """An SMS gateway that wants credentials."""

    seen: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012 - one server a test
    status = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Gateway.seen.append((self.headers.get("Authorization", ""), body))
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@pytest.fixture
def gateway() -> Iterator[str]:
    Gateway.seen, Gateway.status = [], 200
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sms"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_gateway_is_told_who_we_are(gateway: str) -> None:
    for account, expected in (
        (SmsAccount(gateway), ""),
        (SmsAccount(gateway, token="abc"), "Bearer abc"),
        (SmsAccount(gateway, user="center", password="비밀"), "Basic Y2VudGVyOuu5hOuwgA=="),
    ):
        HttpSmsGateway(account).send(message_id="1", to="01012345678", text="안녕하세요")
        assert Gateway.seen[-1][0] == expected
        assert Gateway.seen[-1][1]["text"] == "안녕하세요"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused),
        (401, NotReached),
        (404, NotReached),
        (429, Undeliverable),
        (500, NotReached),
        (302, Undeliverable),
    ],
)
def test_what_the_gateway_says_decides_whether_it_is_tried_again(
    gateway: str, status: int, kind: type
) -> None:
    Gateway.status = status
    with pytest.raises(Undeliverable) as failed:
        HttpSmsGateway(SmsAccount(gateway, token="abc")).send(message_id="1", to="010", text="가")
    assert type(failed.value) is kind
    assert len(Gateway.seen) == 1, "credentials go nowhere else"
