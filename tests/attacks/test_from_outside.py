"""Attacks played from outside against the portal as it is started (audit rows A1 and A3)."""

import http.client
import re
import socket
import threading
import time
import unicodedata
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.hostile_files import HOSTILE, many_objects
from tests.attacks.portal_process import PortalProcess, running, watched

SECOND = 1.0
"""Within which `/healthz` answers whatever else goes on."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalProcess]:
    with running(tmp_path_factory.mktemp("attacked"), PROXIES="1") as process:
        yield process


class Form:
    """The check page's form, as a stranger's browser sends it."""

    def __init__(self, portal: PortalProcess, client: str) -> None:
        self.portal, self.client = portal, client
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)
        connection.request("GET", "/check")
        answer = connection.getresponse()
        self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        found = re.search(rb'name="csrf_token" value="([^"]+)"', answer.read())
        assert found is not None
        self.token = found[1].decode()
        connection.close()

    def post(self, content: bytes) -> tuple[int, dict[str, str], str]:
        head = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.token}\r\n'
        file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        body = head.encode() + file.encode() + content + b"\r\n--x--\r\n"
        connection = http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=60)
        headers = {
            "Content-Type": "multipart/form-data; boundary=x",
            "Cookie": self.cookie,
            "X-Forwarded-For": self.client,
        }
        connection.request("POST", "/check", body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.getheaders()), text


def at_once(work: list[threading.Thread]) -> None:
    for each in work:
        each.start()
    for each in work:
        each.join()


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_sixteen_hostile_files_at_once_stop_nobody(portal: PortalProcess, kind: str) -> None:
    """A1: eight attachments in twice packed layers with a predictor, and their relatives, stopped the portal 120 s."""
    form, content = Form(portal, client=f"192.0.2.{sorted(HOSTILE).index(kind)}"), HOSTILE[kind]()
    answers: list[tuple[int, dict[str, str], str]] = []
    slowest: list[float] = []

    def send() -> None:
        began = time.monotonic()
        answers.append(form.post(content))
        slowest.append(time.monotonic() - began)

    with watched(portal) as watch:
        at_once([threading.Thread(target=send) for _ in range(16)])
    assert watch.worst < SECOND, f"/healthz took {watch.worst:.2f} s"
    assert {status for status, _, _ in answers} <= {200, 429, 503}
    assert 200 in {status for status, _, _ in answers}, "nobody was answered, so nothing was tried"
    for status, headers, text in answers:
        if status != 200:
            assert int(headers["Retry-After"]) > 0
            assert "다시" in text
    assert max(slowest) < 3.0 + SECOND


def test_a_client_that_spent_its_time_waits_and_others_do_not(portal: PortalProcess) -> None:
    """Time is counted, not requests: what is slow to read is refused after two or three, for its sender alone."""
    guilty, innocent = Form(portal, client="198.51.100.1"), Form(portal, client="198.51.100.2")
    statuses = []
    for _ in range(12):
        statuses.append(guilty.post(many_objects())[0])
        if statuses[-1] == 429:
            break
    assert statuses[-1] == 429, statuses
    status, headers, text = guilty.post(b"%PDF-1.7 small")
    assert status == 429
    assert 0 < int(headers["Retry-After"]) <= 60
    assert f"{headers['Retry-After']}초 뒤에" in text
    time.sleep(4)  # a child that was killed has been replaced
    assert innocent.post(b"%PDF-1.7 small")[0] == 200


def test_slow_headers_from_many_connections_leave_others_served(portal: PortalProcess) -> None:
    """A3: 110 slow headers made it unreachable; each is told so and let go."""
    slow = [portal.socket() for _ in range(110)]
    try:
        for each in slow:
            each.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        with watched(portal) as watch:
            began = time.monotonic()
            while time.monotonic() - began < 8:
                for each in slow:
                    each.sendall(b"a")
                time.sleep(0.5)
        assert watch.worst < SECOND
        answered = [each.recv(4096) for each in slow[:5]]
        assert all(answer.startswith(b"HTTP/1.0 408") for answer in answered), answered[0]
        assert "연결이 느리거나".encode() in answered[0] + slow[0].recv(4096)
    finally:
        for each in slow:
            each.close()


def test_more_connections_than_there_are_places_make_room_for_others(portal: PortalProcess) -> None:
    opened: list[socket.socket] = []
    try:
        with watched(portal) as watch:
            for _ in range(2300):
                try:
                    one = portal.socket(timeout=5)
                    one.sendall(b"GET / HTTP/1.1\r\n")
                    opened.append(one)
                except OSError:
                    continue
        assert watch.worst < SECOND
    finally:
        for each in opened:
            each.close()


def test_a_large_body_is_refused_unread(portal: PortalProcess) -> None:
    """A3: 150 MB were spooled on a page that does not exist before the limit was looked at."""
    with watched(portal) as watch:
        one = portal.socket()
        one.sendall(b"POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 157286400\r\n\r\n")
        answer = one.recv(4096)
        assert answer.startswith(b"HTTP/1.1 413"), answer
        one.close()
        chunked = portal.socket()
        chunked.sendall(b"POST /check HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        sent = 0
        block = b"100000\r\n" + bytes(0x100000) + b"\r\n"
        try:
            while sent < 20:
                chunked.sendall(block)
                sent += 1
        except OSError:
            pass
        assert chunked.recv(4096).startswith(b"HTTP/1.1 413")
        chunked.close()
    assert watch.worst < SECOND


def test_somebody_who_sends_too_much_still_reads_why(portal: PortalProcess) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=60)
    connection.request("POST", "/check", bytes(20 * 1024 * 1024))
    answer = connection.getresponse()
    assert answer.status == 413
    assert "5MB까지" in answer.read().decode()
    connection.close()


def test_long_headers_and_endless_chunk_lines_are_refused(portal: PortalProcess) -> None:
    one = portal.socket()
    one.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n")
    assert b" 431 " in one.recv(4096).split(b"\r\n")[0]
    one.close()
    two = portal.socket()
    two.sendall(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"a" * 3000)
    assert b" 400 " in two.recv(4096)
    two.close()


def test_slow_bodies_cost_no_thread(portal: PortalProcess) -> None:
    """That each of them is told so after a minute is tried with a shorter one in `test_http_server`."""
    slow = [portal.socket() for _ in range(40)]
    for each in slow:
        each.sendall(b"POST /check HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc")
    with watched(portal) as watch:
        time.sleep(1)
    assert watch.worst < SECOND
    for each in slow:
        each.close()


def test_answers_that_nobody_reads_stop_nobody(portal: PortalProcess) -> None:
    """Twelve connections of five kilobytes: eighty requests ahead for the largest file, and not one answer read."""
    deaf = []
    for _ in range(14):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", portal.port))
        one.sendall(b"GET /assets/krds/resources/css/component/output.css HTTP/1.1\r\nHost: a\r\n\r\n" * 80)
        deaf.append(one)
    with watched(portal) as watch:
        time.sleep(3)
    assert watch.worst < SECOND
    assert len(list(Path(f"/proc/{portal.process.pid}/fd").iterdir())) < 150
    for each in deaf:
        each.close()


def test_letters_with_thousands_of_marks_stop_nobody(portal: PortalProcess) -> None:
    """Marks in falling order cost the square of their number to put in order: 240 kB of them froze it for 24 s."""
    classes = {
        unicodedata.combining(chr(code)): chr(code)
        for code in range(0x300, 0x1E000)
        if unicodedata.combining(chr(code))
    }
    marks = "".join(classes[each] * 250 for each in sorted(classes, reverse=True))[:10_000]
    page = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)
    page.request("GET", "/join")
    answer = page.getresponse()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    token = re.search(rb'name="csrf_token" value="([^"]+)"', answer.read())
    assert token is not None
    fields = ("name", "representative", "address", "industry", "person", "email", "phone", "business_number")
    body = urllib.parse.urlencode({"csrf_token": token[1].decode()} | dict.fromkeys(fields, f"a{marks}"))
    statuses: list[int] = []

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=60)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request("POST", "/join", body, headers)
        statuses.append(connection.getresponse().status)
        connection.close()

    with watched(portal) as watch:
        at_once([threading.Thread(target=send) for _ in range(16)])
    assert watch.worst < SECOND
    assert set(statuses) <= {422, 413, 429}
