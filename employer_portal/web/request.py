"""The request's transaction: one session, opened when needed, committed in one place, sightings written first."""

import datetime as dt
import logging
import uuid
from typing import cast

from flask import Response, g, request
from sqlalchemy import orm
from werkzeug.exceptions import ServiceUnavailable

from center.accounts import commands as accounts
from center.actors import Actor
from center.clock import day_in_seoul
from center.identity import records
from center.refusals import NotFound
from employer_portal.web.portal import portal

SAFE = frozenset({"GET", "HEAD"})
TOUCH_AFTER = dt.timedelta(seconds=60)
log = logging.getLogger("ieum.request")


def db() -> orm.Session:
    """The request's session: read-only on GET, holding the write lock otherwise."""
    if "session" not in g:
        reads = request.method in SAFE or g.get("gave_up", False)
        g.session = portal().database.read() if reads else portal().database.write()
    return cast(orm.Session, g.session)


def now() -> dt.datetime:
    """The moment of this request, asked for once."""
    if "now" not in g:
        g.now = portal().now(db())
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
        token = request.cookies.get(cookie_name(), "")
        g.visitor = (
            accounts.actor_for(db(), token=token, address=client_address(), machine_at=machine_now())
            if token
            else None
        )
    return cast(Actor | None, g.visitor)


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
    _touch(session)


def _write_looks(looks: list[records.Look], moment: dt.datetime) -> None:
    try:
        with portal().database.engine.begin() as own:
            records.write_sightings(own, looks, at=moment)
    except Exception as failure:
        log.exception("a look at personal data could not be recorded")
        raise ServiceUnavailable("개인정보를 본 기록을 남길 수 없어 화면을 열지 않았습니다.") from failure


def _touch(session: orm.Session) -> None:
    token = request.cookies.get(cookie_name(), "")
    if not token or g.get("visitor") is None:
        return
    seen = accounts.seen_at(session, token=token)
    session.rollback()
    if seen is not None and machine_now() - seen > TOUCH_AFTER:
        with portal().database.write() as own:
            accounts.touch(own, token=token, machine_at=machine_now())
            own.commit()


def give_up() -> None:
    """Forget what the request has changed, so that its error page can still be drawn; nothing is written after it."""
    for name in ("session", "visitor", "frame", "now"):
        value = g.pop(name, None)
        if name == "session" and value is not None:
            value.close()
    g.gave_up = True


def close(_failure: BaseException | None = None) -> None:
    """Give the session back, whatever happened."""
    session: orm.Session | None = g.pop("session", None)
    if session is not None:
        session.close()
