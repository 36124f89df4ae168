"""A seeker's profile and, in a table that no screener joins, what statistics need."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled, Tone


class SeekerStatus(Labelled):
    """Whether a seeker can be proposed."""

    ACTIVE = "active", "구직중", Tone.OPEN
    PAUSED = "paused", "쉬는 중", Tone.REST
    PLACED = "placed", "취업", Tone.GOOD
    ERASED = "erased", "삭제", Tone.REST
    ARCHIVED = "archived", "옛 대장", Tone.REST


class Seeker(Audited, Base):
    """What may be seen blind: district, work wanted, experience, licences, skills; nothing that names a person.

    `wage_floor` is whole won a month; `commute` are 5-digit codes of districts the person will travel to;
    `experience` maps occupation codes to months. `revision` counts every change of the row, so that two changes at
    once are noticed; `change_number` says which change of the pool wrote the row last (see `changes`).
    """

    __tablename__ = "seeker"
    __table_args__ = (
        check_codes("status", SeekerStatus),
        sa.CheckConstraint("wage_floor >= 0", name="wage_floor_not_negative"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    code: orm.Mapped[str] = orm.mapped_column(sa.String(12), unique=True)
    status: orm.Mapped[SeekerStatus] = orm.mapped_column(code_column(SeekerStatus), index=True)
    registered_on: orm.Mapped[dt.date] = orm.mapped_column(index=True)
    district: orm.Mapped[str | None] = orm.mapped_column(sa.String(5))
    commute: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    occupations: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    experience: orm.Mapped[dict[str, int]] = orm.mapped_column(sa.JSON, default=dict)
    skills: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    licences: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    trainings: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    employment_types: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    wage_floor: orm.Mapped[int] = orm.mapped_column(default=0)
    available_on: orm.Mapped[dt.date]
    summary: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    agency_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("organisation.id"), index=True)
    source: orm.Mapped[str] = orm.mapped_column(sa.String(20), default="visit")
    changed_at: orm.Mapped[dt.datetime]
    revision: orm.Mapped[int] = orm.mapped_column(default=1)
    change_number: orm.Mapped[int] = orm.mapped_column(sa.BigInteger, default=0, index=True)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - SQLAlchemy reads it from the class


class AgeGate(Base):
    """The days on which somebody young passes the gates of the law; adults have no row, nobody's age is kept here.

    `eighteen_on`: 18 years old (근로기준법 제65조); `adult_on`: 1 January of the year they turn 19, from which they
    are no youth any more (청소년 보호법 제2조 제1호).
    """

    __tablename__ = "age_gate"

    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("seeker.id"), primary_key=True)
    eighteen_on: orm.Mapped[dt.date]
    adult_on: orm.Mapped[dt.date] = orm.mapped_column(index=True)


class EqualityFact(Base):
    """Sex ('f', 'm', or '' when not given) and birth year for statistics only: no page of a screener reads this table.

    `intern` marks the cohort of administrative interns (행정인턴).
    """

    __tablename__ = "equality_fact"

    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("seeker.id"), primary_key=True)
    sex: orm.Mapped[str] = orm.mapped_column(sa.String(1), default="")
    birth_year: orm.Mapped[int | None]
    intern: orm.Mapped[bool] = orm.mapped_column(default=False)
