"""The criteria sheet of an order, fixed before anybody is looked at."""

import uuid
from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.staff.referrals import FUNNEL_KO
from employer_portal.web.areas import STAFF
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, now, today
from foundation.refusals import Invalid
from screening.casework.criteria import commands as criteria
from screening.casework.criteria.lines import DEFAULT_WEIGHTS, Need, drawn_from
from screening.casework.referrals import ranked
from screening.demand.orders import queries as order_queries
from screening.matching.sentences import CRITERION_KO


@area.reads("/orders/<uuid:order_id>/criteria", by=STAFF)
def criteria_page(order_id: uuid.UUID) -> str:
    """The criteria sheet, to be fixed before anybody is looked at."""
    return _criteria_page(order_id, {}, [])


def _criteria_page(order_id: uuid.UUID, typed: dict[str, str], errors: list[tuple[str, str]]) -> str:
    order = order_queries.get(db(), order_id, viewer=actor())
    sheet = criteria.in_force(db(), order.id)
    weights = {
        name: typed.get(f"w-{name}", str((sheet.weights if sheet else DEFAULT_WEIGHTS)[name]))
        for name in DEFAULT_WEIGHTS
    }
    lines = drawn_from(order.terms())
    kept = {line.key: line.need for line in criteria.lines_of(sheet)} if sheet else {}
    chosen = {line.key: typed.get(f"need-{line.key}", kept.get(line.key, line.need).value) for line in lines}
    return render_template(
        "staff/criteria.html",
        order=order,
        sheet=sheet,
        lines=lines,
        chosen=chosen,
        weights=weights,
        weight_ko=CRITERION_KO,
        needs=list(Need),
        errors=errors,
        funnel=ranked.counted(
            db(),
            order.id,
            _needs({f"need-{key}": value for key, value in chosen.items()}),
            index=portal().pool,
            viewer=actor(),
            on=today(),
        ),
        funnel_ko=FUNNEL_KO,
        today=today(),
    )


@area.writes("/orders/<uuid:order_id>/criteria", by=STAFF)
def fix_criteria(order_id: uuid.UUID) -> str | BaseResponse | tuple[str, int]:
    """Fix the criteria."""
    typed = {name: value[:20] for name, value in request.form.items()}
    try:
        weights = {name: _whole(typed.get(f"w-{name}", "")) for name in DEFAULT_WEIGHTS}
        criteria.fix(db(), order_id=order_id, weights=weights, needs=_needs(typed), by=actor(), at=now())
    except Invalid as refused:
        db().rollback()
        return _criteria_page(order_id, typed, [("w-occupation", refused.sentence)]), refused.status
    flash("심사 기준을 확정했습니다. 이제 사람을 볼 수 있습니다.")
    return redirect(url_for("staff.ranked_page", order_id=order_id), code=303)


def _needs(typed: Mapping[str, str]) -> dict[str, Need]:
    return {
        name.removeprefix("need-"): Need(value)
        for name, value in typed.items()
        if name.startswith("need-") and value in set(Need)
    }


@area.reads("/orders/<uuid:order_id>/criteria/count", by=STAFF)
def count_criteria(order_id: uuid.UUID) -> str:
    """How many people the musts as they stand on the page would leave."""
    counted = ranked.counted(
        db(), order_id, _needs(request.args), index=portal().pool, viewer=actor(), on=today()
    )
    return render_template("staff/criteria_count.html", funnel=counted, funnel_ko=FUNNEL_KO)


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise Invalid("배점을 0점에서 100점 사이의 숫자로 적어 주세요.", field="weights")
    return int(text)
