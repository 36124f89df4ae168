"""A hire counts once its ninetieth day has passed with the person still there, and not a day earlier."""

import datetime as dt

import pytest
import sqlalchemy as sa

from incentives.evidence.facts import NOT_YET, HireFact, gather
from incentives.policies.policy import policies
from screening.casework.placements.checks import RetentionAnswer, RetentionCheck
from screening.casework.placements.models import LeavingReason, Placement
from screening.casework.retention import commands as retention
from tests.house import House
from tests.walk import order_at

POLICY = policies()[-1]


@pytest.fixture
def hired(house: House) -> tuple[House, Placement]:
    """A house in which one person was hired and everybody was told."""
    order_at(house, "closed", headcount=1)
    with house.database.read() as session:
        placement = session.scalars(sa.select(Placement)).one()
    return house, placement


def fact(house: House, *, reference_on: dt.date) -> HireFact:
    with house.database.read() as session:
        (firm,) = gather(session, policy=POLICY, reference_on=reference_on)
    (hire,) = firm.hires
    return hire


def answer(house: House, day: int, said: RetentionAnswer, *, left_after: int | None = None) -> None:
    with house.database.write() as session:
        check = session.scalars(sa.select(RetentionCheck).where(RetentionCheck.day == day)).one()
        starts_on = session.get_one(Placement, check.placement_id).starts_on
        retention.confirm(
            session,
            check_id=check.id,
            answer=said,
            left_on=starts_on + dt.timedelta(days=left_after) if left_after is not None else None,
            reason=LeavingReason.OWN_WISH if left_after is not None else None,
            by=house.actor("firm"),
            at=house.clock.moment + dt.timedelta(days=400),
        )
        session.commit()


def test_the_ninetieth_day_must_have_passed(hired: tuple[House, Placement]) -> None:
    house, placement = hired
    answer(house, 90, RetentionAnswer.STILL)
    before = fact(house, reference_on=placement.starts_on + dt.timedelta(days=89))
    assert (before.counted, before.note) == (False, NOT_YET)
    assert fact(house, reference_on=placement.starts_on + dt.timedelta(days=90)).counted


def test_nobody_counts_without_an_answer(hired: tuple[House, Placement]) -> None:
    house, placement = hired
    answer(house, 30, RetentionAnswer.STILL)
    later = fact(house, reference_on=placement.starts_on + dt.timedelta(days=120))
    assert (later.counted, later.kept) == (False, None)
    assert later.note == "90일 확인을 아직 받지 못함"


@pytest.mark.parametrize(("left_after", "counted"), [(89, False), (90, True), (95, True)])
def test_who_left_counts_when_the_ninetieth_day_was_reached(
    hired: tuple[House, Placement], left_after: int, counted: bool
) -> None:
    house, placement = hired
    answer(house, 180, RetentionAnswer.LEFT, left_after=left_after)
    later = fact(house, reference_on=placement.starts_on + dt.timedelta(days=200))
    assert (later.counted, later.kept) == (counted, False)
    assert later.note == ("" if counted else "90일 전에 그만둠")


def test_a_firm_that_is_no_member_is_not_evaluated(hired: tuple[House, Placement]) -> None:
    house, placement = hired
    with house.database.read() as session:
        early = gather(session, policy=POLICY, reference_on=placement.starts_on - dt.timedelta(days=60))
    assert early == []
