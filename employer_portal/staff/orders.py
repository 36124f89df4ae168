"""Orders as the officer works them: taking in, correcting, approving, telling, closing."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.staff.forms import (
    AmendmentForm,
    CorrectionForm,
    RefusalForm,
)
from employer_portal.web.areas import STAFF
from employer_portal.web.interview_forms import InterviewForm
from employer_portal.web.outcome_forms import CloseForm, OutcomeForm
from employer_portal.web.request import actor, db, now, today
from employer_portal.web.timeline import timeline_of
from foundation.refusals import Invalid
from screening.casework.amendments import commands as amendments
from screening.casework.amendments import queries as amendment_queries
from screening.casework.consents import queries as consent_queries
from screening.casework.consents.queries import covering
from screening.casework.criteria import commands as criteria
from screening.casework.interviews import absences
from screening.casework.interviews import queries as interview_queries
from screening.casework.outcomes import commands as outcomes
from screening.casework.placements import commands as placements
from screening.casework.referrals import queries as referral_queries
from screening.casework.referrals.states import ReferralState
from screening.casework.retention.queries import checks_of
from screening.casework.shortlists import commands as shortlists
from screening.deadlines.reminders import commands as clocks
from screening.deadlines.steps.pauses import PauseReason
from screening.deadlines.steps.queries import steps_of
from screening.deadlines.steps.steps import STAGES
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Power
from screening.demand.orders import commands as orders
from screening.demand.orders import lawful
from screening.demand.orders import queries as order_queries
from screening.demand.orders.policies import may_work
from screening.demand.orders.states import WORKED, CloseReason, OrderStatus, RefusalGround
from screening.demand.orders.terms import FIELD_KO
from screening.demand.postings import queries as posting_queries


@area.reads("/orders", by=STAFF)
def order_list() -> str:
    """All orders, to be found by number, title or firm."""
    text = request.args.get("q", "")[:60]
    page = order_queries.listed(db(), viewer=actor(), text=text, after=request.args.get("after"))
    return render_template("staff/orders.html", page=page, text=text, leads=False)


@area.reads("/leads", by=STAFF)
def lead_list() -> str:
    """Orders read in the public feed: to be offered to their firms, never worked before."""
    text = request.args.get("q", "")[:60]
    page = order_queries.listed(
        db(),
        viewer=actor(),
        statuses=frozenset({OrderStatus.LEAD}),
        text=text,
        after=request.args.get("after"),
    )
    return render_template("staff/orders.html", page=page, text=text, leads=True)


@area.reads("/orders/<uuid:order_id>", by=STAFF)
def order_page(order_id: uuid.UUID) -> str:
    """One order: its next step, its terms with what the law says, its people."""
    return show_order(order_id)


def show_order(
    order_id: uuid.UUID,
    *,
    correction: CorrectionForm | None = None,
    refusal: RefusalForm | None = None,
    interview: tuple[uuid.UUID, InterviewForm] | None = None,
    outcome: OutcomeForm | None = None,
    closing: CloseForm | None = None,
    amendment: AmendmentForm | None = None,
) -> str:
    me = actor()
    order = order_queries.get(db(), order_id, viewer=me)
    step = steps_of(db(), [order], at=now())[0]
    people = referral_queries.of_order(db(), order.id, viewer=me)
    complete = order.wage_won is not None and order.weekly_hours is not None and order.starts_on is not None
    sheet = criteria.in_force(db(), order.id)
    hired = placements.of_order(db(), order.id)
    standing = interview_queries.standing(db(), people)
    return render_template(
        "staff/order.html",
        order=order,
        step=step,
        stages=STAGES,
        work=may_work(me, order),
        findings=lawful.check(order.terms()) if complete else [],
        mandate=mandates.in_force(db(), order.id, at=now()),
        sheet=sheet,
        pause_reasons=PauseReason,
        applicants=posting_queries.of_order(db(), order.id, viewer=me),
        notes=shortlists.notes_of(db(), order.id, viewer=me),
        words_for=outcomes.words_for,
        worked=order.status in WORKED,
        clock_acts=clocks.of_order(db(), order.id, viewer=me),
        changing=amendment_queries.waiting(db(), order.id, viewer=me),
        amendment=amendment or AmendmentForm(formdata=None),
        people=people,
        consents=consent_queries.of_referrals(db(), [each.id for each in people]),
        ready=[
            each
            for each in people
            if each.state is ReferralState.CONSENTED and covering(db(), each.id, on=today())
        ],
        interviews=standing,
        absences=absences.absences_of(db(), order.id, viewer=me),
        letters_of_meeting={standing[key].id: key for key in standing},
        untold=outcomes.untold(db(), order.id),
        scheduling=mandates.may_act(db(), order, Power.INTERVIEW, at=now()),
        telling_allowed=outcomes.may_tell(db(), order, at=now()),
        moment=now(),
        placements=hired,
        checks=checks_of(db(), [each.id for each in hired]),
        corrections=sorted(order.corrections, key=lambda each: each.asked_at),
        timeline=timeline_of(order),
        correction=correction or CorrectionForm(formdata=None),
        refusal=refusal or RefusalForm(formdata=None),
        interview_forms={
            each.id: interview[1]
            if interview and interview[0] == each.id
            else InterviewForm.for_order(order, number)
            for number, each in enumerate(people)
        },
        interview_of=interview[0] if interview else None,
        outcome=outcome or OutcomeForm(formdata=None, words=outcomes.default_words(order)),
        closing=closing or CloseForm(formdata=None),
        field_ko=FIELD_KO,
        today=today(),
    )


def back_to(order_id: uuid.UUID, words: str = "") -> BaseResponse:
    if words:
        flash(words)
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.writes("/orders/<uuid:order_id>/receive", by=STAFF)
def receive(order_id: uuid.UUID) -> BaseResponse:
    """Take a new order in."""
    order = orders.receive(db(), order_id=order_id, by=actor(), at=now())
    return back_to(order_id, f"{order.number}을 접수했습니다. 이제 담당자입니다.")


@area.writes("/orders/<uuid:order_id>/ask-correction", by=STAFF)
def ask_correction(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Ask the firm to correct one field."""
    form = CorrectionForm()
    if not form.validate_on_submit():
        return show_order(order_id, correction=form), 422
    orders.ask_correction(
        db(), order_id=order_id, requests={form.field.data: form.request.data}, by=actor(), at=now()
    )
    return back_to(order_id, "고칠 곳을 기업에 알렸습니다.")


@area.writes("/orders/<uuid:order_id>/exception", by=STAFF)
def decide_exception(order_id: uuid.UUID) -> BaseResponse:
    """Whether a condition the law allows only in some settings may stand here."""
    orders.decide_exception(
        db(),
        order_id=order_id,
        ground=request.form.get("ground", "")[:20],
        allowed=request.form.get("allowed") == "yes",
        by=actor(),
        at=now(),
    )
    flash("예외를 정했습니다.")
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.writes("/notes/<uuid:note_id>", by=STAFF)
def answer_note(note_id: uuid.UUID) -> BaseResponse:
    """Answer what a firm asked about a person."""
    note = shortlists.answer_note(
        db(), note_id=note_id, text=request.form.get("answer", ""), by=actor(), at=now()
    )
    flash("기업에 답했습니다.")
    return redirect(url_for("staff.order_page", order_id=note.order_id), code=303)


@area.writes("/orders/<uuid:order_id>/tell/<uuid:referral_id>", by=STAFF)
def tell_one(order_id: uuid.UUID, referral_id: uuid.UUID) -> BaseResponse:
    """Tell one person now, in the center's own words; the firm's note is not passed on."""
    words = request.form.get("words", "")[:500]
    outcomes.tell(db(), order_id=order_id, words=words, only=[referral_id], by=actor(), at=now())
    flash("결과를 알렸습니다.")
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.writes("/orders/<uuid:order_id>/pause", by=STAFF)
def pause_clock(order_id: uuid.UUID) -> BaseResponse:
    """Stop the order's clock for a stated reason."""
    reason = clocks.pause_reason(request.form.get("reason", ""))
    clocks.pause(
        db(), order_id=order_id, reason=reason, note=request.form.get("note", ""), by=actor(), at=now()
    )
    flash("시계를 멈추고 기업에 알렸습니다.")
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.writes("/orders/<uuid:order_id>/resume", by=STAFF)
def resume_clock(order_id: uuid.UUID) -> BaseResponse:
    """Let the order's clock run again."""
    clocks.resume(db(), order_id=order_id, by=actor(), at=now())
    flash("시계가 다시 갑니다. 멈춘 영업일만큼 기한을 미뤘습니다.")
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.writes("/orders/<uuid:order_id>/amendment", by=STAFF)
def decide_amendment(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Whether worse terms may hold."""
    form = AmendmentForm()
    allowed = request.form.get("allowed") == "yes"
    try:
        amendments.decide(
            db(),
            order_id=order_id,
            allowed=allowed,
            answer=form.answer.data or "",
            by=actor(),
            at=now(),
        )
    except Invalid as refused:
        form.take(refused)
        return show_order(order_id, amendment=form), refused.status
    flash("바꾸고 모두에게 알렸습니다." if allowed else "바꾸지 않기로 하고 기업에 알렸습니다.")
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.writes("/orders/<uuid:order_id>/approve", by=STAFF)
def approve(order_id: uuid.UUID) -> BaseResponse:
    """Approve an order."""
    orders.approve(db(), order_id=order_id, by=actor(), at=now())
    return back_to(order_id, "승인했습니다. 심사 기준을 정해 주세요.")


@area.writes("/orders/<uuid:order_id>/refuse", by=STAFF)
def refuse(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Refuse an order on a statutory ground."""
    form = RefusalForm()
    if form.validate_on_submit():
        try:
            orders.refuse(
                db(),
                order_id=order_id,
                ground=RefusalGround(form.ground.data),
                explanation=form.explanation.data,
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            return back_to(order_id, "반려했습니다. 기업에 사유를 알렸습니다.")
    return show_order(order_id, refusal=form), 422


@area.writes("/orders/<uuid:order_id>/tell", by=STAFF)
def tell(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Tell everyone how it ended."""
    form = OutcomeForm()
    if form.validate_on_submit():
        try:
            told = outcomes.tell(db(), order_id=order_id, words=form.words.data, by=actor(), at=now())
        except Invalid as refused:
            form.take(refused)
        else:
            return back_to(order_id, f"{len(told)}명에게 결과를 알렸습니다.")
    return show_order(order_id, outcome=form), 422


@area.writes("/orders/<uuid:order_id>/close", by=STAFF)
def close(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Close an order."""
    form = CloseForm()
    if form.validate_on_submit():
        try:
            outcomes.close(
                db(), order_id=order_id, reason=CloseReason(form.reason.data), by=actor(), at=now()
            )
        except (Invalid, outcomes.NotEveryoneTold) as refused:
            form.take(refused)
        else:
            return back_to(order_id, "종결했습니다.")
    return show_order(order_id, closing=form), 422
