"""Routes by audience: none can be registered without saying who may call it, method by method."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, Flask, Response, abort, current_app, make_response, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.web.kept_forms import held_form, held_page
from employer_portal.web.request import SAFE, finish, visitor
from foundation.actors import CENTER_ROLES, FIRM_ROLES, OFFICERS, Role

View = TypeVar("View", bound=Callable[..., Any])
Callers = frozenset[Role] | None
ANYONE: Callers = None
EMPLOYERS: Callers = frozenset({Role.EMPLOYER})
FIRM_TEAM: Callers = FIRM_ROLES
STAFF: Callers = OFFICERS
LEADS: Callers = frozenset({Role.LEAD})
CENTER: Callers = CENTER_ROLES
CHAMBERS: Callers = frozenset({Role.CHAMBER, Role.CITY_CHAMBER})
AGENCIES: Callers = frozenset({Role.AGENCY})
AUDITORS: Callers = frozenset({Role.AUDITOR, Role.ADMIN})
ADMINS: Callers = frozenset({Role.ADMIN})
SIGNED_IN: Callers = frozenset(Role)


class Area:
    """A blueprint whose routes carry their callers: `reads` answers GET, `writes` answers POST."""

    def __init__(self, name: str, import_name: str, *, prefix: str = "") -> None:
        self.blueprint = Blueprint(
            name, import_name, url_prefix=prefix or None, template_folder="templates", static_folder=None
        )
        self._callers: dict[tuple[str, str], Callers] = {}

    def reads(self, rule: str, *, by: Callers) -> Callable[[View], View]:
        """Register a GET route for the given callers."""
        return self._route(rule, "GET", by)

    def writes(self, rule: str, *, by: Callers) -> Callable[[View], View]:
        """Register a POST route for the given callers."""
        return self._route(rule, "POST", by)

    def _route(self, rule: str, method: str, by: Callers) -> Callable[[View], View]:
        def register(view: View) -> View:
            endpoint = view.__name__
            self._callers[(f"{self.blueprint.name}.{endpoint}", method)] = by
            self.blueprint.add_url_rule(
                rule,
                endpoint=endpoint,
                view_func=_transacted(view),
                methods=[method],
                provide_automatic_options=False,
            )
            return view

        return register

    def open_in(self, app: Flask) -> None:
        """Make the area's routes reachable in an app."""
        app.register_blueprint(self.blueprint)
        callers_of(app).update(self._callers)


def callers_of(app: Flask) -> dict[tuple[str, str], Callers]:
    """Who may call each (endpoint, method) of an app."""
    registry: dict[tuple[str, str], Callers] = app.extensions.setdefault("callers", {})
    return registry


def undeclared(app: Flask) -> set[tuple[str, str]]:
    """Routes of the app that nobody declared callers for, and declarations without a route."""
    routes = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    return routes ^ set(callers_of(app))


def refuse_control_characters() -> None:
    """A NUL can neither be typed nor stored; whoever sends one gets 400 instead of a failing database."""
    sent = (request.full_path, *request.form.values())
    if any("\x00" in value for value in sent) or "%00" in request.full_path:
        abort(400)


def admit() -> BaseResponse | None:
    """Refuse a request whose route was not declared for its caller; strangers are sent to sign in."""
    if request.url_rule is None:
        return None
    method = "GET" if request.method in SAFE else request.method
    registry = callers_of(current_app)
    key = (request.url_rule.endpoint, method)
    if key not in registry:
        abort(Forbidden.code or 403)
    callers = registry[key]
    if callers is ANYONE:
        return None
    signed_in = visitor()
    if signed_in is None:
        kept = held_form()
        if kept is not None:
            return make_response(held_page(kept, must_sign_in=True), 401)
        target = request.full_path.rstrip("?") if method == "GET" else None
        return redirect(url_for("entrance.sign_in_page", next=target), code=303)
    if callers is not None and signed_in.role not in callers:
        raise Forbidden("이 화면은 다른 역할의 사람이 쓰는 화면입니다.")
    return None


def _transacted(view: Callable[..., Any]) -> Callable[..., Response]:
    @wraps(view)
    def call(**parts: Any) -> Response:
        response = make_response(view(**parts))
        finish(response)
        return response

    return call
