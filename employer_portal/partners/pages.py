"""The chamber's ranking and the agency's list."""

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.web.areas import AGENCIES, CHAMBERS, Area
from employer_portal.web.downloads import XLSX, Sheet, attachment, spreadsheet
from employer_portal.web.registration import RegistrationForm, registered_from
from employer_portal.web.request import actor, db, today
from foundation.actors import Role
from foundation.reference.districts import DISTRICTS, place_name
from foundation.reference.occupations import OCCUPATIONS
from foundation.refusals import NotFound
from incentives.editions import queries as editions
from incentives.editions.models import Edition, EditionScore
from incentives.policies.policy import Grade
from screening.demand.employers.models import SizeBand
from screening.pool.seekers import queries as seeker_queries

area = Area("partners", __name__)


def _edition() -> Edition | None:
    return editions.latest(db(), viewer=actor())


def _chosen(scores: list[EditionScore]) -> tuple[str, list[EditionScore]]:
    band = request.args.get("band", "")
    if band not in {each.value for each in SizeBand}:
        return "", scores
    return band, [score for score in scores if score.band.value == band]


@area.reads("/partners/ranking", by=CHAMBERS)
def ranking() -> str:
    """The ranking of the viewer's own district, overall and by size band; every rank with its interval and n."""
    me, edition = actor(), _edition()
    scores = editions.scores(db(), edition.id, viewer=me) if edition else []
    band, shown = _chosen(scores)
    grades = [(grade, sum(score.grade is grade for score in scores)) for grade in Grade]
    return render_template(
        "partners/ranking.html",
        edition=edition,
        place=place_name(me.district) if me.role is Role.CHAMBER else "서울시 전체",
        scores=scores,
        shown=shown,
        band=band,
        bands=[each for each in SizeBand if any(score.band is each for score in scores)],
        grades=grades,
        most=max((number for _, number in grades), default=0),
        districts=DISTRICTS,
        city=me.role is Role.CITY_CHAMBER,
        today=today(),
    )


@area.reads("/partners/ranking.xlsx", by=CHAMBERS)
def ranking_file() -> Response:
    """The same table as a spreadsheet."""
    edition = _edition()
    if edition is None:
        raise NotFound("아직 공개한 평가판이 없습니다.")
    band, shown = _chosen(editions.scores(db(), edition.id, viewer=actor()))
    header = (
        "기업", "자치구", "규모", "등급", "점수", "구간 순위", "구간 기업 수", "90% 낮은 쪽", "90% 높은 쪽",
        "전체 순위", "전체 90% 낮은 쪽", "전체 90% 높은 쪽", "확인된 채용",
    )  # fmt: skip
    rows = [
        (
            score.name,
            place_name(score.district),
            score.band.ko,
            score.grade.ko,
            score.total / 1000,
            score.rank,
            score.rank_size,
            score.rank_low,
            score.rank_high,
            score.overall_rank,
            score.overall_low,
            score.overall_high,
            score.verified,
        )
        for score in shown
    ]
    return attachment(
        spreadsheet(Sheet(f"순위 {edition.code} {edition.status.ko}", header, rows)),
        f"순위_{edition.code}{'_' + band if band else ''}.xlsx",
        XLSX,
    )


@area.reads("/agency", by=AGENCIES)
def sent_seekers() -> str:
    """The people this agency sent, and what became of them."""
    page = seeker_queries.listed(db(), viewer=actor(), after=request.args.get("after"))
    return render_template("partners/sent.html", page=page, today=today())


@area.reads("/agency/new", by=AGENCIES)
def send_form() -> str:
    """Send somebody to the center's pool."""
    form = RegistrationForm(formdata=None, available_on=today())
    return render_template("partners/send.html", form=form, occupations=OCCUPATIONS)


@area.writes("/agency/new", by=AGENCIES)
def send() -> str | BaseResponse | tuple[str, int]:
    """Register somebody on the agency's word."""
    form = RegistrationForm()
    seeker = registered_from(form, source="agency")
    if seeker is not None:
        flash(f"{seeker.code}로 보냈습니다. 센터가 이어서 찾습니다.")
        return redirect(url_for("partners.sent_seekers"), code=303)
    return render_template("partners/send.html", form=form, occupations=OCCUPATIONS), 422
