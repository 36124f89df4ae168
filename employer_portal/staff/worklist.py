"""The worklist: every order somebody has to move."""

import datetime as dt

from flask import render_template, request, url_for

from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.request import actor, db, now, today
from foundation.messages.commands import KINDS
from foundation.outbox import queries as outbox
from screening.deadlines.steps.queries import OrderStep, worklist
from screening.deadlines.steps.steps import Task, Turn
from screening.demand.sign_ups import queries as sign_ups

FILTERS = (
    ("late", "늦음"),
    ("week", "이번 주까지"),
    ("center", "센터 차례"),
    ("firm", "기업 답 기다림"),
    ("seeker", "구직자 답 기다림"),
    ("all", "전체"),
)


def _passes(each: OrderStep, name: str, day: dt.date) -> bool:
    due = each.step.due_on
    if name == "late":
        return due is not None and due < day
    if name == "week":
        return due is not None and due <= day + dt.timedelta(days=6 - day.weekday())
    if name in ("center", "firm", "seeker"):
        return each.step.turn is Turn(name)
    return True


PLACES: dict[Task, str] = {
    Task.FIX_CRITERIA: "staff.criteria_page",
    Task.CHOOSE: "staff.ranked_page",
}


def place_of(each: OrderStep) -> str:
    """Where the next step of an order is done."""
    return url_for(PLACES.get(each.step.task, "staff.order_page"), order_id=each.order.id)


@area.reads("", by=STAFF)
def home() -> str:
    """할 일: every order somebody has to move, by due day and then by receipt."""
    everyone = request.args.get("who") == "all"
    chosen = request.args.get("f", "all")
    steps = worklist(db(), viewer=actor(), officer_id=None if everyone else actor().account_id, at=now())
    day = today()
    counts = {name: sum(_passes(each, name, day) for each in steps) for name, _ in FILTERS}
    shown = [each for each in steps if _passes(each, chosen, day)]
    due = [each for each in steps if each.step.due_on is not None and each.step.due_on <= day]
    page = max(request.args.get("page", 1, type=int), 1)
    return render_template(
        "staff/home.html",
        shown=shown[(page - 1) * 20 : page * 20],
        total=len(shown),
        page=page,
        pages=-(-len(shown) // 20),
        due=len(due),
        late=counts["late"],
        filters=FILTERS,
        counts=counts,
        chosen=chosen,
        everyone=everyone,
        today=day,
        place_of=place_of,
        first=place_of(steps[0]) if steps else None,
        moment=now(),
        sign_ups=len(sign_ups.waiting(db(), viewer=actor())),
        undelivered=outbox.count_failed(db(), kinds=KINDS),
        held=outbox.held_up(db(), kinds=KINDS),
    )
