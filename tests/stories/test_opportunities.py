"""The open orders for one person: the same score as the other way round, in the person's own words, by a link."""

import re

import sqlalchemy as sa

from foundation.identity.models import Sighting, SightingOf
from screening.casework.referrals import opportunities, ranked
from screening.pool.seekers import commands as seekers
from tests.house import House
from tests.walk import order_at


def test_both_ways_give_the_same_score_and_reasons(house: House) -> None:
    orders = [
        order_at(house, "fixed", title=f"조리 {number}", career_months=12 * number) for number in range(3)
    ]
    officer = house.actor("officer")
    with house.database.read() as session:
        for number in (0, 5):
            found = opportunities.of_seeker(
                session, house.seekers[number], index=house.portal.pool, viewer=officer, on=house.today
            )
            for each in found.best:
                people = ranked.ranked(
                    session, each.order.id, index=house.portal.pool, viewer=officer, on=house.today
                ).people
                (same,) = [one for one in people if one.seeker.id == house.seekers[number]]
                assert (same.score, same.reasons) == (each.score, each.reasons)
            fitting = {each.order.id for each in found.best}
            for order in orders:
                people = ranked.ranked(
                    session, order.id, index=house.portal.pool, viewer=officer, on=house.today
                ).people
                assert (order.id in fitting) == any(one.seeker.id == house.seekers[number] for one in people)


def test_the_person_reads_why_by_a_link_without_an_account(house: House) -> None:
    order_at(house, "fixed")
    officer = house.visitor("officer").open(f"/staff/seekers/{house.seekers[0]}")
    officer.follow("맞는 일자리 보기").sees("맞는 일자리 1건").press("본인에게 링크 보내기").sees(
        "링크를 보냈습니다"
    )
    house.later(hours=1)
    path = house.link("지금 맞는 일자리")
    page = (
        house.visitor()
        .open(path)
        .sees("지금 맞는 일자리 1곳입니다")
        .sees("한식 조리사")
        .sees("왜 맞다고 보았나요")
    )
    points = [round(float(each) * 1000) for each in re.findall(r"([\d.]+) / [\d.]+", page.page.text)]
    assert sum(points[:-1]) == points[-1]
    page.misses("다온밥상의 다른").misses("박가람")
    house.later(days=15)
    house.visitor().open(path, expect=404)


def test_an_officers_look_is_recorded_and_the_persons_own_is_not(house: House) -> None:
    order_at(house, "fixed")
    path = f"/staff/seekers/{house.seekers[0]}/orders"
    house.visitor("officer").open(path).press("본인에게 링크 보내기")
    looks = (
        sa.select(sa.func.count())
        .select_from(Sighting)
        .join(SightingOf, SightingOf.sighting_id == Sighting.id)
        .where(SightingOf.seeker_id == house.seekers[0], Sighting.purpose == "맞는 일자리")
    )
    with house.database.read() as session:
        by_the_officer = session.scalar(looks)
    assert by_the_officer
    house.later(hours=1)
    house.visitor().open(house.link("지금 맞는 일자리"))
    with house.database.read() as session:
        assert session.scalar(looks) == by_the_officer


def test_work_that_has_nothing_to_do_with_somebody_is_not_offered(house: House) -> None:
    order_at(house, "fixed", occupation_code="0272", title="경리 사무원", licences=(), skills=())
    house.visitor("officer").open(f"/staff/seekers/{house.seekers[0]}/orders").sees(
        "조건이 맞는 일자리가 없습니다"
    )


def test_whoever_rests_is_sent_nothing(house: House) -> None:
    order_at(house, "fixed")
    officer = house.visitor("officer").open(f"/staff/seekers/{house.seekers[0]}/orders")
    with house.database.write() as session:
        seekers.pause(session, seeker_id=house.seekers[0], by=house.actor("officer"), at=house.clock.moment)
        session.commit()
    officer.press("본인에게 링크 보내기", expect=422)
    officer.open(f"/staff/seekers/{house.seekers[0]}/orders").sees("지금 찾지 않습니다")
