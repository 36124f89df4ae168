"""The plain way: mapped objects out of the database, scored one by one in Python, as one would first write it."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects.postgresql import ARRAY

from screening.matching.model import EXPERIENCE_SHARES, OCCUPATION_SHARES, TRAINING_SHARES
from tools.bench.question import UNITS, Question

Numbers = list[int]


class Base(orm.DeclarativeBase):
    """Tables of the measurement only."""

    type_annotation_map: Final = {Numbers: ARRAY(sa.Integer)}


class Person(Base):
    """Somebody, as `postgres` keeps them."""

    __tablename__ = "person"

    place: orm.Mapped[int] = orm.mapped_column(sa.BigInteger, primary_key=True)
    commute: orm.Mapped[int]
    flags: orm.Mapped[int]
    wage_floor: orm.Mapped[int]
    available: orm.Mapped[int]
    wanted: orm.Mapped[Numbers]
    trained: orm.Mapped[Numbers]
    worked: orm.Mapped[Numbers]
    licences: orm.Mapped[Numbers]
    skills: orm.Mapped[Numbers]
    terms: orm.Mapped[Numbers]


class PlainOrm:
    """Asks the table that `postgres` filled."""

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(url)

    def __enter__(self) -> "PlainOrm":
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def top(self, question: Question, most: int) -> list[tuple[int, int]]:
        """The best as (score, place)."""
        query = sa.select(Person).where(
            Person.commute.bitwise_and(question["commute"]) != 0,
            Person.flags.bitwise_and(question["employment"]) != 0,
            Person.flags.bitwise_and(question["gates"]) == question["gates"],
            Person.wage_floor <= question["offered"],
            Person.available <= question["starts"],
        )
        if question["must_licences"]:
            query = query.where(Person.licences.contains(question["must_licences"]))
        if question["must_skills"]:
            query = query.where(Person.skills.contains(question["must_skills"]))
        weights = dict(zip(question["terms"], question["term_weights"], strict=True))
        with orm.Session(self.engine) as session:
            scored = [
                (_score(person, question, weights, months), person.place)
                for person in session.scalars(query)
                if (months := _months(person, question["occupation"])) >= question["needs_months"]
            ]
        return sorted(scored, key=lambda each: (-each[0], each[1]))[:most]


def _near(code: int, wanted: int, shares: tuple[int, ...]) -> int:
    for share, unit in zip(shares, UNITS, strict=False):
        if code // unit == wanted // unit:
            return share
    return 0


def _months(person: Person, wanted: int) -> int:
    worked = ((job & 8191) * _near(job >> 13, wanted, EXPERIENCE_SHARES) for job in person.worked)
    return min(sum(worked) // 1000, 240)


def _score(person: Person, question: Question, weights: dict[int, int], months: int) -> int:
    wanted = question["occupation"]
    shares = {
        "occupation": max((_near(code, wanted, OCCUPATION_SHARES) for code in person.wanted), default=0),
        "training": max((_near(code, wanted, TRAINING_SHARES) for code in person.trained), default=0),
        "experience": question["curve"][months],
        "skills": _held(person.skills, question["skills"], question["skill_count"]),
        "licences": _held(person.licences, question["licences"], question["licence_count"]),
        "text": 1000,
    }
    if question["text_weight"]:
        found = sum(weights.get(term, 0) for term in person.terms)
        shares["text"] = min(found * 3000 // question["text_weight"], 1000)
    return sum(int(question[f"{name}_points"]) * share for name, share in shares.items())


def _held(held: Numbers, asked: Numbers, count: int) -> int:
    return len(set(held) & set(asked)) * 1000 // count if count else 1000
