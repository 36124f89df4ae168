"""What a link in a message opens."""

import uuid
from typing import Any

import pyotp
from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms import PasswordField

from center.accounts import commands as accounts
from center.accounts.queries import active
from center.actors import CENTER_ROLES, Actor, Role
from center.clock import day_in_seoul
from center.identity import records
from center.identity.queries import sightings_of
from center.links import commands as links
from center.links.models import Link, LinkPurpose
from center.refusals import Invalid, NotFound
from employer_portal.employers.forms import LeavingForm
from employer_portal.web.areas import ANYONE, Area
from employer_portal.web.forms import Form, required
from employer_portal.web.portal import portal
from employer_portal.web.request import client_address, db, now, today
from screening.consents import commands as consents
from screening.consents import queries as consent_queries
from screening.consents.models import ConsentAnswer
from screening.interviews import commands as interviews
from screening.interviews.calendar_file import invitation
from screening.orders.models import JobOrder
from screening.placements.models import LeavingReason
from screening.referrals import queries as referrals
from screening.retention import commands as retention
from screening.retention.models import RetentionAnswer

area = Area("seekers", __name__)


class PasswordForm(Form):
    """The first password of an invited account."""

    password = PasswordField("비밀번호(10자 이상)", validators=[required("비밀번호를 정해 주세요.")])


def _link(token: str) -> Link:
    return links.find(db(), token)


def _live(link: Link) -> Link:
    """The link itself while it may still be used."""
    if now() > link.expires_at:
        raise NotFound(
            f"이 링크는 {day_in_seoul(link.expires_at).isoformat()}에 닫혔습니다. "
            f"{portal().settings.telephone}로 전화해 주세요."
        )
    return link


def _seeker(link: Link) -> Actor:
    return Actor(role=Role.SEEKER, name="본인", address=client_address())


@area.reads("/l/<token>", by=ANYONE)
def open_link(token: str) -> str:
    """One page for each purpose."""
    return _page(token, _live(_link(token)))


def _page(token: str, link: Link, **more: Any) -> str:
    pages = {
        LinkPurpose.CONSENT: _consent_page,
        LinkPurpose.INTERVIEW: _interview_page,
        LinkPurpose.OUTCOME: _outcome_page,
        LinkPurpose.RETENTION: _retention_page,
        LinkPurpose.INVITATION: _invitation_page,
    }
    return pages[link.purpose](token, link, **more)


def _consent_page(token: str, link: Link) -> str:
    consent, referral, order = consent_queries.of_link(db(), link.subject_id)
    return render_template(
        "seekers/consent.html",
        token=token,
        consent=consent,
        referral=referral,
        order=order,
        open=consents.may_answer(consent, referral, at=now()),
        item_ko=consents.ITEM_KO,
        looks=sightings_of(db(), link.holder_id, by_organisation=order.employer_id, most=10),
        today=today(),
    )


@area.writes("/l/<token>/consent", by=ANYONE)
def answer_consent(token: str) -> BaseResponse:
    """Yes or no, once."""
    link = _for(token, LinkPurpose.CONSENT)
    said = request.form.get("answer", "")
    if said not in ("yes", "no"):
        raise Invalid("두 단추 가운데 하나를 눌러 주세요.")
    consents.answer(db(), consent_id=link.subject_id, says=ConsentAnswer(said), by=_seeker(link), at=now())
    return redirect(url_for("seekers.open_link", token=token), code=303)


@area.writes("/l/<token>/withdraw", by=ANYONE)
def withdraw_consent(token: str) -> BaseResponse:
    """Take the yes back."""
    link = _for(token, LinkPurpose.CONSENT)
    consents.withdraw(db(), consent_id=link.subject_id, by=_seeker(link), at=now())
    flash("추천을 철회했습니다. 가게 화면에서 바로 사라졌습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


def _interview_page(token: str, link: Link) -> str:
    interview = interviews.of_link(db(), link.subject_id)
    order = db().get_one(JobOrder, interview.referral.order_id)
    return render_template(
        "seekers/interview.html", token=token, interview=interview, order=order, today=today()
    )


@area.reads("/l/<token>/interview.ics", by=ANYONE)
def interview_file(token: str) -> Response:
    """The interview for the seeker's calendar."""
    link = _for(token, LinkPurpose.INTERVIEW)
    interview = interviews.of_link(db(), link.subject_id)
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
    link = _for(token, LinkPurpose.INTERVIEW)
    interview = interviews.of_link(db(), link.subject_id)
    consent = consent_queries.of_referral(db(), interview.referral_id)
    if consent is None:
        raise NotFound
    consents.withdraw(db(), consent_id=consent.id, by=_seeker(link), at=now())
    flash("면접과 추천을 취소했습니다. 알려 주셔서 고맙습니다.")
    return redirect(url_for("seekers.open_link", token=token), code=303)


def _outcome_page(token: str, link: Link) -> str:
    referral = referrals.of_link(db(), link.subject_id)
    return render_template(
        "seekers/outcome.html",
        token=token,
        referral=referral,
        order=db().get_one(JobOrder, referral.order_id),
        today=today(),
    )


def _retention_page(token: str, link: Link, form: LeavingForm | None = None) -> str:
    check, placement, order = retention.of_link(db(), link.subject_id)
    return render_template(
        "seekers/retention.html",
        token=token,
        check=check,
        placement=placement,
        order=order,
        form=form or LeavingForm(formdata=None),
        who=_masked_name(placement.seeker_id, link),
        today=today(),
    )


def _masked_name(seeker_id: uuid.UUID, link: Link) -> str:
    """김○○: enough for the firm to know whom the question is about; the look is recorded."""
    account = active(db(), link.holder_id)
    people = records.look(
        db(),
        seeker_ids=[seeker_id],
        fields=("name",),
        purpose="근무 확인",
        viewer=accounts.actor_of(account, client_address()),
    )
    name = people[seeker_id].name if seeker_id in people else ""
    return name[:1] + "○" * (len(name) - 1)


@area.writes("/l/<token>/retention", by=ANYONE)
def answer_retention(token: str) -> str | BaseResponse | tuple[str, int]:
    """Still there, or left."""
    link = _for(token, LinkPurpose.RETENTION)
    by = accounts.actor_of(active(db(), link.holder_id), client_address())
    if request.form.get("answer") == "still":
        retention.confirm(db(), check_id=link.subject_id, answer=RetentionAnswer.STILL, by=by, at=now())
        return redirect(url_for("seekers.open_link", token=token), code=303)
    form = LeavingForm()
    if form.validate_on_submit():
        try:
            retention.confirm(
                db(),
                check_id=link.subject_id,
                answer=RetentionAnswer.LEFT,
                left_on=form.left_on.data,
                reason=LeavingReason(form.reason.data),
                by=by,
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            return redirect(url_for("seekers.open_link", token=token), code=303)
    return _retention_page(token, link, form), 422


def _invitation_page(token: str, link: Link, form: PasswordForm | None = None, secret: str = "") -> str:
    account = active(db(), link.holder_id)
    address = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name="이음") if secret else ""
    return render_template(
        "seekers/invitation.html",
        token=token,
        account=account,
        form=form or PasswordForm(formdata=None),
        secret=secret,
        address=address,
    )


@area.writes("/l/<token>/invitation", by=ANYONE)
def take_up_invitation(token: str) -> str | BaseResponse | tuple[str, int]:
    """Choose the first password; staff outside the demo also get their authenticator's secret, once."""
    link = _for(token, LinkPurpose.INVITATION)
    form = PasswordForm()
    if not form.validate_on_submit():
        return _invitation_page(token, link, form), 422
    policy = portal().sign_in_policy
    account = active(db(), link.holder_id)
    by = accounts.actor_of(account, client_address())
    try:
        accounts.take_up(db(), link=link, password=form.password.data, policy=policy, by=by, at=now())
    except Invalid as refused:
        form.take(refused)
        return _invitation_page(token, link, form), refused.status
    if policy.second_factor and account.role in CENTER_ROLES:
        secret = accounts.enrol_second_factor(db(), account=account, by=by, at=now())
        return _invitation_page(token, link, secret=secret)
    flash("비밀번호를 정했습니다. 로그인해 주세요.")
    return redirect(url_for("entrance.sign_in_page"), code=303)


def _for(token: str, purpose: LinkPurpose) -> Link:
    link = _live(_link(token))
    if link.purpose is not purpose:
        raise NotFound("이 링크로는 할 수 없는 일입니다.")
    return link
