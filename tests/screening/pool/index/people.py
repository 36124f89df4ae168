"""People of the pool, registered through the real command, and the rows they become."""

import datetime as dt
import random
import uuid
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sqlalchemy import orm

from foundation.actors import SYSTEM, Actor, Role
from foundation.database import SEOUL, Database
from foundation.identity.person import Person
from foundation.reference import licences, skills
from foundation.reference.districts import DISTRICTS
from foundation.reference.occupations import OCCUPATIONS
from screening.matching.funnel import funnel
from screening.matching.model import compiled
from screening.matching.pool import COLUMNS, FILTER_COLUMNS, merged
from screening.matching.ranking import rank
from screening.matching.reasons import explain
from screening.pool.index.index import PoolIndex
from screening.pool.index.snapshot import Snapshot
from screening.pool.seekers import commands as seekers
from screening.pool.seekers.profile import Profile
from tests.screening.matching.people import easy

ON_POSTGRES = pytest.mark.parametrize(
    "database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

AT = dt.datetime(2026, 3, 3, 9, 30, tzinfo=SEOUL)
TODAY = AT.date()
OFFICER = Actor(role=Role.OFFICER, name="정다혜")


def person(number: int, **changed: Any) -> Person:
    """Somebody whom no other number shares a name or a telephone with."""
    facts = {
        "name": f"박가람{chr(0xAC00 + number)}",
        "birth_date": dt.date(1980, 5, 1),
        "phone": f"010{number:08d}",
    }
    return Person(**{**facts, **changed})


def profile(chance: random.Random, **changed: Any) -> Profile:
    """What somebody may have said at the desk."""
    codes = chance.sample(sorted(OCCUPATIONS), 4)
    facts = {
        "district": chance.choice([*DISTRICTS, None]),
        "occupations": tuple(codes[: chance.randint(1, 3)]),
        "available_on": TODAY + dt.timedelta(days=chance.randint(0, 40)),
        "experience": {code: chance.randint(0, 400) for code in codes[1 : chance.randint(1, 4)]},
        "commute": tuple(chance.sample(sorted(DISTRICTS), chance.randint(0, 3))),
        "skills": tuple(chance.sample(skills.NAMES, chance.randint(0, 3))),
        "licences": tuple(chance.sample(licences.NAMES, chance.randint(0, 2))),
        "trainings": tuple(chance.sample(codes, chance.randint(0, 1))),
        "employment_types": tuple(chance.sample(("10", "11", "20", "21"), chance.randint(0, 2))),
        "wage_floor": chance.randint(180, 300) * 10_000,
        "summary": f"{OCCUPATIONS[codes[0]].name} 일을 {chance.choice(('오래', '꼼꼼히', '즐겁게'))} 했습니다",
    }
    return Profile(**{**facts, **changed})


def registered(
    session: orm.Session, number: int, facts: Profile, *, by: Actor = SYSTEM, at: dt.datetime = AT, **who: Any
) -> uuid.UUID:
    """Register somebody; the caller commits."""
    return seekers.register(session, person=person(number, **who), profile=facts, by=by, at=at).id


def populated(database: Database, size: int, *, first: int = 0, seed: int = 1) -> list[uuid.UUID]:
    """A pool of `size` people."""
    chance = random.Random(seed)
    with database.write() as session:
        ids = [registered(session, number, profile(chance)) for number in range(first, first + size)]
        session.commit()
    return ids


def done(database: Database, act: Callable[[orm.Session], object]) -> None:
    """Do something to the pool and commit it."""
    with database.write() as session:
        act(session)
        session.commit()


def pause(seeker_id: uuid.UUID) -> Callable[[orm.Session], object]:
    return lambda session: seekers.pause(session, seeker_id=seeker_id, by=OFFICER, at=AT)


def resume(seeker_id: uuid.UUID) -> Callable[[orm.Session], object]:
    return lambda session: seekers.resume(session, seeker_id=seeker_id, by=OFFICER, at=AT)


def erase(seeker_id: uuid.UUID) -> Callable[[orm.Session], object]:
    return lambda session: seekers.erase(session, seeker_id=seeker_id, by=OFFICER, at=AT)


def change(seeker_id: uuid.UUID, facts: Profile) -> Callable[[orm.Session], object]:
    return lambda session: seekers.change(session, seeker_id=seeker_id, profile=facts, by=OFFICER, at=AT)


def columns_at(snapshot: Snapshot, ids: list[uuid.UUID]) -> dict[str, bytes]:
    """The bytes of every column of the given people, in the order given; their places and ids aside."""
    parts = []
    for each in ids:
        row = snapshot.position(each)
        assert row is not None
        segment, at = snapshot.pool.located(row)
        parts.append((segment, np.array([at])))
    whole = merged(parts)
    whole.records["place"][:] = 0
    return {name: getattr(whole, name).tobytes() for name in COLUMNS}


def in_words(snapshot: Snapshot) -> dict[uuid.UUID, tuple[Any, ...]]:
    """Everybody's row, with the words that its numbers mean: what two snapshots may be compared by."""
    pool, told = snapshot.pool, {}
    for row in snapshot.everybody().tolist():
        segment, at = pool.located(row)
        record = segment.records[at]
        facts = segment.facts[record["facts_at"] :][: record["facts"]].tolist()
        vocabularies = {3: pool.licences, 4: pool.skills}
        words = [
            (kind, vocabularies[kind].words[code] if kind in vocabularies else code)
            for kind, code in ((fact >> 29, fact & (1 << 29) - 1) for fact in facts)
        ]
        filters = [int(getattr(segment, name)[at]) for name in FILTER_COLUMNS if name != "licence_sign"]
        text = segment.text[record["text_at"] :][: record["terms"]].tolist()
        told[snapshot.seeker_id(row)] = (
            int(record["place"]), int(record["jobs"]), int(segment.trades[at]), *filters, sorted(words), text
        )  # fmt: skip
    return told


def seen(index: PoolIndex, database: Database, *, on: dt.date = TODAY) -> Snapshot:
    with database.read() as session:
        return index.current(session, on=on)


def same_as_anew(snapshot: Snapshot, database: Database, *, on: dt.date = TODAY) -> None:
    """Everybody's facts, every list, every reason and every count are those of a pool built just now."""
    anew = seen(PoolIndex(), database, on=on)
    assert in_words(snapshot) == in_words(anew)
    assert (len(snapshot.pool), snapshot.number, snapshot.day) == (len(anew.pool), anew.number, anew.day)
    chance = random.Random(1)
    for _ in range(4):
        order = easy(chance, occupation=5312, text="일을 꼼꼼히 했습니다", skills=("엑셀", "운전"))
        told = []
        for each in (snapshot, anew):
            asked = compiled(order, each.pool)
            ranking = rank(each.pool, asked, most=30)
            reasons = [
                [reason._replace(found=tuple(sorted(reason.found))) for reason in person]
                for person in explain(each.pool, asked, ranking.rows)
            ]
            told.append(
                (each.seeker_ids(ranking.rows), ranking.scores.tolist(), reasons, funnel(each.pool, asked))
            )
        assert told[0] == told[1]
