"""Editions, the score of every firm in them, and objections."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.states import StateTable
from foundation.tones import Labelled, Tone
from incentives.policies.policy import Grade
from screening.demand.employers.models import SizeBand


class EditionStatus(Labelled):
    """Where an edition stands."""

    DRAFT = "draft", "작성중", Tone.REST
    PROVISIONAL = "provisional", "잠정", Tone.OPEN
    FROZEN = "frozen", "확정", Tone.GOOD


S = EditionStatus
EDITION_STATES = StateTable(
    thing="평가판",
    moves={
        "publish": (frozenset({S.DRAFT}), S.PROVISIONAL),
        "freeze": (frozenset({S.PROVISIONAL}), S.FROZEN),
    },
)


class Edition(Audited, Base):
    """One half-year's evaluation at a reference date under one policy; frozen, its `sha256` never changes."""

    __tablename__ = "edition"
    __table_args__ = (
        check_codes("status", EditionStatus),
        sa.CheckConstraint("(status = 'frozen') = (sha256 IS NOT NULL)", name="frozen_has_hash"),
        sa.CheckConstraint("status = 'draft' OR objections_until IS NOT NULL", name="published_has_window"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    code: orm.Mapped[str] = orm.mapped_column(sa.String(10), unique=True)
    reference_on: orm.Mapped[dt.date]
    policy_version: orm.Mapped[str] = orm.mapped_column(sa.String(20))
    policy_sha256: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    status: orm.Mapped[EditionStatus] = orm.mapped_column(code_column(EditionStatus))
    drawn_up_at: orm.Mapped[dt.datetime]
    published_at: orm.Mapped[dt.datetime | None]
    objections_until: orm.Mapped[dt.date | None]
    window_ended_at: orm.Mapped[dt.datetime | None]
    frozen_at: orm.Mapped[dt.datetime | None]
    sha256: orm.Mapped[str | None] = orm.mapped_column(sa.String(64))


class EditionScore(Audited, Base):
    """One firm in an edition, with everything needed to show and defend it, copied so that it can be frozen."""

    __tablename__ = "edition_score"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "employer_id"),
        check_codes("grade", Grade),
        check_codes("band", SizeBand),
        sa.CheckConstraint("rank_low <= rank AND rank <= rank_high", name="rank_inside_interval"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    edition_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("edition.id"))
    employer_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("employer.organisation_id"), index=True
    )
    name: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    district: orm.Mapped[str | None] = orm.mapped_column(sa.String(5), index=True)
    band: orm.Mapped[SizeBand] = orm.mapped_column(code_column(SizeBand))
    total: orm.Mapped[int]
    verified: orm.Mapped[int]
    axes: orm.Mapped[list[Any]]
    moves: orm.Mapped[list[Any]] = orm.mapped_column(default=list)
    grade: orm.Mapped[Grade] = orm.mapped_column(code_column(Grade))
    rank: orm.Mapped[int]
    rank_low: orm.Mapped[int]
    rank_high: orm.Mapped[int]
    rank_size: orm.Mapped[int]
    tied: orm.Mapped[bool]
    overall_rank: orm.Mapped[int]
    overall_low: orm.Mapped[int]
    overall_high: orm.Mapped[int]
    overall_size: orm.Mapped[int]


class ObjectionStatus(Labelled):
    """What became of an objection."""

    OPEN = "open", "검토중", Tone.WORK
    UPHELD = "upheld", "인용", Tone.GOOD
    DISMISSED = "dismissed", "기각", Tone.REST


class Objection(Audited, Base):
    """이의신청 of one firm against its own score, decided by the lead with an answer the firm reads."""

    __tablename__ = "objection"
    __table_args__ = (
        sa.UniqueConstraint("edition_id", "employer_id"),
        check_codes("status", ObjectionStatus),
        sa.CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decision_has_time"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    edition_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("edition.id"))
    employer_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("employer.organisation_id"))
    text: orm.Mapped[str] = orm.mapped_column(sa.String(1000))
    status: orm.Mapped[ObjectionStatus] = orm.mapped_column(code_column(ObjectionStatus))
    filed_at: orm.Mapped[dt.datetime]
    decided_at: orm.Mapped[dt.datetime | None]
    decided_by: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
    answer: orm.Mapped[str] = orm.mapped_column(sa.String(1000), default="")
    score_before: orm.Mapped[int]
    score_after: orm.Mapped[int | None]
