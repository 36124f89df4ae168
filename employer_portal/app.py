"""The joining place: `create_app` puts the areas, the frame and the guards round one portal."""

import sqlalchemy as sa
from flask import Flask, Response, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from employer_portal.areas import AREAS
from employer_portal.web import errors, wording
from employer_portal.web import page_context as frame
from employer_portal.web.areas import admit, refuse_control_characters, undeclared
from employer_portal.web.demonstration import Demonstration
from employer_portal.web.portal import Portal
from employer_portal.web.request import close
from foundation.clock import Clock, DemoClock, SystemClock
from foundation.database import Database
from foundation.documents.press.press import Press
from foundation.settings import Settings, SettingsError

MOST_UPLOAD = 5 * 1024 * 1024
TOKENLESS = "employer_portal.seekers.unsubscribing.one_click"
"""The one form without a token: mail programs post it, and its address carries the proof (RFC 8058)."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_portal(settings: Settings) -> Portal:
    """The portal of a set of settings: its database, clock and press; raises `SettingsError`."""
    clock: Clock = DemoClock() if settings.demo else SystemClock()
    try:
        database = Database(settings.database_url, vault=settings.vault)
    except (sa.exc.ArgumentError, ImportError) as failure:
        raise SettingsError(
            "IEUM_DATABASE_URL must be like sqlite:////folder/ieum.sqlite or postgresql+psycopg://user@host/name."
        ) from failure
    return Portal(
        settings=settings,
        database=database,
        clock=clock,
        press=Press(
            assets_dir=settings.assets,
            cache_dir=settings.var / "faces",
            seal_dir=settings.seal_folder,
            tsa_url=settings.tsa_url,
        ),
    )


def create_app(portal: Portal, demonstration: Demonstration | None = None) -> Flask:
    """The web application; refuses to start with a route nobody declared callers for."""
    settings = portal.settings
    more = demonstration.areas if demonstration and settings.demo else ()
    app = Flask(__name__, static_folder=None, template_folder="web/templates")
    app.config.update(
        SECRET_KEY=settings.session_secret,
        MAX_CONTENT_LENGTH=MOST_UPLOAD,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        SESSION_COOKIE_NAME="__Host-ieum-form" if settings.https else "ieum-demo-form",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=8 * 3600,
        BABEL_DEFAULT_LOCALE="ko",
        BABEL_DEFAULT_TIMEZONE="Asia/Seoul",
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["portal"] = portal
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    Babel(app)
    app.before_request(refuse_control_characters)
    app.before_request(admit)
    CSRFProtect(app).exempt(TOKENLESS)
    app.after_request(_guard)
    if settings.https:
        app.after_request(_only_https)
    app.teardown_request(close)
    wording.teach(app)
    frame.provide_page_context(app)
    errors.handle_errors(app)
    for area in AREAS + more:
        area.open_in(app)
    missing = undeclared(app)
    if missing:
        raise RuntimeError(f"routes without callers: {sorted(missing)}")
    return app


def _only_https(response: Response) -> Response:
    """Browsers come back by https alone for a year (RFC 6797); other names of the same domain are not ours to bind."""
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if not request.path.startswith(("/static/", "/assets/")):
        response.headers["Cache-Control"] = "no-store"
        response.headers.add("Vary", "Cookie")
    return response
