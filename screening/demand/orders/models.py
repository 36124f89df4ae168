"""Orders, what an officer asked to be corrected in them, and drafts."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from screening.demand.employers.models import Employer
from screening.demand.orders.states import CloseReason, OrderStatus, RefusalGround
from screening.demand.orders.terms import (
    FIELD_NAMES,
    LISTS,
    Education,
    Military,
    OrderTerms,
    ResultNotice,
    Severance,
    Shift,
    WorkplaceGate,
)


class JobOrder(Audited, Base):
    """One order of one firm; `filled` never passes `headcount`, whoever clicks twice.

    `owner key`: (employer_id, id) is unique so that children can carry the firm in their own keys.
    """

    __tablename__ = "job_order"
    __table_args__ = (
        sa.UniqueConstraint("employer_id", "id"),
        check_codes("status", OrderStatus),
        check_codes("wage_basis", WageBasis),
        check_codes("employment_type", EmploymentType),
        check_codes("workplace_gate", WorkplaceGate),
        sa.CheckConstraint("filled >= 0 AND filled <= headcount", name="never_overfilled"),
        sa.CheckConstraint("headcount BETWEEN 1 AND 999", name="headcount_in_range"),
        sa.CheckConstraint("return_window_days BETWEEN 14 AND 180", name="return_window_lawful"),
        sa.CheckConstraint(
            "status NOT IN ('received', 'needs_fix', 'open', 'closed', 'refused') OR received_at IS NOT NULL",
            name="received_has_time",
        ),
        sa.CheckConstraint("(status = 'refused') = (refusal_ground IS NOT NULL)", name="refused_has_ground"),
        sa.CheckConstraint("(status = 'closed') = (close_reason IS NOT NULL)", name="closed_has_reason"),
        sa.Index("ix_job_order_source", "source", "source_number", unique=True),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    number: orm.Mapped[str] = orm.mapped_column(sa.String(12), unique=True)
    employer_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("employer.organisation_id"), index=True
    )
    status: orm.Mapped[OrderStatus] = orm.mapped_column(code_column(OrderStatus), index=True)
    filled: orm.Mapped[int] = orm.mapped_column(default=0)
    submitted_at: orm.Mapped[dt.datetime | None]
    received_at: orm.Mapped[dt.datetime | None]
    approved_at: orm.Mapped[dt.datetime | None]
    closed_at: orm.Mapped[dt.datetime | None]
    filed_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
    officer_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"), index=True)
    refusal_ground: orm.Mapped[RefusalGround | None] = orm.mapped_column(code_column(RefusalGround))
    close_reason: orm.Mapped[CloseReason | None] = orm.mapped_column(code_column(CloseReason))
    explanation: orm.Mapped[str] = orm.mapped_column(sa.String(1000), default="")
    outcome_words: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    source: orm.Mapped[str | None] = orm.mapped_column(sa.String(20))
    source_number: orm.Mapped[str | None] = orm.mapped_column(sa.String(40))
    source_hash: orm.Mapped[str | None] = orm.mapped_column(sa.String(64))
    repost_key: orm.Mapped[str | None] = orm.mapped_column(sa.String(64), index=True)
    source_findings: orm.Mapped[list[str]] = orm.mapped_column(default=list)

    title: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    occupation_code: orm.Mapped[str | None] = orm.mapped_column(sa.String(4), index=True)
    duties: orm.Mapped[str] = orm.mapped_column(sa.Text)
    preferred: orm.Mapped[str] = orm.mapped_column(sa.Text, default="")
    headcount: orm.Mapped[int]
    employment_type: orm.Mapped[EmploymentType] = orm.mapped_column(code_column(EmploymentType))
    contract_months: orm.Mapped[int | None]
    starts_on: orm.Mapped[dt.date | None]
    weekly_hours: orm.Mapped[int | None]
    work_days: orm.Mapped[int]
    work_time: orm.Mapped[str] = orm.mapped_column(sa.String(300))
    wage_basis: orm.Mapped[WageBasis | None] = orm.mapped_column(code_column(WageBasis))
    wage_won: orm.Mapped[int | None]
    wage_max_won: orm.Mapped[int | None]
    wage_negotiable: orm.Mapped[bool] = orm.mapped_column(default=False)
    workplace_region: orm.Mapped[str] = orm.mapped_column(sa.String(20))
    workplace_district: orm.Mapped[str | None] = orm.mapped_column(sa.String(5), index=True)
    workplace_city: orm.Mapped[str] = orm.mapped_column(sa.String(20), default="")
    workplace_address: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    career_months: orm.Mapped[int] = orm.mapped_column(default=0)
    education: orm.Mapped[Education] = orm.mapped_column(code_column(Education))
    licences: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    skills: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    insurances: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    severance: orm.Mapped[Severance] = orm.mapped_column(code_column(Severance))
    selection: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    papers: orm.Mapped[str] = orm.mapped_column(sa.String(200), default="")
    closes_on: orm.Mapped[dt.date | None]
    return_window_days: orm.Mapped[int] = orm.mapped_column(default=30)
    accompany: orm.Mapped[bool] = orm.mapped_column(default=True)
    contact_name: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
    contact_phone: orm.Mapped[str] = orm.mapped_column(sa.String(20), default="")
    contact_email: orm.Mapped[str] = orm.mapped_column(sa.String(254), default="")
    related_occupations: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    major: orm.Mapped[str] = orm.mapped_column(sa.String(100), default="")
    languages: orm.Mapped[str] = orm.mapped_column(sa.String(100), default="")
    computer: orm.Mapped[str] = orm.mapped_column(sa.String(100), default="")
    convertible: orm.Mapped[bool] = orm.mapped_column(default=False)
    near_station: orm.Mapped[str] = orm.mapped_column(sa.String(100), default="")
    military: orm.Mapped[Military] = orm.mapped_column(code_column(Military), default=Military.NONE)
    disability_welcome: orm.Mapped[bool] = orm.mapped_column(default=False)
    facilities: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    bonus_percent: orm.Mapped[int | None]
    overtime_pay: orm.Mapped[str] = orm.mapped_column(sa.String(100), default="")
    probation_months: orm.Mapped[int | None]
    probation_percent: orm.Mapped[int | None]
    shift: orm.Mapped[Shift] = orm.mapped_column(code_column(Shift), default=Shift.NONE)
    welfare: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    welfare_other: orm.Mapped[str] = orm.mapped_column(sa.String(200), default="")
    receipt: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    schedule: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
    result_notice: orm.Mapped[ResultNotice] = orm.mapped_column(
        code_column(ResultNotice), default=ResultNotice.SMS
    )
    contact_department: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
    contact_position: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
    contact_mobile: orm.Mapped[str] = orm.mapped_column(sa.String(20), default="")
    posted: orm.Mapped[bool] = orm.mapped_column(default=True)
    keywords: orm.Mapped[list[str]] = orm.mapped_column(default=list)
    other_wishes: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    workplace_gate: orm.Mapped[WorkplaceGate] = orm.mapped_column(
        code_column(WorkplaceGate), default=WorkplaceGate.NONE
    )

    employer: orm.Mapped[Employer] = orm.relationship(lazy="joined")
    officer: orm.Mapped[Account | None] = orm.relationship(lazy="select", foreign_keys=[officer_id])
    corrections: orm.Mapped[list["OrderCorrection"]] = orm.relationship(
        back_populates="order", order_by="OrderCorrection.asked_at"
    )
    exceptions: orm.Mapped[list["OrderException"]] = orm.relationship(order_by="OrderException.ground")

    @property
    def unfilled(self) -> int:
        return self.headcount - self.filled

    def terms(self) -> OrderTerms:
        """The order's terms as the one value that checks and matching read; a lead may lack some of them."""
        values = {name: getattr(self, name) for name in FIELD_NAMES}
        for name, kind in LISTS.items():
            values[name] = tuple(kind(each) for each in values[name])
        return OrderTerms(**values)

    def take(self, terms: OrderTerms) -> None:
        """Write the terms into the order's columns."""
        for name in FIELD_NAMES:
            value = getattr(terms, name)
            setattr(self, name, list(value) if isinstance(value, tuple) else value)


class OrderCorrection(Audited, Base):
    """What an officer asked to be corrected in one field, in the officer's words, and when it was answered."""

    __tablename__ = "order_correction"
    __table_args__ = (
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    field: orm.Mapped[str] = orm.mapped_column(sa.String(40))
    request: orm.Mapped[str] = orm.mapped_column(sa.String(500))
    asked_at: orm.Mapped[dt.datetime]
    due_on: orm.Mapped[dt.date]
    answered_at: orm.Mapped[dt.datetime | None]

    order: orm.Mapped[JobOrder] = orm.relationship(back_populates="corrections", overlaps="employer")


class OrderException(Audited, Base):
    """A condition the law allows only in some settings: the words, the firm's reason, and the officer's decision."""

    __tablename__ = "order_exception"
    __table_args__ = (
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
        sa.UniqueConstraint("order_id", "ground"),
        sa.CheckConstraint("(allowed IS NULL) = (decided_at IS NULL)", name="decided_has_time"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    ground: orm.Mapped[str] = orm.mapped_column(sa.String(20))
    field: orm.Mapped[str] = orm.mapped_column(sa.String(40))
    found: orm.Mapped[str] = orm.mapped_column(sa.String(300))
    reason: orm.Mapped[str] = orm.mapped_column(sa.String(500))
    asked_at: orm.Mapped[dt.datetime]
    allowed: orm.Mapped[bool | None]
    decided_at: orm.Mapped[dt.datetime | None]
    decided_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))


class OrderDraft(Base):
    """An order being written, as typed so far; saved on leaving a field, readable on every device of the firm."""

    __tablename__ = "order_draft"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("employer.organisation_id"), index=True
    )
    account_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"))
    step: orm.Mapped[int] = orm.mapped_column(default=1)
    typed: orm.Mapped[dict[str, Any]] = orm.mapped_column(default=dict)
    saved_at: orm.Mapped[dt.datetime]
