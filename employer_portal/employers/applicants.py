"""People who applied to the firm's own posting; the firm is their controller."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.request import actor, db, now, today
from foundation.refusals import Invalid
from screening.demand.orders import queries as order_queries
from screening.demand.postings import commands as postings
from screening.demand.postings import queries as posting_queries


@area.reads("/orders/<uuid:order_id>/applicants", by=FIRM_TEAM)
def applicants(order_id: uuid.UUID) -> str:
    """The applicants in the order in which they came; the look is recorded."""
    order = order_queries.get(db(), order_id, viewer=actor())
    found = posting_queries.of_order(db(), order.id, viewer=actor())
    return render_template(
        "employers/applicants.html",
        order=order,
        applicants=found,
        named=posting_queries.named(db(), found, purpose=f"지원 심사({order.number})", viewer=actor()),
        open=posting_queries.is_open(order, on=today()),
        today=today(),
    )


@area.writes("/applications/<uuid:application_id>", by=EMPLOYERS)
def decide_application(application_id: uuid.UUID) -> BaseResponse:
    """Meet, not this time, or hire."""
    said = request.form.get("decision", "")
    if said == "hire":
        application = postings.hire(db(), application_id=application_id, by=actor(), at=now())
        flash("채용을 확정하고 본인에게 알렸습니다. 축하합니다.")
    elif said in ("yes", "no"):
        application = postings.decide(
            db(), application_id=application_id, wanted=said == "yes", by=actor(), at=now()
        )
        flash(
            "만나 보기로 하고 본인에게 알렸습니다."
            if said == "yes"
            else "적었습니다. 결과는 채용이 정해지면 알립니다."
        )
    else:
        raise Invalid("무엇을 할지 골라 주세요.")
    return redirect(url_for("employers.applicants", order_id=application.order_id), code=303)
