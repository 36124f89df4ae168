"""The official forms on paper: 구인신청서, 알선자명단, 취업알선장, 채용결과통보서 (직업안정법 시행규칙 별지).

Each is a page of its own that prints on A4; the screen shows the same sheet with a way back and a print hint.
"""

from flask import render_template

from employer_portal.web.people_list import proposed_of
from employer_portal.web.request import today
from foundation.reference import business_numbers
from screening.casework.interviews.models import Interview
from screening.demand.orders.models import JobOrder


def order_form(order: JobOrder, *, back: str) -> str:
    """구인신청서: firm, terms, lawful notes, a line to sign."""
    return render_template(
        "forms/order.html", order=order, written=business_numbers.written, back=back, today=today()
    )


def list_form(order: JobOrder, *, back: str) -> str:
    """알선자명단 (별지 제4호): whom the center proposed; without consent a person stays a letter."""
    return render_template(
        "forms/list.html", order=order, people=proposed_of(order), back=back, today=today()
    )


def result_form(order: JobOrder, *, back: str) -> str:
    """채용결과통보서 (별지 제4호의2): hired or not, from when, why not; what is open is left to be ticked by hand."""
    return render_template(
        "forms/result.html", order=order, people=proposed_of(order), back=back, today=today()
    )


def slip_form(order: JobOrder, *, name: str, code: str, interview: Interview | None, back: str) -> str:
    """취업알선장 (별지 제3호): the person hands it to the firm."""
    return render_template(
        "forms/slip.html", order=order, name=name, code=code, interview=interview, back=back, today=today()
    )
