"""The mandate: read, signed, withdrawn."""

import datetime as dt
import uuid

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.employers.forms import (
    MandateForm,
)
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.downloads import attachment
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, now, today
from foundation import confirmations
from foundation.accounts.commands import SignInRefused
from foundation.accounts.queries import active
from foundation.refusals import Invalid
from screening.casework.handovers import commands as handovers
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as order_queries
from screening.demand.orders.models import JobOrder

USUAL_DAYS = 90


@area.reads("/orders/<uuid:order_id>/mandate", by=FIRM_TEAM)
def mandate_page(order_id: uuid.UUID) -> str:
    """What the firm hands over, to read and to sign."""
    signed = mandates.in_force(db(), order_id, at=now())
    powers = signed.powers if signed else [power.value for power in Power]
    last = signed.last_day if signed else today() + dt.timedelta(days=USUAL_DAYS)
    typed = MultiDict(
        [*(("powers", code) for code in powers), ("valid_until", last.isoformat()), ("typed_name", "")]
    )
    return _mandate_page(order_id, MandateForm(typed, meta={"csrf": False}))


def _mandate_page(order_id: uuid.UUID, form: MandateForm) -> str:
    order = order_queries.get(db(), order_id, viewer=actor())
    in_force = mandates.in_force(db(), order.id, at=now())
    return render_template(
        "employers/mandate.html",
        order=order,
        form=form,
        text=_text(order, form),
        in_force=in_force,
        by_app=active(db(), actor().account_id).second_factor is not None,
        today=today(),
    )


def _text(order: JobOrder, form: MandateForm) -> str:
    powers = [Power(code) for code in form.powers.data or [] if code in set(Power)]
    until = form.end if form.valid_until.data else today() + dt.timedelta(days=USUAL_DAYS)
    return mandates.text_for(order, center=portal().settings.center_name, powers=powers, valid_until=until)


@area.writes("/orders/<uuid:order_id>/mandate/text", by=EMPLOYERS)
def mandate_text(order_id: uuid.UUID) -> str:
    """The contract as it would be signed with what is chosen now; nothing is kept."""
    order = order_queries.get(db(), order_id, viewer=actor())
    return render_template("employers/mandate_text.html", text=_text(order, MandateForm()))


@area.writes("/orders/<uuid:order_id>/mandate", by=EMPLOYERS)
def sign_mandate(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Sign the mandate by typing one's name."""
    form = MandateForm()
    if form.validate_on_submit():
        try:
            handovers.entrust(
                db(),
                order_id=order_id,
                powers=[Power(code) for code in form.powers.data or []],
                valid_until=form.end,
                typed_name=form.typed_name.data,
                code=form.code.data or "",
                center=portal().settings.center_name,
                by=actor(),
                at=now(),
            )
        except (Invalid, SignInRefused) as refusal:
            db().rollback()
            confirmations.note_wrong(db(), about_id=order_id, by=actor(), at=now())
            db().commit()
            form.take(refusal)
            return _mandate_page(order_id, form), 422
        flash("위임했습니다. 이제 센터가 일을 시작합니다.")
        return redirect(url_for("employers.order_page", order_id=order_id), code=303)
    return _mandate_page(order_id, form), 422


@area.writes("/orders/<uuid:order_id>/mandate/code", by=EMPLOYERS)
def mandate_code(order_id: uuid.UUID) -> str:
    """Mail the digits that confirm the signature; what was typed stays."""
    mandates.ask_for_code(db(), order_id=order_id, by=actor(), at=now())
    flash("로그인한 이메일로 번호 6자리를 보냈습니다. 30분 안에 넣어 주세요.")
    return _mandate_page(order_id, MandateForm())


@area.writes("/orders/<uuid:order_id>/permit", by=EMPLOYERS)
def permit(order_id: uuid.UUID) -> BaseResponse:
    """Say yes to something the firm has kept for itself."""
    wanted = request.form.get("power", "")
    if wanted not in set(Power):
        raise Invalid("무엇을 허락할지 골라 주세요.")
    mandates.permit(db(), order_id=order_id, power=Power(wanted), by=actor(), at=now())
    flash("7일 동안 허락했습니다. 센터가 이어서 합니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


@area.reads("/orders/<uuid:order_id>/mandate/contract.pdf", by=FIRM_TEAM)
def contract_file(order_id: uuid.UUID) -> Response:
    """The signed contract as issued."""
    order = order_queries.get(db(), order_id, viewer=actor())
    document = mandates.contract_of(db(), order.id)
    return attachment(document.content, document.file_name, document.media_type)


@area.writes("/orders/<uuid:order_id>/mandate/withdraw", by=EMPLOYERS)
def withdraw_mandate(order_id: uuid.UUID) -> BaseResponse:
    """Take the mandate back at once."""
    work = handovers.withdraw(db(), order_id=order_id, by=actor(), at=now())
    flash("위임을 철회했습니다. 센터는 이 구인의 일을 멈춥니다.")
    if work:
        flash("이제 사장님이 이어서 하실 일: " + " ".join(work), "bad")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)
