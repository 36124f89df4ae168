"""What the clock has done, and when it stood still."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled, Tone
from screening.deadlines.steps.steps import Task


class ClockLevel(Labelled):
    """How far the clock has gone about one step."""

    REMINDED = "reminded", "하루 전에 알림", Tone.REST
    OVERDUE = "overdue", "지나서 알림", Tone.TURN
    ESCALATED = "escalated", "팀장에게 알림", Tone.STOP
    LAST_CALL = "last_call", "마지막으로 알림", Tone.STOP
    CLOSED = "closed", "저절로 마감", Tone.REST


class ClockAct(Audited, Base):
    """One reminder about one step of an order with one due day, or the closing that ended it; never twice."""

    __tablename__ = "clock_act"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "task", "due_on", "level"),
        check_codes("level", ClockLevel),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("job_order.id"), index=True)
    task: orm.Mapped[Task] = orm.mapped_column(code_column(Task))
    due_on: orm.Mapped[dt.date]
    level: orm.Mapped[ClockLevel] = orm.mapped_column(code_column(ClockLevel))
    at: orm.Mapped[dt.datetime]
    told: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
