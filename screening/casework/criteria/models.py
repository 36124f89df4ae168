"""A criteria sheet and its lines."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, new_id


class CriteriaSheet(Audited, Base):
    """One version of an order's criteria; once `fixed_at` is set it never changes, a new version replaces it.

    `lines` are dicts of `CriterionLine`; `weights` are whole points per matching criterion and sum to 100.
    """

    __tablename__ = "criteria_sheet"
    __table_args__ = (sa.UniqueConstraint("order_id", "version"),)

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("job_order.id"), index=True)
    version: orm.Mapped[int]
    weights: orm.Mapped[dict[str, int]] = orm.mapped_column(sa.JSON)
    lines: orm.Mapped[list[Any]]
    fixed_at: orm.Mapped[dt.datetime | None]
    fixed_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
