"""A form that came after its session or token had ended: kept on the page, so that one press sends it again.

Only what this portal's own page sent is kept (Fetch Metadata, or Origin where a browser lacks it): another site's
form must not come back dressed as the visitor's words. Files and passwords are never kept.
"""

from typing import NamedTuple

from flask import current_app, render_template, request
from itsdangerous import BadData, URLSafeTimedSerializer

KEPT_SECONDS = 3600
SECRET = ("password", "csrf_token", "held")


class HeldForm(NamedTuple):
    """Where it was going and what was typed, in the order in which it was sent."""

    action: str
    fields: tuple[tuple[str, str], ...]


def held_form() -> HeldForm | None:
    """The form of this request, if it may be kept."""
    if request.method != "POST" or not _from_own_page() or request.headers.get("HX-Request") or request.files:
        return None
    if any("password" in name for name in request.form):
        return None
    fields = tuple(pair for pair in request.form.items(multi=True) if pair[0] not in SECRET)
    return HeldForm(request.full_path.rstrip("?"), fields)


def _from_own_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="held-form")


def sealed(form: HeldForm) -> str:
    """The form as a text that only this portal can have written."""
    return _signer().dumps([form.action, form.fields])


def opened(text: str) -> HeldForm | None:
    """A sealed form, for an hour; None for anything else."""
    try:
        action, fields = _signer().loads(text, max_age=KEPT_SECONDS)
    except BadData:
        return None
    return HeldForm(action, tuple((name, value) for name, value in fields))


def held_page(form: HeldForm, *, must_sign_in: bool) -> str:
    """What was typed is still here: sign in first, or send it again."""
    return render_template("held.html", form=form, sealed=sealed(form), must_sign_in=must_sign_in)
