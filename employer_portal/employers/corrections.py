"""Corrections the officer asked for, field by field."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.employers.forms import (
    OrderPart,
    parts_of,
    terms_from,
    typed_from,
)
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.request import actor, db, looking, now, only_read
from screening.demand.orders import commands as orders
from screening.demand.orders import lawful
from screening.demand.orders import queries as order_queries
from screening.demand.orders.models import JobOrder
from screening.demand.orders.policies import may_correct
from screening.demand.orders.terms import FIELD_KO


@area.reads("/orders/<uuid:order_id>/correct", by=FIRM_TEAM)
def correction_page(order_id: uuid.UUID) -> str:
    """The fields the officer asked about, each with the officer's words beside it."""
    order = order_queries.get(db(), order_id, viewer=actor())
    may_correct(actor(), order).or_raise()
    return _correction_page(order, parts_of(typed_from(order.terms())), [])


def _correction_page(
    order: JobOrder,
    parts: tuple[OrderPart, ...],
    errors: list[tuple[str, str]],
    to_explain: Mapping[str, lawful.Finding] = MappingProxyType({}),
    reasons: Mapping[str, str] = MappingProxyType({}),
) -> str:
    asked = {correction.field: correction for correction in orders.open_corrections(order)}
    fields = {
        ("occupation_code" if field.name == "occupation" else field.name): field
        for part in parts
        for field in part
    }
    return render_template(
        "employers/correct.html",
        order=order,
        to_explain=to_explain,
        reasons=reasons,
        asked=asked,
        fields=fields,
        errors=errors,
        field_ko=FIELD_KO,
    )


def _refused_page(order_id: uuid.UUID, *shown: Any) -> str:
    only_read()
    return _correction_page(order_queries.get(db(), order_id, viewer=actor()), *shown)


@area.writes("/orders/<uuid:order_id>/correct", by=EMPLOYERS)
def correct(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Send the corrected fields; everything else stays as it was filed."""
    with looking() as before:
        order = order_queries.get(before, order_id, viewer=actor())
        may_correct(actor(), order).or_raise()
        typed = typed_from(order.terms())
        asked = orders.open_corrections(order)
    for correction in asked:
        name = "occupation" if correction.field == "occupation_code" else correction.field
        values = request.form.getlist(name)
        typed[name] = values if isinstance(typed.get(name), list) else (values or [""])[0][:4000]
    reasons = {
        name.removeprefix("reason-"): value[:500]
        for name, value in request.form.items()
        if name.startswith("reason-")
    }
    parts = parts_of(typed)
    terms = terms_from(parts)
    errors = [(field.id, error) for part in parts for field in part for error in field.errors]
    if terms is None:
        return _refused_page(order_id, parts, errors), 422
    lawful.check(terms)  # the texts are read before anything is locked
    try:
        orders.correct(db(), order_id=order_id, terms=terms, reasons=reasons, by=actor(), at=now())
    except orders.TermsRefused as refused:
        errors += [(each.field, each.sentence) for each in refused.errors]
        to_explain = lawful.to_explain(refused.findings)
        errors += [
            (
                f"reason-{each.ground}" if each.ground in to_explain else each.field,
                f"{FIELD_KO[each.field]}: {each.headline}. {each.advice}",
            )
            for each in refused.findings
        ]
        return _refused_page(order_id, parts, errors, to_explain, reasons), refused.status
    flash("고쳐서 보냈습니다. 센터가 다시 봅니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)
