"""How it ended, told to the person."""

from flask import render_template

from employer_portal.seekers.links import opens
from employer_portal.web.request import db, today
from foundation.links.models import Link, LinkPurpose
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.ranked import kept_reasons
from screening.demand.orders.models import JobOrder


@opens(LinkPurpose.OUTCOME)
def outcome_page(token: str, link: Link) -> str:
    referral = referrals.of_link(db(), link.subject_id)
    return render_template(
        "seekers/outcome.html",
        token=token,
        referral=referral,
        order=db().get_one(JobOrder, referral.order_id),
        reasons=kept_reasons(referral),
        today=today(),
    )
