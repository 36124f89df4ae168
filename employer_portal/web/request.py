"""The request's transaction: one session, opened when needed, committed in one place, sightings written first."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import sqlalchemy as sa
from flask import Response, g, request
from sqlalchemy import event, orm
from werkzeug.exceptions import ServiceUnavailable

from employer_portal.web.portal import portal
from foundation.accounts import commands as accounts
from foundation.actors import Actor
from foundation.clock import day_in_seoul
from foundation.identity import records
from foundation.refusals import NotAllowed, NotFound

SAFE = frozenset({"GET", "HEAD"})
log = logging.getLogger("ieum.request")


def db() -> orm.Session:
    """The request's session: read-only on GET, holding the write lock otherwise from its first statement on.

    Until a page that writes asks for it, nothing is locked: who is asking, the moment, and what was typed are read
    and checked before.
    """
    if "session" not in g:
        g.session = portal().database.read() if _only_reads() else _writing()
    return cast(orm.Session, g.session)


def _writing() -> orm.Session:
    """A session that writes, for somebody whose rights still hold after the wait for the lock."""
    session = portal().database.write()
    signed_in: Actor | None = g.get("visitor")
    if signed_in is not None:
        token = request.cookies.get(cookie_name(), "")

        def ask_again(_session: orm.Session, _transaction: object, connection: sa.Connection) -> None:
            if not accounts.still_acts(connection, token=token, actor=signed_in):
                raise NotAllowed("로그인이 끝났거나 권한이 바뀌었습니다. 다시 로그인해 주세요.")

        event.listen(session, "after_begin", ask_again)
    return session


def _only_reads() -> bool:
    return request.method in SAFE or g.get("only_reads", False)


def only_read() -> None:
    """From here on this request only reads: what was not committed is dropped, the write lock is free."""
    session: orm.Session | None = g.pop("session", None)
    if session is not None:
        session.close()
    g.only_reads = True


@contextmanager
def looking() -> Iterator[orm.Session]:
    """A session to read with: the request's own where it is open, else one that locks nothing and ends with this."""
    if "session" in g or _only_reads():
        yield db()
        return
    with portal().database.read() as session:
        yield session


def now() -> dt.datetime:
    """The moment of this request, asked for once."""
    if "now" not in g:
        with looking() as session:
            g.now = portal().now(session)
    return cast(dt.datetime, g.now)


def today() -> dt.date:
    """The day of this request in Seoul."""
    return day_in_seoul(now())


def machine_now() -> dt.datetime:
    """The machine's own moment, for sessions and attempts, which the demo's clock must not touch."""
    return dt.datetime.now(dt.UTC)


def identifier(text: str) -> uuid.UUID:
    """The id a form field carries; raises `NotFound` when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError as failure:
        raise NotFound from failure


def client_address() -> str:
    return (request.remote_addr or "")[:45]


def cookie_name() -> str:
    return "__Host-ieum" if portal().settings.https else "ieum-demo"


def visitor() -> Actor | None:
    """Who is signed in on this request, computed from live rows; None for a stranger."""
    if "visitor" not in g:
        g.visitor = _visitor(request.cookies.get(cookie_name(), ""))
    return cast(Actor | None, g.visitor)


def _visitor(token: str) -> Actor | None:
    if not token:
        return None
    with looking() as session:
        return accounts.actor_for(
            session,
            token=token,
            address=client_address(),
            last_seen=portal().last_seen,
            machine_at=machine_now(),
        )


def actor() -> Actor:
    """The signed-in actor of a route that only signed-in people reach."""
    signed_in = visitor()
    if signed_in is None:
        raise RuntimeError("a route for signed-in people was reached by a stranger")
    return signed_in


def finish(response: Response) -> None:
    """Commit what a successful answer changed, then write every look at personal data before a byte leaves."""
    session: orm.Session | None = g.get("session")
    if session is None:
        return
    if request.method not in SAFE and response.status_code < 400:
        session.commit()
    moment = now()
    session.rollback()
    looks = records.pending_looks(session)
    if looks:
        _write_looks(looks, moment)


def _write_looks(looks: list[records.AccessLogEntry], moment: dt.datetime) -> None:
    try:
        with portal().database.engine.begin() as own:
            records.write_sightings(own, looks, at=moment)
    except Exception as failure:
        log.exception("a look at personal data could not be recorded")
        raise ServiceUnavailable("개인정보를 본 기록을 남길 수 없어 화면을 열지 않았습니다.") from failure


def discard_session() -> None:
    """Drop the session and what it has changed, so that the error page can still be drawn; nothing is written after."""
    for name in ("visitor", "frame", "now"):
        g.pop(name, None)
    only_read()


def close(_failure: BaseException | None = None) -> None:
    """Give the session back, whatever happened."""
    session: orm.Session | None = g.pop("session", None)
    if session is not None:
        session.close()
