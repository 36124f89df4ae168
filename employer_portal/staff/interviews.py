"""Interviews: set, moved, held."""

import uuid

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from center.refusals import Invalid
from employer_portal.staff.area import area
from employer_portal.staff.orders import back_to, show_order
from employer_portal.web.areas import STAFF
from employer_portal.web.meeting import InterviewForm, is_set
from employer_portal.web.request import actor, db, now
from screening.interviews import commands as interviews
from screening.referrals import queries as referral_queries


@area.writes("/referrals/<uuid:referral_id>/interview", by=STAFF)
def schedule(referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Set or move an interview."""
    form = InterviewForm()
    referral = referral_queries.get(db(), referral_id, viewer=actor())
    order_id = referral.order_id
    if is_set(form, referral_id):
        return back_to(order_id, "면접을 잡았습니다. 기업과 본인에게 알렸습니다.")
    return show_order(order_id, interview=(referral_id, form)), 422


@area.writes("/referrals/<uuid:referral_id>/held", by=STAFF)
def held(referral_id: uuid.UUID) -> BaseResponse:
    """Write down how an interview went."""
    said = request.form.get("came", "")
    if said not in ("yes", "no"):
        raise Invalid("왔는지 오지 않았는지 골라 주세요.")
    referral = interviews.hold(db(), referral_id=referral_id, came=said == "yes", by=actor(), at=now())
    return back_to(referral.order_id, "면접 결과를 적었습니다.")
