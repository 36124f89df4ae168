"""Kept searches of the pool: what they find, what is new, a verdict on each hit."""

import uuid
from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.staff.area import area, say_if_mended
from employer_portal.web.areas import STAFF
from employer_portal.web.forms import clean
from employer_portal.web.portal import portal
from employer_portal.web.request import actor, db, identifier, now, today
from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from foundation.refusals import Invalid
from screening.pool.searches import commands as searches
from screening.pool.searches import queries
from screening.pool.searches.models import Verdict
from screening.pool.searches.queries import Sought

MOST_WON = 999_999_999


def sought_in(typed: Mapping[str, str]) -> Sought:
    """What a search form asks for; what cannot be meant is left out."""
    pay = "".join(each for each in typed.get("pay", "")[:15] if each not in ", 원")
    district, employment = typed.get("d", ""), typed.get("e", "")
    return Sought(
        text=typed.get("q", "")[:60].strip(),
        district=district if district in DISTRICTS else "",
        employment=employment if employment in set(EmploymentType) else "",
        most_won=min(int(pay), MOST_WON) if pay.isascii() and pay.isdigit() else None,
    )


def page_in(typed: Mapping[str, str]) -> int:
    """The page that is asked for; the first for anything that is no page."""
    page = typed.get("page", "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1


@area.writes("/seekers/searches", by=STAFF)
def save_search() -> str | BaseResponse | tuple[str, int]:
    """Keep a search under a name."""
    sought = sought_in(request.form)
    try:
        search = searches.save(
            db(),
            name=clean(request.form.get("name")),
            sought=sought,
            alert=bool(request.form.get("alert")),
            by=actor(),
            at=now(),
        )
    except Invalid as refused:
        db().rollback()
        return _save_page(sought, refused.sentence), refused.status
    flash(
        "검색을 저장했습니다. 새로 맞는 분이 오면 알려 드립니다." if search.alert else "검색을 저장했습니다."
    )
    return redirect(url_for("staff.search_page", search_id=search.id), code=303)


def _save_page(sought: Sought, sentence: str) -> str:
    return render_template(
        "staff/search_save.html",
        sought=sought,
        name=request.form.get("name", "")[:60],
        alert=bool(request.form.get("alert")),
        errors=[("name", sentence)],
    )


@area.reads("/seekers/searches/<uuid:search_id>", by=STAFF)
def search_page(search_id: uuid.UUID) -> str:
    """What a kept search finds now."""
    search = queries.get(db(), search_id, viewer=actor())
    found = queries.found(
        db(),
        queries.sought_by(search),
        index=portal().pool,
        viewer=actor(),
        on=today(),
        page=page_in(request.args),
        search=search,
    )
    say_if_mended()
    return render_template(
        "staff/search.html",
        search=search,
        sought=queries.sought_by(search),
        found=found,
        verdicts=list(Verdict),
        districts=DISTRICTS,
        employment_types=EmploymentType,
        today=today(),
    )


@area.writes("/seekers/searches/<uuid:search_id>/seen", by=STAFF)
def see_search(search_id: uuid.UUID) -> BaseResponse:
    """Count everything found as seen."""
    searches.see(db(), search_id=search_id, by=actor(), at=now())
    flash("모두 본 것으로 표시했습니다.")
    return redirect(url_for("staff.search_page", search_id=search_id), code=303)


@area.writes("/seekers/searches/<uuid:search_id>/alert", by=STAFF)
def alert_search(search_id: uuid.UUID) -> BaseResponse:
    """Hear of new people, or no longer."""
    searches.hear(db(), search_id=search_id, alert=request.form.get("alert") == "on", by=actor(), at=now())
    return redirect(url_for("staff.search_page", search_id=search_id), code=303)


@area.writes("/seekers/searches/<uuid:search_id>/judge", by=STAFF)
def judge_hit(search_id: uuid.UUID) -> BaseResponse:
    """Say whether a hit fits."""
    verdict = request.form.get("verdict", "")
    if verdict not in set(Verdict):
        raise Invalid("맞음, 나중에, 아님 가운데 하나를 골라 주세요.")
    searches.judge(
        db(),
        search_id=search_id,
        seeker_id=identifier(request.form.get("seeker", "")),
        verdict=Verdict(verdict),
        note=clean(request.form.get("note")),
        by=actor(),
        at=now(),
    )
    page = page_in(request.form)
    return redirect(url_for("staff.search_page", search_id=search_id, page=page), code=303)


@area.writes("/seekers/searches/<uuid:search_id>/forget", by=STAFF)
def forget_search(search_id: uuid.UUID) -> BaseResponse:
    """Drop a search."""
    searches.forget(db(), search_id=search_id, by=actor(), at=now())
    flash("검색을 지웠습니다.")
    return redirect(url_for("staff.seeker_list"), code=303)
