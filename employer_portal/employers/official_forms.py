"""The firm's official forms, to print."""

import uuid

from flask import url_for

from employer_portal.employers.area import area
from employer_portal.web import official_forms
from employer_portal.web.areas import FIRM_TEAM
from employer_portal.web.request import actor, db
from screening.demand.orders import queries as orders


@area.reads("/orders/<uuid:order_id>/form", by=FIRM_TEAM)
def order_form(order_id: uuid.UUID) -> str:
    """구인신청서."""
    order = orders.get(db(), order_id, viewer=actor())
    return official_forms.order_form(order, back=url_for("employers.order_page", order_id=order.id))


@area.reads("/orders/<uuid:order_id>/list", by=FIRM_TEAM)
def list_form(order_id: uuid.UUID) -> str:
    """알선자명단."""
    order = orders.get(db(), order_id, viewer=actor())
    return official_forms.list_form(order, back=url_for("employers.order_page", order_id=order.id))


@area.reads("/orders/<uuid:order_id>/result", by=FIRM_TEAM)
def result_form(order_id: uuid.UUID) -> str:
    """채용결과통보서."""
    order = orders.get(db(), order_id, viewer=actor())
    return official_forms.result_form(order, back=url_for("employers.order_page", order_id=order.id))
