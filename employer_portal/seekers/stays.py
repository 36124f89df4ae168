"""Am I still there? The person's own answer, one page, one button."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.seekers.links import area, opens, the_seeker, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.forms import Day, Form
from employer_portal.web.request import db, now, today
from foundation.links.models import Link, LinkPurpose
from foundation.refusals import Invalid
from screening.casework.placements.checks import RetentionAnswer
from screening.casework.retention import commands as retention


class LeftForm(Form):
    """When the person left."""

    left_on = Day("그만둔 날", needed="그만둔 날을 적어 주세요.")


@opens(LinkPurpose.STAY)
def stay_page(token: str, link: Link, form: LeftForm | None = None) -> str:
    check, placement, order = retention.of_link(db(), link.subject_id)
    return render_template(
        "seekers/stay.html",
        token=token,
        check=check,
        placement=placement,
        order=order,
        form=form or LeftForm(formdata=None),
        today=today(),
    )


@area.writes("/l/<token>/stay", by=ANYONE)
def answer_stay(token: str) -> str | BaseResponse | tuple[str, int]:
    """Still there, or left on a day."""
    link = usable(token, LinkPurpose.STAY)
    form = LeftForm()
    still = request.form.get("answer") == "still"
    if still or form.validate_on_submit():
        try:
            retention.say_as_person(
                db(),
                check_id=link.subject_id,
                answer=RetentionAnswer.STILL if still else RetentionAnswer.LEFT,
                left_on=None if still else form.left_on.data,
                by=the_seeker(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            return redirect(url_for("seekers.open_link", token=token), code=303)
    return stay_page(token, link, form), 422
