"""A run over all open orders, its blocks of orders, and what it allotted."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled, Tone


class Shortage(Labelled):
    """Why an order was allotted fewer people than it wanted."""

    TOO_FEW = "too_few", "조건에 맞는 분이 모자랍니다", Tone.TURN
    ALL_TAKEN = "all_taken", "맞는 분들이 이미 다른 기업에 한도까지 추천됩니다", Tone.TURN


class AllocationRun(Audited, Base):
    """One run: `per_opening` people wanted for each unfilled opening, nobody with more than `most_firms` firms.

    `running` is true until it is done and then nothing, so that there is one running at most. `figures` are how evenly
    proposals would be spread by score alone (`before`) and as allotted (`after`), and the share of the score kept.
    """

    __tablename__ = "allocation_run"
    __table_args__ = (
        sa.UniqueConstraint("running"),
        sa.CheckConstraint("(running IS NULL) = (done_at IS NOT NULL)", name="running_until_done"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    number: orm.Mapped[int] = orm.mapped_column(unique=True)
    started_at: orm.Mapped[dt.datetime]
    started_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
    starter_name: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    per_opening: orm.Mapped[int]
    most_firms: orm.Mapped[int]
    orders: orm.Mapped[int]
    running: orm.Mapped[bool | None]
    done_at: orm.Mapped[dt.datetime | None]
    figures: orm.Mapped[dict[str, Any]] = orm.mapped_column(default=dict)


class AllocationBlock(Base):
    """Some orders of a run that one worker ranks; `candidates` are packed, and wiped when the run is done."""

    __tablename__ = "allocation_block"

    run_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("allocation_run.id"), primary_key=True)
    number: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    order_ids: orm.Mapped[list[str]]
    candidates: orm.Mapped[bytes | None]
    done_at: orm.Mapped[dt.datetime | None]


class AllocatedOrder(Base):
    """What one order wanted and was allotted in a run, and why it was fewer."""

    __tablename__ = "allocated_order"
    __table_args__ = (
        check_codes("shortage", Shortage),
        sa.CheckConstraint("given BETWEEN 0 AND wanted", name="never_more_than_wanted"),
        sa.CheckConstraint("(shortage IS NULL) = (given = wanted)", name="shortage_has_reason"),
    )

    run_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("allocation_run.id"), primary_key=True)
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("job_order.id"), primary_key=True, index=True
    )
    wanted: orm.Mapped[int]
    given: orm.Mapped[int]
    shortage: orm.Mapped[Shortage | None] = orm.mapped_column(code_column(Shortage))


class Allotment(Base):
    """One person allotted to one order: a suggestion to the officer, nothing that a firm or the person hears of."""

    __tablename__ = "allotment"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["run_id", "order_id"], ["allocated_order.run_id", "allocated_order.order_id"], ondelete="CASCADE"
        ),
    )

    run_id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True)
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, index=True)
    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("seeker.id"), primary_key=True)
    score: orm.Mapped[int]
