"""The order form: a draft in steps, kept as typed, filed at the end."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse
from wtforms import DateField, IntegerField, StringField

from employer_portal.employers.area import area
from employer_portal.employers.forms import (
    NUMBERS,
    PARTS,
    STEPS,
    TICKS,
    OrderPart,
    defaults,
    parts_of,
    pay_in,
    terms_from,
    typed_from,
)
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.forms import Form, LongText
from employer_portal.web.request import actor, db, identifier, looking, now, only_read, today
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.reference.occupations import OCCUPATIONS
from foundation.refusals import NotFound
from screening.demand.employers.models import Employer
from screening.demand.orders import commands as orders
from screening.demand.orders import lawful
from screening.demand.orders import queries as order_queries
from screening.demand.orders.severity import Severity
from screening.demand.orders.terms import FIELD_KO, errors_in
from screening.intake.advertisements import read_advertisement

MOST_CHOICES = 50
REASON = "reason-"
MORE = (
    "near_station", "related_occupations", "keywords", "overtime_pay", "major", "languages", "computer", "facilities",
    "welfare", "welfare_other", "other_wishes", "contact_department", "contact_position", "contact_mobile",
)  # fmt: skip
"""The fields that stay folded until something stands in them."""


@area.writes("/drafts", by=EMPLOYERS)
def start_draft() -> BaseResponse:
    """A new draft, filled with what the firm told us before; with `from` it is a copy of an earlier order."""
    me = actor()
    source, lead_id = request.form.get("from", ""), None
    if source:
        typed = typed_from(order_queries.get(db(), identifier(source), viewer=me).terms())
        typed["starts_on"] = (today() + dt.timedelta(days=30)).isoformat()
        typed["closes_on"] = ""
    elif request.form.get("lead", ""):
        lead_id = identifier(request.form["lead"])
        lead = order_queries.lead_for(db(), lead_id, viewer=me)
        typed = _defaults(me) | {name: value for name, value in typed_from(lead.terms()).items() if value}
        typed["lead"] = str(lead.id)
    else:
        typed = _defaults(me)
    draft = orders.start_draft(db(), typed=typed, lead_id=lead_id, by=me, at=now())
    return redirect(url_for("employers.draft_page", draft_id=draft.id, step=1), code=303)


class PasteForm(Form):
    """An advertisement as it stands elsewhere."""

    text = LongText("공고 글", needed="공고 글을 붙여 넣어 주세요.", most=8000)


@area.reads("/drafts/paste", by=FIRM_TEAM)
def paste_page() -> str:
    """Begin from an advertisement the firm has already written somewhere."""
    return render_template("employers/paste.html", form=PasteForm(formdata=None))


@area.writes("/drafts/paste", by=EMPLOYERS)
def paste() -> str | BaseResponse | tuple[str, int]:
    """A draft filled with what could be read out of the advertisement; what was guessed is marked on the form."""
    form = PasteForm()
    if not form.validate_on_submit():
        return render_template("employers/paste.html", form=form), 422
    me = actor()
    read = read_advertisement(form.text.data, today=today())
    typed = {**_defaults(me), **read.typed, "guessed": sorted(read.guessed), "left_over": read.left_over[:20]}
    draft = orders.start_draft(db(), typed=typed, by=me, at=now())
    flash(f"공고에서 {len(read.typed)}칸을 채웠습니다. 짐작한 {len(read.guessed)}칸을 확인해 주세요.")
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


@area.reads("/drafts/<uuid:draft_id>/<int:step>", by=FIRM_TEAM)
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
    reasons = _reasons(draft.typed)
    said = {name for name, _, _ in errors}
    blocked = [
        (
            f"reason-{each.ground}" if each.severity is Severity.EXPLAIN else each.field,
            len(STEPS) if each.severity is Severity.EXPLAIN else _step_of(each.field),
            f"{FIELD_KO[each.field]}: {each.headline}",
        )
        for each in lawful.blocking(findings, reasons)
        if each.field not in said or each.ground
    ]
    return render_template(
        f"employers/draft_{step}.html",
        draft=draft,
        step=step,
        steps=STEPS,
        part=parts[step - 1] if step <= len(parts) else None,
        shown=shown_on(draft.typed, step) if step <= len(parts) else "",
        terms=terms,
        findings=findings,
        errors=[*errors, *blocked],
        guessed=draft.typed.get("guessed", []),
        more_open=any(draft.typed.get(name) for name in (*MORE, *NUMBERS))
        or any(at == step for _, at, _ in errors),
        to_explain=lawful.to_explain(findings),
        reasons=reasons,
        occupations=[each.name for each in OCCUPATIONS.values()],
        today=today(),
        field_ko=FIELD_KO,
    )


def _reasons(typed: dict[str, Any]) -> dict[str, str]:
    """Why a condition the law allows only in some settings is needed, by ground, as typed so far."""
    return {name.removeprefix(REASON): str(value) for name, value in typed.items() if name.startswith(REASON)}


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
    typed, shown = _typed(PARTS[step - 1]), _shown()
    wording = request.form.get("reword", "")
    if wording in typed and wording in lawful.CHECKED_TEXTS:
        typed[wording] = _better(wording, str(typed[wording]))
    _say_what_is_replaced(order_queries.draft(db(), draft_id, viewer=actor()).typed, typed, shown)
    draft = orders.save_draft(
        db(), draft_id=draft_id, typed=typed, shown=shown, step=step, by=actor(), at=now()
    )
    if request.headers.get("HX-Request"):
        db().commit()
        only_read()
        return _saved_fragment(draft, step)
    if wording:
        return redirect(
            url_for("employers.draft_page", draft_id=draft.id, step=step, _anchor=wording), code=303
        )
    onward = step - 1 if request.form.get("go") == "back" else step + 1
    return redirect(url_for("employers.draft_page", draft_id=draft.id, step=max(onward, 1)), code=303)


def shown_on(typed: Mapping[str, Any], step: int) -> str:
    """What a step's page shows, to be sent back with it; an empty text is shown as one."""
    fields = list(PARTS[step - 1](MultiDict(), meta={"csrf": False}))
    empty = {field.name: "" for field in fields if isinstance(field, StringField | IntegerField | DateField)}
    kept = {field.name: typed[field.name] for field in fields if field.name in typed}
    return json.dumps(empty | kept, ensure_ascii=False)


def _shown() -> dict[str, Any] | None:
    try:
        shown = json.loads(request.form.get("shown", ""))
    except (ValueError, RecursionError):
        return None
    return shown if isinstance(shown, dict) else None


def _say_what_is_replaced(
    saved: Mapping[str, Any], typed: Mapping[str, Any], shown: Mapping[str, Any] | None
) -> None:
    if shown is None:
        return
    for name, value in orders.changed_on_page(typed, shown).items():
        elsewhere = saved.get(name)
        if elsewhere and elsewhere not in (shown.get(name), value) and isinstance(elsewhere, str):
            label = FIELD_KO.get("occupation_code" if name == "occupation" else name, name)
            flash(f"다른 화면에서 적으신 {label} ‘{elsewhere[:200]}’을(를) 지금 적으신 것으로 바꿨습니다.")


def _typed(part: type[OrderPart]) -> dict[str, Any]:
    blank = part(MultiDict(), meta={"csrf": False})
    typed = {field.name: _typed_in(field.name, several=field.type == "Choices") for field in blank}
    return {name: [] if name in TICKS and not value else value for name, value in typed.items()}


def _typed_in(name: str, *, several: bool) -> list[str] | str:
    if several:
        return list(dict.fromkeys(value[:100] for value in request.form.getlist(name)))[:MOST_CHOICES]
    return request.form.get(name, "")[:20_000]


def _better(field: str, text: str) -> str:
    """The better wording that a finding offers, else the text as it is."""
    return next((each.better for each in lawful.findings_in_text(field, text) if each.better), text)


def _saved_fragment(draft: Any, step: int) -> str:
    parts = parts_of(draft.typed)
    terms = terms_from(parts)
    findings = lawful.check(terms) if terms else _loose_findings(parts)
    names = [
        name
        for name in parts[step - 1]._fields
        if name in (*lawful.CHECKED_TEXTS, "wage_won", "weekly_hours", "contract_months", "probation_percent")
    ]
    return render_template(
        "employers/saved_fragment.html",
        draft=draft,
        findings=findings,
        names=names,
        shown=shown_on(draft.typed, step),
        today=today(),
    )


@area.writes("/drafts/<uuid:draft_id>/submit", by=EMPLOYERS)
def submit_draft(draft_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """File the order; what stands against it is shown on the summary, nothing typed is lost, twice is once."""
    me = actor()
    try:
        with looking() as before:
            typed = dict(order_queries.draft(before, draft_id, viewer=me).typed)
    except NotFound:
        filed = order_queries.get(db(), draft_id, viewer=me)
        return redirect(url_for("employers.receipt_page", order_id=filed.id), code=303)
    terms = terms_from(parts_of(typed))
    if terms is not None:
        lawful.check(terms)  # the texts are read before anything is locked
    draft = order_queries.draft(db(), draft_id, viewer=me, lock=True)
    given = {
        name: value[:500]
        for name, value in request.form.items()
        if name.startswith(REASON) and len(name) < 30
    }
    if given:
        orders.save_draft(db(), draft_id=draft_id, typed=given, step=len(STEPS), by=me, at=now())
        db().commit()
        draft = order_queries.draft(db(), draft_id, viewer=me, lock=True)
    reasons = _reasons(draft.typed)
    if _without_reasons(draft.typed) != _without_reasons(typed):
        terms = terms_from(parts_of(draft.typed))  # another tab was faster
    if terms is None:
        return _refused_page(draft_id), 422
    try:
        lead_id = str(draft.typed.get("lead", ""))
        if lead_id:
            order = orders.claim(
                db(),
                lead_id=identifier(lead_id),
                terms=terms,
                reasons=reasons,
                draft_id=draft_id,
                by=me,
                at=now(),
            )
        else:
            order = orders.submit(db(), terms=terms, reasons=reasons, draft_id=draft_id, by=me, at=now())
    except orders.TermsRefused as refused:
        return _refused_page(draft_id), refused.status
    return redirect(url_for("employers.receipt_page", order_id=order.id), code=303)


def _without_reasons(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if not name.startswith(REASON)}


def _refused_page(draft_id: uuid.UUID) -> str:
    only_read()
    return _draft_page(order_queries.draft(db(), draft_id, viewer=actor()), len(STEPS), checked=True)


@area.writes("/drafts/<uuid:draft_id>/discard", by=EMPLOYERS)
def discard_draft(draft_id: uuid.UUID) -> BaseResponse:
    """Throw a draft away."""
    orders.discard_draft(db(), draft_id=draft_id, by=actor())
    flash("쓰던 신청서를 지웠습니다.")
    return redirect(url_for("employers.home"), code=303)
