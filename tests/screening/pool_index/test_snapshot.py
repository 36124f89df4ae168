"""A snapshot that follows changes is, row by row, the snapshot that would be built anew."""

import dataclasses

import pytest
from sqlalchemy import orm

from center.database import Database
from screening.matching.pool import FIXED_COLUMNS
from screening.pool_index import snapshot
from screening.pool_index.snapshot import PoolIndex
from screening.seekers import commands as seekers
from screening.seekers.models import Seeker
from screening.seekers.profile import Profile
from tests.house import House


def changed(session: orm.Session, house: House, number: int, **facts: object) -> None:
    """Write a seeker's profile anew with other facts."""
    seeker = session.get_one(Seeker, house.seekers[number])
    names = [each.name for each in dataclasses.fields(Profile) if hasattr(seeker, each.name)]
    profile = Profile(**{name: getattr(seeker, name) for name in names} | facts)
    seekers.change(
        session, seeker_id=seeker.id, profile=profile, by=house.actor("officer"), at=house.clock.moment
    )


def same_as_anew(index: PoolIndex, database: Database) -> None:
    with database.read() as session:
        patched, anew = index.current(session), PoolIndex().current(session)
    assert patched.seeker_ids == anew.seeker_ids
    assert patched.position == anew.position
    for name in set(FIXED_COLUMNS) - {"licences", "skills"}:
        assert getattr(patched.pool, name).tolist() == getattr(anew.pool, name).tolist(), name
    assert patched.pool.text_start.tolist() == anew.pool.text_start.tolist()
    assert patched.pool.text.tolist() == anew.pool.text.tolist()


def test_leaving_returning_and_changing_people_are_followed(house: House) -> None:
    index = PoolIndex()
    officer, at = house.actor("officer"), house.clock.moment
    with house.database.read() as session:
        assert len(index.current(session).seeker_ids) == len(house.seekers)
    with house.database.write() as session:
        seekers.pause(session, seeker_id=house.seekers[2], by=officer, at=at)
        changed(session, house, 5, skills=("중식", "제빵"), commute=())
        session.commit()
    same_as_anew(index, house.database)
    with house.database.write() as session:
        seekers.resume(session, seeker_id=house.seekers[2], by=officer, at=at)
        seekers.erase(session, seeker_id=house.seekers[0], by=officer, at=at)
        session.commit()
    same_as_anew(index, house.database)


def test_only_the_rows_that_changed_are_read_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    index, read = PoolIndex(), []
    with house.database.read() as session:
        index.current(session)
    row_of = snapshot.row_of
    monkeypatch.setattr(snapshot, "row_of", lambda seeker: read.append(seeker.id) or row_of(seeker))
    with house.database.write() as session:
        changed(session, house, 5, skills=("중식",))
        seekers.pause(session, seeker_id=house.seekers[1], by=house.actor("officer"), at=house.clock.moment)
        session.commit()
    with house.database.read() as session:
        index.current(session)
    assert read == [house.seekers[5]]
