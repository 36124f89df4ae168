"""A firm asks to join."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.public.area import area
from employer_portal.public.forms import JoinForm
from employer_portal.web.areas import ANYONE
from employer_portal.web.portal import portal
from employer_portal.web.request import client_address, db, machine_now, now
from foundation.actors import Actor, Role
from foundation.messages.letter_limits import EnoughLetters
from foundation.refusals import Invalid
from screening.demand.sign_ups import commands as sign_ups


@area.reads("/join", by=ANYONE)
def join_form() -> str:
    """Who the firm is and who asks."""
    return render_template("public/join.html", form=JoinForm(formdata=None))


@area.writes("/join", by=ANYONE)
def join() -> str | BaseResponse | tuple[str, int]:
    """Take the application down; the answer is the same whether or not the address has an account."""
    form = JoinForm()
    if not form.validate_on_submit():
        return render_template("public/join.html", form=form), 422
    portal().posts.count(client_address(), at=machine_now())
    by = Actor(role=Role.EMPLOYER, name="가입 신청자", address=client_address())
    try:
        sign_ups.apply(db(), firm=form.firm, applicant=form.applicant, by=by, at=now())
    except (Invalid, EnoughLetters) as refused:
        db().rollback()
        form.take(refused)
        return render_template("public/join.html", form=form), refused.status
    return redirect(url_for("public.joined"), code=303)


@area.reads("/join/received", by=ANYONE)
def joined() -> str:
    """What happens next."""
    return render_template("public/joined.html")
