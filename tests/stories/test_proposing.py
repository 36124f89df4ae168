"""From the ranked list into the suggested one: counted, explained, recorded, and nobody sent everywhere at once."""

import datetime as dt
import random
import re
import uuid

import pytest
import sqlalchemy as sa

from demo.firms import fictional_number
from foundation.accounts import passwords
from foundation.actors import SYSTEM, Role
from foundation.audit.models import AuditEntry
from foundation.identity.models import Sighting, SightingOf
from foundation.membership import commands as membership
from foundation.refusals import Refusal
from screening.casework.referrals import commands as referrals
from screening.casework.referrals.models import Referral
from screening.demand.employers import commands as employers
from screening.demand.employers.models import EmployerSource
from screening.demand.orders.terms import WorkplaceGate
from screening.pool.index.index import PoolIndex
from screening.pool.seekers import commands as seekers
from screening.pool.seekers.models import Seeker
from screening.pool.seekers.profile import Profile
from tests.house import GURO, PASSWORD, House
from tests.screening.pool.index.people import registered
from tests.visitor import Visitor
from tests.walk import order_at


def cook(house: House, **changed: object) -> Profile:
    facts = {
        "district": GURO,
        "occupations": ("5312",),
        "experience": {"5312": 30},
        "licences": ("한식조리기능사",),
        "skills": ("단체급식",),
        "wage_floor": 2_200_000,
        "available_on": house.today,
        "summary": "학교 급식실에서 일했습니다",
    }
    return Profile(**{**facts, **changed})


def crowd(house: House, size: int) -> list[uuid.UUID]:
    """More people who fit the house's order."""
    chance = random.Random(1)
    with house.database.write() as session:
        made = [
            registered(
                session,
                500 + number,
                cook(house, experience={"5312": chance.randint(1, 200)}),
                at=house.clock.moment,
            )
            for number in range(size)
        ]
        session.commit()
    return made


def ranked_page(house: House, order_id: uuid.UUID, **asked: object) -> Visitor:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return house.visitor("officer").open(f"/staff/orders/{order_id}/people?{query}")


def offered(visitor: Visitor) -> list[str]:
    """The ids of the people who can be chosen on the page."""
    return [value for form in visitor.page.forms for value in form.choices.get("seeker", set())]


def chosen(visitor: Visitor) -> list[str]:
    return [value for form in visitor.page.forms for name, value in form.values if name == "seeker"]


def code_of(house: House, seeker_id: object) -> str:
    with house.database.read() as session:
        return session.get_one(Seeker, uuid.UUID(str(seeker_id))).code


def test_the_page_counts_who_is_left_and_who_were_back_without_a_condition(house: House) -> None:
    order = order_at(house, "fixed")
    with house.database.write() as session:
        for number, facts in enumerate(
            (
                cook(house, wage_floor=9_000_000),
                cook(house, employment_types=("21",)),
                cook(house, employment_types=("21",), wage_floor=9_000_000),
                cook(house, available_on=house.today + dt.timedelta(days=300)),
            )
        ):
            registered(session, 600 + number, facts, at=house.clock.moment)
        session.commit()
    page = ranked_page(house, order.id)
    steps = re.findall(r"<li><b>([\d,]+)</b>([^<]+)(?:<span[^>]*>([^<]*)</span>)?</li>", page.page.html)
    assert steps == [
        ("12", "구직 중인 인재풀", ""),
        ("10", "고용형태", "빼면 1명 더"),
        ("9", "임금", "빼면 1명 더"),
        ("8", "입사일에 일할 수 있음", "빼면 1명 더"),
        ("6", "필수 자격", "빼면 2명 더"),
        ("6", "점수순으로 봅니다", ""),
    ]
    assert len(offered(page)) == 6


def test_where_nobody_fits_the_page_names_the_tightest_condition(house: House) -> None:
    order = order_at(house, "fixed", licences=("요양보호사",))
    page = ranked_page(house, order.id).sees("조건을 모두 채우는 사람이 없습니다")
    page.sees("가장 많이 막는 조건은 ‘필수 자격’입니다").sees("8명이 남습니다")
    page.follow("이 조건 풀어 보기").sees("요양보호사")
    with house.database.write() as session:
        for seeker_id in house.seekers:
            seekers.pause(session, seeker_id=seeker_id, by=house.actor("officer"), at=house.clock.moment)
        session.commit()
    ranked_page(house, order.id).sees("인재풀에 아직 아무도 없습니다").follow("구직자 등록하기")


def test_where_two_conditions_stand_in_the_way_the_page_says_so(house: House) -> None:
    order = order_at(house, "fixed", licences=("요양보호사",), career_months=600)
    ranked_page(house, order.id).sees("하나만 풀어서는 아무도 남지 않습니다")


def test_pages_and_chips_show_everybody_once(house: House) -> None:
    crowd(house, 30)
    order = order_at(house, "fixed")
    page, found = ranked_page(house, order.id), []
    page.sees("모두 36").sees("다른 추천 없음 36").sees("아직 담지 않음 36").sees("담은 사람 0")
    totals = []
    for number, size in ((1, 10), (2, 10), (3, 10), (4, 6)):
        if number > 1:
            page.follow("다음")
        assert len(offered(page)) == size
        found += offered(page)
        totals += [float(each) for each in re.findall(r'data-k="합계">([\d.]+)<', page.page.html)]
    assert len(set(found)) == 36
    assert totals == sorted(totals, reverse=True)
    ranked_page(house, order.id).press("고른 분 담기", seeker=found[:3]).sees("3명을 담았습니다")
    page = ranked_page(house, order.id).sees("아직 담지 않음 33").follow("담은 사람 3")
    assert offered(page) == []
    assert {code_of(house, each) for each in found[:3]} == set(re.findall(r"K-\d+", page.page.html))
    page.follow("아직 담지 않음 33")
    assert not set(offered(page)) & set(found[:3])
    page.follow("다음").follow("다른 추천 없음 36")
    assert ranked_page(house, order.id, part="nonsense", page="nonsense").page.status == 200
    assert len(offered(ranked_page(house, order.id, page=99))) == 6


def test_the_page_that_explains_a_score_sums_up_to_it(house: House) -> None:
    order = order_at(house, "fixed", skills=("단체급식", "반찬", "칼질"))
    page = ranked_page(house, order.id)
    for seeker_id in offered(page):
        told = house.visitor("officer").open(f"/staff/orders/{order.id}/people/{seeker_id}")
        cells = re.findall(r'data-k="점수"[^>]*>([\d.]+) / ([\d.]+)', told.page.html)
        assert len(cells) == 7
        for column in zip(*cells, strict=True):
            *parts, total = (round(float(each) * 1000) for each in column)
            assert sum(parts) == total, cells
        assert f"{cells[-1][0]}점인 이유" in told.page.h1
        told.sees("칼질 없음").misses("박가람")


def test_whose_profile_was_looked_at_is_recorded(house: House) -> None:
    order = order_at(house, "fixed")
    people = {uuid.UUID(each) for each in offered(ranked_page(house, order.id))}
    assert people
    with house.database.read() as session:
        look = session.scalars(sa.select(Sighting).order_by(Sighting.at.desc()).limit(1)).one()
        seen = set(session.scalars(sa.select(SightingOf.seeker_id).where(SightingOf.sighting_id == look.id)))
    assert look.fields == ["profile"]
    assert (look.viewer_name, look.account_id) == ("정다혜", house.accounts["officer"])
    assert order.number in look.purpose
    assert (look.count, seen) == (len(people), people)
    one = next(iter(people))
    house.clock.moment += dt.timedelta(minutes=5)
    house.visitor("officer").open(f"/staff/orders/{order.id}/people/{one}")
    with house.database.read() as session:
        looks = session.scalars(
            sa.select(Sighting)
            .join(SightingOf, SightingOf.sighting_id == Sighting.id)
            .where(SightingOf.seeker_id == one)
        ).all()
    assert {"순위" in each.purpose for each in looks if each.fields == ["profile"]} == {True, False}


def open_firm(house: House, who: str, number: int) -> str:
    """Another firm with somebody who signs in."""
    with house.database.write() as session:
        firm = employers.register(
            session,
            firm=employers.FirmFacts(
                name=f"보람식당 {number}",
                business_number=fictional_number(number),
                representative="윤미정",
                address="서울특별시 구로구 이음로 9",
                district=GURO,
                employees=9,
            ),
            source=EmployerSource.OWN,
            by=SYSTEM,
            at=house.clock.moment,
        )
        account = membership.open_account(
            session,
            email=f"{who}@test.example",
            name="윤미정",
            role=Role.EMPLOYER,
            organisation_id=firm.organisation_id,
            password_hash=passwords.hashed(PASSWORD, cost="cheap"),
            owner=True,
            by=SYSTEM,
            at=house.clock.moment,
        )
        session.flush()
        house.accounts[who] = account.id
        session.commit()
    return who


def crowded_order(house: House) -> tuple[uuid.UUID, str]:
    """An order of a fourth firm, and somebody whom three firms have already."""
    for firm in ("firm", "rival", open_firm(house, "third", 5)):
        order_at(house, "suggested", firm=firm)
    order = order_at(house, "fixed", firm=open_firm(house, "fourth", 6))
    with house.database.read() as session:
        counted = sa.select(Referral.seeker_id).group_by(Referral.seeker_id).having(sa.func.count() == 3)
        return order.id, str(session.scalars(counted.order_by(Referral.seeker_id)).first())


def taken(house: House, order_id: uuid.UUID) -> dict[str, str]:
    """Whom the order has, with the reason given for taking them all the same."""
    with house.database.read() as session:
        rows = session.execute(
            sa.select(Referral.seeker_id, Referral.override_reason).where(Referral.order_id == order_id)
        ).all()
    return {str(seeker_id): reason for seeker_id, reason in rows}


REASON = "본인이 이곳을 가장 바란다고 전화로 말했습니다"


def test_whoever_three_firms_have_is_taken_only_with_a_reason(house: House) -> None:
    order_id, busy = crowded_order(house)
    page = ranked_page(house, order_id).sees("3곳")
    free = next(each for each in offered(page) if each not in (busy,) and "3곳" not in _row(page, each))
    page.press("고른 분 담기", expect=422, seeker=[busy, free])
    page.sees(f"{code_of(house, busy)}: 이미 3개 기업에 추천 중입니다")
    assert sorted(chosen(page)) == sorted([busy, free])
    assert 'aria-invalid="true" aria-describedby="override-e"' in page.page.html
    assert taken(house, order_id) == {}
    page.press("고른 분 담기", expect=422, override="음").sees("사유를 적어 주세요")
    page.press("고른 분 담기", override=REASON).sees("2명을 담았습니다")
    assert taken(house, order_id) == {busy: REASON, free: ""}


def test_a_choice_outlasts_the_turn_of_a_page(house: House) -> None:
    order = order_at(house, "fixed")
    crowd(house, 25)
    first = offered(ranked_page(house, order.id))[:2]
    beyond = [str(uuid.uuid4()), "없음"]
    page = house.visitor("officer").open(
        f"/staff/orders/{order.id}/people?page=2&" + "&".join(f"seeker={each}" for each in [*first, *beyond])
    )
    assert sorted(chosen(page)) == sorted(first)
    page.sees("2명 고름").sees("다른 쪽에서 고른 분").sees(code_of(house, first[0]))
    here = next(each for each in offered(page) if each not in first)
    page.press("고른 분 담기", seeker=[*first, here]).sees("3명을 담았습니다")
    assert set(taken(house, order.id)) == {*first, here}
    again = house.visitor("officer").open(f"/staff/orders/{order.id}/people?page=2&seeker={first[0]}")
    assert chosen(again) == []
    again.misses("다른 쪽에서 고른 분")


def test_a_refused_choice_stays_on_its_page(house: House) -> None:
    order_id, busy = crowded_order(house)
    crowd(house, 25)
    pages = [ranked_page(house, order_id, part="new", page=number) for number in (1, 2, 3)]
    on = next(number for number, page in enumerate(pages) if busy in offered(page))
    other = next(each for number, page in enumerate(pages) if number != on for each in offered(page))
    page = house.visitor("officer").open(
        f"/staff/orders/{order_id}/people?part=new&page={on + 1}&seeker={other}"
    )
    page.press("고른 분 담기", expect=422, seeker=[other, busy])
    assert sorted(chosen(page)) == sorted([other, busy])
    assert re.search(r'page-link active"[^>]*>(?:<span[^>]*>[^<]*</span>)?' + str(on + 1), page.page.html)
    page.press("고른 분 담기", override=REASON).sees("2명을 담았습니다")


def test_a_list_says_when_the_pools_file_had_to_be_built_anew(house: House) -> None:
    order = order_at(house, "fixed")
    people = offered(ranked_page(house, order.id).misses("새로 만들었습니다"))
    folder = house.portal.settings.var / "pool"
    (damaged,) = folder.rglob("flags.npy")
    damaged.write_bytes(b"")
    object.__setattr__(house.portal, "pool", PoolIndex(folder))
    assert (
        offered(ranked_page(house, order.id).sees("인재풀 색인 파일을 쓸 수 없어 새로 만들었습니다"))
        == people
    )
    ranked_page(house, order.id).misses("새로 만들었습니다")


def _row(page: Visitor, seeker_id: str) -> str:
    (row,) = [
        each for each in re.findall(r"<tr role=\"row\".*?</tr>", page.page.html, re.S) if seeker_id in each
    ]
    return row


def test_the_reason_is_in_the_audit_trail(house: House) -> None:
    order_id, busy = crowded_order(house)
    ranked_page(house, order_id).press("고른 분 담기", seeker=[busy], override=REASON)
    with house.database.read() as session:
        referral = session.scalars(
            sa.select(Referral).where(Referral.order_id == order_id, Referral.seeker_id == uuid.UUID(busy))
        ).one()
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.subject_id == str(referral.id))).one()
    assert referral.override_reason == REASON
    assert entry.actor_name == "정다혜"
    assert REASON in entry.detail.values()


def test_whoever_two_firms_have_needs_no_reason(house: House) -> None:
    for firm in ("firm", "rival"):
        order_at(house, "suggested", firm=firm)
    order = order_at(house, "fixed", firm=open_firm(house, "third", 5))
    page = ranked_page(house, order.id).sees("2곳").misses('id="override"')
    people = offered(page)
    page.press("고른 분 담기", seeker=people).sees(f"{len(people)}명을 담았습니다")
    assert set(taken(house, order.id).values()) == {""}


def test_the_young_are_not_taken_by_hand_either_where_the_law_keeps_them_away(house: House) -> None:
    """A page from before the order was changed, or a form made by hand, may still name them."""
    order = order_at(house, "fixed", workplace_gate=WorkplaceGate.ADULT)
    with house.database.write() as session:
        youth = registered(
            session,
            700,
            cook(house, guardian_agreed=True),
            birth_date=dt.date(house.today.year - 17, 1, 1),
            at=house.clock.moment,
        )
        session.commit()
    with house.database.write() as session, pytest.raises(Refusal):
        referrals.suggest(
            session,
            order_id=order.id,
            seeker_ids=[youth],
            index=house.portal.pool,
            by=house.actor("officer"),
            at=house.clock.moment,
        )


YOUNG = {
    "name": "김어린",
    "phone": "010-9999-0001",
    "occupation": "한식 조리사",
    "available_on": "2026-03-10",
    "district": GURO,
}


def test_under_eighteen_nobody_is_registered_without_their_guardian(house: House) -> None:
    desk = house.visitor("officer").open("/staff/seekers/new")
    born = house.today.replace(year=house.today.year - 16)
    desk.press("등록하기", expect=422, birth_date=born.isoformat(), **YOUNG)
    desk.sees("18세 미만은 법정대리인의 동의를 받아야")
    (field,) = re.findall(r'<input[^>]*name="guardian"[^>]*>', desk.page.html)
    assert 'aria-invalid="true"' in field
    assert re.search(r'id="guardian-e"[^>]*>[^<]*법정대리인의 동의', desk.page.html)
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Seeker)) == len(house.seekers)
    desk.press("등록하기", guardian="y").sees("등록했습니다")


def test_from_the_eighteenth_birthday_on_no_guardian_is_asked(house: House) -> None:
    desk = house.visitor("officer").open("/staff/seekers/new")
    born = house.today.replace(year=house.today.year - 18)
    late = born + dt.timedelta(days=1)
    desk.press("등록하기", expect=422, birth_date=late.isoformat(), **YOUNG).sees("법정대리인")
    desk.press("등록하기", birth_date=born.isoformat()).sees("등록했습니다")
