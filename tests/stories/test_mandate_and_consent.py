"""What the center does stands on the firm's mandate and the person's consent, at that very moment."""

import datetime as dt
import hashlib

import pytest
import sqlalchemy as sa

from demo.feed import generated_page
from foundation.actors import SYSTEM
from foundation.refusals import NotAllowed, Refusal
from screening.casework.referrals import commands as referrals
from screening.casework.referrals.models import Referral
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Mandate, Power
from screening.demand.orders.models import JobOrder
from screening.intake.leads import import_postings
from tests.house import House
from tests.walk import order_at


def suggest(house: House, order_id: object) -> None:
    with house.database.write() as session:
        referrals.suggest(
            session,
            order_id=order_id,  # type: ignore[arg-type]
            seeker_ids=house.seekers[:2],
            index=house.portal.pool,
            by=house.actor("officer"),
            at=house.clock.moment,
        )
        session.commit()


def test_the_signed_bytes_are_kept_with_their_hash(house: House) -> None:
    order = order_at(house, "signed")
    with house.database.read() as session:
        mandate = session.scalars(sa.select(Mandate).where(Mandate.order_id == order.id)).one()
    assert hashlib.sha256(mandate.text.encode()).hexdigest() == mandate.sha256
    assert order.number in mandate.text
    assert "무료입니다" in mandate.text


def test_without_a_mandate_nobody_is_looked_for(house: House) -> None:
    order = order_at(house, "fixed")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    firm.press("위임 철회하기").sees("위임을 철회했습니다")
    with pytest.raises(NotAllowed, match="위임이 없거나 끝났습니다"):
        suggest(house, order.id)
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("지금은 위임이 없습니다")


def test_a_mandate_ends_on_its_day(house: House) -> None:
    order = order_at(house, "fixed")
    house.clock.moment += dt.timedelta(days=179)
    with house.database.read() as session:
        assert mandates.in_force(session, order.id, at=house.clock.moment) is None
    with pytest.raises(NotAllowed):
        suggest(house, order.id)


def test_the_last_day_that_was_typed_is_the_last_day_of_the_mandate(house: House) -> None:
    order = order_at(house, "filed")
    last = house.today + dt.timedelta(days=10)
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    firm.press(
        "서명하고 맡기기", code=house.signing_code(firm), valid_until=last.isoformat(), typed_name="윤미정"
    ).sees("위임했습니다")
    with house.database.read() as session:
        (mandate,) = session.scalars(sa.select(Mandate)).all()
        assert f"{last.year}년 {last.month}월 {last.day}일" in mandate.text.replace("\u00a0", " ")
        for days, holds in ((10, True), (11, False)):
            at = house.clock.moment + dt.timedelta(days=days)
            assert (mandates.in_force(session, order.id, at=at) is not None) is holds


def test_a_power_that_was_kept_back_stops_the_center(house: House) -> None:
    order = order_at(house, "fixed")
    with house.database.write() as session:
        code = mandates.ask_for_code(
            session, order_id=order.id, by=house.actor("firm"), at=house.clock.moment
        )
        mandates.sign(
            session,
            code=code,
            order_id=order.id,
            powers=[Power.SEARCH],
            valid_until=house.today + dt.timedelta(days=30),
            typed_name="윤미정",
            center="서울일자리플러스센터",
            by=house.actor("firm"),
            at=house.clock.moment,
        )
        session.commit()
    suggest(house, order.id)
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    officer.follow("K-1000").press("적격입니다").press("적격입니다")
    officer.open(f"/staff/orders/{order.id}").press("동의 묻기", expect=403).sees("맡기지 않았습니다")


def test_a_consent_link_answers_once_and_closes(house: House) -> None:
    order_at(house, "asked")
    house.deliver()
    path = house.link("추천해도 될까요")
    before = house.visitor().open(path).open(path).sees("다온밥상에 추천해도 될까요?")
    late = house.clock.moment + dt.timedelta(days=9)
    house.clock.moment = late
    before.press("좋아요, 추천해 주세요", expect=410).sees("답할 수 있는 날이 지났습니다")
    house.visitor().open(path).sees("답하실 수 있는 날이 지났습니다")
    house.clock.moment = late + dt.timedelta(days=90)
    house.visitor().open(path, expect=404).sees("닫혔습니다")


def test_a_link_does_only_what_it_was_given_for(house: House) -> None:
    order_at(house, "asked")
    house.deliver()
    path = house.link("추천해도 될까요")
    visitor = house.visitor().open(path)
    token = next(value for form in visitor.page.forms for name, value in form.values if name == "csrf_token")
    answer = visitor.client.post(f"{path}/retention", data={"csrf_token": token, "answer": "still"})
    assert answer.status_code == 404
    house.visitor().open("/l/AAAAAAAAAAAAAAAAAAAAAA", expect=404)


def test_a_lead_is_never_worked_until_its_firm_claims_it(house: House) -> None:
    page = generated_page(today=house.today).replace("서울 종로구".encode(), "서울 구로구".encode())
    with house.database.write() as session:
        import_postings(session, payload=page, by=SYSTEM, at=house.clock.moment)
        session.commit()
    with house.database.read() as session:
        lead = (
            session.scalars(
                sa.select(JobOrder).where(
                    JobOrder.title == "점심 한식 조리사 모집", JobOrder.workplace_district == "11530"
                )
            )
            .unique()
            .first()
        )
    officer = house.visitor("officer").open("/staff").misses("점심 한식 조리사 모집")
    officer.open("/staff/leads").sees("점심 한식 조리사").open(f"/staff/orders/{lead.id}").sees(
        "아직 맡기지 않은"
    )
    officer.follow("맞을 만한 분들 보기").sees("K-1000").misses("박가람")
    with pytest.raises(Refusal):
        suggest(house, lead.id)
    firm = house.visitor("firm").sees("공개 구인정보에 올리신 자리 2건").press("센터에 맡기기")
    firm.press("다음: 조건과 자격").press("다음: 전형과 접수").press(
        "다음: 확인과 제출", contact_phone="02-555-0100"
    )
    firm.press("구인신청 내기").sees("접수번호는")
    with house.database.read() as session:
        claimed = [
            each for each in session.scalars(sa.select(JobOrder)).unique() if each.status == "submitted"
        ]
        assert len(claimed) == 1
        assert claimed[0].source == "getjobinfo"
        assert claimed[0].employer_id == house.firms[0]
        assert session.scalars(sa.select(Referral)).first() is None
