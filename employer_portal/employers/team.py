"""우리 팀: who acts for the firm, with which right."""

import uuid

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.forms import Choice, Email, Form, Text
from employer_portal.web.request import actor, db, now, today
from foundation.membership import teams
from foundation.membership.teams import TeamRight
from foundation.messages.letter_limits import EnoughLetters
from foundation.refusals import Invalid


class MemberForm(Form):
    """A colleague to invite."""

    name = Text("이름", needed="이름을 적어 주세요.", most=60)
    email = Email("이메일", needed="이메일을 적어 주세요.")
    right = Choice("권한", TeamRight, default=TeamRight.MEMBER.value)


@area.reads("/team", by=FIRM_TEAM)
def team() -> str:
    """The people of the firm; whoever manages them sees what can be changed."""
    return _team(MemberForm(formdata=None))


def _team(form: MemberForm) -> str:
    me = actor()
    return render_template(
        "employers/team.html",
        people=teams.members(db(), viewer=me),
        right_of=teams.right_of,
        waits=teams.waits,
        rights=TeamRight,
        manages=teams.is_owner(db(), me),
        me=me,
        form=form,
        today=today(),
    )


@area.writes("/team", by=EMPLOYERS)
def invite_member() -> str | BaseResponse | tuple[str, int]:
    """Invite a colleague by mail."""
    form = MemberForm()
    if not form.validate_on_submit():
        return _team(form), 422
    try:
        teams.invite_member(
            db(),
            email=form.email.data,
            name=form.name.data,
            right=TeamRight(form.right.data),
            by=actor(),
            at=now(),
        )
    except (Invalid, EnoughLetters) as refused:
        db().rollback()
        form.take(refused)
        return _team(form), refused.status
    flash(f"{form.name.data} 님에게 초대 메일을 보냈습니다.")
    return _back()


@area.writes("/team/<uuid:account_id>/right", by=EMPLOYERS)
def give_right(account_id: uuid.UUID) -> BaseResponse:
    """Change what a colleague may do."""
    wanted = request.form.get("right", "")
    if wanted not in set(TeamRight):
        raise Invalid("권한을 골라 주세요.")
    account = teams.give_right(db(), account_id=account_id, right=TeamRight(wanted), by=actor(), at=now())
    flash(f"{account.name} 님의 권한을 '{TeamRight(wanted).ko}'로 바꿨습니다.")
    return _back()


@area.writes("/team/<uuid:account_id>/remove", by=EMPLOYERS)
def remove_member(account_id: uuid.UUID) -> BaseResponse:
    """Take a colleague out; their rights end with this click."""
    account = teams.remove(db(), account_id=account_id, by=actor(), at=now())
    flash(f"{account.name} 님을 팀에서 내보냈습니다. 같은 이메일로 다시 초대할 수 있습니다.")
    return _back()


@area.writes("/team/<uuid:account_id>/hand-over", by=EMPLOYERS)
def hand_over(account_id: uuid.UUID) -> BaseResponse:
    """Make a colleague the owner instead of oneself."""
    account = teams.hand_over(db(), account_id=account_id, by=actor(), at=now())
    flash(f"{account.name} 님에게 관리자를 넘겼습니다.")
    return _back()


@area.writes("/team/leave", by=FIRM_TEAM)
def leave_team() -> BaseResponse:
    """Leave the team; the account answers nothing from now on."""
    teams.leave(db(), by=actor(), at=now())
    session.clear()
    return redirect(url_for("entrance.sign_in_page"), code=303)


def _back() -> BaseResponse:
    return redirect(url_for("employers.team"), code=303)
