"""The people of an order: ranked, taken in, reviewed blind, asked for consent, submitted."""

import uuid
from contextlib import suppress

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area, say_if_mended
from employer_portal.staff.orders import back_to
from employer_portal.staff.searches import page_in
from employer_portal.web.areas import STAFF
from employer_portal.web.forms import clean
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, identifier, now, today
from employer_portal.web.score_bars import bar_cells
from foundation.reference.districts import DISTRICTS
from foundation.reference.occupations import OCCUPATIONS
from foundation.refusals import Invalid
from foundation.tones import Tone
from screening.casework.allocations import queries as allocations
from screening.casework.consents import commands as consents
from screening.casework.referrals import commands as referrals
from screening.casework.referrals import queries as referral_queries
from screening.casework.referrals import ranked as ranking
from screening.casework.referrals.states import Judgement, ReferralState
from screening.casework.shortlists import commands as shortlists
from screening.demand.orders import queries as order_queries
from screening.matching.sentences import CRITERION_KO

FUNNEL_KO = {
    "gate": "법이 정한 나이",
    "hours": "고용형태",
    "pay": "임금",
    "date": "입사일에 일할 수 있음",
    "commute": "통근",
    "licence": "필수 자격",
    "skill": "필수 기술",
    "experience": "필수 경력",
}


@area.reads("/orders/<uuid:order_id>/people", by=STAFF)
def ranked_page(order_id: uuid.UUID) -> str:
    """The pool ranked for the order, blind, each score explained."""
    return _ranked_page(_ranked(order_id))


@area.reads("/orders/<uuid:order_id>/people/chosen", by=STAFF)
def chosen_people(order_id: uuid.UUID) -> str:
    """How many are chosen, while they are being chosen."""
    order_queries.get(db(), order_id, viewer=actor())
    return render_template("staff/chosen.html", chosen=_chosen())


def _ranked(order_id: uuid.UUID) -> ranking.RankedList:
    part = request.values.get("part", "")
    return ranking.ranked(
        db(),
        order_id,
        index=portal().pool,
        viewer=actor(),
        on=today(),
        part=ranking.Part(part) if part in set(ranking.Part) else ranking.Part.ALL,
        page=page_in(request.values),
        allotted=allocations.of_order(db(), order_id, viewer=actor()),
        chosen=_chosen(),
    )


def _chosen() -> frozenset[uuid.UUID]:
    """Who was chosen so far, on whichever page; what is no id was chosen by nobody."""
    found = set()
    for text in request.values.getlist("seeker"):
        with suppress(ValueError):
            found.add(uuid.UUID(text))
    return frozenset(found)


@area.reads("/leads/<uuid:order_id>/people", by=STAFF)
def preview_page(order_id: uuid.UUID) -> str:
    """Who would fit a lead: a reason to call its firm."""
    return _ranked_page(ranking.previewed(db(), order_id, index=portal().pool, viewer=actor(), on=today()))


def _ranked_page(
    ranked: ranking.RankedList,
    *,
    errors: list[tuple[str, str]] | None = None,
) -> str:
    say_if_mended()
    here = {each.seeker.id for each in ranked.people if not each.referral_state}
    return render_template(
        "staff/ranked.html",
        ranked=ranked,
        chosen=_chosen() & here | {each.id for each in ranked.apart},
        errors=errors or [],
        typed=request.form.get("override", ""),
        parts=list(ranking.Part),
        most_firms=referrals.MOST_FIRMS,
        full_tone=Tone.TURN,
        weight_ko=CRITERION_KO,
        bar_cells=bar_cells,
        funnel_ko=FUNNEL_KO,
        today=today(),
    )


@area.writes("/orders/<uuid:order_id>/people", by=STAFF)
def suggest_people(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Take the chosen people into the suggested list."""
    chosen = [identifier(text) for text in request.form.getlist("seeker")]
    if not chosen:
        flash("먼저 담을 분을 골라 주세요.")
        return redirect(url_for("staff.ranked_page", order_id=order_id), code=303)
    try:
        taken = referrals.suggest(
            db(),
            order_id=order_id,
            seeker_ids=chosen,
            index=portal().pool,
            override=clean(request.form.get("override")),
            by=actor(),
            at=now(),
        )
    except referrals.ProposedEnough as refused:
        db().rollback()
        ranked = _ranked(order_id)
        page = _ranked_page(ranked, errors=[(refused.field or "override", refused.sentence)])
        return page, 422
    return back_to(order_id, f"{len(taken)}명을 담았습니다. 서류를 심사해 주세요.")


@area.reads("/orders/<uuid:order_id>/people/<uuid:seeker_id>", by=STAFF)
def explained_page(order_id: uuid.UUID, seeker_id: uuid.UUID) -> str:
    """One person's score for one order, criterion by criterion: what was asked, found, and what would add points."""
    explained = ranking.explained(db(), order_id, seeker_id, index=portal().pool, viewer=actor(), on=today())
    return render_template("staff/explained.html", explained=explained, today=today())


@area.reads("/referrals/<uuid:referral_id>", by=STAFF)
def review_page(referral_id: uuid.UUID) -> str:
    """The blind profile of one person beside the criteria, to be judged line by line."""
    return _review_page(referral_id, [])


def _review_page(referral_id: uuid.UUID, errors: list[tuple[str, str]]) -> str:
    referral = referral_queries.get(db(), referral_id, viewer=actor())
    return render_template(
        "staff/review.html",
        referral=referral,
        order=order_queries.get(db(), referral.order_id, viewer=actor()),
        lines=referrals.sheet_lines(referral),
        reasons=ranking.kept_reasons(referral),
        judgements=list(Judgement),
        occupations=OCCUPATIONS,
        districts=DISTRICTS,
        errors=errors,
        typed=request.form,
        today=today(),
    )


@area.writes("/referrals/<uuid:referral_id>/review", by=STAFF)
def review(referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Judge one person."""
    known = {each.value for each in Judgement}
    judgements = {
        name.removeprefix("judge-"): Judgement(value)
        for name, value in request.form.items()
        if name.startswith("judge-") and value in known
    }
    evidence = {
        name.removeprefix("evidence-"): value.strip()[:200]
        for name, value in request.form.items()
        if name.startswith("evidence-")
    }
    try:
        if request.form.get("decision") not in ("eligible", "ineligible"):
            raise Invalid("적격인지 부적격인지 골라 주세요.")
        referral = referrals.review(
            db(),
            referral_id=referral_id,
            judgements=judgements,
            evidence=evidence,
            opinion=clean(request.form.get("opinion")),
            eligible=request.form.get("decision") == "eligible",
            by=actor(),
            at=now(),
        )
    except Invalid as refused:
        db().rollback()
        return _review_page(referral_id, [("judgements", refused.sentence)]), refused.status
    waiting = [
        each
        for each in referral_queries.of_order(db(), referral.order_id, viewer=actor())
        if each.state is ReferralState.SUGGESTED
    ]
    if waiting:
        flash(f"판정했습니다. {len(waiting)}명 남았습니다.")
        return redirect(url_for("staff.review_page", referral_id=waiting[0].id), code=303)
    return back_to(referral.order_id, "모두 판정했습니다. 적격한 분께 동의를 물어 주세요.")


@area.writes("/orders/<uuid:order_id>/ask-consent", by=STAFF)
def ask_consent(order_id: uuid.UUID) -> BaseResponse:
    """Ask every eligible person of an order, or those again who did not answer in time."""
    asked = consents.ask_everyone(db(), order_id=order_id, by=actor(), at=now())
    return back_to(order_id, f"{len(asked)}명에게 문자를 보냈습니다.")


@area.writes("/orders/<uuid:order_id>/submit", by=STAFF)
def submit(order_id: uuid.UUID) -> BaseResponse:
    """Submit the consenting people to the firm."""
    chosen = [identifier(text) for text in request.form.getlist("referral")]
    shortlist = shortlists.submit(db(), order_id=order_id, referral_ids=chosen, by=actor(), at=now())
    return back_to(order_id, f"{len(shortlist.entries)}명을 추천했습니다. 기업에 알렸습니다.")
