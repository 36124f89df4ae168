"""The firm's pages."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from center.accounts.models import Account
from center.actors import Actor
from center.audit.models import AuditEntry
from center.clock import day_in_seoul
from center.codes.occupations import OCCUPATIONS
from center.identity import records
from center.refusals import Invalid, NotFound
from employer_portal.employers.clocks import clock_of
from employer_portal.employers.forms import (
    PARTS,
    PASS_OVER_CHOICES,
    STEPS,
    HireForm,
    MandateForm,
    OrderPart,
    defaults,
    parts_of,
    pay_in,
    terms_from,
    typed_from,
)
from employer_portal.employers.story import story_of
from employer_portal.web.areas import EMPLOYERS, Area
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, now
from screening.consents.commands import covering
from screening.employers.models import Employer
from screening.interviews import commands as interviews
from screening.interviews.calendar_file import invitation
from screening.mandates import commands as mandates
from screening.mandates.models import Power
from screening.orders import commands as orders
from screening.orders import lawful
from screening.orders import queries as order_queries
from screening.orders.models import JobOrder
from screening.orders.policies import may_correct
from screening.orders.states import WORKED, OrderStatus
from screening.orders.terms import FIELD_KO, EmploymentType, errors_in
from screening.outcomes import commands as outcomes
from screening.placements import commands as placements
from screening.progress.queries import of_firm, steps_of
from screening.progress.steps import STAGES, Turn
from screening.referrals import queries as referrals
from screening.referrals.commands import sheet_lines
from screening.referrals.states import NAMED_TO_FIRM, PassOverReason, ReferralState
from screening.shortlists import commands as shortlists

area = Area("employers", __name__, prefix="/employer")


def today() -> dt.date:
    return day_in_seoul(now())


@area.reads("", by=EMPLOYERS)
def home() -> str:
    """내 채용: whose turn it is, order by order; the h1 says the one thing to do."""
    steps = of_firm(db(), viewer=actor(), at=now())
    mine = [each for each in steps if each.step.turn is Turn.FIRM]
    working = [each for each in steps if each.step.turn in (Turn.CENTER, Turn.SEEKER)]
    ended = [each for each in steps if each.step.turn is Turn.NOBODY]
    return render_template(
        "employers/home.html",
        mine=mine,
        working=working,
        ended=ended,
        drafts=order_queries.drafts(db(), viewer=actor()),
        leads=order_queries.leads_for(db(), viewer=actor()),
        stages=STAGES,
        clock_of=clock_of,
        story_of=story_of,
        today=today(),
        action_of=action_of,
    )


ACTIONS: dict[str, tuple[str, str]] = {
    "sign": ("위임하기", "employers.mandate_page"),
    "correct": ("고쳐서 보내기", "employers.correction_page"),
    "answer": ("추천 보고 답하기", "employers.shortlist_page"),
    "decide": ("채용 결정하기", "employers.order_page"),
}


def action_of(step: Any) -> tuple[str, str]:
    """The label and address of the one button of an order's card."""
    label, endpoint = ACTIONS.get(step.step.task.value, ("진행 보기", "employers.order_page"))
    return label, url_for(endpoint, order_id=step.order.id)


# ---- the order form ------------------------------------------------------------------------------------------


@area.writes("/drafts", by=EMPLOYERS)
def start_draft() -> BaseResponse:
    """A new draft, filled with what the firm told us before; with `from` it is a copy of an earlier order."""
    me = actor()
    source = request.form.get("from", "")
    if source:
        typed = typed_from(order_queries.get(db(), _uuid(source), viewer=me).terms())
        typed["starts_on"] = (today() + dt.timedelta(days=30)).isoformat()
        typed["closes_on"] = ""
    elif lead_id := request.form.get("lead", ""):
        lead = order_queries.lead_for(db(), _uuid(lead_id), viewer=me)
        typed = _defaults(me) | {name: value for name, value in typed_from(lead.terms()).items() if value}
        typed["lead"] = str(lead.id)
    else:
        typed = _defaults(me)
    draft = orders.save_draft(db(), draft_id=None, typed=typed, step=1, by=me, at=now())
    return redirect(url_for("employers.draft_page", draft_id=draft.id, step=1), code=303)


def _defaults(me: Actor) -> dict[str, Any]:
    employer = db().get_one(Employer, me.organisation_id)
    account = db().get_one(Account, me.account_id)
    return defaults(
        name=me.name,
        email=account.email,
        address=employer.address,
        district=employer.organisation.district,
        today=today(),
    )


@area.reads("/drafts/<uuid:draft_id>/<int:step>", by=EMPLOYERS)
def draft_page(draft_id: uuid.UUID, step: int) -> str:
    """One step of the form, with its findings beside the fields."""
    draft = order_queries.draft(db(), draft_id, viewer=actor())
    if not 1 <= step <= len(STEPS):
        raise NotFound
    return _draft_page(draft, step, checked=step == len(STEPS))


def _draft_page(draft: Any, step: int, *, checked: bool) -> str:
    parts = parts_of(draft.typed)
    terms = terms_from(parts)
    findings = lawful.check(terms) if terms else _loose_findings(parts)
    if not checked:
        for part in parts:
            for field in part:
                field.errors = []
    errors = [
        (field.id, step_number, error)
        for step_number, part in enumerate(parts, 1)
        for field in part
        for error in field.errors
    ]
    errors += [
        (each.field, _step_of(each.field), each.sentence)
        for each in (errors_in(terms, today=today()) if terms and checked else [])
    ]
    blocked = [
        (each.field, _step_of(each.field), f"{FIELD_KO[each.field]}: {each.headline}")
        for each in lawful.blocking(findings)
    ]
    return render_template(
        f"employers/draft_{step}.html",
        draft=draft,
        step=step,
        steps=STEPS,
        part=parts[step - 1] if step <= len(parts) else None,
        terms=terms,
        findings=findings,
        errors=[*errors, *blocked],
        occupations=[each.name for each in OCCUPATIONS.values()],
        today=today(),
        field_ko=FIELD_KO,
    )


def _loose_findings(parts: tuple[OrderPart, ...]) -> list[lawful.Finding]:
    """Findings about texts and pay, while the rest of the terms is still incomplete."""
    found: list[lawful.Finding] = []
    for part in parts:
        for name in lawful.CHECKED_TEXTS:
            if name in part:
                found += lawful.findings_in_text(name, str(part[name].data or ""))
    pay = pay_in(parts)
    finding = lawful.wage_finding(**pay) if pay else None
    return [*found, finding] if finding else found


def _step_of(field: str) -> int:
    name = "occupation" if field == "occupation_code" else field
    return next((number for number, part in enumerate(PARTS, 1) if hasattr(part, name)), 1)


@area.writes("/drafts/<uuid:draft_id>/<int:step>", by=EMPLOYERS)
def save_step(draft_id: uuid.UUID, step: int) -> str | BaseResponse:
    """Keep a step as typed and go where the button says; wrong values stop nobody before the end."""
    if not 1 <= step < len(STEPS):
        raise NotFound
    draft = orders.save_draft(
        db(), draft_id=draft_id, typed=_typed(PARTS[step - 1]), step=step, by=actor(), at=now()
    )
    if request.headers.get("HX-Request"):
        db().commit()
        return _saved_fragment(draft, step)
    wording = request.form.get("reword", "")
    if wording:
        return _reworded(draft, step, wording)
    onward = step - 1 if request.form.get("go") == "back" else step + 1
    return redirect(url_for("employers.draft_page", draft_id=draft.id, step=max(onward, 1)), code=303)


def _typed(part: type[OrderPart]) -> dict[str, Any]:
    blank = part(MultiDict(), meta={"csrf": False})
    typed: dict[str, Any] = {}
    for field in blank:
        values = request.form.getlist(field.name)
        typed[field.name] = (
            [value[:4000] for value in values] if field.type == "Choices" else (values or [""])[0][:4000]
        )
    return {name: [] if name == "accompany" and not value else value for name, value in typed.items()}


def _reworded(draft: Any, step: int, field: str) -> BaseResponse:
    """Take the better wording of a finding over into the field."""
    found = [
        each
        for each in lawful.findings_in_text(field, str(draft.typed.get(field, "")))
        if each.field == field and each.better
    ]
    if found:
        orders.save_draft(
            db(), draft_id=draft.id, typed={field: found[0].better}, step=step, by=actor(), at=now()
        )
    return redirect(url_for("employers.draft_page", draft_id=draft.id, step=step, _anchor=field), code=303)


def _saved_fragment(draft: Any, step: int) -> str:
    parts = parts_of(draft.typed)
    terms = terms_from(parts)
    findings = lawful.check(terms) if terms else _loose_findings(parts)
    names = [
        name
        for name in parts[step - 1]._fields
        if name in (*lawful.CHECKED_TEXTS, "wage_won", "weekly_hours", "contract_months")
    ]
    return render_template(
        "employers/saved_fragment.html", draft=draft, findings=findings, names=names, today=today()
    )


@area.writes("/drafts/<uuid:draft_id>/submit", by=EMPLOYERS)
def submit_draft(draft_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """File the order; what stands against it is shown on the summary, nothing typed is lost."""
    draft = order_queries.draft(db(), draft_id, viewer=actor())
    terms = terms_from(parts_of(draft.typed))
    if terms is None:
        return _draft_page(draft, len(STEPS), checked=True), 422
    try:
        lead_id = str(draft.typed.get("lead", ""))
        if lead_id:
            order = orders.claim(
                db(), lead_id=_uuid(lead_id), terms=terms, draft_id=draft_id, by=actor(), at=now()
            )
        else:
            order = orders.submit(db(), terms=terms, draft_id=draft_id, by=actor(), at=now())
    except orders.TermsRefused as refused:
        return _draft_page(draft, len(STEPS), checked=True), refused.status
    return redirect(url_for("employers.receipt_page", order_id=order.id), code=303)


@area.writes("/drafts/<uuid:draft_id>/discard", by=EMPLOYERS)
def discard_draft(draft_id: uuid.UUID) -> BaseResponse:
    """Throw a draft away."""
    orders.discard_draft(db(), draft_id=draft_id, by=actor())
    flash("쓰던 신청서를 지웠습니다.")
    return redirect(url_for("employers.home"), code=303)


@area.reads("/orders/<uuid:order_id>/receipt", by=EMPLOYERS)
def receipt_page(order_id: uuid.UUID) -> str:
    """The receipt number and what happens next."""
    order = order_queries.get(db(), order_id, viewer=actor())
    return render_template("employers/receipt.html", order=order, today=today())


# ---- one order -------------------------------------------------------------------------------------------------


@area.reads("/orders/<uuid:order_id>", by=EMPLOYERS)
def order_page(order_id: uuid.UUID) -> str:
    """One order from the firm's side: where it stands, what to do, who was proposed, the whole history."""
    return _order_page(order_id)


def _order_page(
    order_id: uuid.UUID, *, hire_form: HireForm | None = None, hire_of: uuid.UUID | None = None
) -> str:
    me = actor()
    order = order_queries.get(db(), order_id, viewer=me)
    step = steps_of(db(), [order], at=now())[0]
    people = referrals.of_order(db(), order.id, viewer=me)
    named = _named(order, people, me)
    hireable = [
        each
        for each in people
        if order.status is OrderStatus.OPEN
        and order.unfilled
        and each.state in (ReferralState.ACCEPTED, ReferralState.INTERVIEW, ReferralState.INTERVIEWED)
    ]
    letters = {
        entry.referral_id: entry.letter
        for shortlist in shortlists.of_order(db(), order.id, viewer=me)
        for entry in shortlist.entries
    }
    return render_template(
        "employers/order.html",
        order=order,
        step=step,
        stages=STAGES,
        clock=clock_of(step, today()),
        story=story_of(step, today()),
        mandate=mandates.in_force(db(), order.id, at=now()),
        people=people,
        named=named,
        letters=letters,
        hireable=hireable,
        hire_of=hire_of,
        hire_forms={
            each.id: hire_form if hire_form and hire_of == each.id else _hire_form(order).numbered(number)
            for number, each in enumerate(hireable)
        },
        interviews={each.id: interviews.of_referral(db(), each.id) for each in people},
        timeline=_timeline(order),
        action=action_of(step),
        today=today(),
        withdrawable=order.status in WORKED,
        placements=placements.of_order(db(), order.id),
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


def _named(order: JobOrder, people: list[Any], me: Actor) -> dict[uuid.UUID, Any]:
    """Names and contact of those to whom both have said yes, each look recorded."""
    open_to_us = [
        each.seeker_id
        for each in people
        if each.state in NAMED_TO_FIRM and covering(db(), each.id, on=today()) is not None
    ]
    if not open_to_us:
        return {}
    return dict(
        records.look(
            db(),
            seeker_ids=open_to_us,
            fields=("name", "phone", "email"),
            purpose=f"면접과 채용({order.number})",
            viewer=me,
        )
    )


TIMELINE_KO = {
    "order.submitted": "구인신청을 냈습니다",
    "order.received": "센터가 접수했습니다",
    "order.correction_asked": "센터가 고칠 곳을 알렸습니다",
    "order.corrected": "고쳐서 다시 냈습니다",
    "order.approved": "센터가 승인했습니다",
    "order.refused": "센터가 받지 않았습니다",
    "order.withdrawn": "구인신청을 취소했습니다",
    "order.closed": "채용을 마쳤습니다",
    "order.assigned": "담당자가 바뀌었습니다",
}


class Entry:
    """One line of an order's history."""

    def __init__(self, row: AuditEntry) -> None:
        self.at, self.who = row.at, row.actor_name
        self.sentence = TIMELINE_KO.get(row.what, row.what)


def _timeline(order: JobOrder) -> list[Entry]:
    rows = db().scalars(
        sa.select(AuditEntry)
        .where(
            AuditEntry.subject_kind == "job_order",
            AuditEntry.subject_id == str(order.id),
            AuditEntry.what.in_(TIMELINE_KO),
        )
        .order_by(AuditEntry.id)
    )
    return [Entry(row) for row in rows]


@area.writes("/orders/<uuid:order_id>/withdraw", by=EMPLOYERS)
def withdraw(order_id: uuid.UUID) -> BaseResponse:
    """Take the order back; whoever was proposed is told."""
    me = actor()
    order = order_queries.get(db(), order_id, viewer=me)
    if outcomes.untold(db(), order.id):
        words = f"{order.employer.name} '{order.title}' 채용이 취소되었습니다. 다른 자리를 계속 찾아 드리겠습니다."
        outcomes.tell(db(), order_id=order_id, words=words, by=me, at=now())
    orders.withdraw(db(), order_id=order_id, by=me, at=now())
    flash("구인신청을 취소했습니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


# ---- mandate ---------------------------------------------------------------------------------------------------


@area.reads("/orders/<uuid:order_id>/mandate", by=EMPLOYERS)
def mandate_page(order_id: uuid.UUID) -> str:
    """What the firm hands over, to read and to sign."""
    typed = MultiDict(
        [("powers", power.value) for power in Power]
        + [("valid_until", (today() + dt.timedelta(days=90)).isoformat()), ("typed_name", "")]
    )
    return _mandate_page(order_id, MandateForm(typed, meta={"csrf": False}))


def _mandate_page(order_id: uuid.UUID, form: MandateForm) -> str:
    order = order_queries.get(db(), order_id, viewer=actor())
    powers = [Power(code) for code in form.powers.data or [] if code in set(Power)]
    until = form.valid_until.data or today() + dt.timedelta(days=90)
    text = mandates.text_for(order, center=portal().settings.center_name, powers=powers, valid_until=until)
    in_force = mandates.in_force(db(), order.id, at=now())
    return render_template(
        "employers/mandate.html", order=order, form=form, text=text, in_force=in_force, today=today()
    )


@area.writes("/orders/<uuid:order_id>/mandate", by=EMPLOYERS)
def sign_mandate(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Sign the mandate by typing one's name."""
    form = MandateForm()
    if form.validate_on_submit():
        try:
            mandates.sign(
                db(),
                order_id=order_id,
                powers=[Power(code) for code in form.powers.data or []],
                valid_until=form.valid_until.data,
                typed_name=form.typed_name.data,
                center=portal().settings.center_name,
                by=actor(),
                at=now(),
            )
        except Invalid as refusal:
            form.take(refusal)
            return _mandate_page(order_id, form), refusal.status
        flash("위임했습니다. 이제 센터가 일을 시작합니다.")
        return redirect(url_for("employers.order_page", order_id=order_id), code=303)
    return _mandate_page(order_id, form), 422


@area.writes("/orders/<uuid:order_id>/mandate/withdraw", by=EMPLOYERS)
def withdraw_mandate(order_id: uuid.UUID) -> BaseResponse:
    """Take the mandate back at once."""
    mandates.withdraw(db(), order_id=order_id, by=actor(), at=now())
    flash("위임을 철회했습니다. 센터는 이 구인의 일을 멈춥니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


# ---- corrections -----------------------------------------------------------------------------------------------


@area.reads("/orders/<uuid:order_id>/correct", by=EMPLOYERS)
def correction_page(order_id: uuid.UUID) -> str:
    """The fields the officer asked about, each with the officer's words beside it."""
    order = order_queries.get(db(), order_id, viewer=actor())
    may_correct(actor(), order).or_raise()
    return _correction_page(order, parts_of(typed_from(order.terms())), [])


def _correction_page(order: JobOrder, parts: tuple[OrderPart, ...], errors: list[tuple[str, str]]) -> str:
    asked = {correction.field: correction for correction in orders.open_corrections(order)}
    fields = {
        ("occupation_code" if field.name == "occupation" else field.name): field
        for part in parts
        for field in part
    }
    return render_template(
        "employers/correct.html", order=order, asked=asked, fields=fields, errors=errors, field_ko=FIELD_KO
    )


@area.writes("/orders/<uuid:order_id>/correct", by=EMPLOYERS)
def correct(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Send the corrected fields; everything else stays as it was filed."""
    order = order_queries.get(db(), order_id, viewer=actor())
    may_correct(actor(), order).or_raise()
    typed = typed_from(order.terms())
    for correction in orders.open_corrections(order):
        name = "occupation" if correction.field == "occupation_code" else correction.field
        values = request.form.getlist(name)
        typed[name] = values if isinstance(typed.get(name), list) else (values or [""])[0][:4000]
    parts = parts_of(typed)
    terms = terms_from(parts)
    errors = [(field.id, error) for part in parts for field in part for error in field.errors]
    if terms is None:
        return _correction_page(order, parts, errors), 422
    try:
        orders.correct(db(), order_id=order_id, terms=terms, by=actor(), at=now())
    except orders.TermsRefused as refused:
        errors += [(each.field, each.sentence) for each in refused.errors]
        errors += [
            (each.field, f"{FIELD_KO[each.field]}: {each.headline}. {each.advice}")
            for each in refused.findings
        ]
        return _correction_page(order, parts, errors), refused.status
    flash("고쳐서 보냈습니다. 센터가 다시 봅니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


# ---- shortlist -------------------------------------------------------------------------------------------------


@area.reads("/orders/<uuid:order_id>/shortlist", by=EMPLOYERS)
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
        answers[_uuid(referral_id)] = shortlists.FirmAnswer(
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


# ---- hire ------------------------------------------------------------------------------------------------------


@area.writes("/referrals/<uuid:referral_id>/hire", by=EMPLOYERS)
def hire(referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Hire a person on stated terms."""
    form = HireForm()
    referral = referrals.get(db(), referral_id, viewer=actor())
    order_id = referral.order_id
    if not form.validate_on_submit():
        return _order_page(order_id, hire_form=form, hire_of=referral_id), 422
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
        return _order_page(order_id, hire_form=form, hire_of=referral_id), refusal.status
    flash("채용을 확정했습니다. 축하합니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)


@area.reads("/referrals/<uuid:referral_id>/interview.ics", by=EMPLOYERS)
def interview_file(referral_id: uuid.UUID) -> Response:
    """The interview for the firm's calendar."""
    referral = referrals.get(db(), referral_id, viewer=actor())
    interview = interviews.of_referral(db(), referral.id)
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


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as failure:
        raise NotFound from failure
