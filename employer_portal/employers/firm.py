"""우리 회사: what the 구인신청서 asks of the firm itself, written once for every order."""

from flask import flash, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.employers.area import area
from employer_portal.web.areas import EMPLOYERS, FIRM_TEAM
from employer_portal.web.forms import Choice, Form, LongText, Number, Text
from employer_portal.web.request import actor, db, now
from foundation.reference import business_numbers
from foundation.refusals import Invalid
from screening.demand.employers import commands as employers
from screening.demand.employers.models import CompanySize, Employer

TEN_THOUSAND = 10_000


class FirmForm(Form):
    """The open fields of the firm; money in units of ten thousand won (만원)."""

    business = LongText("주요 사업내용", most=300)
    size = Choice("기업규모", CompanySize)
    insurance_number = Text("고용보험 사업장관리번호", most=20)
    capital_won = Number("자본금")
    sales_won = Number("연매출액")
    homepage = Text("누리집", most=200)


@area.reads("/firm", by=FIRM_TEAM)
def firm_page() -> str:
    """What the center knows of the firm, and what the firm may add."""
    firm = _firm()
    known = {
        "business": firm.business,
        "size": firm.size.value,
        "insurance_number": firm.insurance_number,
        "capital_won": _in_ten_thousands(firm.capital_won),
        "sales_won": _in_ten_thousands(firm.sales_won),
        "homepage": firm.homepage,
    }
    return _page(FirmForm(MultiDict(known), meta={"csrf": False}))


def _in_ten_thousands(won: int | None) -> str:
    return "" if won is None else f"{won // TEN_THOUSAND:,}"


def _won(ten_thousands: int | None) -> int | None:
    return None if ten_thousands is None else ten_thousands * TEN_THOUSAND


def _firm() -> Employer:
    return db().get_one(Employer, actor().organisation_id)


def _page(form: FirmForm) -> str:
    return render_template("employers/firm.html", firm=_firm(), form=form, written=business_numbers.written)


@area.writes("/firm", by=EMPLOYERS)
def describe_firm() -> str | BaseResponse | tuple[str, int]:
    """Keep what the firm says of itself."""
    form = FirmForm()
    if not form.validate_on_submit():
        return _page(form), 422
    profile = employers.FirmProfile(
        insurance_number=form.insurance_number.data,
        business=form.business.data,
        size=CompanySize(form.size.data),
        capital_won=_won(form.capital_won.data),
        sales_won=_won(form.sales_won.data),
        homepage=form.homepage.data,
    )
    try:
        employers.describe(db(), profile=profile, by=actor(), at=now())
    except Invalid as refused:
        form.take(refused)
        return _page(form), refused.status
    flash("회사 정보를 고쳤습니다. 앞으로 내는 구인신청서에 함께 적힙니다.")
    return redirect(url_for("employers.firm_page"), code=303)
