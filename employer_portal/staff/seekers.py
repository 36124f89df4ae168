"""The pool: job seekers, blind until a purpose is stated."""

import re
import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area, say_if_mended
from employer_portal.staff.searches import page_in, sought_in
from employer_portal.web.areas import STAFF
from employer_portal.web.portal import portal
from employer_portal.web.registration import RegistrationForm, registered_from
from employer_portal.web.request import actor, db, now, today
from foundation.identity.person import Person
from foundation.identity.queries import sightings_of
from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from foundation.reference.occupations import OCCUPATIONS
from foundation.refusals import Invalid
from screening.casework.referrals import invitations, opportunities
from screening.casework.referrals import queries as referral_queries
from screening.demand.orders.models import JobOrder
from screening.pool.searches import queries as searches
from screening.pool.seekers import commands as seekers
from screening.pool.seekers import queries as seeker_queries

CODE = re.compile(r"K-?[0-9]{1,9}")


@area.reads("/seekers", by=STAFF)
def seeker_list() -> str:
    """The pool, blind: everybody by code, or those in whom what is sought is found."""
    sought = sought_in(request.args)
    code = sought.text.strip()
    by_code = CODE.fullmatch(code.upper()) is not None
    searching = not sought.is_empty and not by_code
    found = (
        searches.found(
            db(), sought, index=portal().pool, viewer=actor(), on=today(), page=page_in(request.args)
        )
        if searching
        else None
    )
    say_if_mended()
    return render_template(
        "staff/seekers.html",
        sought=sought,
        found=found,
        page=None
        if searching
        else seeker_queries.listed(
            db(), viewer=actor(), text=code if by_code else "", after=request.args.get("after")
        ),
        too_short=bool(code) and not searching and not by_code,
        kept=searches.listed(db(), viewer=actor()),
        districts=DISTRICTS,
        employment_types=list(EmploymentType),
    )


@area.reads("/seekers/<uuid:seeker_id>/orders", by=STAFF)
def opportunities_page(seeker_id: uuid.UUID) -> str:
    """The open orders that fit one person, with reasons."""
    return render_template(
        "staff/opportunities.html",
        seeker=seeker_queries.get(db(), seeker_id, viewer=actor()),
        found=opportunities.of_seeker(db(), seeker_id, index=portal().pool, viewer=actor(), on=today()),
        today=today(),
    )


@area.writes("/seekers/<uuid:seeker_id>/orders", by=STAFF)
def send_opportunities(seeker_id: uuid.UUID) -> BaseResponse:
    """Send the person a link to their own page of orders."""
    invitations.send_opportunities(db(), seeker_id=seeker_id, by=actor(), at=now())
    flash("본인에게 링크를 보냈습니다.")
    return redirect(url_for("staff.opportunities_page", seeker_id=seeker_id), code=303)


@area.reads("/seekers/new", by=STAFF)
def seeker_form() -> str:
    """구직등록 at the desk."""
    form = RegistrationForm(formdata=None, available_on=today())
    return render_template("staff/seeker_form.html", form=form, occupations=OCCUPATIONS)


@area.writes("/seekers/new", by=STAFF)
def register_seeker() -> str | BaseResponse | tuple[str, int]:
    """Register a seeker."""
    form = RegistrationForm()
    seeker = registered_from(form, source="visit")
    if seeker is not None:
        flash(f"{seeker.code}로 등록했습니다.")
        return redirect(url_for("staff.seeker_page", seeker_id=seeker.id), code=303)
    return render_template("staff/seeker_form.html", form=form, occupations=OCCUPATIONS), 422


@area.reads("/seekers/<uuid:seeker_id>", by=STAFF)
def seeker_page(seeker_id: uuid.UUID) -> str:
    """One seeker, blind, with their proposals and everyone who opened their identity."""
    seeker = seeker_queries.get(db(), seeker_id, viewer=actor())
    return _seeker_page(seeker.id, None)


def _seeker_page(seeker_id: uuid.UUID, person: Person | None, error: str = "") -> str:
    seeker = seeker_queries.get(db(), seeker_id, viewer=actor())
    history = referral_queries.of_seeker(db(), seeker_id, viewer=actor())
    return render_template(
        "staff/seeker.html",
        seeker=seeker,
        row=seeker_queries.row_of(seeker),
        person=person,
        error=error,
        history=history,
        orders={each.order_id: db().get_one(JobOrder, each.order_id) for each in history},
        looks=sightings_of(db(), seeker_id, most=20),
        occupations=OCCUPATIONS,
        districts=DISTRICTS,
        today=today(),
    )


@area.reads("/seekers/<uuid:seeker_id>/identity", by=STAFF)
def identity_again(seeker_id: uuid.UUID) -> BaseResponse:
    """Whoever comes back to the address finds the blind page and states the purpose anew."""
    return redirect(url_for("staff.seeker_page", seeker_id=seeker_id), code=303)


@area.writes("/seekers/<uuid:seeker_id>/identity", by=STAFF)
def open_identity(seeker_id: uuid.UUID) -> str | tuple[str, int]:
    """Open who somebody is, for a stated purpose; the look is recorded before the page leaves."""
    purpose = request.form.get("purpose", "").strip()
    if sum(character.isalnum() for character in purpose) < 2:
        return _seeker_page(seeker_id, None, "왜 보는지 적어 주세요. 기록에 남고 본인이 볼 수 있습니다."), 422
    person = seeker_queries.named(db(), seeker_id, purpose=purpose[:60], viewer=actor())
    return _seeker_page(seeker_id, person)


@area.writes("/seekers/<uuid:seeker_id>/pause", by=STAFF)
def pause_seeker(seeker_id: uuid.UUID) -> BaseResponse:
    """Take somebody out of every list, or put them back."""
    seeker_queries.get(db(), seeker_id, viewer=actor())
    commands = {"active": seekers.resume, "paused": seekers.pause}
    if request.form.get("to") not in commands:
        raise Invalid("쉬게 할지 다시 찾을지 골라 주세요.")
    commands[request.form["to"]](db(), seeker_id=seeker_id, by=actor(), at=now())
    return redirect(url_for("staff.seeker_page", seeker_id=seeker_id), code=303)
