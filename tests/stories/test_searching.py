"""The pool is searched by any two syllables; a kept search remembers verdicts and tells of new people."""

import dataclasses

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.identity.models import Sighting
from screening.pool.searches.models import SavedSearch, SearchVerdict
from screening.pool.seekers import commands as seekers
from screening.pool.seekers.models import Seeker
from screening.pool.seekers.profile import Profile
from tests.house import House


def rewrite(session: orm.Session, house: House, number: int, **facts: object) -> None:
    seeker = session.get_one(Seeker, house.seekers[number])
    names = [each.name for each in dataclasses.fields(Profile) if hasattr(seeker, each.name)]
    profile = Profile(**{name: getattr(seeker, name) for name in names} | facts)
    seekers.change(
        session, seeker_id=seeker.id, profile=profile, by=house.actor("officer"), at=house.clock.moment
    )


def code(house: House, number: int) -> str:
    with house.database.read() as session:
        return session.get_one(Seeker, house.seekers[number]).code


@pytest.fixture
def varied(house: House) -> House:
    with house.database.write() as session:
        rewrite(session, house, 0, skills=("지게차", "피킹"), licences=("지게차 운전 기능사",))
        rewrite(session, house, 1, occupations=("5501",), summary="치매 어르신을 돌보았습니다")
        session.commit()
    return house


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("지게", {0}),
        ("지게차면허", {0}),
        ("게차", {0}),
        ("치매", {1}),
        ("요양", {1}),
        ("요양 치매", {1}),
        ("단체급식", {1, 3, 5, 7}),
        ("한식", set(range(8))),
        ("없는말", set()),
    ],
)
def test_any_two_syllables_find(varied: House, typed: str, found: set[int]) -> None:
    page = varied.visitor("officer").open(f"/staff/seekers?q={typed}")
    for number in range(8):
        (page.sees if number in found else page.misses)(code(varied, number))


def test_where_nobody_has_every_word_the_closest_are_shown_and_said_to_be(varied: House) -> None:
    page = varied.visitor("officer").open("/staff/seekers?q=치매 어르신 선장님")
    page.sees("모든 말을 가진 분은 없습니다").sees("말이 가까운 분").sees(code(varied, 1))
    varied.visitor("officer").open("/staff/seekers?q=쀍쀓 뿷뿹").sees("찾는 사람이 없습니다")


def test_filters_narrow_and_one_syllable_is_told(varied: House) -> None:
    officer = varied.visitor("officer")
    officer.open("/staff/seekers?q=한식&d=11440").sees("8명을 찾았습니다")
    officer.open("/staff/seekers?q=한식&d=11740").sees("찾는 사람이 없습니다")
    officer.open("/staff/seekers?q=한식&pay=2,000,000").sees("찾는 사람이 없습니다")
    officer.open("/staff/seekers?q=한식&e=21").sees("찾는 사람이 없습니다")
    officer.open("/staff/seekers?q=한").sees("두 글자부터 찾습니다")
    officer.open(f"/staff/seekers?q={code(varied, 2)}").sees(code(varied, 2)).misses(code(varied, 3))
    for hostile in ("%27%22%3C", "_%25", "가" * 60, "K-", "page=-1"):
        officer.open(f"/staff/seekers?q={hostile}&pay=x&page=zz&d=99&e=Z")


def test_whoever_rests_is_found_no_more_within_one_request(varied: House) -> None:
    officer = varied.visitor("officer").open("/staff/seekers?q=지게").sees(code(varied, 0))
    with varied.database.write() as session:
        seekers.pause(
            session, seeker_id=varied.seekers[0], by=varied.actor("officer"), at=varied.clock.moment
        )
        session.commit()
    officer.open("/staff/seekers?q=지게").misses(code(varied, 0))


def test_a_kept_search_tells_of_new_people_once_and_keeps_verdicts(varied: House) -> None:
    officer = varied.visitor("officer").open("/staff/seekers?q=지게")
    officer.press("검색 저장하기", expect=422, name="  ").sees("검색 이름을 1자에서")
    officer.open("/staff/seekers?q=지게").press("검색 저장하기", name="지게차").sees("모두 보셨습니다")
    path = officer.page.path
    officer.open("/staff/seekers?q=요양").press("검색 저장하기", expect=422, name="지게차").sees("같은 이름")
    with varied.database.write() as session:
        rewrite(session, varied, 4, skills=("지게차",))
        session.commit()
    varied.later(minutes=11)
    told = [each for each in varied.letters() if "새로 맞는 분 1명" in each.subject]
    assert len(told) == 1
    varied.later(minutes=30)
    assert len([each for each in varied.letters() if "새로 맞는 분" in each.subject]) == 1
    officer.open(path).sees("새로 맞는 분 1명").sees("새로 맞음")
    officer.press("맞음", note="다음 주 면담").sees("다음 주 면담")
    officer.press("모두 본 것으로 표시").sees("모두 보셨습니다").misses("새로 맞음")
    officer.press("알림 끄기").sees("알림 켜기")
    with varied.database.write() as session:
        rewrite(session, varied, 6, skills=("지게차",))
        session.commit()
    varied.later(minutes=30)
    assert len([each for each in varied.letters() if "새로 맞는 분" in each.subject]) == 1
    varied.visitor("lead").open(path, expect=404)
    with varied.database.read() as session:
        assert session.scalars(sa.select(SearchVerdict.said_by)).one() == "정다혜"
        looks = session.scalars(sa.select(Sighting).where(Sighting.purpose == "인재풀 검색")).all()
        assert looks
        assert all(look.fields == ["profile"] for look in looks)
    officer.open(path).press("검색 지우기").sees("검색을 지웠습니다")
    with varied.database.read() as session:
        assert session.scalars(sa.select(SavedSearch)).all() == []
