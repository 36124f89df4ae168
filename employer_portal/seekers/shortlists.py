"""A shortlist answered by link: the blind profiles of one order, for one member of one firm, and nothing more."""

import uuid

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.shortlists import Chosen, answers_typed, blind_profiles, noted
from employer_portal.seekers.links import area, expired, opens, the_member, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.request import db, now
from foundation.links.models import Link, LinkPurpose
from foundation.refusals import Invalid
from screening.casework.shortlists import commands as shortlists


@opens(LinkPurpose.SHORTLIST)
def shortlist_by_link(
    token: str, link: Link, chosen: Chosen | None = None, errors: list[tuple[str, str]] | None = None
) -> str:
    member = the_member(link)
    profiles = blind_profiles(link.subject_id, viewer=member, chosen=chosen or {}, errors=errors or [])
    action = url_for("seekers.answer_by_link", token=token)
    return render_template("employers/shortlist.html", token=token, action=action, **profiles)


@area.writes("/l/<token>/answer", by=ANYONE)
def answer_by_link(token: str) -> str | BaseResponse | tuple[str, int]:
    """The same answer as signed in, by the member to whom the link was mailed."""
    link = usable(token, LinkPurpose.SHORTLIST)
    chosen, answers = answers_typed()
    try:
        shortlists.answer(db(), order_id=link.subject_id, answers=answers, by=the_member(link), at=now())
    except Invalid as refusal:
        db().rollback()
        page = shortlist_by_link(token, link, chosen, [(refusal.field or "answers", refusal.sentence)])
        return page, refusal.status
    flash(f"{len(answers)}명에게 답했습니다. 센터가 이어서 진행합니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/note/<uuid:referral_id>", by=ANYONE)
def add_note(token: str, referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """More like this one, or a question."""
    link = usable(token, LinkPurpose.SHORTLIST)
    try:
        noted(link.subject_id, referral_id, by=the_member(link))
    except Invalid as refusal:
        db().rollback()
        page = shortlist_by_link(token, link, None, [(refusal.field or "answers", refusal.sentence)])
        return page, refusal.status
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/renew", by=ANYONE)
def renew_link(token: str) -> BaseResponse:
    """Mail a new link to the same member instead of an old one; it goes to their own address only."""
    link = expired(token, LinkPurpose.SHORTLIST)
    shortlists.renew_link(db(), link=link, at=now())
    flash("새 링크를 메일로 보냈습니다.")
    return redirect(url_for("entrance.sign_in_page"), code=303)
