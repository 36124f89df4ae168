"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Response, g, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.public.forms import SignInForm
from employer_portal.web.areas import ANYONE, SIGNED_IN, Area
from employer_portal.web.hashing import TooManySignIns
from employer_portal.web.kept_forms import held_page, opened
from employer_portal.web.page_context import home_of
from employer_portal.web.portal import portal
from employer_portal.web.request import (
    actor,
    client_address,
    cookie_name,
    db,
    looking,
    machine_now,
    now,
    visitor,
)
from foundation.accounts import commands as accounts
from foundation.actors import Actor

area = Area("entrance", __name__)


def device_cookie() -> str:
    """The name of the cookie by which an account knows a browser again."""
    return "__Host-ieum-device" if portal().settings.https else "ieum-demo-device"


@area.reads("/login", by=ANYONE)
def sign_in_page() -> str | BaseResponse:
    """The sign-in form; who is signed in already goes home."""
    signed_in = visitor()
    if signed_in is not None:
        return redirect(home_of(signed_in.role), code=303)
    return _form_page(SignInForm(), next_page=_inside(request.args.get("next", "")))


@area.writes("/login", by=ANYONE)
def sign_in() -> str | BaseResponse | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Open a session; failures are counted and answered with one sentence."""
    form = SignInForm()
    next_page = _inside(request.form.get("next", ""))
    if not form.validate_on_submit():
        return _form_page(form, next_page=next_page), 422
    email, address, moment = form.email.data, client_address(), machine_now()
    device = request.cookies.get(device_cookie(), "")
    try:
        with looking() as before:
            accounts.check_attempts(before, email=email, address=address, device=device, at=moment)
        with portal().proving.place():
            proved = accounts.prove(
                portal().database, email=email, password=form.password.data, policy=portal().sign_in_policy
            )
        account, token = accounts.sign_in(
            db(),
            account_id=proved,
            code=form.code.data or "",
            policy=portal().sign_in_policy,
            address=address,
            machine_at=moment,
            at=now(),
        )
    except accounts.SignInRefused as refusal:
        db().rollback()
        accounts.note_failure(db(), email=email, address=address, device=device, at=moment)
        db().commit()
        form.take(refusal)
        return _form_page(form, next_page=next_page), refusal.status
    except (accounts.TooManyAttempts, TooManySignIns) as refusal:
        form.take(refusal)
        headers = {"Retry-After": str(refusal.retry_after)}
        return _form_page(form, next_page=next_page), refusal.status, headers
    session.clear()
    g.pop("csrf_token", None)
    kept = opened(request.form.get("held", ""))
    if kept is not None:
        response = make_response(held_page(kept, must_sign_in=False))
    else:
        response = make_response(redirect(next_page or home_of(account.role), code=303))
    return _with_cookies(response, token, accounts.device_mark(db(), email))


@area.writes("/login/again", by=ANYONE)
def sign_in_again() -> str:
    """The sign-in form for somebody whose form is being kept meanwhile."""
    return _form_page(SignInForm(formdata=None), next_page="")


@area.writes("/logout", by=SIGNED_IN)
def sign_out() -> BaseResponse:
    """End the session on the server and in the browser."""
    me: Actor = actor()
    accounts.sign_out(
        db(), token=request.cookies.get(cookie_name(), ""), by=me, machine_at=machine_now(), at=now()
    )
    session.clear()
    response = make_response(redirect("/", code=303))
    response.delete_cookie(cookie_name(), secure=portal().settings.https, httponly=True, samesite="Lax")
    return response


def _form_page(form: SignInForm, *, next_page: str) -> str:
    return render_template(
        "public/sign_in.html",
        form=form,
        next_page=next_page,
        held=request.form.get("held", ""),
        second_factor=portal().sign_in_policy.second_factor,
    )


def _with_cookies(response: Response, token: str, device: str) -> Response:
    response.set_cookie(
        cookie_name(), token, secure=portal().settings.https, httponly=True, samesite="Lax", path="/"
    )
    response.set_cookie(
        device_cookie(),
        device,
        max_age=180 * 86400,
        secure=portal().settings.https,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def _inside(target: str) -> str:
    """The path to go on to, if it is one of this portal; anything that leads elsewhere is dropped."""
    try:
        parts = urlsplit(target.replace("\\", "/"))
    except ValueError:
        return ""
    inside = target.startswith("/") and not target.startswith("//") and not parts.netloc and not parts.scheme
    return target if inside and target.isprintable() else ""
