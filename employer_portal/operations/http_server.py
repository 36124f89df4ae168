"""The HTTP server of `make run`: waitress with bounds on what a stranger may send, how slowly, and how often at once.

A request's header and body have deadlines, a body has a size that is checked before anything is kept, connections
have a number, and whoever is refused is told so in words. Slow senders cost a connection, never a thread.
"""

import contextlib
import errno
import logging
import resource
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

log = logging.getLogger("ieum.http")
THREADS = 12
"""Six for passwords and two for files at the most (see `web.portal`); the others stay free for pages."""
LARGEST_BODY = 6 * 1024 * 1024
"""Bytes: an upload of five megabytes and its form; what is larger is refused unread."""
LARGEST_HEADER, LONGEST_LINE = 32 * 1024, 1024
HEADER_SECONDS, BODY_SECONDS, IDLE_SECONDS = 10, 60, 30
"""From the first byte of a request to its header's end and to its body's end; between two requests."""
MOST_CONNECTIONS, FILES_LEFT = 2000, 200
"""Connections at once, if the machine allows so many files; some are left for the database and the children."""
MOST_UNFINISHED = 128 * 1024 * 1024
"""Bytes of bodies that have not arrived whole, of all connections together."""
ANSWER_SECONDS, SLOW_SECONDS = 120, 10
"""How long an answer may take to be read, and after how long its reader makes room for others."""
DRAIN_SECONDS, MOST_DRAINED = 20, 64 * 1024 * 1024
"""How long and how much is still read and thrown away from somebody who was refused, so that they see the answer."""
PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{headline}</title><link rel="stylesheet" href="/static/ieum.css"></head>
<body><main><h1>{headline}</h1><p>{sentence}</p><p><a href="/">처음 화면으로</a></p></main></body></html>
"""


ACCEPTED_AT_ONCE = 50


class Said(Error):
    """A refusal before the portal is reached, as a page in Korean."""

    def __init__(self, code: int, reason: str, headline: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.reason = code, reason
        self._page = PAGE.format(headline=headline, sentence=sentence).encode()

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status line, headers and page, as waitress asks for them."""
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'self'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return f"{self.code} {self.reason}", headers, self._page


TOO_LARGE = Said(
    413,
    "Content Too Large",
    "보낸 내용이 너무 큽니다",
    "파일은 5MB까지 올릴 수 있습니다. 앞 화면으로 돌아가 더 작은 파일을 골라 주세요.",
)
TOO_SLOW = Said(
    408,
    "Request Timeout",
    "요청이 다 오지 않았습니다",
    "연결이 느리거나 끊겼습니다. 잠시 뒤에 다시 해 주세요.",
)
HEADER_TOO_LARGE = Said(
    431,
    "Request Header Fields Too Large",
    "주소나 쿠키가 너무 깁니다",
    "이 사이트의 쿠키를 지우고 다시 해 주세요.",
)
UNREADABLE = Said(
    400,
    "Bad Request",
    "요청을 읽지 못했습니다",
    "앞 화면으로 돌아가 다시 해 주세요.",
)
SAID = {413: TOO_LARGE, 431: HEADER_TOO_LARGE, 400: UNREADABLE}


class Request(HTTPRequestParser):
    """One request as it arrives; what is wrong with it is said in words."""

    error: Error | None = None

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.began, self.began_at = time.monotonic(), time.time()

    def received(self, data: bytes) -> int:
        try:
            consumed: int = super().received(data)
        except ValueError:  # a length of thousands of digits
            self.error, self.completed, consumed = UNREADABLE, True, len(data)
        if self.chunked and self.error is None and self.body_rcv is not None:
            line = max(len(self.body_rcv.control_line), len(self.body_rcv.trailer))
            if line > LONGEST_LINE:
                self.error, self.completed = UNREADABLE, True
        if self.error is not None and not isinstance(self.error, Said):
            self.error = SAID.get(self.error.code, self.error)
        return consumed

    @property
    def late(self) -> bool:
        """Whether its time is over and it has not arrived whole."""
        limit = BODY_SECONDS if self.headers_finished else HEADER_SECONDS
        return time.monotonic() - self.began > limit


class Channel(HTTPChannel):
    """One connection: closed when it idles, told when it is late, drained when it was refused while still sending."""

    parser_class = Request
    request: Request | None = None
    refused = False
    draining_since: float | None = None
    drained = 0
    owing_since: float | None = None
    sent_continue: bool = False

    def received(self, data: bytes) -> bool:
        """Take what has arrived, but one request at a time: who sends more before the answer is read is answered once.

        Each answer that waits to be read holds memory or an open file, so that answers must not pile up.
        """
        with self.requests_lock:
            if self.will_close or self.close_when_flushed:
                return False
            while data:
                request = self.request = self.request or self.parser_class(self.adj)
                consumed = request.received(data)
                awaited = request.headers_finished and not request.completed
                if request.expect_continue and awaited and not self.sent_continue:
                    self.send_continue()
                data = data[consumed:]
                if not request.completed:
                    if not consumed:
                        break
                    continue
                self.request, self.sent_continue = None, False
                if not request.empty:
                    if data:
                        request.headers["CONNECTION"], self.refused = "close", True
                    self._serve(request)
                    break
        return True

    def _serve(self, request: Request) -> None:
        self.refused = self.refused or request.error is not None
        self.requests.append(request)
        if len(self.requests) == 1:
            self.server.add_task(self)

    def expire(self) -> None:
        """End what has taken too long; called about once a second."""
        now = time.monotonic()
        if self.draining_since is not None:
            if now - self.draining_since > DRAIN_SECONDS:
                self.handle_close()
            return
        self.owing_since = (self.owing_since or now) if self.total_outbufs_len else None
        if self.owing_since is not None and now - self.owing_since > ANSWER_SECONDS:
            self.refused = False
            self.handle_close()
            return
        if self.requests:
            return
        if self.request is not None and self.request.late:
            self.tell(TOO_SLOW)
        elif self.request is None and time.time() - self.last_activity > IDLE_SECONDS:
            self.will_close = True

    @property
    def unfinished(self) -> int:
        """Bytes kept of a body that has not arrived whole."""
        request = self.request
        return request.body_bytes_received if request is not None else 0

    @property
    def may_go(self) -> bool:
        """Whether nothing is being done for it, and no answer is on its way to somebody who reads it."""
        slow = self.owing_since is not None and time.monotonic() - self.owing_since > SLOW_SECONDS
        return not self.requests and (slow or not self.total_outbufs_len)

    @property
    def since(self) -> float:
        """When it began to send its present request, or last did anything."""
        return self.request.began_at if self.request is not None else float(self.last_activity)

    def tell(self, refusal: Said) -> None:
        """Answer an unfinished request with a refusal and let go of what has arrived."""
        with self.requests_lock:
            request, self.request = self.request, None
            if request is None or self.requests or self.will_close or self.close_when_flushed:
                return
            if request.body_rcv is not None:
                request.body_rcv.getbuf().close()
                request.body_rcv = None
            request.error, request.completed = refusal, True
            self.requests.append(request)
            self.refused = True
        self.server.add_task(self)

    def readable(self) -> bool:
        return self.draining_since is not None or bool(super().readable())

    def handle_read(self) -> None:
        if self.draining_since is None:
            super().handle_read()
            return
        self.drained += len(self.recv(65536))
        if self.drained > MOST_DRAINED:
            self.handle_close()

    def handle_close(self) -> None:
        """Close, unless somebody who is still sending would lose the answer: a reset throws it away."""
        if self.refused and self.draining_since is None and self.connected:
            self.draining_since = time.monotonic()
            self.will_close = self.close_when_flushed = False
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                return
        super().handle_close()


class Server(TcpWSGIServer):
    """Accepts connections up to a number; when they are all taken, the slowest senders make room."""

    channel_class = Channel
    no_more_until = 0.0

    def readable(self) -> bool:
        if self.accepting and len(self._map) >= self.adj.connection_limit:
            self._make_room()
        return bool(super().readable()) and time.monotonic() >= self.no_more_until

    def handle_accept(self) -> None:
        """Take the connections that wait, some at once: one look at all the others is dear when there are many."""
        for _ in range(ACCEPTED_AT_ONCE):
            if len(self._map) >= self.adj.connection_limit or not self._accept_one():
                break

    def _accept_one(self) -> bool:
        """Take a connection; when the machine has no files left, make room and wait a little instead of spinning."""
        try:
            accepted = self.accept()
            if accepted is None:
                return False
            self.set_socket_options(accepted[0])
        except OSError as failure:
            if failure.errno in (errno.EMFILE, errno.ENFILE):
                log.warning("no files are left for another connection")
                self.no_more_until = time.monotonic() + 1
                self._make_room()
            return False
        self.channel_class(self, *accepted, self.adj, map=self._map)
        return True

    def maintenance(self, now: float) -> None:
        """End what has taken too long, and the largest bodies when all together are too large; about once a second."""
        channels = list(self.active_channels.values())
        for channel in channels:
            channel.expire()
        kept = sum(channel.unfinished for channel in channels)
        for channel in sorted(channels, key=lambda each: -each.unfinished):
            if kept <= MOST_UNFINISHED:
                break
            kept -= channel.unfinished
            channel.tell(TOO_SLOW)

    def _make_room(self) -> None:
        """Close a tenth of those that wait for nothing of ours, the longest at it first."""
        waiting = [each for each in self.active_channels.values() if each.may_go]
        for channel in sorted(waiting, key=lambda each: each.since)[: len(waiting) // 10 + 1]:
            channel.refused = False
            channel.handle_close()


def make_server(
    app: Callable[..., Iterable[bytes]], listener: socket.socket, *, believe_proxies: bool
) -> Server:
    """A server on a bound socket; `believe_proxies` leaves their headers for the portal, which counts the hops."""
    adj = Adjustments(
        sockets=[listener],
        threads=THREADS,
        connection_limit=_connections(),
        max_request_body_size=LARGEST_BODY,
        max_request_header_size=LARGEST_HEADER,
        inbuf_overflow=64 * 1024,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=1,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=not believe_proxies,
        ident=None,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(adj.threads)
    info: tuple[Any, ...] = (listener.family, listener.type, listener.proto, listener.getsockname())
    return Server(app, {}, True, listener, dispatcher=dispatcher, adj=adj, bind_socket=False, sockinfo=info)


def _connections() -> int:
    """How many connections the machine has files for: one for the socket, one for the file it may be sent."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + FILES_LEFT
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return min(MOST_CONNECTIONS, max(100, (max(soft, most) - FILES_LEFT) // 2))
