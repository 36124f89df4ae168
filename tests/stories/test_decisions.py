"""The decision: differences explained, a refused person taken after all, the words read before, everyone told."""

import datetime as dt

import sqlalchemy as sa

from screening.casework.placements.models import Placement
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import CloseReason, OrderStatus
from tests.house import House
from tests.walk import order_at


def test_a_start_far_from_the_advertised_one_must_be_explained(house: House) -> None:
    order = order_at(house, "met")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    late = (house.today + dt.timedelta(days=80)).isoformat()
    firm.press("채용 확정하기", starts_on=late, expect=422).sees("첫 출근일이 구인신청의")
    firm.press(
        "채용 확정하기", starts_on=late, explanation="본인이 이사를 마친 뒤에 시작하기로 했습니다."
    ).sees("채용을 확정")
    with house.database.read() as session:
        assert "이사를 마친" in session.scalars(sa.select(Placement)).one().explanation


def test_a_refused_person_can_be_seen_after_all(house: House) -> None:
    order = order_at(house, "submitted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/shortlist")
    name = next(n for form in firm.page.forms for n in form.choices if n.startswith("answer-"))
    firm.press("답 보내기", **{name: "no", name.replace("answer", "reason"): "E03"})
    firm.open(f"/employer/orders/{order.id}").press("다시 만나 보기").sees("다시 만나 보기로 했습니다").sees(
        "박가람"
    )
    with house.database.read() as session:
        assert ReferralState.PASSED_OVER not in {each.state for each in session.scalars(sa.select(Referral))}


def test_the_firm_reads_and_changes_what_people_will_be_told(house: House) -> None:
    order = order_at(house, "met")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    firm.press("이 말로 바꾸기", words="나이 많은 분은 안 뽑아서 죄송합니다.", expect=422).sees(
        "나이를 모집 조건으로"
    )
    said = "두 분 모두 훌륭하셨습니다. 이번에는 한 자리뿐이라 모시지 못했습니다. 고맙습니다."
    firm.press("이 말로 바꾸기", words=said).sees("말을 바꿨습니다")
    firm.press("모두에게 알리고 마치기", reason="", expect=422).sees("마감 사유를 골라")
    firm.press("모두에게 알리고 마치기", reason="filled", expect=422).sees("채용 인원과 맞는")
    firm.press("모두에게 알리고 마치기", reason="plan_changed").sees("모두에게 결과를 알리고 마쳤습니다")
    house.deliver()
    assert sum(said in each.text for each in house.letters()) >= 2
    with house.database.read() as session:
        ended = session.get_one(JobOrder, order.id)
        assert (ended.status, ended.close_reason) == (OrderStatus.CLOSED, CloseReason.PLAN_CHANGED)
        assert not [
            each
            for each in session.scalars(sa.select(Referral))
            if each.firm_answered_at and not each.told_at
        ]
