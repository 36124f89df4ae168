"""How rare words are is counted now and then, and dated: a fixed sheet scores today as it did before."""

import datetime as dt
import uuid

import numpy as np
import pytest

from foundation.database import Database
from screening.casework.criteria import commands as criteria
from screening.casework.criteria.commands import in_force
from screening.casework.criteria.lines import DEFAULT_WEIGHTS
from screening.casework.referrals.ranked import demand_under
from screening.demand.orders import queries as orders
from screening.matching.model import compiled
from screening.matching.ranking import rank
from screening.matching.rarity import EVEN
from screening.matching.words import terms
from screening.pool.index import rarities
from screening.pool.index.index import PoolIndex
from tests.house import House
from tests.screening.pool.index.people import TODAY, done, pause, populated
from tests.walk import order_at


def count(database: Database, on: dt.date) -> bool:
    """Count when it is due; whether it was."""
    with database.write() as session:
        if not rarities.is_due(session, on=on):
            return False
        counted = rarities.count(PoolIndex().current(session, on=on).pool, on=on)
        if counted is not None:
            session.add(counted)
        session.commit()
    return counted is not None


def weight(database: Database, word: str, on: dt.date) -> int:
    with database.read() as session:
        return int(rarities.in_force(session, on=on).of(terms(word)).max())


def test_words_are_counted_only_where_there_are_enough_people(database: Database) -> None:
    ids = populated(database, rarities.FEWEST)
    done(database, pause(ids[0]))
    assert not count(database, TODAY)
    with database.read() as session:
        assert rarities.in_force(session, on=TODAY) is EVEN
    populated(database, 1, first=rarities.FEWEST)
    assert count(database, TODAY)
    with database.read() as session:
        kept = session.get_one(rarities.TermRarity, TODAY)
        assert kept.people == rarities.FEWEST
    tomorrow = TODAY + dt.timedelta(days=1)
    assert weight(database, "꼼꼼히", TODAY) == weight(database, "듣도보도못한", TODAY)
    assert weight(database, "꼼꼼히", tomorrow) < weight(database, "듣도보도못한", tomorrow)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rarities, "FEWEST", 5)


@pytest.mark.usefixtures("few")
def test_they_are_counted_every_month_and_each_day_has_its_own(database: Database) -> None:
    ids, day = populated(database, 9), dt.timedelta(days=1)
    assert count(database, TODAY)
    before = weight(database, "꼼꼼히", TODAY + day)
    for each in ids[:3]:
        done(database, pause(each))
    assert not count(database, TODAY)
    assert not count(database, TODAY + 29 * day)
    assert count(database, TODAY + 30 * day)
    with database.read() as session:
        days = [rarities.in_force(session, on=TODAY + each * day).weights for each in (0, 1, 30, 31, 400)]
    assert days[0] is EVEN.weights
    assert (days[1] == days[2]).all()
    assert (days[3] == days[4]).all()
    assert (days[1] != days[3]).any()
    assert weight(database, "꼼꼼히", TODAY + 30 * day) == before


@pytest.mark.usefixtures("few")
def test_whoever_left_is_not_counted_and_whoever_changed_is_counted_once(database: Database) -> None:
    ids, index = populated(database, 12), PoolIndex()
    with database.read() as session:
        index.current(session, on=TODAY)
    done(database, pause(ids[0]))
    with database.write() as session:
        patched = rarities.count(index.current(session, on=TODAY).pool, on=TODAY)
        session.rollback()
    with database.write() as session:
        anew = rarities.count(PoolIndex().current(session, on=TODAY).pool, on=TODAY)
        session.rollback()
    assert patched is not None
    assert anew is not None
    assert (patched.people, patched.weights) == (anew.people, anew.weights) == (11, anew.weights)


def scores(house: House, order_id: uuid.UUID) -> list[int]:
    with house.database.read() as session:
        order = orders.get(session, order_id, viewer=house.actor("officer"))
        snapshot = PoolIndex().current(session, on=house.today)
        demand = demand_under(session, order, in_force(session, order_id), on=house.today)
        asked = compiled(demand, snapshot.pool)
        return rank(snapshot.pool, asked, most=50).scores.tolist()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("days", [0, 1, 40])
def test_a_fixed_sheet_scores_the_same_before_and_after_a_count(house: House, days: int) -> None:
    order = order_at(house, "fixed", duties="한식당 주방에서 사십 년 된 찌개를 꼼꼼히 끓입니다.")
    before = scores(house, order.id)
    assert before
    house.clock.moment += dt.timedelta(days=days)
    assert count(house.database, house.today)
    assert scores(house, order.id) == before


@pytest.mark.usefixtures("few")
def test_a_sheet_fixed_after_a_count_weighs_the_words_as_counted(house: House) -> None:
    order = order_at(house, "fixed", duties="한식당 주방에서 사십 년 된 찌개를 꼼꼼히 끓입니다.")
    before = scores(house, order.id)
    house.clock.moment += dt.timedelta(days=2)
    assert count(house.database, house.today)
    with house.database.write() as session:
        criteria.fix(
            session,
            order_id=order.id,
            weights=DEFAULT_WEIGHTS,
            needs={},
            by=house.actor("officer"),
            at=house.clock.moment + dt.timedelta(days=1),
        )
        session.commit()
    after = scores(house, order.id)
    assert len(after) == len(before)
    assert not np.array_equal(after, before)
