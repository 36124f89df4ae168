"""A change of an open order."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, new_id


class Amendment(Audited, Base):
    """The terms a firm wants instead, what of them is worse for the people, why, and what the officer decided."""

    __tablename__ = "amendment"
    __table_args__ = (
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
        sa.CheckConstraint("(allowed IS NULL) = (decided_at IS NULL)", name="decided_has_time"),
        sa.Index(
            "ix_amendment_one_open",
            "order_id",
            unique=True,
            sqlite_where=sa.text("allowed IS NULL"),
            postgresql_where=sa.text("allowed IS NULL"),
        ),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    terms: orm.Mapped[dict[str, Any]]
    worse: orm.Mapped[list[str]]
    explanation: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    asked_at: orm.Mapped[dt.datetime]
    allowed: orm.Mapped[bool | None]
    decided_at: orm.Mapped[dt.datetime | None]
    decided_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
    answer: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
