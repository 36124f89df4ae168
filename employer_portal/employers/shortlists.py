"""The shortlist: blind profiles side by side, answered one by one."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from center.refusals import Invalid
from employer_portal.employers.area import area
from employer_portal.employers.clocks import clock_of
from employer_portal.employers.forms import (
    PASS_OVER_CHOICES,
)
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.request import actor, db, identifier, now, today
from screening.consents.queries import covering
from screening.orders import queries as order_queries
from screening.progress.queries import steps_of
from screening.referrals.commands import sheet_lines
from screening.referrals.states import PassOverReason, ReferralState
from screening.shortlists import commands as shortlists


@area.reads("/orders/<uuid:order_id>/shortlist", by=FIRM_TEAM)
def shortlist_page(order_id: uuid.UUID) -> str:
    """The blind profiles side by side with their rationale sheets, to be answered."""
    return _shortlist_page(order_id, {}, [])


def _shortlist_page(
    order_id: uuid.UUID, chosen: dict[str, tuple[str, str]], errors: list[tuple[str, str]]
) -> str:
    me = actor()
    order = order_queries.get(db(), order_id, viewer=me)
    entries = [
        entry
        for shortlist in reversed(shortlists.of_order(db(), order.id, viewer=me))
        for entry in shortlist.entries
    ]
    waiting = [
        entry
        for entry in entries
        if entry.referral.state is ReferralState.SUBMITTED
        and covering(db(), entry.referral_id, on=today()) is not None
    ]
    withdrawn = [entry for entry in entries if entry.referral.state is ReferralState.WITHDRAWN]
    answered = [entry for entry in entries if entry.referral.firm_answered_at is not None]
    step = steps_of(db(), [order], at=now())[0]
    return render_template(
        "employers/shortlist.html",
        order=order,
        waiting=waiting,
        withdrawn=withdrawn,
        answered=answered,
        sheet_lines=sheet_lines,
        clock=clock_of(step, today()),
        chosen=chosen,
        errors=errors,
        reasons=PASS_OVER_CHOICES,
        today=today(),
    )


@area.writes("/orders/<uuid:order_id>/shortlist", by=EMPLOYERS)
def answer_shortlist(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Send the answers given; the rest may be answered later."""
    chosen: dict[str, tuple[str, str]] = {}
    answers: dict[uuid.UUID, shortlists.FirmAnswer] = {}
    known_reasons = {each.value for each in PassOverReason}
    for name, value in request.form.items():
        if not name.startswith("answer-") or value not in ("yes", "no"):
            continue
        referral_id = name.removeprefix("answer-")
        reason = request.form.get(f"reason-{referral_id}", "")
        chosen[referral_id] = (value, reason)
        answers[identifier(referral_id)] = shortlists.FirmAnswer(
            yes=value == "yes", reason=PassOverReason(reason) if reason in known_reasons else None
        )
    try:
        shortlists.answer(db(), order_id=order_id, answers=answers, by=actor(), at=now())
    except Invalid as refusal:
        db().rollback()
        page = _shortlist_page(order_id, chosen, [(refusal.field or "answers", refusal.sentence)])
        return page, refusal.status
    flash(f"{len(answers)}명에게 답했습니다. 센터가 이어서 진행합니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)
