"""Interviews: set, moved, held."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.staff.orders import back_to, show_order
from employer_portal.web.areas import STAFF
from employer_portal.web.interview_forms import InterviewForm, is_set
from employer_portal.web.request import actor, db, now, today
from foundation.refusals import Invalid, NotFound
from screening.casework.consents import queries as consents
from screening.casework.interviews import absences
from screening.casework.interviews import commands as interviews
from screening.casework.interviews import queries as interview_queries
from screening.casework.referrals import queries as referral_queries
from screening.demand.orders import queries as order_queries


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


@area.writes("/referrals/<uuid:referral_id>/cancel", by=STAFF)
def cancel_meeting(referral_id: uuid.UUID) -> BaseResponse:
    """Call an interview off with a reason that both sides read."""
    interview = interviews.cancel(
        db(), referral_id=referral_id, reason=request.form.get("reason", ""), by=actor(), at=now()
    )
    return back_to(interview.referral.order_id, "면접을 취소하고 양쪽에 알렸습니다.")


@area.writes("/orders/<uuid:order_id>/absences/<uuid:absence_id>", by=STAFF)
def decide_absence(order_id: uuid.UUID, absence_id: uuid.UUID) -> BaseResponse:
    """Having heard both sides, whether somebody did not come."""
    said = request.form.get("upheld", "")
    if said not in ("yes", "no"):
        raise Invalid("둘 가운데 하나를 골라 주세요.")
    absences.decide_absence(db(), absence_id=absence_id, upheld=said == "yes", by=actor(), at=now())
    flash("정했습니다.")
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.reads("/referrals/<uuid:referral_id>/sheet", by=STAFF)
def meeting_sheet(referral_id: uuid.UUID) -> str:
    """The interview on one sheet of paper, for somebody without a smartphone; the look at the name is recorded."""
    referral = referral_queries.get(db(), referral_id, viewer=actor())
    interview = interview_queries.standing(db(), [referral]).get(referral.id)
    if interview is None:
        raise NotFound("잡힌 면접이 없습니다.")
    order = order_queries.get(db(), referral.order_id, viewer=actor())
    named = consents.named(db(), order, [referral], viewer=actor(), on=today())
    return render_template(
        "staff/meeting_sheet.html",
        interview=interview,
        order=order,
        person=named.get(referral.seeker_id),
        code=referral.seeker.code,
        today=today(),
    )
