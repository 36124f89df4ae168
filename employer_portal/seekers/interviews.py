"""An interview that was set, from the side of the person invited."""

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from center.links.models import Link, LinkPurpose
from center.refusals import NotFound
from employer_portal.seekers.links import area, opens, the_seeker, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.portal import portal
from employer_portal.web.request import db, now, today
from screening.consents import commands as consents
from screening.consents import queries as consent_queries
from screening.interviews import commands as interviews
from screening.interviews.calendar_file import invitation
from screening.orders.models import JobOrder


@opens(LinkPurpose.INTERVIEW)
def interview_page(token: str, link: Link) -> str:
    interview = interviews.of_link(db(), link.subject_id)
    order = db().get_one(JobOrder, interview.referral.order_id)
    return render_template(
        "seekers/interview.html", token=token, interview=interview, order=order, today=today()
    )


@area.reads("/l/<token>/interview.ics", by=ANYONE)
def interview_file(token: str) -> Response:
    """The interview for the seeker's calendar."""
    link = usable(token, LinkPurpose.INTERVIEW)
    interview = interviews.of_link(db(), link.subject_id)
    order = db().get_one(JobOrder, interview.referral.order_id)
    content = invitation(
        interview,
        firm=order.employer.name,
        title=order.title,
        organiser=portal().settings.telephone,
        at=now(),
    )
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


@area.writes("/l/<token>/cancel", by=ANYONE)
def cancel_interview(token: str) -> BaseResponse:
    """A seeker who cannot come withdraws; the firm and the officer see it at once."""
    link = usable(token, LinkPurpose.INTERVIEW)
    interview = interviews.of_link(db(), link.subject_id)
    consent = consent_queries.of_referral(db(), interview.referral_id)
    if consent is None:
        raise NotFound
    consents.withdraw(db(), consent_id=consent.id, by=the_seeker(), at=now())
    flash("면접과 추천을 취소했습니다. 알려 주셔서 고맙습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)
