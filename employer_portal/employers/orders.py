"""One order from the firm's side: where it stands, who was proposed, hiring, taking it back."""

import uuid

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.employers.clocks import clock_of
from employer_portal.employers.forms import (
    HireForm,
)
from employer_portal.employers.home import action_of
from employer_portal.employers.story import story_of
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.interview_forms import CancelForm, InterviewForm, is_set
from employer_portal.web.outcome_forms import CloseForm, OutcomeForm
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, now, today
from employer_portal.web.timeline import timeline_of
from foundation.reference.employment_types import EmploymentType
from foundation.refusals import Invalid, NotFound
from screening.casework.consents import queries as consents
from screening.casework.handovers import queries as handovers
from screening.casework.interviews import absences
from screening.casework.interviews import queries as interview_queries
from screening.casework.interviews.calendar_file import invitation
from screening.casework.outcomes import commands as outcomes
from screening.casework.placements import commands as placements
from screening.casework.referrals import queries as referrals
from screening.casework.retention import commands as retention
from screening.casework.retention.queries import checks_of
from screening.casework.shortlists import commands as shortlists
from screening.deadlines.steps.queries import steps_of
from screening.deadlines.steps.steps import STAGES
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as order_queries
from screening.demand.orders.models import JobOrder
from screening.demand.orders.policies import may_withdraw
from screening.demand.orders.states import WORKED, CloseReason
from screening.demand.postings import queries as posting_queries


@area.reads("/orders/<uuid:order_id>/receipt", by=FIRM_TEAM)
def receipt_page(order_id: uuid.UUID) -> str:
    """The receipt number and what happens next."""
    order = order_queries.get(db(), order_id, viewer=actor())
    return render_template("employers/receipt.html", order=order, today=today())


@area.reads("/orders/<uuid:order_id>", by=FIRM_TEAM)
def order_page(order_id: uuid.UUID) -> str:
    """One order from the firm's side: where it stands, what to do, who was proposed, the whole history."""
    return show_order(order_id)


def show_order(
    order_id: uuid.UUID,
    *,
    hire_form: HireForm | None = None,
    hire_of: uuid.UUID | None = None,
    interview: tuple[uuid.UUID, InterviewForm] | None = None,
    telling: OutcomeForm | None = None,
    wording: OutcomeForm | None = None,
    closing: CloseForm | None = None,
    cancelling: tuple[uuid.UUID, CancelForm] | None = None,
) -> str:
    me = actor()
    order = order_queries.get(db(), order_id, viewer=me)
    step = steps_of(db(), [order], at=now())[0]
    people = referrals.of_order(db(), order.id, viewer=me)
    named = consents.named(db(), order, people, viewer=me, on=today())
    hired = placements.of_order(db(), order.id)
    mandate = mandates.in_force(db(), order.id, at=now())
    powers = mandates.powers_of(db(), order.id, at=now())
    meetable = interview_queries.kept_by_firm(order, people, powers)
    hireable = placements.hireable(order, people)
    letters = {
        entry.referral_id: entry.letter
        for shortlist in shortlists.of_order(db(), order.id, viewer=me)
        for entry in shortlist.entries
    }
    standing = interview_queries.standing(db(), people)
    return render_template(
        "employers/order.html",
        order=order,
        step=step,
        stages=STAGES,
        clock=clock_of(step, today()),
        story=story_of(step, today()),
        mandate=mandate,
        waits_for_yes=handovers.open_work(
            db(), order.id, without=[Power.CONTACT] if mandate and Power.CONTACT not in powers else []
        ),
        people=people,
        named=named,
        letters=letters,
        hireable=hireable,
        hire_of=hire_of,
        telling=telling or OutcomeForm(formdata=None, words=outcomes.default_words(order)),
        wording=(wording or OutcomeForm(formdata=None, words=outcomes.default_words(order)).numbered(7)),
        closing=closing or CloseForm(formdata=None),
        untold=outcomes.untold_by_firm(db(), order, at=now()),
        interview_of=interview[0] if interview else None,
        cancel_of=cancelling[0] if cancelling else None,
        cancel_forms={
            each.id: (
                cancelling[1] if cancelling and cancelling[0] == each.id else CancelForm(formdata=None)
            ).numbered(300 + number)
            for number, each in enumerate(people)
        },
        interview_forms={
            each.id: interview[1]
            if interview and interview[0] == each.id
            else InterviewForm.for_order(order, 100 + number)
            for number, each in enumerate(meetable)
        },
        hire_forms={
            each.id: hire_form if hire_form and hire_of == each.id else _hire_form(order).numbered(number)
            for number, each in enumerate(hireable)
        },
        interviews=standing,
        absences=absences.absences_of(db(), order.id, viewer=me),
        letters_of_meeting={standing[key].id: key for key in standing},
        moment=now(),
        applied=len(posting_queries.of_order(db(), order.id, viewer=me)),
        timeline=timeline_of(order),
        action=action_of(step),
        today=today(),
        withdrawable=order.status in WORKED,
        may_withdraw=may_withdraw(me, order),
        placements=hired,
        checks=checks_of(db(), [each.id for each in hired]),
    )


def _hire_form(order: JobOrder) -> HireForm:
    typed = MultiDict(
        {
            "starts_on": (order.starts_on or today()).isoformat(),
            "wage_won": f"{order.wage_won or 0:,}",
            "employment_type": order.employment_type.value,
        }
    )
    return HireForm(typed, meta={"csrf": False})


@area.writes("/referrals/<uuid:referral_id>/interview", by=EMPLOYERS)
def schedule(referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Set or move an interview that the firm has kept for itself; the person is told."""
    form = InterviewForm()
    order_id = referrals.get(db(), referral_id, viewer=actor()).order_id
    if is_set(form, referral_id):
        flash("면접을 잡았습니다. 본인에게 문자로 알렸습니다.")
        return redirect(url_for("employers.order_page", order_id=order_id), code=303)
    return show_order(order_id, interview=(referral_id, form)), 422


@area.writes("/orders/<uuid:order_id>/tell", by=EMPLOYERS)
def tell(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Tell the people who were not hired, when the firm has kept that for itself."""
    form = OutcomeForm()
    if form.validate_on_submit():
        try:
            told = outcomes.tell(db(), order_id=order_id, words=form.words.data, by=actor(), at=now())
        except Invalid as refused:
            form.take(refused)
        else:
            flash(f"{len(told)}명에게 결과를 알렸습니다.")
            return redirect(url_for("employers.order_page", order_id=order_id), code=303)
    return show_order(order_id, telling=form), 422


@area.writes("/orders/<uuid:order_id>/words", by=EMPLOYERS)
def word_outcome(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Change what the people who are not hired will read."""
    form = OutcomeForm()
    if form.validate_on_submit():
        try:
            outcomes.word_outcome(db(), order_id=order_id, words=form.words.data, by=actor(), at=now())
        except Invalid as refused:
            form.take(refused)
        else:
            flash("결과 알림의 말을 바꿨습니다. 채용이 정해지면 이 말로 알립니다.")
            return redirect(url_for("employers.order_page", order_id=order_id), code=303)
    return show_order(order_id, wording=form), 422


@area.writes("/orders/<uuid:order_id>/finish", by=EMPLOYERS)
def finish(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """End the search with a reason; everyone is told first."""
    form = CloseForm()
    if form.validate_on_submit():
        try:
            outcomes.finish(
                db(), order_id=order_id, reason=CloseReason(form.reason.data), by=actor(), at=now()
            )
        except Invalid as refused:
            db().rollback()
            form.take(refused)
        else:
            flash("모두에게 결과를 알리고 마쳤습니다.")
            return redirect(url_for("employers.order_page", order_id=order_id), code=303)
    return show_order(order_id, closing=form), 422


@area.writes("/referrals/<uuid:referral_id>/reconsider", by=EMPLOYERS)
def reconsider(referral_id: uuid.UUID) -> BaseResponse:
    """See somebody after all."""
    referral = shortlists.reconsider(db(), referral_id=referral_id, by=actor(), at=now())
    flash("다시 만나 보기로 했습니다.")
    return redirect(url_for("employers.order_page", order_id=referral.order_id), code=303)


@area.writes("/checks/<uuid:check_id>/still", by=EMPLOYERS)
def still_there(check_id: uuid.UUID) -> BaseResponse:
    """The person of a due check is still there, said on the order's page instead of by the link."""
    order = retention.confirm_still(db(), check_id=check_id, by=actor(), at=now())
    flash("계속 다닌다고 알려 주셔서 고맙습니다.")
    return redirect(url_for("employers.order_page", order_id=order.id), code=303)


@area.writes("/orders/<uuid:order_id>/withdraw", by=EMPLOYERS)
def withdraw(order_id: uuid.UUID) -> BaseResponse:
    """Take the order back; whoever was proposed is told."""
    outcomes.withdraw(db(), order_id=order_id, by=actor(), at=now())
    flash("구인신청을 취소했습니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


@area.writes("/referrals/<uuid:referral_id>/hire", by=EMPLOYERS)
def hire(referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Hire a person on stated terms."""
    form = HireForm()
    referral = referrals.get(db(), referral_id, viewer=actor())
    order_id = referral.order_id
    if not form.validate_on_submit():
        return show_order(order_id, hire_form=form, hire_of=referral_id), 422
    try:
        placements.hire(
            db(),
            referral_id=referral_id,
            starts_on=form.starts_on.data,
            wage_won=form.wage_won.data or 0,
            employment_type=EmploymentType(form.employment_type.data),
            explanation=form.explanation.data or "",
            by=actor(),
            at=now(),
        )
    except Invalid as refusal:
        form.take(refusal)
        db().rollback()
        return show_order(order_id, hire_form=form, hire_of=referral_id), refusal.status
    flash("채용을 확정했습니다. 축하합니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


@area.reads("/referrals/<uuid:referral_id>/interview.ics", by=FIRM_TEAM)
def interview_file(referral_id: uuid.UUID) -> Response:
    """The interview for the firm's calendar."""
    referral = referrals.get(db(), referral_id, viewer=actor())
    interview = interview_queries.of_referral(db(), referral.id)
    if interview is None:
        raise NotFound("잡힌 면접이 없습니다.")
    order = order_queries.get(db(), referral.order_id, viewer=actor())
    content = invitation(
        interview,
        firm=order.employer.name,
        title=order.title,
        organiser=portal().settings.telephone,
        at=now(),
    )
    return Response(
        content,
        mimetype="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="interview.ics"'},
    )
