"""Nothing gets stuck: silence, a power kept back, a wrong step and a return each have a way out."""

import datetime as dt

import pytest
import sqlalchemy as sa

from foundation.refusals import Invalid, NotAllowed
from screening.casework.consents import commands as consents
from screening.casework.outcomes import commands as outcomes
from screening.casework.placements import commands as placements
from screening.casework.placements.checks import RetentionAnswer, RetentionCheck
from screening.casework.placements.models import LeavingReason
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from screening.casework.retention import commands as retention
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Mandate, Power
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.pool.seekers.models import Seeker, SeekerStatus
from tests.house import House
from tests.visitor import Visitor
from tests.walk import order_at


def token(visitor: Visitor) -> str:
    return next(value for form in visitor.page.forms for name, value in form.values if name == "csrf_token")


def keep_back(house: House, order: JobOrder, *kept: Power) -> None:
    """The firm signs anew without some powers."""
    with house.database.write() as session:
        code = mandates.ask_for_code(
            session, order_id=order.id, by=house.actor("firm"), at=house.clock.moment
        )
        mandates.sign(
            session,
            code=code,
            order_id=order.id,
            powers=[power for power in Power if power not in kept],
            valid_until=house.today + dt.timedelta(days=60),
            typed_name="윤미정",
            center="서울일자리플러스센터",
            by=house.actor("firm"),
            at=house.clock.moment,
        )
        session.commit()


def test_who_did_not_answer_is_asked_again_by_the_same_question(house: House) -> None:
    order = order_at(house, "asked")
    house.deliver()
    path = house.link("추천해도 될까요")
    house.clock.moment += dt.timedelta(days=9)
    house.visitor().open(path).sees("답하실 수 있는 날이 지났습니다")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").sees("다시 묻기")
    officer.press("다시 묻기").sees("문자를 보냈습니다")
    with house.database.write() as session, pytest.raises(Invalid):
        consents.ask_everyone(session, order_id=order.id, by=house.actor("officer"), at=house.clock.moment)
    house.visitor().open(path).press("좋아요, 추천해 주세요").sees("좋다고 답하셨습니다")


def test_a_firm_that_never_corrects_can_be_refused(house: House) -> None:
    order = order_at(house, "fixing")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").sees("기업의 답을 기다립니다")
    officer.sees("쉬는 시간이 언제인지").press(
        "반려하기", ground="silent", explanation="근로시간을 밝히지 않아 받을 수 없습니다."
    )
    with house.database.read() as session:
        assert session.get_one(JobOrder, order.id).status is OrderStatus.REFUSED


def test_the_contract_follows_what_is_chosen_and_can_be_read_after(house: House) -> None:
    order = order_at(house, "filed")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    chosen = {"csrf_token": token(firm), "powers": ["search", "contact"], "valid_until": "2026-04-30"}
    text = firm.client.post(f"{firm.page.path}/text", data=chosen).get_data(as_text=True)
    kept = text.split("제3조")[1].split("제4조")[0]
    assert Power.INTERVIEW.ko in kept
    assert "2026년 4월 30일까지" in text
    firm.press(
        "서명하고 맡기기",
        code=house.signing_code(firm),
        typed_name="윤미정",
        powers=["search", "contact"],
        valid_until="2026-04-30",
    )
    with house.database.read() as session:
        signed = session.scalars(sa.select(Mandate)).one()
    firm.open(f"/employer/orders/{order.id}/mandate").sees("서명한 위탁계약서").sees("2026년 4월 30일까지")
    assert Power.INTERVIEW.ko in signed.text.split("제3조")[1].split("제4조")[0]
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("서명한 계약서")


def test_a_firm_sets_the_interview_it_kept_for_itself(house: House) -> None:
    order = order_at(house, "accepted")
    keep_back(house, order, Power.INTERVIEW)
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    officer.sees("를 맡기지 않았습니다")
    day = (house.today + dt.timedelta(days=3)).isoformat()
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    firm.press("면접 잡기", expect=422, day="2020-01-01", time="10:00", place="가게").sees("뒤의 시각으로")
    firm.press("면접 잡기", day=day, time="10:00", place="가게").sees("면접을 잡았습니다")
    with house.database.read() as session:
        states = set(session.scalars(sa.select(Referral.state).where(Referral.order_id == order.id)))
    assert ReferralState.INTERVIEW in states


def test_telling_that_was_kept_back_is_not_done_by_the_center(house: House) -> None:
    order = order_at(house, "consented")
    keep_back(house, order, Power.DECLINE)
    words = outcomes.default_words(order)
    with house.database.write() as session, pytest.raises(NotAllowed, match="직접"):
        outcomes.tell(
            session, order_id=order.id, words=words, by=house.actor("officer"), at=house.clock.moment
        )
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("기업에 알려 달라고 부탁해 주세요")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    firm.press("명에게 알리기", expect=422, words="짧음").sees("10자 이상")
    firm.press("명에게 알리기", words=words).sees("결과를 알렸습니다")
    with house.database.read() as session:
        agreed = sa.select(Referral.state).where(Referral.told_at.is_not(None))
        assert set(session.scalars(agreed)) == {ReferralState.ENDED}


def test_an_interview_is_not_over_before_it_begins(house: House) -> None:
    order = order_at(house, "interview")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").misses("면접 봄")
    house.later(days=5)
    officer.open(f"/staff/orders/{order.id}").press("면접 봄").sees("면접 결과를 적었습니다")


def test_nobody_is_hired_below_the_minimum_wage(house: House) -> None:
    order = order_at(house, "met")
    with house.database.write() as session:
        referral_id = session.scalars(
            sa.select(Referral.id).where(Referral.order_id == order.id, Referral.state == "interviewed")
        ).first()
        with pytest.raises(Invalid, match="최저임금보다"):
            placements.hire(
                session,
                referral_id=referral_id,  # type: ignore[arg-type]
                starts_on=house.today,
                wage_won=1_500_000,
                employment_type=order.employment_type,
                explanation="서로 이야기해서 낮추었습니다.",
                by=house.actor("firm"),
                at=house.clock.moment,
            )
        session.rollback()


def test_who_has_left_rests_and_can_be_looked_for_again(house: House) -> None:
    order_at(house, "told")
    with house.database.write() as session:
        check = session.scalars(sa.select(RetentionCheck).order_by(RetentionCheck.day)).first()
        assert check is not None
        _check, placement, _order = retention.of_link(session, check.id)
        seeker_id = placement.seeker_id
        at = house.clock.moment + dt.timedelta(days=60)
        retention.confirm(
            session,
            check_id=check.id,
            answer=RetentionAnswer.LEFT,
            left_on=placement.starts_on,
            reason=LeavingReason.OWN_WISH,
            by=house.actor("firm"),
            at=at,
        )
        session.commit()
        assert session.get_one(Seeker, placement.seeker_id).status is SeekerStatus.PAUSED
        later = session.scalars(sa.select(RetentionCheck).where(RetentionCheck.day == 90)).first()
        assert later is not None
        with pytest.raises(Invalid, match="이미 알려 주셨습니다"):
            retention.confirm(
                session, check_id=later.id, answer=RetentionAnswer.STILL, by=house.actor("firm"), at=at
            )
        session.rollback()
    officer = house.visitor("officer").open(f"/staff/seekers/{seeker_id}")
    officer.press("다시 찾기").sees("구직중")


def test_an_order_with_a_hire_is_not_taken_back(house: House) -> None:
    order = order_at(house, "hired", headcount=2)
    house.visitor("firm").open(f"/employer/orders/{order.id}").misses("구인신청 취소하기")
    with house.database.write() as session, pytest.raises(NotAllowed, match="이미 채용하신 분"):
        outcomes.withdraw(session, order_id=order.id, by=house.actor("firm"), at=house.clock.moment)


def test_the_firm_answers_a_due_check_on_the_orders_own_page_and_nobody_elses(house: House) -> None:
    order = order_at(house, "closed", headcount=1)
    house.later(days=70)
    path = f"/employer/orders/{order.id}"
    firm = house.visitor("firm").open(path).sees("계속 다니나요?")
    action = next(form.action for form in firm.page.forms if "/checks/" in form.action)
    rival = house.visitor("rival").open("/employer")
    assert rival.client.post(action, data={"csrf_token": token(rival)}).status_code == 404
    firm.press("네, 계속 다닙니다").sees("알려 주셔서 고맙습니다").sees("30일째")
    firm.misses("계속 다니나요?")
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("30일째").sees("계속 다닙니다")
