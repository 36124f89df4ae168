"""Interviews, the times a firm offers for them, and who did not come."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled
from screening.casework.referrals.models import Referral


class InterviewMode(Labelled):
    """How they meet."""

    VISIT = "visit", "방문 면접"
    ACCOMPANIED = "accompanied", "동행 면접"
    VIDEO = "video", "화상 면접"
    PHONE = "phone", "전화 면접"


class InterviewSlot(Audited, Base):
    """A time the firm offers for one person; at most one interview takes it, whoever clicks at once."""

    __tablename__ = "interview_slot"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "starts_at"),
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
        check_codes("mode", InterviewMode),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name="length_sensible"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    starts_at: orm.Mapped[dt.datetime]
    minutes: orm.Mapped[int]
    place: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    mode: orm.Mapped[InterviewMode] = orm.mapped_column(code_column(InterviewMode))


class Interview(Audited, Base):
    """One appointment; `sequence` counts its changes for calendars (RFC 5545 §3.8.7.4), cancelling is one of them."""

    __tablename__ = "interview"
    __table_args__ = (
        sa.UniqueConstraint("referral_id"),
        sa.UniqueConstraint("slot_id"),
        sa.ForeignKeyConstraint(["employer_id", "referral_id"], ["referral.employer_id", "referral.id"]),
        check_codes("mode", InterviewMode),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name="length_sensible"),
        sa.CheckConstraint("cancelled_at IS NULL OR slot_id IS NULL", name="cancelled_frees_its_slot"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    referral_id: orm.Mapped[uuid.UUID]
    slot_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("interview_slot.id"))
    starts_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    minutes: orm.Mapped[int] = orm.mapped_column(default=30)
    place: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    mode: orm.Mapped[InterviewMode] = orm.mapped_column(code_column(InterviewMode))
    sequence: orm.Mapped[int] = orm.mapped_column(default=0)
    set_at: orm.Mapped[dt.datetime]
    ended_at: orm.Mapped[dt.datetime | None]
    cancelled_at: orm.Mapped[dt.datetime | None]
    cancel_reason: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")

    referral: orm.Mapped[Referral] = orm.relationship(lazy="joined", overlaps="employer")


class Absent(Labelled):
    """Who is said not to have come."""

    PERSON = "person", "구직자"
    FIRM = "firm", "기업"


class Absence(Audited, Base):
    """A side is said not to have come: who says so, what the other side answers, and what the officer decided."""

    __tablename__ = "absence"
    __table_args__ = (
        sa.UniqueConstraint("interview_id", "sequence"),
        check_codes("who", Absent),
        sa.CheckConstraint("(upheld IS NULL) = (decided_at IS NULL)", name="decided_has_time"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    interview_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("interview.id"), index=True)
    sequence: orm.Mapped[int]
    who: orm.Mapped[Absent] = orm.mapped_column(code_column(Absent))
    said_by: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    said_at: orm.Mapped[dt.datetime]
    reply: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    replied_at: orm.Mapped[dt.datetime | None]
    upheld: orm.Mapped[bool | None]
    decided_at: orm.Mapped[dt.datetime | None]
    decided_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
