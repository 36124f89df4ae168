"""The firm's own orders and people as spreadsheets."""

import datetime as dt

from flask import Response

from employer_portal.employers.area import area
from employer_portal.web.areas import FIRM_TEAM
from employer_portal.web.downloads import XLSX, Sheet, attachment, spreadsheet
from employer_portal.web.people_list import Listed, roll_of
from employer_portal.web.request import actor, db, today
from employer_portal.web.wording import occupation_ko, phone
from foundation.clock import day_in_seoul
from foundation.database import SEOUL
from foundation.organisations.models import Organisation
from screening.demand.orders import queries as order_queries
from screening.demand.orders.api_codes import feed_record
from screening.demand.orders.models import JobOrder

ORDER_HEADER = (
    "구인번호", "상태", "구인제목", "모집직종", "모집인원", "채용인원", "고용형태", "임금형태", "임금(원)",
    "최대 임금(원)", "주 소정근로시간", "근무지", "입사 예정일",
    "신청한 날", "접수한 날", "시작한 날", "마친 날", "마친 이유",
)  # fmt: skip
PEOPLE_HEADER = (
    "구인번호", "구인제목", "경로", "구분", "소개", "상태", "온 날", "답한 날", "면접", "입사일", "임금(원)",
    "이름", "전화", "이메일",
)  # fmt: skip


@area.reads("/orders.xlsx", by=FIRM_TEAM)
def orders_file() -> Response:
    """Every order of the firm: one sheet to read, one in the field names and codes of the public feed."""
    orders = order_queries.own(db(), viewer=actor())
    records = [{"구인번호": each.number, **feed_record(each)} for each in orders]
    sheets = [Sheet("구인신청", ORDER_HEADER, [_order_row(each) for each in orders])]
    if records:
        sheets.append(Sheet("고용24 항목", tuple(records[0]), [tuple(each.values()) for each in records]))
    return attachment(spreadsheet(*sheets), f"구인신청_{_firm()}_{today():%Y%m%d}.xlsx", XLSX)


@area.reads("/people.xlsx", by=FIRM_TEAM)
def people_file() -> Response:
    """Everyone proposed to the firm or who applied to it; a name only where consent holds, and the look is recorded."""
    rows = [
        _person_row(order, each)
        for order in order_queries.own(db(), viewer=actor())
        for each in roll_of(order)
    ]
    return attachment(
        spreadsheet(Sheet("사람", PEOPLE_HEADER, rows)), f"추천과 지원_{_firm()}_{today():%Y%m%d}.xlsx", XLSX
    )


def _day(day: dt.date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _firm() -> str:
    return db().get_one(Organisation, actor().organisation_id).name


def _order_row(order: JobOrder) -> tuple[str | int, ...]:
    return (
        order.number,
        order.status.ko,
        order.title,
        occupation_ko(order.occupation_code),
        order.headcount,
        order.filled,
        order.employment_type.ko,
        order.wage_basis.ko if order.wage_basis else "",
        order.wage_won or "",
        order.wage_max_won or "",
        order.weekly_hours or "",
        order.workplace_address,
        _day(order.starts_on),
        *(
            _day(moment and day_in_seoul(moment))
            for moment in (order.submitted_at, order.received_at, order.approved_at, order.closed_at)
        ),
        order.close_reason.ko if order.close_reason else "",
    )


def _person_row(order: JobOrder, person: Listed) -> tuple[str | int, ...]:
    return (
        order.number,
        order.title,
        person.path,
        person.label,
        person.summary,
        person.state,
        _day(person.came_on and day_in_seoul(person.came_on)),
        _day(person.answered_on and day_in_seoul(person.answered_on)),
        f"{person.interview.starts_at.astimezone(SEOUL):%Y-%m-%d %H:%M}" if person.interview else "",
        _day(person.placement.starts_on if person.placement else None),
        person.placement.wage_won if person.placement else "",
        person.name,
        phone(person.phone) if person.phone else "",
        person.email,
    )
