"""May I be proposed to this firm?"""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.seekers.links import area, opens, the_seeker, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.request import db, now, today
from foundation.identity.queries import sightings_of
from foundation.links.models import Link, LinkPurpose
from foundation.refusals import Invalid
from screening.casework.consents import commands as consents
from screening.casework.consents import queries as consent_queries
from screening.casework.consents.models import ConsentAnswer


@opens(LinkPurpose.CONSENT)
def consent_page(token: str, link: Link) -> str:
    consent, referral, order = consent_queries.of_link(db(), link.subject_id)
    return render_template(
        "seekers/consent.html",
        token=token,
        consent=consent,
        referral=referral,
        order=order,
        open=consents.may_answer(consent, referral, at=now()),
        item_ko=consents.ITEM_KO,
        looks=sightings_of(db(), link.holder_id, by_organisation=order.employer_id, most=10),
        today=today(),
    )


@area.writes("/l/<token>/consent", by=ANYONE)
def answer_consent(token: str) -> BaseResponse:
    """Yes or no, once."""
    link = usable(token, LinkPurpose.CONSENT)
    said = request.form.get("answer", "")
    if said not in ("yes", "no"):
        raise Invalid("두 단추 가운데 하나를 눌러 주세요.")
    consents.answer(db(), consent_id=link.subject_id, says=ConsentAnswer(said), by=the_seeker(), at=now())
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/withdraw", by=ANYONE)
def withdraw_consent(token: str) -> BaseResponse:
    """Take the yes back."""
    link = usable(token, LinkPurpose.CONSENT)
    consents.withdraw(db(), consent_id=link.subject_id, by=the_seeker(), at=now())
    flash("추천을 철회했습니다. 가게 화면에서 바로 사라졌습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)
