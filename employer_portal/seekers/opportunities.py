"""The open orders that fit the person who holds the link, and why."""

from flask import render_template

from employer_portal.seekers.links import opens, the_seeker
from employer_portal.web.portal import portal
from employer_portal.web.request import db, today
from foundation.links.models import Link, LinkPurpose
from screening.casework.referrals import opportunities


@opens(LinkPurpose.OPPORTUNITIES)
def opportunities_page(token: str, link: Link) -> str:
    """Orders as of today with their reasons; nothing on it decides anything."""
    return render_template(
        "seekers/opportunities.html",
        token=token,
        found=opportunities.of_seeker(
            db(), link.subject_id, index=portal().pool, viewer=the_seeker(), on=today()
        ),
        until=link.expires_at,
        today=today(),
    )
