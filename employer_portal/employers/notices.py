"""알림 설정: what, whose, how often."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.web.areas import FIRM_TEAM
from employer_portal.web.request import actor, db, now
from foundation.notices.choices import choices_of, choose
from foundation.notices.models import Rhythm, Scope, Topic
from foundation.refusals import Invalid


@area.reads("/notices", by=FIRM_TEAM)
def notices() -> str:
    """What this account wants to hear."""
    account_id = actor().account_id
    assert account_id is not None
    return render_template(
        "employers/notices.html", choices=choices_of(db(), account_id), scopes=Scope, rhythms=Rhythm
    )


@area.writes("/notices", by=FIRM_TEAM)
def choose_notices() -> BaseResponse:
    """Keep what was chosen."""
    account_id = actor().account_id
    assert account_id is not None
    for topic in Topic:
        scope = request.form.get(f"scope-{topic.value}", "")
        rhythm = request.form.get(f"rhythm-{topic.value}", "")
        if scope not in set(Scope) or rhythm not in set(Rhythm):
            raise Invalid(f"'{topic.ko}'의 알림을 골라 주세요.")
        choose(db(), account_id=account_id, topic=topic, scope=Scope(scope), rhythm=Rhythm(rhythm), at=now())
    flash("알림 설정을 바꿨습니다.")
    return redirect(url_for("employers.notices"), code=303)
