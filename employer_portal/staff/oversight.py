"""The audit trail with its seal, the sightings, and accounts."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.web.acts import ACT_KO, SUBJECT_KO, acts_named
from employer_portal.web.areas import ADMINS, AUDITORS, Area
from employer_portal.web.forms import Choice, Email, Form, Text
from employer_portal.web.request import actor, db, now, today
from foundation.accounts import queries as account_queries
from foundation.actors import Role
from foundation.audit import queries as audit
from foundation.audit import sealing
from foundation.identity import queries as identity
from foundation.membership import commands as membership
from foundation.organisations.queries import the_center
from foundation.refusals import Invalid

area = Area("oversight", __name__)
PAGE = 50
INVITED_ROLES = (Role.OFFICER, Role.LEAD, Role.AUDITOR, Role.ADMIN)


class AccountForm(Form):
    """A colleague to invite."""

    name = Text("이름", needed="이름을 적어 주세요.", most=60)
    email = Email("이메일", needed="이메일을 적어 주세요.")
    role = Choice("역할", INVITED_ROLES)


@area.reads("/audit", by=AUDITORS)
def trail() -> str:
    """Who did what to what, newest first, and whether the seal holds."""
    text = request.args.get("q", "")[:60].strip()
    before = request.args.get("before", type=int)
    entries = audit.trail(db(), text=text, acts=acts_named(text), before=before, most=PAGE + 1)
    return render_template(
        "oversight/trail.html",
        entries=entries[:PAGE],
        next_before=entries[PAGE - 1].id if len(entries) > PAGE else None,
        text=text,
        act_ko=ACT_KO,
        subject_ko=SUBJECT_KO,
        head=sealing.head_of(db(), sealing.AUDIT),
        register_head=sealing.head_of(db(), sealing.REGISTER),
        today=today(),
    )


@area.reads("/audit/verify", by=AUDITORS)
def verify() -> str:
    """Recompute the whole log and say whether anything was changed."""
    return render_template("oversight/verify.html", found=sealing.verify_audit(db()), today=today())


@area.reads("/audit/sightings", by=AUDITORS)
def sightings() -> str:
    """Every look at personal data: who, when, from where, why, how many."""
    rows = identity.sightings(db(), most=PAGE)
    return render_template("oversight/sightings.html", rows=rows, today=today())


@area.reads("/admin", by=ADMINS)
def account_list() -> str:
    """The center's own accounts."""
    return _accounts(AccountForm(formdata=None))


def _accounts(form: AccountForm) -> str:
    people = account_queries.beside_firms(db())
    return render_template("oversight/accounts.html", people=people, form=form, today=today(), me=actor())


@area.writes("/admin", by=ADMINS)
def invite() -> str | BaseResponse | tuple[str, int]:
    """Invite a colleague."""
    form = AccountForm()
    if form.validate_on_submit():
        try:
            account = membership.open_account(
                db(),
                email=form.email.data,
                name=form.name.data,
                role=Role(form.role.data),
                organisation_id=the_center(db()).id,
                password_hash=None,
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            membership.invite(db(), account=account, by=actor(), at=now())
            flash(f"{account.name} 님을 초대했습니다.")
            return redirect(url_for("oversight.account_list"), code=303)
    return _accounts(form), 422


@area.writes("/admin/accounts/<uuid:account_id>/disable", by=ADMINS)
def disable(account_id: uuid.UUID) -> BaseResponse:
    """Switch an account off or on; it takes effect with the next click."""
    commands = {"on": membership.enable, "off": membership.disable}
    if request.form.get("to") not in commands:
        raise Invalid("켤지 끌지 골라 주세요.")
    account = commands[request.form["to"]](db(), account_id=account_id, by=actor(), at=now())
    flash(f"{account.name} 님의 계정을 {'껐' if account.disabled_at else '다시 켰'}습니다.")
    return redirect(url_for("oversight.account_list"), code=303)
