"""Terms of an open order change: better at once, worse by an officer's yes, everyone told."""

import sqlalchemy as sa

from foundation.reference.employment_types import EmploymentType
from screening.casework.amendments.differences import worse
from screening.casework.amendments.models import Amendment
from screening.demand.orders.models import JobOrder
from screening.demand.orders.terms import OrderTerms
from tests.house import House
from tests.walk import order_at


def test_a_better_wage_holds_at_once(house: House) -> None:
    order = order_at(house, "asked")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}").follow("조건 바꾸기")
    firm.press("바꾸기", at="/change", wage_won="2,700,000").sees("바꾸었습니다")
    with house.database.read() as session:
        assert session.get_one(JobOrder, order.id).wage_won == 2_700_000


def test_a_worse_wage_waits_for_a_yes_and_everyone_is_told(house: House) -> None:
    order = order_at(house, "submitted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/change")
    firm.press("바꾸기", at="/change", wage_won="2,500,000", expect=422).sees("왜 바꾸는지")
    firm.press("바꾸기", at="/change", wage_won="2,500,000", explanation="매출이 줄어 임금을 낮춰야 합니다.")
    firm.sees("담당자에게 보냈습니다").open(f"/employer/orders/{order.id}/change").sees("살펴보고 있는 변경")
    with house.database.read() as session:
        assert session.get_one(JobOrder, order.id).wage_won == 2_600_000
    officer = (
        house.visitor("officer").open(f"/staff/orders/{order.id}").sees("2,600,000원에서 월급 2,500,000원")
    )
    before = len([each for each in house.deliver().letters() if "근로조건이 바뀌었습니다" in each.subject])
    officer.press("인정하고 모두에게 알리기").sees("모두에게 알렸습니다")
    house.deliver()
    told = {each.recipient for each in house.letters() if "근로조건이 바뀌었습니다" in each.subject}
    assert before == 0
    assert len(told) >= 2
    with house.database.read() as session:
        assert session.get_one(JobOrder, order.id).wage_won == 2_500_000


def test_a_refused_change_leaves_the_terms_and_tells_the_firm_why(house: House) -> None:
    order = order_at(house, "submitted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/change")
    firm.press("바꾸기", at="/change", weekly_hours="48", explanation="일손이 모자라 더 오래 일해야 합니다.")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    officer.press("인정하지 않기", expect=422).sees("왜 바꿀 수 없는지")
    officer.press("인정하지 않기", answer="이미 이 조건으로 면접을 약속한 분들이 있습니다.").sees(
        "바꾸지 않기로"
    )
    house.deliver()
    assert any("면접을 약속한 분들" in each.text for each in house.letters())
    with house.database.read() as session:
        assert session.get_one(JobOrder, order.id).weekly_hours == 40
        (change,) = session.scalars(sa.select(Amendment)).all()
        assert change.allowed is False


def test_below_the_minimum_wage_nobody_can_say_yes(house: House) -> None:
    order = order_at(house, "asked")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/change")
    firm.press(
        "바꾸기",
        at="/change",
        wage_won="1,500,000",
        explanation="더 드릴 수 없습니다. 이해해 주세요.",
        expect=422,
    )
    firm.sees("최저임금보다")


def test_what_is_worse(house: House) -> None:
    before = house.terms()
    assert worse(before, before) == []
    assert worse(before, house.terms(wage_won=2_700_000)) == []
    for changed in (
        {"wage_won": 2_599_999},
        {"weekly_hours": 41},
        {"work_days": 6},
        {"employment_type": EmploymentType.FIXED, "contract_months": 12},
        {"workplace_address": "서울특별시 마포구 이음로 1"},
        {"insurances": ()},
        {"probation_months": 3, "probation_percent": 90},
    ):
        assert worse(before, house.terms(**changed)), changed


def test_terms_survive_being_kept(house: House) -> None:
    terms = house.terms(closes_on=house.today, keywords=("한식", "주방"))
    assert OrderTerms.from_json(terms.to_json()) == terms
