"""The server's own bounds, with deadlines short enough to wait for."""

import errno
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from employer_portal.operations import http_server
from employer_portal.operations.http_server import Server, make_server


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


class Running:
    """A server with a small application, and a way to speak to it."""

    def __init__(self) -> None:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self.server: Server = make_server(echo, listener, believe_proxies=False)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def end(self) -> None:
        self.server.task_dispatcher.shutdown(timeout=1)
        for channel in list(self.server.active_channels.values()):
            channel.will_close = True
        self.server.close()
        self.server._map.clear()
        self.thread.join(5)


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(http_server, "HEADER_SECONDS", 1)
    monkeypatch.setattr(http_server, "BODY_SECONDS", 2)
    monkeypatch.setattr(http_server, "IDLE_SECONDS", 2)
    monkeypatch.setattr(http_server, "DRAIN_SECONDS", 1)
    made = Running()
    yield made
    made.end()


def answer_of(one: socket.socket) -> bytes:
    received = b""
    while piece := one.recv(65536):
        received += piece
    return received


def test_a_whole_request_is_answered_and_the_connection_kept(running: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    for _ in range(3):
        connection.request("POST", "/", b"abc" * 100_000)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"abc" * 100_000)
    connection.close()


def test_a_header_that_never_ends_is_told_so_however_busily_it_is_sent(running: Running) -> None:
    one, began = running.connect(), time.monotonic()
    one.sendall(b"GET / HTTP/1.1\r\n")
    received = b""
    one.settimeout(0.2)
    while time.monotonic() - began < 8 and not received:
        try:
            one.sendall(b"X-A: b\r\n")
            received = one.recv(4096)
        except TimeoutError:
            continue
    assert received.startswith(b"HTTP/1.0 408")
    assert time.monotonic() - began < 5
    one.close()


def test_a_length_of_thousands_of_digits_is_refused_in_words(running: Running) -> None:
    one = running.connect()
    one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n")
    assert answer_of(one).startswith(b"HTTP/1.1 400 ")
    one.close()


def test_a_body_that_never_ends_is_told_so(running: Running) -> None:
    one, began = running.connect(), time.monotonic()
    one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
    one.settimeout(0.2)
    received = b""
    while time.monotonic() - began < 10 and not received:
        try:
            one.sendall(b"a")
            received = one.recv(4096)
        except TimeoutError:
            continue
    assert b" 408 " in received.split(b"\r\n")[0]
    one.close()


def test_an_idle_connection_is_closed_without_a_word(running: Running) -> None:
    one, began = running.connect(), time.monotonic()
    one.settimeout(10)
    assert answer_of(one) == b""
    assert time.monotonic() - began < 8
    one.close()


def test_whoever_is_refused_while_sending_reads_the_answer_and_is_let_go(running: Running) -> None:
    one, began = running.connect(), time.monotonic()
    one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n")
    for _ in range(16):
        one.sendall(bytes(1024 * 1024))
    assert b" 413 " in answer_of(one).split(b"\r\n")[0]
    assert time.monotonic() - began < 8
    one.close()


def test_bodies_that_do_not_end_never_fill_the_machine(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MOST_UNFINISHED", 2 * 1024 * 1024)
    monkeypatch.setattr(http_server, "BODY_SECONDS", 60)
    senders = [running.connect() for _ in range(4)]
    for each in senders:
        each.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + bytes(1024 * 1024))
    time.sleep(2.5)
    kept = sum(channel.unfinished for channel in list(running.server.active_channels.values()))
    assert kept <= 2 * 1024 * 1024
    for each in senders:
        each.close()


def test_a_client_that_stops_reading_costs_no_thread_for_long(running: Running) -> None:
    deaf = [running.connect() for _ in range(http_server.THREADS + 2)]
    body = bytes(3 * 1024 * 1024)
    for each in deaf:
        each.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    for each in deaf:
        each.close()


def test_answers_to_requests_that_were_sent_ahead_do_not_pile_up(running: Running) -> None:
    """Eighty requests in one packet, none of whose answers is read, held a thread, or a file each."""
    one = running.connect()
    one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 80)
    received = answer_of(one)
    assert received.count(b"HTTP/1.1 200") == 1
    assert b"Connection: close" in received
    one.close()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whoever_asks_before_sending_gets_one_right_answer(running: Running, method: str) -> None:
    """Expect: 100-continue, with and without something to come."""
    one = running.connect()
    length = 5 if method == "POST" else 0
    head = f"{method} / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
    one.sendall(head.encode())
    if length:
        assert one.recv(4096).startswith(b"HTTP/1.1 100")
        one.sendall(b"hello")
    answer = one.recv(4096)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"hello" if length else b"\r\n\r\n")
    one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 90000000\r\n\r\n")
    assert b" 413 " in one.recv(4096).split(b"\r\n")[0]
    one.close()


def test_a_reader_that_never_reads_is_let_go(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "ANSWER_SECONDS", 2)
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.connect(("127.0.0.1", running.port))
    body = bytes(5 * 1024 * 1024)
    deaf.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    until = time.monotonic() + 15
    while time.monotonic() < until and list(running.server.active_channels.values()):
        time.sleep(0.1)
    assert list(running.server.active_channels.values()) == []
    deaf.close()


def test_no_files_left_is_waited_out_without_spinning(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[float] = []

    def none_left() -> None:
        tried.append(time.monotonic())
        raise OSError(errno.EMFILE, "too many open files")

    monkeypatch.setattr(running.server, "accept", none_left)
    waiting = [running.connect() for _ in range(3)]
    time.sleep(2.5)
    monkeypatch.undo()
    assert 1 <= len(tried) <= 4
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    for each in waiting:
        each.close()
