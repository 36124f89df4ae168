"""An application, seen by whoever sent it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.seekers.links import area, opens, the_seeker, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.request import db, now, today
from foundation.identity.queries import sightings_of
from foundation.links.models import Link, LinkPurpose
from screening.demand.orders.models import JobOrder
from screening.demand.postings import commands as postings
from screening.demand.postings import queries as posting_queries


@opens(LinkPurpose.APPLICATION)
def application_page(token: str, link: Link) -> str:
    application = posting_queries.of_link(db(), link.subject_id)
    return render_template(
        "seekers/application.html",
        token=token,
        application=application,
        order=db().get_one(JobOrder, application.order_id),
        looks=sightings_of(db(), application.id, most=10),
        today=today(),
    )


@area.writes("/l/<token>/unapply", by=ANYONE)
def withdraw_application(token: str) -> BaseResponse:
    """Take the application back; name and contact are deleted."""
    link = usable(token, LinkPurpose.APPLICATION)
    postings.withdraw(db(), application_id=link.subject_id, by=the_seeker(), at=now())
    flash("지원을 철회하고 이름과 연락처를 지웠습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)
