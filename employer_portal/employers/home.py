"""내 채용: whose turn it is, order by order."""

from typing import Any

from flask import render_template, url_for

from employer_portal.employers.area import area
from employer_portal.employers.clocks import clock_of
from employer_portal.employers.story import story_of
from employer_portal.web.areas import FIRM_TEAM
from employer_portal.web.request import actor, db, now, today
from screening.deadlines.steps.queries import of_firm
from screening.deadlines.steps.steps import STAGES, Turn
from screening.demand.orders import queries as order_queries


@area.reads("", by=FIRM_TEAM)
def home() -> str:
    """내 채용: whose turn it is, order by order; the h1 says the one thing to do."""
    steps = of_firm(db(), viewer=actor(), at=now())
    mine = [each for each in steps if each.step.turn is Turn.FIRM]
    working = [each for each in steps if each.step.turn in (Turn.CENTER, Turn.SEEKER)]
    ended = [each for each in steps if each.step.turn is Turn.NOBODY]
    return render_template(
        "employers/home.html",
        mine=mine,
        working=working,
        ended=ended,
        drafts=order_queries.drafts(db(), viewer=actor()),
        leads=order_queries.leads_for(db(), viewer=actor()),
        stages=STAGES,
        clock_of=clock_of,
        story_of=story_of,
        today=today(),
        action_of=action_of,
    )


ACTIONS: dict[str, tuple[str, str]] = {
    "sign": ("위임하기", "employers.mandate_page"),
    "correct": ("고쳐서 보내기", "employers.correction_page"),
    "answer": ("추천 보고 답하기", "employers.shortlist_page"),
    "permit": ("허락하기", "employers.order_page"),
    "schedule": ("면접 잡기", "employers.order_page"),
    "tell": ("결과 알리기", "employers.order_page"),
    "decide": ("채용 결정하기", "employers.order_page"),
}


def action_of(step: Any) -> tuple[str, str]:
    """The label and address of the one button of an order's card."""
    label, endpoint = ACTIONS.get(step.step.task.value, ("진행 보기", "employers.order_page"))
    return label, url_for(endpoint, order_id=step.order.id)
