"""Referrals and the rationale sheet of each."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from screening.casework.referrals.states import PassOverReason, ReferralState
from screening.demand.orders.models import JobOrder
from screening.pool.seekers.models import Seeker


class Referral(Audited, Base):
    """One person for one order, once: score and reasons as they stood when found, then every step to the end.

    `score` in 1/1000 point; `reasons` the matching reasons; `sheet` the rationale lines after review;
    `override_reason` why somebody was taken although as many firms as allowed have them already;
    `told_at` when the person was told how it ended.
    """

    __tablename__ = "referral"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "seeker_id"),
        sa.UniqueConstraint("employer_id", "id"),
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
        check_codes("state", ReferralState),
        sa.CheckConstraint(
            "state NOT IN ('eligible', 'ineligible', 'asked', 'consented', 'submitted', 'accepted', 'hired') "
            "OR reviewed_by IS NOT NULL",
            name="judged_by_a_person",
        ),
        sa.CheckConstraint("state <> 'passed_over' OR pass_over_reason IS NOT NULL", name="no_has_reason"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("seeker.id"), index=True)
    state: orm.Mapped[ReferralState] = orm.mapped_column(code_column(ReferralState), index=True)
    score: orm.Mapped[int]
    reasons: orm.Mapped[list[Any]]
    criteria_version: orm.Mapped[int]
    sheet: orm.Mapped[list[Any]] = orm.mapped_column(default=list)
    opinion: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    override_reason: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
    found_at: orm.Mapped[dt.datetime]
    reviewed_at: orm.Mapped[dt.datetime | None]
    reviewed_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
    reviewer_name: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
    asked_at: orm.Mapped[dt.datetime | None]
    pass_over_reason: orm.Mapped[PassOverReason | None] = orm.mapped_column(code_column(PassOverReason))
    pass_over_note: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
    firm_answered_at: orm.Mapped[dt.datetime | None]
    told_at: orm.Mapped[dt.datetime | None]
    changed_at: orm.Mapped[dt.datetime]

    seeker: orm.Mapped[Seeker] = orm.relationship(lazy="joined")
    order: orm.Mapped[JobOrder] = orm.relationship(lazy="select", overlaps="employer")
