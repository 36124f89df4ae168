"""Changing the terms of an open order."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.employers.forms import OrderPart, parts_of, terms_from, typed_from
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.forms import Form, LongText
from employer_portal.web.request import actor, db, looking, now, only_read
from foundation.refusals import Invalid
from screening.casework.amendments import commands as amendments
from screening.casework.amendments import queries as amendment_queries
from screening.demand.orders import commands as orders
from screening.demand.orders import lawful
from screening.demand.orders import queries as order_queries
from screening.demand.orders.models import JobOrder
from screening.demand.orders.terms import FIELD_KO

CHANGEABLE = (
    "headcount", "starts_on", "wage_basis", "wage_won", "wage_max_won", "weekly_hours", "work_days", "work_time",
    "employment_type", "contract_months", "probation_months", "probation_percent", "workplace_district",
    "workplace_address", "closes_on", "insurances", "welfare", "contact_name", "contact_phone", "contact_email",
)  # fmt: skip


class ReasonForm(Form):
    """Why the terms change."""

    explanation = LongText("바꾸는 이유", most=500)


@area.reads("/orders/<uuid:order_id>/change", by=FIRM_TEAM)
def change_page(order_id: uuid.UUID) -> str:
    """The terms as they are, to be changed; what happens with worse ones is said before."""
    order = order_queries.get(db(), order_id, viewer=actor())
    return _change_page(order, parts_of(typed_from(order.terms())), ReasonForm(formdata=None), [])


def _change_page(
    order: JobOrder, parts: tuple[OrderPart, ...], reason: ReasonForm, errors: list[tuple[str, str]]
) -> str:
    fields = {field.name: field for part in parts for field in part}
    return render_template(
        "employers/change.html",
        order=order,
        fields=[fields[name] for name in CHANGEABLE],
        waiting=amendment_queries.waiting(db(), order.id, viewer=actor()),
        reason=reason,
        errors=errors,
        field_ko=FIELD_KO,
    )


def _refused_page(
    order_id: uuid.UUID, parts: tuple[OrderPart, ...], reason: ReasonForm, errors: list[tuple[str, str]]
) -> str:
    only_read()
    return _change_page(order_queries.get(db(), order_id, viewer=actor()), parts, reason, errors)


@area.writes("/orders/<uuid:order_id>/change", by=EMPLOYERS)
def change(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Change the terms: better ones at once, worse ones after an officer's yes."""
    with looking() as before:
        typed = typed_from(order_queries.get(before, order_id, viewer=actor()).terms())
    for name in CHANGEABLE:
        values = request.form.getlist(name)
        several = name in ("insurances", "welfare")
        typed[name] = list(dict.fromkeys(values))[:50] if several else (values or [""])[0][:4000]
    parts, reason = parts_of(typed), ReasonForm()
    terms = terms_from(parts)
    errors = [(field.id, error) for part in parts for field in part for error in field.errors]
    if terms is None:
        return _refused_page(order_id, parts, reason, errors), 422
    lawful.check(terms)  # the texts are read before anything is locked
    try:
        amendment = amendments.ask(
            db(),
            order_id=order_id,
            terms=terms,
            explanation=reason.explanation.data or "",
            by=actor(),
            at=now(),
        )
    except orders.TermsRefused as refused:
        errors += [(each.field, each.sentence) for each in refused.errors]
        errors += [(each.field, f"{FIELD_KO[each.field]}: {each.headline}") for each in refused.findings]
        return _refused_page(order_id, parts, reason, errors), refused.status
    except Invalid as refused:
        errors = [(refused.field or "explanation", refused.sentence)]
        return _refused_page(order_id, parts, reason, errors), refused.status
    flash("바꾸었습니다." if amendment.allowed else "담당자에게 보냈습니다. 정해지면 알려 드립니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)
