"""Interviews from the firm's side: the times it offers, who took which, cancelling, and answering for an absence."""

import datetime as dt
import re
import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms.validators import ValidationError

from employer_portal.employers.area import area
from employer_portal.employers.orders import show_order
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.forms import Choice, Day, Form, Number, Text
from employer_portal.web.interview_forms import CLOCK_TIME, CancelForm
from employer_portal.web.request import actor, db, now, only_read, today
from foundation.database import SEOUL
from foundation.refusals import Invalid
from screening.casework.consents import queries as consents
from screening.casework.interviews import absences, slots
from screening.casework.interviews import commands as interviews
from screening.casework.interviews import queries as interview_queries
from screening.casework.interviews.models import InterviewMode
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.states import ReferralState
from screening.demand.orders import queries as order_queries


class SlotForm(Form):
    """A stretch of a day, cut into times for one person each."""

    day = Day("날짜", needed="날짜를 적어 주세요.")
    since = Text("시작", needed="시작하는 시각을 14:00처럼 적어 주세요.", most=5, default="14:00")
    until = Text("끝", needed="끝나는 시각을 17:00처럼 적어 주세요.", most=5, default="16:00")
    minutes = Number("한 사람에", needed="몇 분씩 만날지 적어 주세요.", default=30)
    place = Text("장소", needed="장소를 적어 주세요.")
    mode = Choice("방법", InterviewMode, default=InterviewMode.VISIT.value)

    def validate_since(self, field: Text) -> None:
        if not CLOCK_TIME.fullmatch(field.data or ""):
            raise ValidationError("시각을 14:00처럼 적어 주세요.")

    def validate_until(self, field: Text) -> None:
        if not re.fullmatch(CLOCK_TIME, field.data or ""):
            raise ValidationError("시각을 17:00처럼 적어 주세요.")

    def moment(self, text: str) -> dt.datetime:
        hour, minute = map(int, text.split(":"))
        return dt.datetime.combine(self.day.data, dt.time(hour, minute), SEOUL)


@area.reads("/orders/<uuid:order_id>/slots", by=FIRM_TEAM)
def slots_page(order_id: uuid.UUID) -> str:
    """The times offered, who took which, and whether they are enough."""
    order = order_queries.get(db(), order_id, viewer=actor())
    return _slots_page(order_id, SlotForm(formdata=None, place=order.workplace_address))


def _slots_page(order_id: uuid.UUID, form: SlotForm, *, shortage: str = "") -> str:
    me = actor()
    order = order_queries.get(db(), order_id, viewer=me)
    people = referrals.of_order(db(), order.id, viewer=me)
    named = consents.named(db(), order, people, viewer=me, on=today())
    meetings = interview_queries.standing(db(), people)
    taken = {each.slot_id: each.referral for each in meetings.values() if each.slot_id}
    return render_template(
        "employers/slots.html",
        order=order,
        form=form,
        offered=slots.of_order(db(), order.id, viewer=me),
        free=slots.free(db(), order.id, at=now()),
        taken=taken,
        named=named,
        waiting=[each for each in people if each.state is ReferralState.ACCEPTED],
        meetings=sorted(meetings.values(), key=lambda each: each.starts_at),
        shortage=shortage,
        today=today(),
    )


@area.writes("/orders/<uuid:order_id>/slots", by=EMPLOYERS)
def offer_slots(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Offer times."""
    form = SlotForm()
    if form.validate_on_submit():
        try:
            offered = slots.offer(
                db(),
                order_id=order_id,
                first=form.moment(form.since.data),
                last=form.moment(form.until.data),
                minutes=form.minutes.data or 0,
                place=form.place.data,
                mode=InterviewMode(form.mode.data),
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            flash(f"면접 시간 {len(offered)}개를 냈습니다.")
            return redirect(url_for("employers.slots_page", order_id=order_id), code=303)
    return _slots_page(order_id, form), 422


@area.writes("/slots/<uuid:slot_id>/withdraw", by=EMPLOYERS)
def withdraw_slot(slot_id: uuid.UUID) -> BaseResponse:
    """Take a time back that nobody has chosen."""
    order = slots.withdraw(db(), slot_id=slot_id, by=actor(), at=now())
    flash("면접 시간을 거두었습니다.")
    return redirect(url_for("employers.slots_page", order_id=order.id), code=303)


@area.writes("/orders/<uuid:order_id>/invite", by=EMPLOYERS)
def invite_people(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Ask the people one wants to see to choose; too few times are said before."""
    try:
        people = slots.invite(
            db(), order_id=order_id, knowing=request.form.get("knowing") == "y", by=actor(), at=now()
        )
    except slots.TooFewSlots as refused:
        form = SlotForm(formdata=None)
        return _slots_page(order_id, form, shortage=refused.sentence), refused.status
    flash(f"{len(people)}명에게 시간을 골라 달라고 문자를 보냈습니다.")
    return redirect(url_for("employers.slots_page", order_id=order_id), code=303)


@area.writes("/referrals/<uuid:referral_id>/cancel", by=EMPLOYERS)
def cancel_meeting(referral_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Call an interview off with a reason that the person reads."""
    form = CancelForm()
    order_id = referrals.get(db(), referral_id, viewer=actor()).order_id
    if form.validate_on_submit():
        try:
            interviews.cancel(db(), referral_id=referral_id, reason=form.reason.data, by=actor(), at=now())
        except Invalid as refused:
            form.take(refused)
        else:
            flash("면접을 취소하고 본인에게 알렸습니다.")
            return redirect(url_for("employers.order_page", order_id=order_id), code=303)
    only_read()
    return show_order(order_id, cancelling=(referral_id, form)), 422


@area.writes("/referrals/<uuid:referral_id>/held", by=EMPLOYERS)
def meeting_held(referral_id: uuid.UUID) -> BaseResponse:
    """Whether the person came; who did not may answer that."""
    said = request.form.get("came", "")
    if said not in ("yes", "no"):
        raise Invalid("왔는지 오지 않았는지 골라 주세요.")
    referral = interviews.hold(db(), referral_id=referral_id, came=said == "yes", by=actor(), at=now())
    flash(
        "면접 결과를 적었습니다."
        if said == "yes"
        else "오지 않은 것으로 적고, 본인에게 답할 기회를 드렸습니다."
    )
    return redirect(url_for("employers.order_page", order_id=referral.order_id), code=303)


@area.writes("/orders/<uuid:order_id>/absences/<uuid:absence_id>", by=EMPLOYERS)
def answer_absence(order_id: uuid.UUID, absence_id: uuid.UUID) -> BaseResponse:
    """The firm's answer to a person who says that nobody came."""
    absences.reply(db(), absence_id=absence_id, text=request.form.get("reply", ""), by=actor(), at=now())
    flash("답을 센터에 전했습니다.")
    return redirect(url_for("employers.order_page", order_id=order_id), code=303)
