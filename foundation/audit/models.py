"""What was done, by whom, to what, when; and the append-only log that seals it."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class AuditEntry(Base):
    """One act; no foreign keys, so that nothing that happened can disappear with what it happened to.

    `matter` is the number of the case it belongs to, by which a whole history is read.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (sa.Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: orm.Mapped[int] = orm.mapped_column(BIG, primary_key=True, autoincrement=True)
    at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    what: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    role: orm.Mapped[str] = orm.mapped_column(sa.String(20))
    actor_name: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    account_id: orm.Mapped[uuid.UUID | None]
    organisation_id: orm.Mapped[uuid.UUID | None]
    address: orm.Mapped[str] = orm.mapped_column(sa.String(45))
    subject_kind: orm.Mapped[str] = orm.mapped_column(sa.String(40))
    subject_id: orm.Mapped[str] = orm.mapped_column(sa.String(36))
    matter: orm.Mapped[str] = orm.mapped_column(sa.String(20), default="", index=True)
    detail: orm.Mapped[dict[str, Any]]
    sealed: orm.Mapped[bool] = orm.mapped_column(default=False, index=True)


class LogLeaf(Base):
    """One leaf of an append-only log: `log` is 'audit' or 'register', `source` names the sealed row."""

    __tablename__ = "log_leaf"
    __table_args__ = (sa.UniqueConstraint("log", "source"),)

    log: orm.Mapped[str] = orm.mapped_column(sa.String(20), primary_key=True)
    position: orm.Mapped[int] = orm.mapped_column(BIG, primary_key=True, autoincrement=False)
    source: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    leaf_hash: orm.Mapped[str] = orm.mapped_column(sa.String(64))


class LogHead(Base):
    """The root over the first `size` leaves and the peaks from which the next root is computed."""

    __tablename__ = "log_head"

    log: orm.Mapped[str] = orm.mapped_column(sa.String(20), primary_key=True)
    size: orm.Mapped[int] = orm.mapped_column(BIG, primary_key=True, autoincrement=False)
    root: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    peaks: orm.Mapped[list[str]]
    at: orm.Mapped[dt.datetime]
