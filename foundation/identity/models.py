"""The sealed identity record and the trail of those who opened it."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, new_id


class IdentityRecord(Audited, Base):
    """Name, birth date, contact and address of one seeker, sealed; erasing a person is deleting this row.

    The indexes are keyed hashes: equal people meet, nothing can be searched or read back (PIPA §29).
    """

    __tablename__ = "identity_record"

    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True)
    sealed: orm.Mapped[bytes]
    person_index: orm.Mapped[str] = orm.mapped_column(sa.String(64), index=True)
    phone_index: orm.Mapped[str] = orm.mapped_column(sa.String(64), index=True)
    email_index: orm.Mapped[str | None] = orm.mapped_column(sa.String(64), index=True)


class Sighting(Base):
    """One row per request that opened identity records: who, when, from where, why, which fields, whose.

    Kept two years (개인정보의 안전성 확보조치 기준 §8: 50,000 people or more).
    """

    __tablename__ = "sighting"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    role: orm.Mapped[str] = orm.mapped_column(sa.String(20))
    viewer_name: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    account_id: orm.Mapped[uuid.UUID | None]
    organisation_id: orm.Mapped[uuid.UUID | None]
    address: orm.Mapped[str] = orm.mapped_column(sa.String(45))
    purpose: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    fields: orm.Mapped[list[str]]
    count: orm.Mapped[int]
    detail: orm.Mapped[dict[str, Any]]


class SightingOf(Base):
    """Whose record a sighting opened, so that a person can be told who saw their data."""

    __tablename__ = "sighting_of"

    sighting_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("sighting.id"), primary_key=True)
    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, index=True)
