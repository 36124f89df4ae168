"""기업 평가: the firm's score with every piece of evidence, its certificate, its objection."""

import uuid

from flask import Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.employers.forms import ObjectionForm
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.downloads import attachment
from employer_portal.web.request import actor, db, now, today
from foundation.clock import day_in_seoul
from foundation.reference.business_days import add_business_days
from foundation.refusals import Refusal
from incentives.benefits.catalogue import benefits_of
from incentives.certificates import queries as register
from incentives.editions import commands as editions
from incentives.editions import queries as edition_queries
from incentives.policies.policy import Axis, policy_of

ANSWER_DAYS = 10
"""Business days in which an objection is answered."""


@area.reads("/standing", by=FIRM_TEAM)
def standing() -> str:
    """The firm's own score, traced to its evidence."""
    return _standing(ObjectionForm(formdata=None))


def _standing(form: ObjectionForm) -> str:
    me = actor()
    edition = edition_queries.latest(db(), viewer=me)
    score = edition_queries.own_score(db(), edition.id, viewer=me) if edition else None
    objection = edition_queries.own_objection(db(), edition.id, viewer=me) if edition else None
    certificate = register.newest(db(), viewer=me)
    return render_template(
        "employers/standing.html",
        edition=edition,
        score=score,
        axes=[(Axis(axis["axis"]), axis) for axis in score.axes] if score else [],
        policy=policy_of(edition.policy_version) if edition else None,
        objection=objection,
        open=editions.may_object(edition, today=today()) and objection is None,
        certificate=certificate,
        benefits=benefits_of(certificate.grade, on=today()) if certificate else [],
        answer_by=add_business_days(day_in_seoul(objection.filed_at), ANSWER_DAYS) if objection else None,
        certificate_status=register.status_on(certificate, today()) if certificate else None,
        form=form,
        today=today(),
    )


@area.writes("/standing/objection", by=EMPLOYERS)
def object_to_score() -> str | BaseResponse | tuple[str, int]:
    """Object to the score."""
    form = ObjectionForm()
    edition = edition_queries.latest(db(), viewer=actor())
    if form.validate_on_submit() and edition is not None:
        try:
            editions.object_to(db(), edition_id=edition.id, text=form.text.data, by=actor(), at=now())
        except Refusal as refused:
            form.take(refused)
        else:
            flash("이의신청을 받았습니다. 팀장이 살펴보고 답을 알려 드립니다.")
            return redirect(url_for("employers.standing"), code=303)
    return _standing(form), 422


@area.reads("/certificates/<uuid:certificate_id>", by=FIRM_TEAM)
def certificate_file(certificate_id: uuid.UUID) -> Response:
    """The firm's own certificate as issued."""
    _certificate, document = register.printed(db(), certificate_id, viewer=actor())
    return attachment(document.content, document.file_name, document.media_type)
