"""The shortlist: blind profiles side by side, answered one by one, compared, asked about."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.employers.clocks import clock_of
from employer_portal.employers.forms import PASS_OVER_CHOICES
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.request import actor, db, identifier, now, today
from foundation.actors import Actor
from foundation.refusals import Invalid
from screening.casework.consents.queries import covering
from screening.casework.referrals.commands import sheet_lines
from screening.casework.referrals.states import PassOverReason, ReferralState
from screening.casework.shortlists import commands as shortlists
from screening.casework.shortlists.models import NoteKind, ShortlistEntry
from screening.deadlines.steps.queries import steps_of
from screening.demand.orders import queries as order_queries

MOST_COMPARED = 5
Chosen = dict[str, tuple[str, str, str]]


@area.reads("/orders/<uuid:order_id>/shortlist", by=FIRM_TEAM)
def shortlist_page(order_id: uuid.UUID) -> str:
    """The blind profiles side by side with their rationale sheets, to be answered."""
    return _shortlist_page(order_id, {}, [])


def _shortlist_page(order_id: uuid.UUID, chosen: Chosen, errors: list[tuple[str, str]]) -> str:
    return render_template(
        "employers/shortlist.html",
        token="",
        action=url_for("employers.answer_shortlist", order_id=order_id),
        **blind_profiles(order_id, viewer=actor(), chosen=chosen, errors=errors),
    )


def blind_profiles(
    order_id: uuid.UUID, *, viewer: Actor, chosen: Chosen, errors: list[tuple[str, str]]
) -> dict[str, Any]:
    """What the shortlist page shows, signed in or by link: blind profiles, answers so far, questions; no name."""
    order = order_queries.get(db(), order_id, viewer=viewer)
    entries = _entries(order_id, viewer)
    return {
        "order": order,
        "waiting": _waiting(entries),
        "withdrawn": [each for each in entries if each.referral.state is ReferralState.WITHDRAWN],
        "answered": [each for each in entries if each.referral.firm_answered_at is not None],
        "sheet_lines": sheet_lines,
        "notes": shortlists.notes_of(db(), order.id, viewer=viewer),
        "clock": clock_of(steps_of(db(), [order], at=now())[0], today()),
        "chosen": chosen,
        "errors": errors,
        "reasons": PASS_OVER_CHOICES,
        "today": today(),
    }


def _entries(order_id: uuid.UUID, viewer: Actor) -> list[ShortlistEntry]:
    found = shortlists.of_order(db(), order_id, viewer=viewer)
    return [entry for shortlist in reversed(found) for entry in shortlist.entries]


def _waiting(entries: Sequence[ShortlistEntry]) -> list[ShortlistEntry]:
    return [
        entry
        for entry in entries
        if entry.referral.state is ReferralState.SUBMITTED
        and covering(db(), entry.referral_id, on=today()) is not None
    ]


@area.reads("/orders/<uuid:order_id>/compare", by=FIRM_TEAM)
def compare_page(order_id: uuid.UUID) -> str:
    """Up to five of the people who wait for an answer, criterion by criterion."""
    order = order_queries.get(db(), order_id, viewer=actor())
    waiting = _waiting(_entries(order_id, actor()))
    wanted = set(request.args.getlist("who"))
    people = [each for each in waiting if not wanted or str(each.referral_id) in wanted]
    return render_template(
        "employers/compare.html",
        order=order,
        people=people[:MOST_COMPARED],
        left_out=len(people) - MOST_COMPARED,
        lines={each.referral_id: sheet_lines(each.referral) for each in people},
        waiting=waiting,
        most=MOST_COMPARED,
    )


def answers_typed() -> tuple[Chosen, dict[uuid.UUID, shortlists.FirmAnswer]]:
    """The answers of the form, as typed and as meant."""
    chosen: Chosen = {}
    answers: dict[uuid.UUID, shortlists.FirmAnswer] = {}
    known_reasons = {each.value for each in PassOverReason}
    for name, value in request.form.items():
        if not name.startswith("answer-") or value not in ("yes", "no"):
            continue
        referral_id = name.removeprefix("answer-")
        reason = request.form.get(f"reason-{referral_id}", "")
        note = request.form.get(f"note-{referral_id}", "")[:300]
        chosen[referral_id] = (value, reason, note)
        answers[identifier(referral_id)] = shortlists.FirmAnswer(
            yes=value == "yes",
            reason=PassOverReason(reason) if reason in known_reasons else None,
            note=note,
        )
    return chosen, answers


@area.writes("/orders/<uuid:order_id>/shortlist", by=EMPLOYERS)
def answer_shortlist(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Send the answers given; the rest may be answered later."""
    chosen, answers = answers_typed()
    try:
        shortlists.answer(db(), order_id=order_id, answers=answers, by=actor(), at=now())
    except Invalid as refusal:
        db().rollback()
        page = _shortlist_page(order_id, chosen, [(refusal.field or "answers", refusal.sentence)])
        return page, refusal.status
    flash(f"{len(answers)}명에게 답했습니다. 센터가 이어서 진행합니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


@area.writes("/orders/<uuid:order_id>/shortlist/<uuid:referral_id>/note", by=EMPLOYERS)
def add_note(order_id: uuid.UUID, referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """More like this one, or a question; nothing is decided by it."""
    try:
        noted(order_id, referral_id, by=actor())
    except Invalid as refusal:
        db().rollback()
        return _shortlist_page(order_id, {}, [(refusal.field or "answers", refusal.sentence)]), refusal.status
    return redirect(url_for("employers.shortlist_page", order_id=order_id), code=303)


def noted(order_id: uuid.UUID, referral_id: uuid.UUID, *, by: Actor) -> None:
    """Keep the note that the form carries."""
    kind = NoteKind.MORE if request.form.get("kind") == "more" else NoteKind.QUESTION
    text = "" if kind is NoteKind.MORE else request.form.get("text", "")[:500]
    shortlists.add_note(
        db(), order_id=order_id, referral_id=referral_id, kind=kind, text=text, by=by, at=now()
    )
    flash(
        "센터에 전했습니다. "
        + ("비슷한 분을 더 찾아 보겠습니다." if kind is NoteKind.MORE else "답이 오면 알려 드립니다.")
    )


@area.writes("/orders/<uuid:order_id>/shortlist/links", by=EMPLOYERS)
def revoke_links(order_id: uuid.UUID) -> BaseResponse:
    """End every link that was mailed for this shortlist."""
    ended = shortlists.revoke_links(db(), order_id=order_id, by=actor(), at=now())
    flash(f"보낸 링크 {ended}개를 끊었습니다. 이제 로그인해야 볼 수 있습니다.")
    return redirect(url_for("employers.shortlist_page", order_id=order_id), code=303)
