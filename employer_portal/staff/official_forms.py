"""The official forms of an order for the center's desk, to print."""

import uuid

from flask import url_for

from employer_portal.staff.area import area
from employer_portal.web import official_forms
from employer_portal.web.areas import STAFF
from employer_portal.web.request import actor, db, today
from screening.casework.consents import queries as consents
from screening.casework.interviews import queries as interview_queries
from screening.casework.referrals import queries as referrals
from screening.demand.orders import queries as orders


@area.reads("/orders/<uuid:order_id>/form", by=STAFF)
def order_form(order_id: uuid.UUID) -> str:
    """구인신청서."""
    order = orders.get(db(), order_id, viewer=actor())
    return official_forms.order_form(order, back=url_for("staff.order_page", order_id=order.id))


@area.reads("/orders/<uuid:order_id>/list", by=STAFF)
def list_form(order_id: uuid.UUID) -> str:
    """알선자명단."""
    order = orders.get(db(), order_id, viewer=actor())
    return official_forms.list_form(order, back=url_for("staff.order_page", order_id=order.id))


@area.reads("/orders/<uuid:order_id>/result", by=STAFF)
def result_form(order_id: uuid.UUID) -> str:
    """채용결과통보서."""
    order = orders.get(db(), order_id, viewer=actor())
    return official_forms.result_form(order, back=url_for("staff.order_page", order_id=order.id))


@area.reads("/referrals/<uuid:referral_id>/slip", by=STAFF)
def slip_form(referral_id: uuid.UUID) -> str:
    """취업알선장; the name only where both have agreed, and the look is recorded."""
    referral = referrals.get(db(), referral_id, viewer=actor())
    order = orders.get(db(), referral.order_id, viewer=actor())
    person = consents.named(db(), order, [referral], viewer=actor(), on=today()).get(referral.seeker_id)
    return official_forms.slip_form(
        order,
        name=person.name if person else "",
        code=referral.seeker.code,
        interview=interview_queries.standing(db(), [referral]).get(referral.id),
        back=url_for("staff.order_page", order_id=order.id),
    )
