"""Drawing up, publishing and freezing editions; deciding objections; issuing and stopping certificates."""

import datetime as dt
import uuid

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.web.areas import LEADS, Area
from employer_portal.web.downloads import attachment
from employer_portal.web.forms import Choice, Day, Form, LongText, Text
from employer_portal.web.request import actor, db, now, today
from foundation.outbox import queries as outbox
from foundation.reference.business_days import add_months
from foundation.refusals import Invalid, Refusal
from incentives.certificates import commands as certificates
from incentives.certificates import queries as register
from incentives.editions import commands as editions
from incentives.editions import queries as edition_queries
from incentives.policies.policy import Axis, policy_of

area = Area("recognition", __name__, prefix="/staff/editions")


class DrawUpForm(Form):
    """Which edition, at which reference date."""

    code = Text("평가판 이름", needed="2026-H2처럼 적어 주세요.", most=10)
    reference_on = Day("기준일", needed="기준일을 적어 주세요.")


class DecisionForm(Form):
    """What becomes of an objection."""

    decision = Choice("결정", [("upheld", "인용: 고친 사실로 다시 계산"), ("dismissed", "기각")])
    answer = LongText("기업이 읽을 설명", needed="설명을 적어 주세요.", most=1000)


class StatusForm(Form):
    """Why a certificate is stopped or lifted."""

    verb = Choice("무엇을", [("suspend", "효력정지"), ("lift", "정지 해제"), ("revoke", "취소")])
    reason = Text("사유(진위확인 화면에 보입니다)", needed="사유를 적어 주세요.", most=300)


@area.reads("", by=LEADS)
def home() -> str:
    """Every edition and the register."""
    code, reference_on = _next_edition()
    return _home(DrawUpForm(formdata=None, code=code, reference_on=reference_on))


def _next_edition() -> tuple[str, dt.date]:
    """The half-year after the newest edition, or the last one that has ended: its name and its reference date."""
    known = edition_queries.listed(db())
    day = add_months(known[0].reference_on, 6) if known else today()
    starts = dt.date(day.year, 7 if day.month > 6 else 1, 1)
    return (f"{starts.year}-H1" if starts.month == 7 else f"{starts.year - 1}-H2"), starts


def _home(form: DrawUpForm) -> str:
    return render_template(
        "editions/home.html",
        editions=edition_queries.listed(db()),
        next_on=_next_edition()[1],
        register=register.register(db()),
        form=form,
        today=today(),
    )


@area.writes("", by=LEADS)
def draw_up() -> str | BaseResponse | tuple[str, int]:
    """Draw up an edition."""
    form = DrawUpForm()
    if form.validate_on_submit():
        try:
            edition = editions.draw_up(
                db(), code=form.code.data, reference_on=form.reference_on.data, by=actor(), at=now()
            )
        except Invalid as refused:
            form.take(refused)
        else:
            flash("평가판을 만들었습니다. 살펴본 뒤 잠정 공개해 주세요.")
            return redirect(url_for("recognition.edition_page", edition_id=edition.id), code=303)
    return _home(form), 422


@area.reads("/<uuid:edition_id>", by=LEADS)
def edition_page(edition_id: uuid.UUID) -> str:
    """One edition with its scores and objections."""
    return _edition_page(edition_id)


def _edition_page(edition_id: uuid.UUID, decision: tuple[uuid.UUID, DecisionForm] | None = None) -> str:
    edition = edition_queries.get(db(), edition_id)
    scores = edition_queries.scores(db(), edition_id, viewer=actor())
    held_back = register.held_back(db(), edition_id)
    return render_template(
        "editions/edition.html",
        edition=edition,
        scores=scores,
        names={score.employer_id: score.name for score in scores},
        objections=edition_queries.objections(db(), edition_id),
        awaiting=len(register.awaiting(db(), edition_id)) - len(held_back),
        held_back=held_back,
        window_open=editions.may_object(edition, today=today()),
        policy=policy_of(edition.policy_version),
        decision_form=decision[1] if decision else DecisionForm(formdata=None),
        decision_of=decision[0] if decision else None,
        today=today(),
    )


@area.reads("/<uuid:edition_id>/firms/<uuid:employer_id>", by=LEADS)
def score_page(edition_id: uuid.UUID, employer_id: uuid.UUID) -> str:
    """One firm's score opened into its evidence, as the firm itself sees it."""
    score = edition_queries.score_of(db(), edition_id, employer_id, viewer=actor())
    return render_template(
        "editions/score.html",
        edition=edition_queries.get(db(), edition_id),
        score=score,
        axes=[(Axis(axis["axis"]), axis) for axis in score.axes],
        today=today(),
    )


@area.writes("/<uuid:edition_id>/publish", by=LEADS)
def publish(edition_id: uuid.UUID) -> BaseResponse:
    """Publish provisionally."""
    editions.publish(db(), edition_id=edition_id, by=actor(), at=now())
    flash("잠정 공개했습니다. 모든 기업에 점수와 이의신청 기한을 알렸습니다.")
    return redirect(url_for("recognition.edition_page", edition_id=edition_id), code=303)


@area.writes("/<uuid:edition_id>/freeze", by=LEADS)
def freeze(edition_id: uuid.UUID) -> BaseResponse:
    """Freeze."""
    editions.freeze(db(), edition_id=edition_id, by=actor(), at=now())
    flash("확정했습니다. 이제 바뀌지 않습니다.")
    return redirect(url_for("recognition.edition_page", edition_id=edition_id), code=303)


@area.writes("/<uuid:edition_id>/certificates", by=LEADS)
def issue(edition_id: uuid.UUID) -> BaseResponse:
    """Issue the certificates of a frozen edition."""
    issued = certificates.issue_all(db(), edition_id=edition_id, by=actor(), at=now())
    flash(
        f"인증서 {len(issued)}건을 발급했습니다. PDF는 잠시 뒤 만들어집니다."
        if issued
        else "새로 발급할 인증서가 없습니다."
    )
    return redirect(url_for("recognition.home"), code=303)


@area.writes("/objections/<uuid:objection_id>", by=LEADS)
def decide(objection_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Decide an objection."""
    form = DecisionForm()
    objection = edition_queries.objection(db(), objection_id)
    if form.validate_on_submit():
        try:
            editions.decide(
                db(),
                objection_id=objection_id,
                upheld=form.decision.data == "upheld",
                answer=form.answer.data,
                by=actor(),
                at=now(),
            )
        except Refusal as refused:
            form.take(refused)
        else:
            flash("이의신청을 결정하고 기업에 알렸습니다.")
            return redirect(url_for("recognition.edition_page", edition_id=objection.edition_id), code=303)
    return _edition_page(objection.edition_id, (objection_id, form)), 422


@area.reads("/certificates/<uuid:certificate_id>", by=LEADS)
def certificate_page(certificate_id: uuid.UUID) -> str:
    """One certificate in the register."""
    return _certificate_page(certificate_id, StatusForm(formdata=None))


def _certificate_page(certificate_id: uuid.UUID, form: StatusForm) -> str:
    certificate = register.get(db(), certificate_id, viewer=actor())
    return render_template(
        "editions/certificate.html",
        certificate=certificate,
        status=register.status_on(certificate, today()),
        given_up=certificate.document_id is None
        and outbox.has_failed(db(), about_id=certificate.id, kind="certificate"),
        form=form,
        today=today(),
    )


@area.writes("/certificates/<uuid:certificate_id>", by=LEADS)
def change_status(certificate_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Suspend, lift or revoke."""
    form = StatusForm()
    if form.validate_on_submit():
        try:
            certificates.change_status(
                db(),
                certificate_id=certificate_id,
                verb=form.verb.data,
                reason=form.reason.data,
                by=actor(),
                at=now(),
            )
        except Refusal as refused:
            form.take(refused)
        else:
            flash("바꾸었습니다. 진위확인 화면에 바로 보입니다.")
            return redirect(url_for("recognition.certificate_page", certificate_id=certificate_id), code=303)
    return _certificate_page(certificate_id, form), 422


@area.writes("/certificates/<uuid:certificate_id>/print", by=LEADS)
def print_again(certificate_id: uuid.UUID) -> BaseResponse:
    """Try a certificate again whose printing was given up."""
    certificates.print_again(db(), certificate_id=certificate_id, by=actor(), at=now())
    flash("다시 만들고 있습니다. 잠시 뒤 열어 주세요.")
    return redirect(url_for("recognition.certificate_page", certificate_id=certificate_id), code=303)


@area.reads("/certificates/<uuid:certificate_id>/file", by=LEADS)
def certificate_file(certificate_id: uuid.UUID) -> Response:
    """The issued PDF."""
    _certificate, document = register.printed(db(), certificate_id, viewer=actor())
    return attachment(document.content, document.file_name, document.media_type)
