"""Retention from the center's side: where firm and person disagree, and what the insurance says."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.forms import Choice, Day, Form
from employer_portal.web.request import actor, db, looking, now, today
from foundation.refusals import Invalid, Refusal
from screening.casework.placements.checks import RetentionAnswer
from screening.casework.placements.models import LeavingReason
from screening.casework.retention import commands as retention
from screening.casework.retention import queries as retention_queries
from screening.intake.insurance import InsuranceImport, import_insurance


class SettleForm(Form):
    """When and why somebody left, after both were asked."""

    left_on = Day("그만둔 날")
    reason = Choice("사유", LeavingReason)


class InsuranceForm(Form):
    """Up to which day the file speaks."""

    as_of = Day("자료 기준일", needed="자료 기준일을 적어 주세요.")


@area.reads("/retention", by=STAFF)
def retention_page() -> str:
    """What has to be asked again, and the file of the insurance."""
    return _page(InsuranceForm(formdata=None))


def _page(
    form: InsuranceForm,
    *,
    settling: SettleForm | None = None,
    settling_of: uuid.UUID | None = None,
    done: InsuranceImport | None = None,
) -> str:
    return render_template(
        "staff/retention.html",
        disputes=retention_queries.disputes(db(), viewer=actor()),
        form=form,
        settling=settling or SettleForm(formdata=None),
        settling_of=settling_of,
        done=done,
        today=today(),
    )


@area.writes("/retention/<uuid:check_id>", by=STAFF)
def settle(check_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Whose word stands."""
    form = SettleForm()
    said = request.form.get("answer", "")
    if said not in set(RetentionAnswer):
        raise Invalid("계속 다니는지, 그만두었는지 골라 주세요.")
    if form.validate_on_submit():
        try:
            retention.settle(
                db(),
                check_id=check_id,
                answer=RetentionAnswer(said),
                left_on=form.left_on.data,
                reason=LeavingReason(form.reason.data) if form.reason.data else None,
                by=actor(),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            flash("근무 확인을 바로잡았습니다.")
            return redirect(url_for("staff.retention_page"), code=303)
    return _page(InsuranceForm(formdata=None), settling=form, settling_of=check_id), 422


@area.writes("/retention/insurance", by=STAFF)
def read_insurance() -> str | tuple[str, int]:
    """Take a file of the employment insurance; a bad row stays out."""
    form = InsuranceForm()
    upload = request.files.get("file")
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        payload, by, at = upload.read() if upload else b"", actor(), now()
        with looking() as reading:
            done = import_insurance(
                db(), payload=payload, as_of=form.as_of.data, by=by, at=at, looking=reading
            )
    except Refusal as refused:
        db().rollback()
        form.take(refused)
        return _page(form), refused.status
    return _page(form, done=done)
