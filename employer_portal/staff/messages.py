"""Messages that could not be handed over, each with whom to call instead, to be sent again."""

import uuid
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.request import actor, db, identifier, now, today
from foundation.accounts import queries as accounts
from foundation.actors import FIRM_ROLES
from foundation.audit.commands import record_act
from foundation.messages.commands import KINDS
from foundation.outbox import queries as outbox
from foundation.outbox.commands import resend
from foundation.outbox.models import Effect
from screening.demand.sign_ups import queries as sign_ups
from screening.pool.seekers import queries as seekers


@dataclass(frozen=True)
class Undelivered:
    """One message: the effect, whom it was for in words the officer may read, and the page to call them from."""

    effect: Effect
    whom: str
    page: str


MOST_SHOWN = 100


@area.reads("/undelivered", by=STAFF)
def undelivered() -> str:
    """What was tried for two days, or refused at once, and never arrived; and what an outage holds up meanwhile."""
    return render_template(
        "staff/undelivered.html",
        count=outbox.count_failed(db(), kinds=KINDS),
        failed=[_undelivered(each) for each in outbox.failed(db(), kinds=KINDS, most=MOST_SHOWN)],
        held=outbox.held_up(db(), kinds=KINDS),
        today=today(),
    )


@area.writes("/undelivered", by=STAFF)
def send_again() -> BaseResponse:
    """Send one message again, or all of them; what has been sent meanwhile is not sent twice."""
    chosen = request.form.get("effect", "")
    ids = [identifier(chosen)] if chosen else None
    count = resend(db(), kinds=KINDS, effect_ids=ids, at=now())
    record_act(
        db(),
        "message.resent",
        subject_kind="effect",
        subject_id=chosen or "all",
        by=actor(),
        at=now(),
        count=count,
    )
    flash(f"알림 {count}건을 다시 보냅니다." if count else "이미 보냈거나 보내고 있는 알림입니다.")
    return redirect(url_for("staff.undelivered"), code=303)


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
