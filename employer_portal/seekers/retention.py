"""Is the person hired still there? One page, one button."""

import uuid

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.forms import LeavingForm
from employer_portal.seekers.links import area, opens, the_member, usable
from employer_portal.web.areas import ANYONE
from employer_portal.web.request import db, now, today
from foundation.identity import records
from foundation.links.models import Link, LinkPurpose
from foundation.refusals import Invalid
from screening.casework.placements.checks import RetentionAnswer
from screening.casework.placements.models import LeavingReason
from screening.casework.retention import commands as retention


@opens(LinkPurpose.RETENTION)
def retention_page(token: str, link: Link, form: LeavingForm | None = None) -> str:
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
    people = records.look(
        db(),
        seeker_ids=[seeker_id],
        fields=("name",),
        purpose="근무 확인",
        viewer=the_member(link),
    )
    name = people[seeker_id].name if seeker_id in people else ""
    return name[:1] + "○" * (len(name) - 1)


@area.writes("/l/<token>/retention", by=ANYONE)
def answer_retention(token: str) -> str | BaseResponse | tuple[str, int]:
    """Still there, or left."""
    link = usable(token, LinkPurpose.RETENTION)
    by = the_member(link)
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
    return retention_page(token, link, form), 422
