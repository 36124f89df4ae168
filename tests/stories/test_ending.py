"""When an order ends, everything that hung on it ends: questions close, people are free, the words are true."""

import pytest
import sqlalchemy as sa

from screening.casework.outcomes import commands as outcomes
from screening.casework.referrals.models import Referral
from screening.casework.referrals.queries import live_firms
from screening.casework.referrals.states import LIVE, ReferralState
from screening.demand.orders.states import CloseReason
from tests.house import House
from tests.walk import order_at


def states(house: House) -> set[ReferralState]:
    with house.database.read() as session:
        return set(session.scalars(sa.select(Referral.state)))


def test_an_order_taken_back_closes_its_questions(house: House) -> None:
    order = order_at(house, "asked")
    house.deliver()
    path = house.link("추천해도 될까요")
    seeker = house.visitor().open(path).sees("추천해도 될까요?")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    firm.press("구인신청 취소").sees("구인신청을 취소했습니다")
    seeker.press("좋아요, 추천해 주세요", expect=410).sees("이 자리는 채용이 끝났습니다")
    house.visitor().open(path).sees("이 자리의 추천은 끝났습니다").misses("좋아요, 추천해 주세요")
    assert not states(house) & LIVE
    with house.database.read() as session:
        people = list(session.scalars(sa.select(Referral.seeker_id)))
        assert live_firms(session, people, except_order=house.firms[0]) == {}


def test_who_said_yes_is_told_before_the_order_ends(house: House) -> None:
    order = order_at(house, "consented")
    with house.database.write() as session:
        with pytest.raises(outcomes.NotEveryoneTold):
            outcomes.close(
                session,
                order_id=order.id,
                reason=CloseReason.EXPERIENCE,
                by=house.actor("officer"),
                at=house.clock.moment,
            )
        session.rollback()
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    officer.sees("이번에는 뽑지 않고 마감했습니다")
    officer.press("명에게 알리기").press("종결하기", reason=CloseReason.EXPERIENCE.value)
    assert not states(house) & LIVE
    house.deliver()
    assert any("이번에는 뽑지 않고 마감했습니다" in letter.text for letter in house.letters())
