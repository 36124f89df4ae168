"""How the firm stands: its points with their evidence, what would change them, what a certificate opens, its say."""

import datetime as dt

import pytest
import sqlalchemy as sa

from incentives.benefits.catalogue import benefits_of
from incentives.editions.models import EditionScore
from incentives.policies.policy import Grade
from tests.house import House
from tests.visitor import Visitor
from tests.walk import order_at


@pytest.fixture
def lead(house: House) -> Visitor:
    """A provisional edition in which the house's first firm has one hire."""
    order_at(house, "closed", headcount=1)
    house.clock.moment += dt.timedelta(days=120)
    lead = house.visitor("lead").open("/staff/editions")
    lead.press("만들기", code="2026-H1", reference_on=house.today.isoformat()).press("잠정 공개하기")
    return lead


def test_before_any_edition_the_page_says_what_it_takes(house: House) -> None:
    house.visitor("firm").open("/employer/standing").sees("아직 평가 결과가 없습니다")


def test_every_axis_opens_into_its_evidence_and_what_would_move_it(house: House, lead: Visitor) -> None:
    firm = house.visitor("firm").open("/employer/standing").sees("2026-000001").sees("점수를 바꾸는 것")
    with house.database.read() as session:
        score = session.scalars(
            sa.select(EditionScore).where(EditionScore.employer_id == house.firms[0])
        ).one()
        assert score.moves
        for move in score.moves:
            firm.sees(move["words"])
        for axis in score.axes:
            firm.sees(f"{axis['points'] / 1000:.1f}")
    house.visitor("rival").open("/employer/standing").misses("2026-000001")


def test_benefits_are_those_of_the_grade_only(house: House, lead: Visitor) -> None:
    house.clock.moment += dt.timedelta(days=30)
    with house.database.engine.begin() as connection:
        connection.execute(sa.update(EditionScore.__table__).values(grade=Grade.GOOD))
    lead.open("/staff/editions").follow("2026-H1").press("확정하기").press("인증서 발급하기")
    firm = house.visitor("firm").open("/employer/standing")
    open_to_good = benefits_of(Grade.GOOD, on=house.today)
    only_best = [each for each in benefits_of(Grade.BEST, on=house.today) if each not in open_to_good]
    assert open_to_good
    assert only_best
    for each in open_to_good:
        firm.sees(each.name).sees(each.ground)
    for each in only_best:
        firm.misses(each.name)


def test_an_objection_has_its_day(house: House, lead: Visitor) -> None:
    firm = house.visitor("firm").open("/employer/standing")
    firm.press("이의신청하기", text="추천에 그날 바로 답했는데 늦은 것으로 되어 있습니다.").sees("까지 답")
    house.clock.moment += dt.timedelta(days=60)
    house.visitor("firm").open("/employer/standing").misses("이의신청하기")
