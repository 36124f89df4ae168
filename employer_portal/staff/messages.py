"""Messages that could not be handed over, each with whom to call instead."""

import uuid
from dataclasses import dataclass

from flask import render_template, url_for

from center.accounts import queries as accounts
from center.actors import FIRM_ROLES
from center.outbox import queries as outbox
from center.outbox.models import Effect
from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.request import actor, db, today
from screening.seekers import queries as seekers
from screening.sign_ups import queries as sign_ups


@dataclass(frozen=True)
class Undelivered:
    """One message: the effect, whom it was for in words the officer may read, and the page to call them from."""

    effect: Effect
    whom: str
    page: str


@area.reads("/undelivered", by=STAFF)
def undelivered() -> str:
    """What was tried again and again and never arrived."""
    failed = [_undelivered(effect) for effect in outbox.failed(db(), kinds=("mail", "sms"), most=100)]
    return render_template("staff/undelivered.html", failed=failed, today=today())


def _undelivered(effect: Effect) -> Undelivered:
    if effect.facts["holder"] == "address":
        applied = sign_ups.about(db(), effect.about_id, viewer=actor())
        page = url_for("staff.sign_up_page", sign_up_id=applied.id) if applied else ""
        return Undelivered(effect, f"{applied.name} 가입 신청" if applied else "지워진 가입 신청", page)
    holder = uuid.UUID(str(effect.facts["to"]))
    if effect.facts["holder"] == "seeker":
        page = url_for("staff.seeker_page", seeker_id=holder)
        return Undelivered(effect, f"구직자 {seekers.code_of(db(), holder)}", page)
    account = accounts.get(db(), holder)
    is_firm = account.role in FIRM_ROLES
    page = url_for("staff.employer_page", employer_id=account.organisation_id) if is_firm else ""
    return Undelivered(effect, f"{account.organisation.name} {account.name}", page)
