"""Standing still: why a clock is paused, and how far a due day moves with it."""

import datetime as dt
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.reference.business_days import add_business_days, is_business_day
from foundation.tones import Labelled


class PauseReason(Labelled):
    """The reasons for which a clock may stand still."""

    FIRM_CLOSED = "firm_closed", "기업이 쉬는 기간입니다"
    FIRM_ASKED = "firm_asked", "기업이 기다려 달라고 했습니다"
    NOBODY_FITS = "nobody_fits", "맞는 분이 등록하기를 기다립니다"
    DISASTER = "disaster", "재난이나 시스템 장애입니다"


class Pause(Audited, Base):
    """A time in which an order's clock stood still; `until` is the first day it runs again, None while it stands."""

    __tablename__ = "pause"
    __table_args__ = (
        check_codes("reason", PauseReason),
        sa.CheckConstraint("until IS NULL OR until >= since", name="ends_after_start"),
        sa.Index(
            "ix_pause_one_open",
            "order_id",
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("job_order.id"), index=True)
    reason: orm.Mapped[PauseReason] = orm.mapped_column(code_column(PauseReason))
    note: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
    since: orm.Mapped[dt.date]
    until: orm.Mapped[dt.date | None]
    by_name: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")


def moved(due_on: dt.date, pauses: Sequence[Pause], *, since: dt.date, today: dt.date) -> dt.date:
    """The due day moved by the business days on which the clock stood still after `since` and before it was over."""
    for pause in sorted(pauses, key=lambda each: each.since):
        first, end = max(pause.since, since), pause.until or today + dt.timedelta(days=1)
        if first > due_on:
            break
        still = sum(
            is_business_day(first + dt.timedelta(days=offset)) for offset in range((end - first).days)
        )
        due_on = add_business_days(due_on, still)
    return due_on
