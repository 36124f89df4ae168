"""The officer's pages."""

import datetime as dt
import uuid

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from center import business_numbers, telephone
from center.accounts import commands as accounts
from center.accounts.models import Account
from center.actors import OFFICERS, Role
from center.clock import day_in_seoul
from center.codes.districts import DISTRICTS
from center.codes.occupations import OCCUPATIONS, suggest
from center.identity.models import Sighting, SightingOf
from center.identity.person import Person
from center.organisations.models import Organisation
from center.outbox.models import Effect
from center.refusals import Invalid, NotFound
from employer_portal.employers.forms import words_in
from employer_portal.staff.forms import (
    OUTSIDE,
    CloseForm,
    CorrectionForm,
    FirmForm,
    InterviewForm,
    OutcomeForm,
    RefusalForm,
    SeekerForm,
)
from employer_portal.web.areas import STAFF, Area
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, now
from screening.consents import commands as consents
from screening.consents.commands import covering
from screening.consents.models import Consent
from screening.criteria import commands as criteria
from screening.criteria.lines import DEFAULT_WEIGHTS, WEIGHT_KO, Need, drawn_from
from screening.employers import commands as employers
from screening.employers.models import Employer, EmployerSource
from screening.interviews import commands as interviews
from screening.interviews.models import InterviewMode
from screening.mandates import commands as mandates
from screening.orders import commands as orders
from screening.orders import lawful
from screening.orders import queries as order_queries
from screening.orders.models import JobOrder
from screening.orders.policies import may_work
from screening.orders.states import CloseReason, OrderStatus, RefusalGround
from screening.orders.terms import FIELD_KO
from screening.outcomes import commands as outcomes
from screening.placements import commands as placements
from screening.progress.queries import OrderStep, steps_of, worklist
from screening.progress.steps import STAGES, Task, Turn
from screening.referrals import commands as referrals
from screening.referrals import queries as referral_queries
from screening.referrals.models import Referral
from screening.referrals.states import Judgement, ReferralState
from screening.seekers import commands as seekers
from screening.seekers import queries as seeker_queries
from screening.seekers.profile import Profile
from screening.shortlists import commands as shortlists

area = Area("staff", __name__, prefix="/staff")


def today() -> dt.date:
    return day_in_seoul(now())


# ---- the worklist ----------------------------------------------------------------------------------------------

FILTERS = (
    ("late", "늦음"),
    ("week", "이번 주까지"),
    ("center", "센터 차례"),
    ("firm", "기업 답 기다림"),
    ("seeker", "구직자 답 기다림"),
    ("all", "전체"),
)


def _passes(each: OrderStep, name: str, day: dt.date) -> bool:
    due = each.step.due_on
    if name == "late":
        return due is not None and due < day
    if name == "week":
        return due is not None and due <= day + dt.timedelta(days=6 - day.weekday())
    if name in ("center", "firm", "seeker"):
        return each.step.turn is Turn(name)
    return True


PLACES: dict[Task, str] = {
    Task.FIX_CRITERIA: "staff.criteria_page",
    Task.CHOOSE: "staff.ranked_page",
}


def place_of(each: OrderStep) -> str:
    """Where the next step of an order is done."""
    return url_for(PLACES.get(each.step.task, "staff.order_page"), order_id=each.order.id)


@area.reads("", by=STAFF)
def home() -> str:
    """할 일: every order somebody has to move, by due day and then by receipt."""
    everyone = request.args.get("who") == "all"
    chosen = request.args.get("f", "all")
    steps = worklist(db(), viewer=actor(), officer_id=None if everyone else actor().account_id, at=now())
    day = today()
    counts = {name: sum(_passes(each, name, day) for each in steps) for name, _ in FILTERS}
    shown = [each for each in steps if _passes(each, chosen, day)]
    due = [each for each in steps if each.step.due_on is not None and each.step.due_on <= day]
    page = max(request.args.get("page", 1, type=int), 1)
    return render_template(
        "staff/home.html",
        shown=shown[(page - 1) * 20 : page * 20],
        total=len(shown),
        page=page,
        pages=-(-len(shown) // 20),
        due=len(due),
        late=counts["late"],
        filters=FILTERS,
        counts=counts,
        chosen=chosen,
        everyone=everyone,
        today=day,
        place_of=place_of,
        first=place_of(steps[0]) if steps else None,
        moment=now(),
    )


# ---- orders ----------------------------------------------------------------------------------------------------


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
    return _order_page(order_id)


def _order_page(
    order_id: uuid.UUID,
    *,
    correction: CorrectionForm | None = None,
    refusal: RefusalForm | None = None,
    interview: tuple[uuid.UUID, InterviewForm] | None = None,
    outcome: OutcomeForm | None = None,
    closing: CloseForm | None = None,
) -> str:
    me = actor()
    order = order_queries.get(db(), order_id, viewer=me)
    step = steps_of(db(), [order], at=now())[0]
    people = referral_queries.of_order(db(), order.id, viewer=me)
    complete = order.wage_won is not None and order.weekly_hours is not None and order.starts_on is not None
    sheet = criteria.in_force(db(), order.id)
    return render_template(
        "staff/order.html",
        order=order,
        step=step,
        stages=STAGES,
        work=may_work(me, order),
        findings=lawful.check(order.terms()) if complete else [],
        mandate=mandates.in_force(db(), order.id, at=now()),
        sheet=sheet,
        people=people,
        consents={
            each.id: db().scalars(sa.select(Consent).where(Consent.referral_id == each.id)).one_or_none()
            for each in people
        },
        ready=[
            each
            for each in people
            if each.state is ReferralState.CONSENTED and covering(db(), each.id, on=today())
        ],
        interviews={each.id: interviews.of_referral(db(), each.id) for each in people},
        untold=outcomes.untold(db(), order.id),
        placements=placements.of_order(db(), order.id),
        correction=correction or CorrectionForm(formdata=None),
        refusal=refusal or RefusalForm(formdata=None),
        interview_forms={
            each.id: interview[1]
            if interview and interview[0] == each.id
            else InterviewForm(formdata=None, place=order.workplace_address, time="14:00").numbered(number)
            for number, each in enumerate(people)
        },
        interview_of=interview[0] if interview else None,
        outcome=outcome or OutcomeForm(formdata=None, words=outcomes.default_words(order)),
        closing=closing or CloseForm(formdata=None),
        field_ko=FIELD_KO,
        today=today(),
    )


def _back(order_id: uuid.UUID, words: str = "") -> BaseResponse:
    if words:
        flash(words)
    return redirect(url_for("staff.order_page", order_id=order_id), code=303)


@area.writes("/orders/<uuid:order_id>/receive", by=STAFF)
def receive(order_id: uuid.UUID) -> BaseResponse:
    """Take a new order in."""
    order = orders.receive(db(), order_id=order_id, by=actor(), at=now())
    return _back(order_id, f"{order.number}을 접수했습니다. 이제 담당자입니다.")


@area.writes("/orders/<uuid:order_id>/ask-correction", by=STAFF)
def ask_correction(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Ask the firm to correct one field."""
    form = CorrectionForm()
    if not form.validate_on_submit():
        return _order_page(order_id, correction=form), 422
    orders.ask_correction(
        db(), order_id=order_id, requests={form.field.data: form.request.data}, by=actor(), at=now()
    )
    return _back(order_id, "고칠 곳을 기업에 알렸습니다.")


@area.writes("/orders/<uuid:order_id>/approve", by=STAFF)
def approve(order_id: uuid.UUID) -> BaseResponse:
    """Approve an order."""
    orders.approve(db(), order_id=order_id, by=actor(), at=now())
    return _back(order_id, "승인했습니다. 심사 기준을 정해 주세요.")


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
            return _back(order_id, "반려했습니다. 기업에 사유를 알렸습니다.")
    return _order_page(order_id, refusal=form), 422


# ---- criteria, ranking, blind review ----------------------------------------------------------------------------


@area.reads("/orders/<uuid:order_id>/criteria", by=STAFF)
def criteria_page(order_id: uuid.UUID) -> str:
    """The criteria sheet, to be fixed before anybody is looked at."""
    return _criteria_page(order_id, {}, [])


def _criteria_page(order_id: uuid.UUID, typed: dict[str, str], errors: list[tuple[str, str]]) -> str:
    order = order_queries.get(db(), order_id, viewer=actor())
    sheet = criteria.in_force(db(), order.id)
    weights = {
        name: typed.get(f"w-{name}", str((sheet.weights if sheet else DEFAULT_WEIGHTS)[name]))
        for name in DEFAULT_WEIGHTS
    }
    return render_template(
        "staff/criteria.html",
        order=order,
        sheet=sheet,
        lines=drawn_from(order.terms()),
        weights=weights,
        weight_ko=WEIGHT_KO,
        needs=list(Need),
        typed=typed,
        errors=errors,
        today=today(),
    )


@area.writes("/orders/<uuid:order_id>/criteria", by=STAFF)
def fix_criteria(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Fix the criteria."""
    typed = {name: value[:20] for name, value in request.form.items()}
    try:
        weights = {name: _whole(typed.get(f"w-{name}", "")) for name in DEFAULT_WEIGHTS}
        needs = {
            name.removeprefix("need-"): Need(value)
            for name, value in typed.items()
            if name.startswith("need-") and value in set(Need)
        }
        criteria.fix(db(), order_id=order_id, weights=weights, needs=needs, by=actor(), at=now())
    except Invalid as refused:
        db().rollback()
        return _criteria_page(order_id, typed, [("w-occupation", refused.sentence)]), refused.status
    flash("심사 기준을 확정했습니다. 이제 사람을 볼 수 있습니다.")
    return redirect(url_for("staff.ranked_page", order_id=order_id), code=303)


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise Invalid("배점을 0점에서 100점 사이의 숫자로 적어 주세요.", field="weights")
    return int(text)


FUNNEL_KO = {
    "pool": "인재풀",
    "date": "입사일에 일할 수 있음",
    "licence": "필수 자격",
    "experience": "필수 경력",
    "hours": "고용형태",
    "pay": "임금",
    "commute": "통근",
}


@area.reads("/orders/<uuid:order_id>/people", by=STAFF)
def ranked_page(order_id: uuid.UUID) -> str:
    """The pool ranked for the order, blind, each score explained."""
    ranked = referral_queries.ranked(db(), order_id, index=portal().pool, viewer=actor())
    return render_template(
        "staff/ranked.html", ranked=ranked, weight_ko=WEIGHT_KO, funnel_ko=FUNNEL_KO, today=today()
    )


@area.reads("/leads/<uuid:order_id>/people", by=STAFF)
def preview_page(order_id: uuid.UUID) -> str:
    """Who would fit a lead: a reason to call its firm."""
    ranked = referral_queries.previewed(db(), order_id, index=portal().pool, viewer=actor())
    return render_template(
        "staff/ranked.html", ranked=ranked, weight_ko=WEIGHT_KO, funnel_ko=FUNNEL_KO, today=today()
    )


@area.writes("/orders/<uuid:order_id>/people", by=STAFF)
def suggest_people(order_id: uuid.UUID) -> BaseResponse:
    """Take the chosen people into the suggested list."""
    chosen = [_uuid(text) for text in request.form.getlist("seeker")]
    taken = referrals.suggest(
        db(), order_id=order_id, seeker_ids=chosen, index=portal().pool, by=actor(), at=now()
    )
    return _back(order_id, f"{len(taken)}명을 담았습니다. 서류를 심사해 주세요.")


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
        judgements=list(Judgement),
        occupations=OCCUPATIONS,
        districts=DISTRICTS,
        weight_ko=WEIGHT_KO,
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
        referral = referrals.review(
            db(),
            referral_id=referral_id,
            judgements=judgements,
            evidence=evidence,
            opinion=request.form.get("opinion", "")[:500],
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
    return _back(referral.order_id, "모두 판정했습니다. 적격한 분께 동의를 물어 주세요.")


# ---- consent, shortlist, interview, outcome ----------------------------------------------------------------------


@area.writes("/orders/<uuid:order_id>/ask-consent", by=STAFF)
def ask_consent(order_id: uuid.UUID) -> BaseResponse:
    """Ask every eligible person of an order."""
    eligible = [
        each
        for each in referral_queries.of_order(db(), order_id, viewer=actor())
        if each.state is ReferralState.ELIGIBLE
    ]
    if not eligible:
        raise Invalid("동의를 물을 분이 없습니다. 먼저 서류를 심사해 주세요.")
    for referral in eligible:
        consents.ask(db(), referral_id=referral.id, by=actor(), at=now())
    return _back(order_id, f"{len(eligible)}명에게 문자를 보냈습니다.")


@area.writes("/orders/<uuid:order_id>/submit", by=STAFF)
def submit(order_id: uuid.UUID) -> BaseResponse:
    """Submit the consenting people to the firm."""
    chosen = [_uuid(text) for text in request.form.getlist("referral")]
    shortlist = shortlists.submit(db(), order_id=order_id, referral_ids=chosen, by=actor(), at=now())
    return _back(order_id, f"{len(shortlist.entries)}명을 추천했습니다. 기업에 알렸습니다.")


@area.writes("/referrals/<uuid:referral_id>/interview", by=STAFF)
def schedule(referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Set or move an interview."""
    form = InterviewForm()
    referral = referral_queries.get(db(), referral_id, viewer=actor())
    order_id = referral.order_id
    if form.validate_on_submit():
        try:
            interviews.schedule(
                db(),
                referral_id=referral_id,
                starts_at=form.starts_at,
                place=form.place.data,
                mode=InterviewMode(form.mode.data),
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
            db().rollback()
        else:
            return _back(order_id, "면접을 잡았습니다. 기업과 본인에게 알렸습니다.")
    return _order_page(order_id, interview=(referral_id, form)), 422


@area.writes("/referrals/<uuid:referral_id>/held", by=STAFF)
def held(referral_id: uuid.UUID) -> BaseResponse:
    """Write down how an interview went."""
    referral = interviews.hold(
        db(), referral_id=referral_id, came=request.form.get("came") == "yes", by=actor(), at=now()
    )
    return _back(referral.order_id, "면접 결과를 적었습니다.")


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
            return _back(order_id, f"{len(told)}명에게 결과를 알렸습니다.")
    return _order_page(order_id, outcome=form), 422


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
            return _back(order_id, "종결했습니다.")
    return _order_page(order_id, closing=form), 422


# ---- the pool --------------------------------------------------------------------------------------------------


@area.reads("/seekers", by=STAFF)
def seeker_list() -> str:
    """The pool, blind."""
    text, district = request.args.get("q", "")[:60], request.args.get("d", "")[:5]
    page = seeker_queries.listed(
        db(), viewer=actor(), text=text, district=district, after=request.args.get("after")
    )
    return render_template("staff/seekers.html", page=page, text=text, district=district, districts=DISTRICTS)


@area.reads("/seekers/new", by=STAFF)
def seeker_form() -> str:
    """구직등록 at the desk."""
    form = SeekerForm(formdata=None, available_on=today(), employment_types=["10", "20"])
    return render_template("staff/seeker_form.html", form=form, occupations=OCCUPATIONS)


@area.writes("/seekers/new", by=STAFF)
def register_seeker() -> str | BaseResponse | tuple[str, int]:
    """Register a seeker."""
    form = SeekerForm()
    if form.validate_on_submit():
        try:
            seeker = seekers.register(
                db(), person=person_from(form), profile=profile_from(form), by=actor(), at=now()
            )
        except (Invalid, seekers.AlreadyRegistered) as refused:
            form.take(refused)
        else:
            flash(f"{seeker.code}로 등록했습니다.")
            return redirect(url_for("staff.seeker_page", seeker_id=seeker.id), code=303)
    return render_template("staff/seeker_form.html", form=form, occupations=OCCUPATIONS), 422


def person_from(form: SeekerForm) -> Person:
    """The identity part of the form."""
    return Person(
        name=form.name.data,
        birth_date=form.birth_date.data,
        phone=telephone.parse(form.phone.data),
        email=form.email.data or "",
        sex=form.sex.data,
    )


def profile_from(form: SeekerForm) -> Profile:
    """The blind part of the form."""
    occupation = suggest(form.occupation.data)
    assert occupation is not None
    district = None if form.district.data == OUTSIDE else form.district.data
    return Profile(
        district=district,
        occupations=(occupation.code,),
        experience={occupation.code: form.months.data} if form.months.data else {},
        licences=words_in(form.licences.data),
        skills=words_in(form.skills.data),
        employment_types=tuple(form.employment_types.data or ("10",)),
        wage_floor=form.wage_floor.data or 0,
        commute=tuple(form.commute.data or ()),
        available_on=form.available_on.data,
        summary=form.summary.data or "",
    )


@area.reads("/seekers/<uuid:seeker_id>", by=STAFF)
def seeker_page(seeker_id: uuid.UUID) -> str:
    """One seeker, blind, with their proposals and everyone who opened their identity."""
    seeker = seeker_queries.get(db(), seeker_id, viewer=actor())
    return _seeker_page(seeker.id, None)


def _seeker_page(seeker_id: uuid.UUID, person: Person | None, error: str = "") -> str:
    seeker = seeker_queries.get(db(), seeker_id, viewer=actor())
    history = list(db().scalars(referral_queries.visible_to(actor()).where(Referral.seeker_id == seeker_id)))
    looks = (
        db()
        .scalars(
            sa.select(Sighting)
            .join(SightingOf, SightingOf.sighting_id == Sighting.id)
            .where(SightingOf.seeker_id == seeker_id)
            .order_by(Sighting.at.desc())
            .limit(20)
        )
        .all()
    )
    return render_template(
        "staff/seeker.html",
        seeker=seeker,
        row=seeker_queries.row_of(seeker),
        person=person,
        error=error,
        history=history,
        orders={each.order_id: db().get_one(JobOrder, each.order_id) for each in history},
        looks=looks,
        occupations=OCCUPATIONS,
        districts=DISTRICTS,
        today=today(),
    )


@area.reads("/seekers/<uuid:seeker_id>/identity", by=STAFF)
def identity_again(seeker_id: uuid.UUID) -> BaseResponse:
    """Whoever comes back to the address finds the blind page and states the purpose anew."""
    return redirect(url_for("staff.seeker_page", seeker_id=seeker_id), code=303)


@area.writes("/seekers/<uuid:seeker_id>/identity", by=STAFF)
def open_identity(seeker_id: uuid.UUID) -> str | tuple[str, int]:
    """Open who somebody is, for a stated purpose; the look is recorded before the page leaves."""
    purpose = request.form.get("purpose", "").strip()
    if sum(character.isalnum() for character in purpose) < 2:
        return _seeker_page(seeker_id, None, "왜 보는지 적어 주세요. 기록에 남고 본인이 볼 수 있습니다."), 422
    person = seeker_queries.named(db(), seeker_id, purpose=purpose[:60], viewer=actor())
    return _seeker_page(seeker_id, person)


@area.writes("/seekers/<uuid:seeker_id>/pause", by=STAFF)
def pause_seeker(seeker_id: uuid.UUID) -> BaseResponse:
    """Take somebody out of every list, or put them back."""
    seeker_queries.get(db(), seeker_id, viewer=actor())
    command = seekers.resume if request.form.get("to") == "active" else seekers.pause
    command(db(), seeker_id=seeker_id, by=actor(), at=now())
    return redirect(url_for("staff.seeker_page", seeker_id=seeker_id), code=303)


# ---- firms -----------------------------------------------------------------------------------------------------


@area.reads("/employers", by=STAFF)
def employer_list() -> str:
    """The firms, own ones first."""
    text = request.args.get("q", "")[:60].strip()
    wanted = sa.select(Employer).join(Organisation).where(Employer.source != EmployerSource.HISTORY)
    if text:
        wanted = wanted.where(
            sa.or_(Organisation.name.ilike(f"%{text}%"), Employer.business_number == text.replace("-", ""))
        )
    own_first = sa.case((Employer.source == EmployerSource.OWN, 0), else_=1)
    firms = db().scalars(wanted.order_by(own_first, Organisation.name).limit(50)).all()
    return render_template(
        "staff/employers.html", firms=firms, text=text, written=business_numbers.written, districts=DISTRICTS
    )


@area.reads("/employers/new", by=STAFF)
def firm_form() -> str:
    """A firm that came or called."""
    return render_template("staff/firm_form.html", form=FirmForm(formdata=None))


@area.writes("/employers/new", by=STAFF)
def register_firm() -> str | BaseResponse | tuple[str, int]:
    """Take a firm in, verified by the officer, and invite its person."""
    form = FirmForm()
    if form.validate_on_submit():
        try:
            firm = employers.FirmFacts(
                name=form.name.data,
                business_number=business_numbers.parse(
                    form.business_number.data, fictional_allowed=portal().settings.demo
                ),
                representative=form.representative.data,
                address=form.address.data,
                district=None if form.district.data == OUTSIDE else form.district.data,
                industry=form.industry.data or "",
                employees=max(form.employees.data or 0, 0),
            )
            employer = employers.register(db(), firm=firm, source=EmployerSource.OWN, by=actor(), at=now())
            employers.verify(
                db(), employer_id=employer.organisation_id, ground=form.ground.data, by=actor(), at=now()
            )
            if db().scalar(sa.select(Account.id).where(Account.email == form.email.data.lower())):
                raise Invalid("이미 쓰이는 이메일입니다.", field="email")
            account = accounts.open_account(
                db(),
                email=form.email.data,
                name=form.person.data,
                role=Role.EMPLOYER,
                organisation_id=employer.organisation_id,
                password_hash=None,
                by=actor(),
                at=now(),
            )
            accounts.invite(db(), account=account, by=actor(), at=now())
        except (Invalid, employers.AlreadyKnown) as refused:
            form.take(refused)
            db().rollback()
        else:
            flash(f"{firm.name}을 등록하고 {form.person.data} 님을 초대했습니다.")
            return redirect(url_for("staff.employer_page", employer_id=employer.organisation_id), code=303)
    return render_template("staff/firm_form.html", form=form), 422


@area.reads("/employers/<uuid:employer_id>", by=STAFF)
def employer_page(employer_id: uuid.UUID) -> str:
    """One firm with its orders and people."""
    employer = db().get(Employer, employer_id)
    if employer is None:
        raise NotFound("그런 기업이 없습니다.")
    found = (
        db()
        .scalars(
            order_queries.visible_to(actor())
            .where(JobOrder.employer_id == employer_id)
            .order_by(JobOrder.number.desc())
            .limit(50)
        )
        .unique()
        .all()
    )
    people = db().scalars(sa.select(Account).where(Account.organisation_id == employer_id)).all()
    return render_template(
        "staff/employer.html",
        employer=employer,
        orders=found,
        people=people,
        written=business_numbers.written,
        districts=DISTRICTS,
        today=today(),
    )


@area.reads("/undelivered", by=STAFF)
def undelivered() -> str:
    """Messages that could not be handed over."""
    failed = (
        db()
        .scalars(
            sa.select(Effect)
            .where(Effect.failed_at.is_not(None))
            .order_by(Effect.failed_at.desc())
            .limit(100)
        )
        .all()
    )
    return render_template("staff/undelivered.html", failed=failed, today=today())


def officers() -> list[Account]:
    """Everyone an order can be handed over to."""
    return list(db().scalars(sa.select(Account).where(Account.role.in_(OFFICERS)).order_by(Account.name)))


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as failure:
        raise NotFound from failure
