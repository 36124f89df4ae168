"""Public postings: found, shared, applied to, reported."""

import json
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField
from wtforms.validators import ValidationError

from employer_portal.public.area import area
from employer_portal.web.areas import ANYONE
from employer_portal.web.forms import Choice, Email, Form, LongText, Text
from employer_portal.web.portal import portal
from employer_portal.web.request import client_address, db, machine_now, now, today
from foundation.actors import Actor, Role
from foundation.reference import telephone
from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from foundation.refusals import Invalid
from screening.demand.orders.models import JobOrder
from screening.demand.postings import commands as postings
from screening.demand.postings import queries as posting_queries
from screening.demand.postings.models import ReportCategory

UNITS = {WageBasis.HOUR: "HOUR", WageBasis.DAY: "DAY", WageBasis.MONTH: "MONTH", WageBasis.YEAR: "YEAR"}
PART_TIME = (EmploymentType.PERMANENT_PART, EmploymentType.FIXED_PART)


class ApplicationForm(Form):
    """The shortest lawful application: who, how to reach, what one can do."""

    name = Text("이름", needed="이름을 적어 주세요.", most=40)
    phone = Text("휴대폰", needed="휴대폰 번호를 적어 주세요.", most=20)
    email = Email("이메일")
    text = LongText("경력과 하고 싶은 말", needed="경력과 하고 싶은 말을 적어 주세요.", most=2000)
    agrees = BooleanField("동의")

    def validate_phone(self, field: Text) -> None:
        try:
            telephone.parse(field.data or "", field=field.name)
        except Invalid as refusal:
            raise ValidationError(refusal.sentence) from refusal

    def validate_agrees(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError("지원하려면 표시해 주세요. 동의하지 않으면 지원을 받을 수 없습니다.")


class ReportForm(Form):
    """What is false about a posting."""

    category = Choice("어떤 문제인가요", ReportCategory, default=ReportCategory.DIFFERENT.value)
    text = LongText("자세히", needed="무엇이 사실과 다른지 적어 주세요.", most=1000)


@area.reads("/jobs", by=ANYONE)
def job_list() -> str:
    """The open postings."""
    text = request.args.get("q", "")[:60].strip()
    found = posting_queries.listed(db(), on=today(), text=text)
    return render_template("public/jobs.html", found=found, text=text, today=today())


@area.reads("/jobs/<number>", by=ANYONE)
def job_page(number: str) -> str:
    """One posting with its structured data; a closed one says so."""
    return _job_page(number, ApplicationForm(formdata=None))


def _job_page(number: str, form: ApplicationForm) -> str:
    order = posting_queries.posting(db(), number)
    open_now = posting_queries.is_open(order, on=today())
    return render_template(
        "public/job.html",
        order=order,
        open=open_now,
        form=form,
        data=structured(order) if open_now else None,
        address=f"{portal().settings.public_url}{url_for('public.job_page', number=order.number)}",
        today=today(),
    )


def structured(order: JobOrder) -> Markup:
    """JobPosting (schema.org) of an open order, as a data block that no text in it can leave."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": order.title,
        "description": order.duties,
        "identifier": {"@type": "PropertyValue", "name": "이음", "value": order.number},
        "datePosted": f"{order.approved_at:%Y-%m-%d}" if order.approved_at else None,
        "validThrough": f"{order.closes_on}T18:00+09:00" if order.closes_on else None,
        "employmentType": "PART_TIME" if order.employment_type in PART_TIME else "FULL_TIME",
        "hiringOrganization": {"@type": "Organization", "name": order.employer.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": order.workplace_address,
                "addressRegion": order.workplace_region,
                "addressCountry": "KR",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "KRW",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": order.wage_won,
                "maxValue": order.wage_max_won or order.wage_won,
                "unitText": UNITS[order.wage_basis] if order.wage_basis else None,
            },
        },
        "totalJobOpenings": order.unfilled,
        "workHours": order.work_time,
        "directApply": True,
    }
    told = json.dumps({name: value for name, value in facts.items() if value is not None}, ensure_ascii=False)
    return Markup(told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _anybody(name: str) -> Actor:
    return Actor(role=Role.SEEKER, name=name, address=client_address())


@area.writes("/jobs/<number>", by=ANYONE)
def apply(number: str) -> str | BaseResponse | tuple[str, int]:
    """Apply without an account; the receipt comes by SMS and mail."""
    form = ApplicationForm()
    order = posting_queries.posting(db(), number)
    if not form.validate_on_submit():
        return _job_page(number, form), 422
    portal().posts.count(client_address(), at=machine_now())
    contact = posting_queries.Contact(form.name.data, telephone.parse(form.phone.data), form.email.data or "")
    try:
        postings.apply(
            db(), order_id=order.id, contact=contact, text=form.text.data, by=_anybody("지원자"), at=now()
        )
    except Invalid as refused:
        form.take(refused)
        return _job_page(number, form), refused.status
    return redirect(url_for("public.applied", number=number), code=303)


@area.reads("/jobs/<number>/applied", by=ANYONE)
def applied(number: str) -> str:
    """What happens next."""
    order = posting_queries.posting(db(), number)
    return render_template("public/applied.html", order=order, today=today())


@area.reads("/jobs/<number>/report", by=ANYONE)
def report_form(number: str) -> str:
    """Say that a posting is false."""
    order = posting_queries.posting(db(), number)
    return render_template("public/report.html", order=order, form=ReportForm(formdata=None))


@area.writes("/jobs/<number>/report", by=ANYONE)
def report(number: str) -> str | BaseResponse | tuple[str, int]:
    """Keep the report for an officer."""
    form = ReportForm()
    order = posting_queries.posting(db(), number)
    if form.validate_on_submit():
        portal().posts.count(client_address(), at=machine_now())
        try:
            postings.report(
                db(),
                order_id=order.id,
                category=ReportCategory(form.category.data),
                text=form.text.data,
                by=_anybody("신고자"),
                at=now(),
            )
        except Invalid as refused:
            form.take(refused)
        else:
            flash("신고를 받았습니다. 담당자가 확인합니다. 알려 주셔서 고맙습니다.")
            return redirect(url_for("public.job_page", number=number), code=303)
    return render_template("public/report.html", order=order, form=form), 422
