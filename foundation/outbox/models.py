"""An effect that has to happen."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base, new_id

OPEN, FAILED = sa.text("done_at IS NULL AND failed_at IS NULL"), sa.text("failed_at IS NOT NULL")


class Effect(Base):
    """One thing to do outside: leased by a worker, swept again until done; `sealed` holds what nobody may read.

    `done_at` and `failed_at` exclude each other; a failed effect has used up its attempts and waits for staff.
    """

    __tablename__ = "effect"
    __table_args__ = (
        sa.CheckConstraint("done_at IS NULL OR failed_at IS NULL", name="one_ending"),
        sa.Index("ix_effect_open", "due_at", postgresql_where=OPEN, sqlite_where=OPEN),
        sa.Index("ix_effect_failed", "failed_at", postgresql_where=FAILED, sqlite_where=FAILED),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    kind: orm.Mapped[str] = orm.mapped_column(sa.String(40), index=True)
    facts: orm.Mapped[dict[str, Any]]
    sealed: orm.Mapped[bytes | None]
    about_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(index=True)
    created_at: orm.Mapped[dt.datetime]
    due_at: orm.Mapped[dt.datetime]
    leased_until: orm.Mapped[dt.datetime | None]
    attempts: orm.Mapped[int] = orm.mapped_column(default=0)
    first_tried_at: orm.Mapped[dt.datetime | None]
    done_at: orm.Mapped[dt.datetime | None]
    failed_at: orm.Mapped[dt.datetime | None]
    failure: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
