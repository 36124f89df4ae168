"""일괄 배정: all open orders look for people at once."""

import uuid

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.request import actor, db, now, today
from foundation.refusals import Invalid
from screening.casework.allocations import commands as allocations
from screening.casework.allocations import queries
from screening.casework.referrals.commands import MOST_FIRMS


@area.reads("/orders/allocations", by=STAFF)
def allocation_list() -> str:
    """The last runs, and starting another one."""
    return _list_page("", [])


def _list_page(typed: str, errors: list[tuple[str, str]]) -> str:
    return render_template(
        "staff/allocations.html",
        runs=queries.listed(db(), viewer=actor()),
        typed=typed or str(allocations.PER_OPENING),
        errors=errors,
        most_firms=MOST_FIRMS,
        today=today(),
    )


@area.writes("/orders/allocations", by=STAFF)
def start_allocation() -> BaseResponse | tuple[str, int]:
    """Start a run; the workers carry it on."""
    typed = request.form.get("per_opening", "").strip()[:10]
    try:
        if not (typed.isascii() and typed.isdigit()):
            raise Invalid("한 자리에 추천할 사람 수를 숫자로 적어 주세요. 예: 3", field="per_opening")
        run = allocations.start(db(), per_opening=int(typed), by=actor(), at=now())
    except (Invalid, allocations.AlreadyRunning, allocations.NothingToAllocate) as refused:
        db().rollback()
        return _list_page(typed, [("per_opening", refused.sentence)]), refused.status
    flash(f"구인 {run.orders}건의 일괄 배정을 시작했습니다. 다른 일을 하셔도 됩니다.")
    return redirect(url_for("staff.allocation_page", run_id=run.id), code=303)


@area.reads("/orders/allocations/<uuid:run_id>", by=STAFF)
def allocation_page(run_id: uuid.UUID) -> str:
    """How far a run has come; once done its figures and what every order was given."""
    return _run_page("staff/allocation.html", run_id)


@area.writes("/orders/allocations/<uuid:run_id>/resume", by=STAFF)
def resume_allocation(run_id: uuid.UUID) -> BaseResponse:
    """Let a run that stopped go on."""
    allocations.resume(db(), run_id=run_id, by=actor(), at=now())
    flash("멈춘 곳에서 이어서 합니다.")
    return redirect(url_for("staff.allocation_page", run_id=run_id), code=303)


@area.reads("/orders/allocations/<uuid:run_id>/progress", by=STAFF)
def allocation_progress(run_id: uuid.UUID) -> Response:
    """The part of the page that changes while a run goes on; the whole page is asked for once it is done."""
    response = make_response(_run_page("staff/allocation_progress.html", run_id))
    if queries.get(db(), run_id, viewer=actor()).done_at:
        response.headers["HX-Refresh"] = "true"
    return response


def _run_page(template: str, run_id: uuid.UUID) -> str:
    run = queries.get(db(), run_id, viewer=actor())
    return render_template(
        template,
        run=run,
        progress=queries.progress(db(), run),
        rows=queries.orders_of(db(), run) if run.done_at else [],
        today=today(),
    )
