"""An application to join, from the applicant's side: confirm the mail, type the number that went to the firm."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.seekers.links import area, opens, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.forms import Form, Text
from employer_portal.web.request import client_address, db, now, today
from foundation.actors import Actor, Role
from foundation.links.models import Link, LinkPurpose
from screening.demand.firm_checks import queries as firm_checks
from screening.demand.sign_ups import commands as sign_ups
from screening.demand.sign_ups import queries as sign_up_queries


class CodeForm(Form):
    """The six digits that went to the firm."""

    code = Text("확인 번호 6자리", needed="번호 6자리를 적어 주세요.", most=12)


@opens(LinkPurpose.SIGN_UP)
def sign_up_page(token: str, link: Link, form: CodeForm | None = None) -> str:
    sign_up = sign_up_queries.of_link(db(), link.subject_id)
    return render_template(
        "seekers/sign_up.html",
        token=token,
        sign_up=sign_up,
        check=firm_checks.newest(db(), sign_up.business_number),
        code_waits=bool(sign_up.code_hash) and sign_up.code_until is not None and now() <= sign_up.code_until,
        form=form or CodeForm(formdata=None),
        today=today(),
    )


def _applicant() -> Actor:
    return Actor(role=Role.EMPLOYER, name="가입 신청자", address=client_address())


@area.writes("/l/<token>/mail", by=ANYONE)
def confirm_mail(token: str) -> BaseResponse:
    """The letter arrived where it should."""
    link = usable(token, LinkPurpose.SIGN_UP)
    sign_ups.confirm_mail(db(), sign_up_id=link.subject_id, by=_applicant(), at=now())
    flash("메일을 확인했습니다. 이제 센터가 기업에 확인합니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/code", by=ANYONE)
def prove(token: str) -> str | BaseResponse | tuple[str, int]:
    """The number that the center sent to the firm itself; wrong tries are counted."""
    link = usable(token, LinkPurpose.SIGN_UP)
    form = CodeForm()
    if not form.validate_on_submit():
        return sign_up_page(token, link, form), 422
    try:
        right = sign_ups.prove_by_code(
            db(), sign_up_id=link.subject_id, code=form.code.data, by=_applicant(), at=now()
        )
    except sign_ups.WrongCode as refused:
        form.take(refused)
        return sign_up_page(token, link, form), refused.status
    if right:
        flash("기업의 신청이 맞는 것으로 확인했습니다.")
        return redirect(url_for("seekers.open_link", token=token), code=303)
    db().commit()
    form.code.errors = [*form.code.errors, "번호가 맞지 않습니다. 다시 확인해 주세요."]
    return sign_up_page(token, link, form), 422
