"""People who differ only in what the law protects are, bit by bit, the same row, and score the same."""

import dataclasses
import datetime as dt
import random
import uuid
from typing import Any

import pytest
from sqlalchemy import orm

from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.database import Database, new_id
from foundation.organisations.models import Organisation, OrganisationKind
from screening.demand.orders.terms import WorkplaceGate
from screening.matching.demand import ANY_CONTRACT, Demand
from screening.matching.model import compiled
from screening.matching.pool import ADULT, EIGHTEEN, BlockBounds, Segment
from screening.matching.ranking import rank
from screening.matching.reasons import explain
from screening.pool.index.index import PoolIndex
from screening.pool.index.rows import SeekerFacts
from screening.pool.index.snapshot import Snapshot
from screening.pool.seekers import commands as seekers
from screening.pool.seekers.profile import Profile
from tests.house import House
from tests.screening.matching.people import easy
from tests.screening.pool.index.people import AT, TODAY, columns_at, person, profile, registered
from tests.walk import order_at

PROTECTED = {
    "name", "sex", "gender", "birth", "birth_date", "birth_year", "age", "photo", "school", "address", "phone",
    "email", "family", "disability", "religion", "origin", "health", "agency", "agency_id", "source", "intern",
}  # fmt: skip

Pair = tuple[uuid.UUID, uuid.UUID]


def agency(session: orm.Session) -> Actor:
    row = Organisation(id=new_id(), kind=OrganisationKind.AGENCY, name="새로일하기센터", created_at=AT)
    session.add(row)
    record(session, "organisation.registered", row, by=SYSTEM, at=AT)
    session.flush()
    return Actor(role=Role.AGENCY, name="담당", organisation_id=row.id)


def somebody(chance: random.Random, number: int) -> dict[str, Any]:
    """Who somebody is, by chance; every adult age."""
    return {
        "name": chance.choice(("김", "이", "남궁", "Nguyen ", "Лі "))
        + f"보람{chr(0xAC00 + number % 11_172)}",
        "sex": chance.choice(("f", "m", "")),
        "birth_date": dt.date(chance.randint(1930, 2006), chance.randint(1, 12), chance.randint(1, 28)),
        "address": chance.choice(("", f"서울특별시 구로구 이음로 {number}")),
        "email": chance.choice(("", f"p{number}@mail.example")),
    }


def register_pair(session: orm.Session, chance: random.Random, number: int, through: Actor) -> Pair:
    """Two people with one profile; in every fifth pair they share a name and a birth date as well."""
    facts = profile(chance)
    one, other = somebody(chance, 2 * number), somebody(chance, 2 * number + 1)
    if number % 5 == 0:
        other |= {"name": one["name"], "birth_date": one["birth_date"]}
    made = []
    for half, who in enumerate((one, other)):
        intern = dataclasses.replace(facts, intern=bool(half and chance.random() < 0.3))
        seeker = seekers.register(
            session,
            person=person(2 * number + half, **who),
            profile=intern,
            namesake=True,
            source=chance.choice(("visit", "import")),
            by=chance.choice((SYSTEM, through)),
            at=AT,
        )
        made.append(seeker.id)
    return made[0], made[1]


def registered_pairs(database: Database, count: int, *, at_once: int = 250) -> list[Pair]:
    chance, pairs = random.Random(count), []
    with database.write() as session:
        through = agency(session)
        for number in range(count):
            pairs.append(register_pair(session, chance, number, through))
            if number % at_once == at_once - 1:
                session.commit()
                session.expunge_all()
        session.commit()
    return pairs


def alike(snapshot: Snapshot, pairs: list[Pair]) -> None:
    """Both halves are the same columns, and every order gives both halves the same scores in the same order."""
    halves = [list(half) for half in zip(*pairs, strict=True)]
    first, second = (columns_at(snapshot, half) for half in halves)
    assert first == second
    chance = random.Random(1)
    pair_of = {each: number for number, pair in enumerate(pairs) for each in pair}
    for _ in range(8):
        order = order_for(chance)
        asked = compiled(order, snapshot.pool)
        positions = [snapshot.positions(half) for half in halves]
        assert explain(snapshot.pool, asked, positions[0]) == explain(snapshot.pool, asked, positions[1])
        lists = []
        for among in positions:
            ranking = rank(snapshot.pool, asked, most=len(pairs), among=among)
            ranked = [pair_of[each] for each in snapshot.seeker_ids(ranking.rows)]
            lists.append((ranked, ranking.scores.tolist()))
        assert lists[0] == lists[1]


def order_for(chance: random.Random) -> Demand:
    return easy(
        chance,
        workplace_bit=chance.choice((0xFFFFFFFF, 1 << chance.randint(0, 24))),
        employment_bit=chance.choice((1, 2, ANY_CONTRACT)),
        occupation=chance.choice((5312, 213, 0)),
        text="한식 조리 일을 꼼꼼히 오래 했습니다",
    )


def test_pairs_that_differ_in_what_is_protected_are_one_row(database: Database) -> None:
    pairs = registered_pairs(database, 150)
    with database.read() as session:
        alike(PoolIndex().current(session, on=TODAY), pairs)


@pytest.mark.proof
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_ten_thousand_pairs_are_one_row_each(database: Database) -> None:
    pairs = registered_pairs(database, 10_000)
    with database.read() as session:
        alike(PoolIndex().current(session, on=TODAY), pairs)


@pytest.mark.parametrize("kind", [Segment, BlockBounds, SeekerFacts, Demand])
def test_nothing_protected_has_a_column(kind: Any) -> None:
    names = set(getattr(kind, "_fields", ())) or {field.name for field in dataclasses.fields(kind)}
    assert not names & PROTECTED
    words = {word for name in names for word in name.split("_")}
    assert not words & PROTECTED


def young(database: Database, born_on: dt.date, *, at: dt.datetime = AT) -> uuid.UUID:
    with database.write() as session:
        facts = profile(random.Random(1), guardian_agreed=True)
        made = registered(session, 1, facts, birth_date=born_on, at=at)
        session.commit()
    return made


def gates(index: PoolIndex, database: Database, seeker_id: uuid.UUID, on: dt.date) -> int:
    with database.read() as session:
        snapshot = index.current(session, on=on)
    row = snapshot.position(seeker_id)
    assert row is not None
    segment, at = snapshot.pool.located(row)
    return int(segment.flags[at]) & (EIGHTEEN | ADULT)


@pytest.mark.parametrize(
    ("born_on", "passed"),
    [
        (dt.date(2008, 12, 31), 0),
        (dt.date(2008, 3, 4), 0),
        (dt.date(2008, 3, 3), EIGHTEEN),
        (dt.date(2008, 1, 1), EIGHTEEN),
        (dt.date(2007, 12, 31), EIGHTEEN | ADULT),
        (dt.date(1950, 1, 1), EIGHTEEN | ADULT),
    ],
)
def test_only_the_gates_of_the_law_are_known_of_an_age(
    database: Database, born_on: dt.date, passed: int
) -> None:
    seeker_id = young(database, born_on)
    assert gates(PoolIndex(), database, seeker_id, TODAY) == passed


@pytest.mark.parametrize(
    ("born_on", "eighteen_on", "adult_on"),
    [
        (dt.date(2009, 5, 6), dt.date(2027, 5, 6), dt.date(2028, 1, 1)),
        (dt.date(2009, 12, 31), dt.date(2027, 12, 31), dt.date(2028, 1, 1)),
        (dt.date(2009, 1, 1), dt.date(2027, 1, 1), dt.date(2028, 1, 1)),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), dt.date(2027, 1, 1)),
    ],
)
def test_on_their_day_somebody_passes_without_being_touched(
    database: Database, born_on: dt.date, eighteen_on: dt.date, adult_on: dt.date
) -> None:
    seeker_id = young(database, born_on, at=AT - dt.timedelta(days=60))
    kept, day = PoolIndex(), dt.timedelta(days=1)
    for on, passed in (
        (TODAY - 9 * day, 0),
        (eighteen_on - day, 0),
        (eighteen_on, EIGHTEEN),
        (adult_on - day, EIGHTEEN),
        (adult_on, EIGHTEEN | ADULT),
        (adult_on + 400 * day, EIGHTEEN | ADULT),
        (eighteen_on, EIGHTEEN),
    ):
        assert gates(kept, database, seeker_id, on) == passed, on
        assert gates(PoolIndex(), database, seeker_id, on) == passed, on


def fitting(house: House, born_on: dt.date, number: int) -> uuid.UUID:
    """Somebody of that age who is the best the house's order can find."""
    facts = Profile(
        district="11530",
        occupations=("5312",),
        experience={"5312": 300},
        licences=("한식조리기능사",),
        skills=("단체급식",),
        available_on=house.today,
        guardian_agreed=True,
    )
    with house.database.write() as session:
        made = registered(session, number, facts, birth_date=born_on, at=house.clock.moment)
        session.commit()
    return made


@pytest.mark.parametrize(
    ("gate", "listed"),
    [
        (WorkplaceGate.NONE, {"seventeen", "eighteen", "adult"}),
        (WorkplaceGate.EIGHTEEN, {"eighteen", "adult"}),
        (WorkplaceGate.ADULT, {"adult"}),
    ],
)
def test_work_that_the_law_keeps_from_the_young_never_lists_them(
    house: House, gate: WorkplaceGate, listed: set[str]
) -> None:
    order = order_at(house, "fixed", workplace_gate=gate)
    year = house.today.year
    born = {
        "seventeen": dt.date(year - 17, 1, 1),
        "eighteen": dt.date(year - 18, 1, 1),
        "adult": dt.date(year - 19, 12, 31),
    }
    ages = {fitting(house, day, 900 + place): age for place, (age, day) in enumerate(born.items())}
    page = house.visitor("officer").open(f"/staff/orders/{order.id}/people").page
    shown = {age for seeker_id, age in ages.items() if str(seeker_id) in page.html}
    assert shown == listed
