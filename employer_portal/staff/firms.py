"""Firms: found, taken in, verified, invited."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.staff.forms import (
    FirmForm,
)
from employer_portal.web.areas import STAFF
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, now, today
from foundation.accounts import queries as account_queries
from foundation.actors import Role
from foundation.membership import commands as membership
from foundation.reference import business_numbers
from foundation.reference.districts import DISTRICTS
from foundation.refusals import Invalid
from screening.demand.employers import commands as employers
from screening.demand.employers import queries as employer_queries
from screening.demand.employers.models import EmployerSource
from screening.demand.firm_checks import queries as firm_checks
from screening.demand.orders import queries as order_queries
from screening.demand.orders.models import JobOrder
from screening.demand.sign_ups import queries as sign_ups


@area.reads("/employers", by=STAFF)
def employer_list() -> str:
    """The firms, own ones first."""
    text = request.args.get("q", "")[:60].strip()
    firms = employer_queries.listed(db(), viewer=actor(), text=text, most=50)
    return render_template(
        "staff/employers.html",
        firms=firms,
        sign_ups=len(sign_ups.waiting(db(), viewer=actor())),
        text=text,
        written=business_numbers.written,
        districts=DISTRICTS,
    )


@area.reads("/employers/new", by=STAFF)
def firm_form() -> str:
    """A firm that came or called."""
    return render_template("staff/firm_form.html", form=FirmForm(formdata=None))


@area.writes("/employers/new", by=STAFF)
def register_firm() -> str | BaseResponse | tuple[str, int]:
    """Take a firm in, verified by the officer, and invite its person."""
    form = FirmForm()
    if form.validate_on_submit():
        try:
            firm = employers.FirmFacts(
                name=form.name.data,
                business_number=business_numbers.parse(
                    form.business_number.data, fictional_allowed=portal().settings.demo
                ),
                representative=form.representative.data,
                address=form.address.data,
                district=form.district.code,
                industry=form.industry.data or "",
                employees=form.employees.data or 0,
            )
            employer = employers.register(db(), firm=firm, source=EmployerSource.OWN, by=actor(), at=now())
            employers.verify(
                db(), employer_id=employer.organisation_id, ground=form.ground.data, by=actor(), at=now()
            )
            account = membership.open_account(
                db(),
                email=form.email.data,
                name=form.person.data,
                role=Role.EMPLOYER,
                organisation_id=employer.organisation_id,
                password_hash=None,
                owner=True,
                by=actor(),
                at=now(),
            )
            membership.invite(db(), account=account, by=actor(), at=now())
        except (Invalid, employers.AlreadyKnown) as refused:
            form.take(refused)
            db().rollback()
        else:
            flash(f"{firm.name}을 등록하고 {form.person.data} 님을 초대했습니다.")
            return redirect(url_for("staff.employer_page", employer_id=employer.organisation_id), code=303)
    return render_template("staff/firm_form.html", form=form), 422


@area.reads("/employers/<uuid:employer_id>", by=STAFF)
def employer_page(employer_id: uuid.UUID) -> str:
    """One firm with its orders and people."""
    employer = employer_queries.get(db(), employer_id, viewer=actor())
    found = (
        db()
        .scalars(
            order_queries.visible_to(actor())
            .where(JobOrder.employer_id == employer_id)
            .order_by(JobOrder.number.desc())
            .limit(50)
        )
        .unique()
        .all()
    )
    return render_template(
        "staff/employer.html",
        employer=employer,
        orders=found,
        people=account_queries.of_organisation(db(), employer_id),
        written=business_numbers.written,
        districts=DISTRICTS,
        check=firm_checks.newest(db(), employer.business_number),
        today=today(),
    )
