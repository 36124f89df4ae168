"""An interview of one referral."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from center.audit.guard import Audited
from center.database import Base, check_codes, code_column, new_id
from center.tones import Labelled
from screening.referrals.models import Referral


class InterviewMode(Labelled):
    """How they meet."""

    VISIT = "visit", "방문 면접"
    ACCOMPANIED = "accompanied", "동행 면접"
    VIDEO = "video", "화상 면접"
    PHONE = "phone", "전화 면접"


class Interview(Audited, Base):
    """One appointment; `sequence` counts its changes for calendars (RFC 5545 §3.8.7.4)."""

    __tablename__ = "interview"
    __table_args__ = (
        sa.UniqueConstraint("referral_id"),
        sa.ForeignKeyConstraint(["employer_id", "referral_id"], ["referral.employer_id", "referral.id"]),
        check_codes("mode", InterviewMode),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name="length_sensible"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    referral_id: orm.Mapped[uuid.UUID]
    starts_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    minutes: orm.Mapped[int] = orm.mapped_column(default=30)
    place: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    mode: orm.Mapped[InterviewMode] = orm.mapped_column(code_column(InterviewMode))
    sequence: orm.Mapped[int] = orm.mapped_column(default=0)
    set_at: orm.Mapped[dt.datetime]
    ended_at: orm.Mapped[dt.datetime | None]

    referral: orm.Mapped[Referral] = orm.relationship(lazy="joined", overlaps="employer")
