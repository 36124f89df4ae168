"""An invited account chooses its first password."""

import pyotp
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms import PasswordField

from employer_portal.seekers.links import area, opens, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.forms import Form, required
from employer_portal.web.hashing import TooManySignIns
from employer_portal.web.portal import portal
from employer_portal.web.request import client_address, db, looking, now, only_read
from foundation.accounts import commands as accounts
from foundation.accounts import passwords
from foundation.accounts.queries import active
from foundation.actors import CENTER_ROLES
from foundation.links.models import Link, LinkPurpose
from foundation.membership import commands as membership
from foundation.refusals import Invalid


class PasswordForm(Form):
    """The first password of an invited account."""

    password = PasswordField("비밀번호(10자 이상)", validators=[required("비밀번호를 정해 주세요.")])


@opens(LinkPurpose.INVITATION)
def invitation_page(token: str, link: Link, form: PasswordForm | None = None, secret: str = "") -> str:
    account = active(db(), link.holder_id)
    address = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name="이음") if secret else ""
    return render_template(
        "seekers/invitation.html",
        token=token,
        account=account,
        form=form or PasswordForm(formdata=None),
        secret=secret,
        address=address,
    )


@area.writes("/l/<token>/invitation", by=ANYONE)
def take_up_invitation(token: str) -> str | BaseResponse | tuple[str, int]:
    """Choose the first password; staff outside the demo also get their authenticator's secret, once."""
    form, policy = PasswordForm(), portal().sign_in_policy
    with looking() as before:
        usable(token, LinkPurpose.INVITATION, session=before)
    if not form.validate_on_submit():
        return _again(token, form), 422
    try:
        with portal().proving.place():
            hashed = passwords.hashed(form.password.data, cost=policy.password_cost)
    except (Invalid, TooManySignIns) as refused:
        form.take(refused)
        return _again(token, form), refused.status
    link = usable(token, LinkPurpose.INVITATION)
    account = active(db(), link.holder_id)
    by = accounts.actor_of(account, client_address())
    again = account.password_hash is not None
    membership.take_up(db(), link=link, password_hash=hashed, by=by, at=now())
    if policy.second_factor and account.role in CENTER_ROLES:
        secret = membership.enrol_second_factor(db(), account=account, by=by, at=now())
        return invitation_page(token, link, secret=secret)
    flash(
        "비밀번호를 정했습니다. "
        + ("다른 기기의 로그인은 모두 끝났습니다. " if again else "")
        + "로그인해 주세요."
    )
    return redirect(url_for("entrance.sign_in_page"), code=303)


def _again(token: str, form: PasswordForm) -> str:
    only_read()
    return invitation_page(token, usable(token, LinkPurpose.INVITATION), form)
