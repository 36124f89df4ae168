"""Applications to join: what the tax office says, whether the firm itself asks, letting in."""

import uuid

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.forms import ADDRESS, Choice, Form, LongText, Text
from employer_portal.web.request import actor, db, now, today
from foundation.messages.commands import Channel
from foundation.reference import business_numbers, telephone
from foundation.reference.districts import DISTRICTS
from foundation.refusals import Invalid
from foundation.tax_office.answers import TAX_TYPES
from foundation.tax_office.client import SENTENCES
from screening.demand.firm_checks import queries as firm_checks
from screening.demand.sign_ups import commands as sign_ups
from screening.demand.sign_ups import queries as sign_up_queries


class SendCodeForm(Form):
    """Where the number goes, and how the officer found that contact."""

    channel = Choice("보내는 길", Channel, default=Channel.SMS.value)
    contact = Text("회사의 연락처", needed="따로 찾은 전화번호나 이메일을 적어 주세요.", most=254)
    found = Text("찾은 곳", needed="회사 누리집, 114처럼 찾은 곳을 적어 주세요.")

    @property
    def address(self) -> str:
        if Channel(self.channel.data) is Channel.SMS:
            return telephone.parse(self.contact.data, field="contact")
        if not ADDRESS.fullmatch(self.contact.data):
            raise Invalid("이메일을 name@shop.kr처럼 적어 주세요.", field="contact")
        return str(self.contact.data)


class CallForm(Form):
    """A call to the firm."""

    call_contact = Text("건 번호", needed="건 번호를 적어 주세요.", most=20)
    call_found = Text("번호를 찾은 곳", needed="번호를 찾은 곳을 적어 주세요.")
    note = LongText("누가 무엇이라고 답했나요", needed="통화 내용을 적어 주세요.", most=500)


class LetInForm(Form):
    """What an approval stands on."""

    paper = Text("확인한 서류", most=200)
    several_firms = Text("여러 기업의 일을 하는 이유", most=200)


class RefuseForm(Form):
    """Why not."""

    explanation = LongText("설명", needed="왜 받을 수 없는지 적어 주세요.", most=1000)


@area.reads("/sign-ups", by=STAFF)
def sign_up_list() -> str:
    """Who waits to be let in."""
    found = sign_up_queries.waiting(db(), viewer=actor())
    return render_template(
        "staff/sign_ups.html",
        rows=[(each, firm_checks.newest(db(), each.business_number)) for each in found],
        several={each.id for each in found if sign_up_queries.other_firms(db(), each)},
        members={each.id for each in found if sign_up_queries.member(db(), each)},
        today=today(),
    )


@area.reads("/sign-ups/<uuid:sign_up_id>", by=STAFF)
def sign_up_page(sign_up_id: uuid.UUID) -> str:
    """One application with everything that speaks for and against it."""
    return _sign_up(sign_up_id)


def _sign_up(
    sign_up_id: uuid.UUID,
    *,
    code: SendCodeForm | None = None,
    call: CallForm | None = None,
    let_in: LetInForm | None = None,
    refuse: RefuseForm | None = None,
) -> str:
    sign_up = sign_up_queries.get(db(), sign_up_id, viewer=actor())
    return render_template(
        "staff/sign_up.html",
        sign_up=sign_up,
        check=firm_checks.newest(db(), sign_up.business_number),
        others=sign_up_queries.other_firms(db(), sign_up),
        member=sign_up_queries.member(db(), sign_up),
        code=code or SendCodeForm(formdata=None),
        call=call or CallForm(formdata=None),
        let_in=let_in or LetInForm(formdata=None),
        refuse=refuse or RefuseForm(formdata=None),
        written=business_numbers.written,
        districts=DISTRICTS,
        silences=SENTENCES,
        tax_types=TAX_TYPES,
        today=today(),
    )


@area.writes("/sign-ups/<uuid:sign_up_id>/code", by=STAFF)
def send_code(sign_up_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Send a number to a contact of the firm that was found elsewhere."""
    form = SendCodeForm()
    if form.validate_on_submit():
        try:
            sign_ups.send_code(
                db(),
                sign_up_id=sign_up_id,
                channel=Channel(form.channel.data),
                contact=form.address,
                found=form.found.data,
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            flash("회사의 연락처로 번호를 보냈습니다. 신청한 분이 넣으면 '기업 확인'이 됩니다.")
            return _back(sign_up_id)
    return _sign_up(sign_up_id, code=form), 422


@area.writes("/sign-ups/<uuid:sign_up_id>/call", by=STAFF)
def record_call(sign_up_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Write down that the firm itself was called."""
    form = CallForm()
    if form.validate_on_submit():
        try:
            sign_ups.prove_by_call(
                db(),
                sign_up_id=sign_up_id,
                contact=telephone.parse(form.call_contact.data, field="call_contact"),
                found=form.call_found.data,
                note=form.note.data,
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            flash("통화를 기록했습니다. 이제 승인할 수 있습니다.")
            return _back(sign_up_id)
    return _sign_up(sign_up_id, call=form), 422


@area.writes("/sign-ups/<uuid:sign_up_id>/approve", by=STAFF)
def let_in(sign_up_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Let the firm in and invite its owner."""
    form = LetInForm()
    if form.validate_on_submit():
        try:
            employer = sign_ups.approve(
                db(),
                sign_up_id=sign_up_id,
                paper=form.paper.data or "",
                several_firms=form.several_firms.data or "",
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            db().rollback()
            form.take(refused)
        else:
            flash(f"{employer.name}의 가입을 승인하고 관리자를 초대했습니다.")
            return redirect(url_for("staff.sign_up_list"), code=303)
    return _sign_up(sign_up_id, let_in=form), 422


@area.writes("/sign-ups/<uuid:sign_up_id>/refuse", by=STAFF)
def refuse_sign_up(sign_up_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Refuse with an explanation the applicant reads."""
    form = RefuseForm()
    if form.validate_on_submit():
        try:
            sign_ups.refuse(
                db(), sign_up_id=sign_up_id, explanation=form.explanation.data, by=actor(), at=now()
            )
        except Invalid as refused:
            form.take(refused)
        else:
            flash("거절하고 이유를 메일로 알렸습니다.")
            return redirect(url_for("staff.sign_up_list"), code=303)
    return _sign_up(sign_up_id, refuse=form), 422


@area.writes("/sign-ups/<uuid:sign_up_id>/check", by=STAFF)
def check_again(sign_up_id: uuid.UUID) -> BaseResponse:
    """Ask the tax office once more."""
    sign_ups.check_again(db(), sign_up_id=sign_up_id, by=actor(), at=now())
    flash("국세청에 다시 물었습니다. 잠시 뒤 결과가 보입니다.")
    return _back(sign_up_id)


def _back(sign_up_id: uuid.UUID) -> BaseResponse:
    return redirect(url_for("staff.sign_up_page", sign_up_id=sign_up_id), code=303)
