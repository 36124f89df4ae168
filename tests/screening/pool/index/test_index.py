"""Every process's copy of the pool follows every change: what was patched is what would be built anew."""

import datetime as dt
import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from foundation.database import Database
from screening.pool.index import index as pool_index
from screening.pool.index.index import PoolIndex
from screening.pool.seekers import changes
from screening.pool.seekers.models import Seeker, SeekerStatus
from tests.house import House
from tests.screening.pool.index.people import (
    ON_POSTGRES,
    ON_SQLITE,
    TODAY,
    change,
    done,
    erase,
    in_words,
    pause,
    populated,
    profile,
    registered,
    resume,
    same_as_anew,
    seen,
)
from tests.walk import order_at


def people_of(index: PoolIndex, database: Database, *, on: dt.date = TODAY) -> set[uuid.UUID]:
    snapshot = seen(index, database, on=on)
    return set(snapshot.seeker_ids(snapshot.everybody()))


@pytest.mark.parametrize("shared", [False, True], ids=["own copy", "one file"])
def test_another_process_follows_who_leaves_comes_back_and_changes(
    database: Database, tmp_path: Path, shared: bool
) -> None:
    ids = populated(database, 12)
    here, there = (PoolIndex(tmp_path / "pool" if shared else None) for _ in range(2))
    assert people_of(here, database) == people_of(there, database) == set(ids)
    chance = random.Random(2)
    for act, left in (
        (pause(ids[2]), {ids[2]}),
        (pause(ids[7]), {ids[2], ids[7]}),
        (
            change(ids[5], profile(chance, skills=("처음 듣는 기술",), licences=("처음 듣는 자격",))),
            {ids[2], ids[7]},
        ),
        (resume(ids[2]), {ids[7]}),
        (change(ids[5], profile(chance)), {ids[7]}),
        (erase(ids[0]), {ids[7], ids[0]}),
        (change(ids[7], profile(chance)), {ids[7], ids[0]}),
        (resume(ids[7]), {ids[0]}),
    ):
        done(database, act)
        for each in (here, there):
            assert people_of(each, database) == set(ids) - left
            same_as_anew(seen(each, database), database)


def test_whoever_found_work_is_in_no_list_any_more(house: House) -> None:
    index = PoolIndex()
    before = people_of(index, house.database, on=house.today)
    order_at(house, "hired")
    with house.database.read() as session:
        placed = set(session.scalars(sa.select(Seeker.id).where(Seeker.status == SeekerStatus.PLACED)))
    assert placed
    assert people_of(index, house.database, on=house.today) == before - placed


def test_whoever_registers_is_in_the_next_list(database: Database) -> None:
    index, ids = PoolIndex(), populated(database, 3)
    seen(index, database)
    done(database, lambda session: registered(session, 50, profile(random.Random(9))))
    assert len(people_of(index, database)) == len(ids) + 1
    same_as_anew(seen(index, database), database)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_history_a_copy_is_the_one_built_anew(
    database: Database, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_index, "MOST_CHANGED", 6)
    chance, ids = random.Random(seed), populated(database, 15, seed=seed)
    index, paused = PoolIndex(), set()
    seen(index, database)
    for number in range(25):
        with database.write() as session:
            for seeker_id in chance.sample(ids, chance.randint(1, 3)):
                if seeker_id in paused:
                    resume(seeker_id)(session)
                    paused.discard(seeker_id)
                elif chance.random() < 0.4:
                    pause(seeker_id)(session)
                    paused.add(seeker_id)
                else:
                    change(seeker_id, profile(chance))(session)
            if chance.random() < 0.3:
                ids.append(registered(session, 100 + number, profile(chance)))
            session.commit()
        if chance.random() < 0.5:
            assert people_of(index, database) == set(ids) - paused
    same_as_anew(seen(index, database), database)


def test_only_the_rows_that_changed_are_read_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, index, read = populated(database, 10), PoolIndex(), []
    seen(index, database)
    take = pool_index.Columns.take

    def watched(self, batch, gates):
        read.extend(uuid.UUID(each.id) for each in batch)
        take(self, batch, gates)

    monkeypatch.setattr(pool_index.Columns, "take", watched)
    done(database, change(ids[5], profile(random.Random(3))))
    done(database, pause(ids[1]))
    base = seen(index, database)
    assert read == [ids[5]]
    assert seen(index, database) is not None
    assert read == [ids[5]]
    assert seen(index, database).pool is base.pool


def test_what_was_handed_out_does_not_change(database: Database) -> None:
    ids, index = populated(database, 8), PoolIndex()
    before = seen(index, database)
    told = in_words(before)
    done(database, pause(ids[0]))
    done(database, change(ids[1], profile(random.Random(4), skills=("새 기술",))))
    assert seen(index, database) is not before
    assert in_words(before) == told


@ON_POSTGRES
def test_whoever_began_first_and_committed_last_is_noticed_too(database: Database) -> None:
    ids, index = populated(database, 6), PoolIndex()
    seen(index, database)
    flushed, second_done = threading.Event(), threading.Event()

    def slow() -> None:
        with database.write() as session:
            pause(ids[0])(session)
            session.flush()
            flushed.set()
            assert second_done.wait(20)
            session.commit()

    thread = threading.Thread(target=slow)
    thread.start()
    assert flushed.wait(20)
    done(database, pause(ids[1]))
    assert people_of(index, database) == set(ids) - {ids[1]}
    second_done.set()
    thread.join()
    assert people_of(index, database) == set(ids) - {ids[0], ids[1]}


@ON_POSTGRES
def test_no_number_is_seen_before_a_smaller_one(database: Database) -> None:
    ids = populated(database, 6)
    first, second = database.write(), database.write()
    with first, second:
        pause(ids[0])(first)
        number = changes.number_changes(first, [ids[0]])
        late: list[int] = []

        def follow() -> None:
            late.append(changes.number_changes(second, [ids[1]]))
            second.commit()

        thread = threading.Thread(target=follow)
        thread.start()
        thread.join(0.5)
        assert late == []
        first.rollback()
        thread.join(20)
        assert late == [number]


@ON_POSTGRES
def test_whoever_commits_later_has_the_larger_number(database: Database) -> None:
    ids = populated(database, 4)
    with database.write() as first:
        pause(ids[0])(first)
        changes.number_changes(first, [ids[0]])
        later = threading.Thread(target=done, args=(database, pause(ids[1])))
        later.start()
        later.join(0.5)
        assert later.is_alive()
        first.commit()
        later.join(20)
    with database.read() as session:
        early, late = (session.get_one(Seeker, each).change_number for each in ids[:2])
    assert early < late


def test_changes_from_many_sides_at_once_are_all_followed(database: Database) -> None:
    ids, index = populated(database, 8), PoolIndex()
    seen(index, database)
    over = threading.Event()

    def busy(seeker_id: uuid.UUID) -> None:
        chance = random.Random(seeker_id.int)
        for _ in range(6):
            done(database, pause(seeker_id))
            done(database, resume(seeker_id))
            done(database, change(seeker_id, profile(chance)))
        done(database, pause(seeker_id))

    def look() -> int:
        last = 0
        while not over.is_set():
            number = seen(index, database).number
            assert number >= last
            last = number
        return last

    with ThreadPoolExecutor(6) as threads:
        looking = threads.submit(look)
        for each in [threads.submit(busy, seeker_id) for seeker_id in ids[:4]]:
            each.result()
        over.set()
        looking.result()
    assert people_of(index, database) == set(ids[4:])
    same_as_anew(seen(index, database), database)


def test_a_change_that_was_rolled_back_leaves_nothing(database: Database) -> None:
    ids, index = populated(database, 4), PoolIndex()
    before = seen(index, database)
    with database.write() as session:
        pause(ids[0])(session)
        session.flush()
        session.rollback()
        assert changes.latest(session) == before.number
        pause(ids[1])(session)
        session.commit()
        numbered = session.scalars(sa.select(Seeker.id).where(Seeker.change_number > before.number)).all()
    assert numbered == [ids[1]]
    assert people_of(index, database) == set(ids) - {ids[1]}


def test_the_rows_of_a_commit_carry_its_number(database: Database) -> None:
    ids = populated(database, 4)
    with database.read() as session:
        before = changes.latest(session)
    with database.write() as session:
        pause(ids[0])(session)
        session.flush()
        pause(ids[1])(session)
        session.commit()
    with database.read() as session:
        assert changes.latest(session) == before + 1
        moved = session.scalars(sa.select(Seeker.id).where(Seeker.change_number == before + 1)).all()
    assert set(moved) == {ids[0], ids[1]}


def test_what_changes_nobody_in_the_pool_takes_no_number(house: House) -> None:
    with house.database.read() as session:
        before = changes.latest(session)
    order_at(house, "open")
    with house.database.read() as session:
        assert changes.latest(session) == before


def test_many_changes_make_a_new_base(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_index, "MOST_CHANGED", 3)
    ids, index = populated(database, 12), PoolIndex()
    seen(index, database)
    for number in range(4):
        done(database, change(ids[number], profile(random.Random(number))))
        assert seen(index, database).tail.size == number + 1
    assert seen(index, database).tail.size == 0
    same_as_anew(seen(index, database), database)
    done(database, pause(ids[4]))
    assert people_of(index, database) == set(ids) - {ids[4]}


def test_one_process_renews_the_base_and_the_others_take_it_up(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_index, "MOST_CHANGED", 4)
    ids = populated(database, 12)
    here, there = (PoolIndex(tmp_path / "pool") for _ in range(2))
    bases = [seen(each, database).base for each in (here, there)]

    def renewed() -> bool:
        with database.read() as session:
            return here.renew(session, on=TODAY)

    for number in range(5):
        done(database, change(ids[number], profile(random.Random(number))))
        assert renewed() == (number == 2)
        same_as_anew(seen(there, database), database)
    assert seen(here, database).tail.size == 2
    assert seen(there, database).tail.size == 2
    assert seen(here, database).base is not bases[0]
    assert seen(there, database).base is not bases[1]
    done(database, pause(ids[0]))
    for each in (here, there):
        assert people_of(each, database) == set(ids) - {ids[0]}
        same_as_anew(seen(each, database), database)


@ON_SQLITE
def test_a_page_that_began_before_a_withdrawal_brings_nobody_back(database: Database) -> None:
    """A slow page of before midnight comes to the pool on the day somebody young passes a gate."""
    (withdrawn,) = populated(database, 1)
    tomorrow = TODAY + dt.timedelta(days=1)
    with database.write() as session:
        young = registered(
            session,
            9,
            profile(random.Random(1), guardian_agreed=True),
            birth_date=tomorrow.replace(year=tomorrow.year - 18),
        )
        session.commit()
    index = PoolIndex()
    with database.read() as slow:
        assert slow.scalar(sa.select(sa.func.count()).select_from(Seeker)) == 2
        done(database, pause(young))
        done(database, pause(withdrawn))
        assert people_of(index, database) == set()
        index.current(slow, on=tomorrow)
    assert people_of(index, database, on=tomorrow) == set()


def test_days_may_be_asked_in_any_order(database: Database) -> None:
    chance, index = random.Random(7), PoolIndex()
    with database.write() as session:
        for number in range(12):
            born = dt.date(2008, 1, 1) + dt.timedelta(days=chance.randint(-400, 700))
            facts = profile(chance, guardian_agreed=True)
            registered(session, number, facts, birth_date=born)
        session.commit()
    for _ in range(12):
        on = TODAY + dt.timedelta(days=chance.randint(0, 900))
        same_as_anew(seen(index, database, on=on), database, on=on)
