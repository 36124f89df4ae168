"""Reports about postings."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.request import actor, db, now, today
from foundation.refusals import Invalid
from screening.demand.postings import commands as postings
from screening.demand.postings import queries as posting_queries


@area.reads("/reports", by=STAFF)
def report_list() -> str:
    """What was said about postings and nobody has looked into yet."""
    found = posting_queries.reports(db(), viewer=actor())
    return render_template("staff/reports.html", found=found, today=today())


@area.writes("/reports/<uuid:report_id>", by=STAFF)
def decide_report(report_id: uuid.UUID) -> BaseResponse:
    """Take the posting down, or let it stand."""
    said = request.form.get("upheld", "")
    if said not in ("yes", "no"):
        raise Invalid("둘 가운데 하나를 골라 주세요.")
    postings.decide_report(db(), report_id=report_id, upheld=said == "yes", by=actor(), at=now())
    flash("공고를 내리고 기업에 알렸습니다." if said == "yes" else "공고를 그대로 둡니다.")
    return redirect(url_for("staff.report_list"), code=303)
