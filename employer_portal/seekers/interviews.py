"""An interview that was set, from the side of the person invited."""

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.seekers.links import area, opens, the_seeker, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.forms import Form, LongText
from employer_portal.web.portal import portal
from employer_portal.web.request import db, identifier, now, today
from foundation.links.models import Link, LinkPurpose
from foundation.refusals import Invalid, NotFound
from screening.casework.consents import commands as consents
from screening.casework.consents import queries as consent_queries
from screening.casework.interviews import absences, slots
from screening.casework.interviews import commands as interviews
from screening.casework.interviews import queries as interview_queries
from screening.casework.interviews.calendar_file import invitation
from screening.casework.referrals import queries as referrals
from screening.demand.orders.models import JobOrder


class ReplyForm(Form):
    """How it was, from the person's side."""

    reply = LongText("어떻게 된 일인가요?", needed="어떻게 된 일인지 적어 주세요.", most=500)


@opens(LinkPurpose.SLOT)
def slot_page(token: str, link: Link) -> str:
    referral = referrals.of_link(db(), link.subject_id)
    return render_template(
        "seekers/slots.html",
        token=token,
        order=db().get_one(JobOrder, referral.order_id),
        referral=referral,
        meeting=interview_queries.standing(db(), [referral]).get(referral.id),
        free=slots.free(db(), referral.order_id, at=now()),
        today=today(),
    )


@area.writes("/l/<token>/slot", by=ANYONE)
def book_slot(token: str) -> BaseResponse:
    """Take a time; the first click wins."""
    link = usable(token, LinkPurpose.SLOT)
    slots.book(
        db(),
        referral_id=link.subject_id,
        slot_id=identifier(request.form.get("slot", "")),
        by=the_seeker(),
        at=now(),
    )
    flash("면접 시간을 정했습니다. 안내를 문자로 보냈습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


@opens(LinkPurpose.INTERVIEW)
def interview_page(token: str, link: Link, form: ReplyForm | None = None) -> str:
    interview = interview_queries.of_link(db(), link.subject_id)
    order = db().get_one(JobOrder, interview.referral.order_id)
    return render_template(
        "seekers/interview.html",
        token=token,
        interview=interview,
        order=order,
        absence=absences.absence_of(db(), interview.id),
        free=slots.free(db(), order.id, at=now()) if not interview.ended_at else [],
        past=interview.starts_at <= now(),
        form=form or ReplyForm(formdata=None),
        today=today(),
    )


@area.writes("/l/<token>/move", by=ANYONE)
def move_interview(token: str) -> BaseResponse:
    """Change to another of the offered times."""
    link = usable(token, LinkPurpose.INTERVIEW)
    interview = interview_queries.of_link(db(), link.subject_id)
    slots.book(
        db(),
        referral_id=interview.referral_id,
        slot_id=identifier(request.form.get("slot", "")),
        by=the_seeker(),
        at=now(),
    )
    flash("면접 시간을 옮겼습니다. 기업에도 알렸습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/not-then", by=ANYONE)
def not_then(token: str) -> BaseResponse:
    """Not at this time, but still interested."""
    link = usable(token, LinkPurpose.INTERVIEW)
    interviews.cancel_by_person(db(), interview_id=link.subject_id, by=the_seeker(), at=now())
    flash("이 시간의 면접을 취소했습니다. 추천은 그대로이고, 새 시간을 알려 드립니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/nobody-came", by=ANYONE)
def nobody_came(token: str) -> BaseResponse:
    """The person was there and the firm was not."""
    link = usable(token, LinkPurpose.INTERVIEW)
    absences.say_firm_absent(db(), interview_id=link.subject_id, by=the_seeker(), at=now())
    flash("상담사와 기업에 알렸습니다. 상담사가 확인하고 연락드립니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/reply", by=ANYONE)
def reply_to_absence(token: str) -> str | BaseResponse | tuple[str, int]:
    """The person's answer to 'did not come'."""
    link = usable(token, LinkPurpose.INTERVIEW)
    form = ReplyForm()
    absence = absences.absence_of(db(), link.subject_id)
    if form.validate_on_submit() and absence is not None:
        try:
            absences.reply(db(), absence_id=absence.id, text=form.reply.data, by=the_seeker(), at=now())
        except Invalid as refused:
            form.take(refused)
        else:
            flash("상담사에게 전했습니다. 확인하고 알려 드립니다.")
            return redirect(url_for("seekers.open_link", token=token), code=303)
    return interview_page(token, link, form), 422


@area.reads("/l/<token>/interview.ics", by=ANYONE)
def interview_file(token: str) -> Response:
    """The interview for the seeker's calendar."""
    link = usable(token, LinkPurpose.INTERVIEW)
    interview = interview_queries.of_link(db(), link.subject_id)
    order = db().get_one(JobOrder, interview.referral.order_id)
    content = invitation(
        interview,
        firm=order.employer.name,
        title=order.title,
        organiser=portal().settings.telephone,
        at=now(),
    )
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


@area.writes("/l/<token>/cancel", by=ANYONE)
def cancel_interview(token: str) -> BaseResponse:
    """A seeker who cannot come withdraws; the firm and the officer see it at once."""
    link = usable(token, LinkPurpose.INTERVIEW)
    interview = interview_queries.of_link(db(), link.subject_id)
    consent = consent_queries.of_referral(db(), interview.referral_id)
    if consent is None:
        raise NotFound
    consents.withdraw(db(), consent_id=consent.id, by=the_seeker(), at=now())
    flash("면접과 추천을 취소했습니다. 알려 주셔서 고맙습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)
