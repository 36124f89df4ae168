"""An application to join."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from screening.demand.sign_ups.states import Position, Proof, SignUpState


class SignUp(Audited, Base):
    """What a firm said of itself and who said it; how the center found out that the firm asks; how it ended.

    `code_hash` is the keyed hash of the six digits that went to `proof_contact`, a contact the officer found
    independently of the applicant (`proof_found`); `code_tries` counts wrong ones.
    """

    __tablename__ = "sign_up"
    __table_args__ = (
        check_codes("state", SignUpState),
        check_codes("position", Position),
        check_codes("proof", Proof),
        sa.CheckConstraint(
            "state NOT IN ('proved', 'approved') OR (proof IS NOT NULL AND proved_at IS NOT NULL)",
            name="proved_has_proof",
        ),
        sa.CheckConstraint("(state = 'approved') = (employer_id IS NOT NULL)", name="approved_has_firm"),
        sa.CheckConstraint("state <> 'refused' OR explanation <> ''", name="refused_has_explanation"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    state: orm.Mapped[SignUpState] = orm.mapped_column(code_column(SignUpState), index=True)
    applied_at: orm.Mapped[dt.datetime]
    business_number: orm.Mapped[str] = orm.mapped_column(sa.String(10), index=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    representative: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    opened_on: orm.Mapped[dt.date]
    district: orm.Mapped[str | None] = orm.mapped_column(sa.String(5))
    address: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    industry: orm.Mapped[str] = orm.mapped_column(sa.String(100), default="")
    employees: orm.Mapped[int] = orm.mapped_column(default=0)
    person: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    position: orm.Mapped[Position] = orm.mapped_column(code_column(Position))
    email: orm.Mapped[str] = orm.mapped_column(sa.String(254), index=True)
    phone: orm.Mapped[str] = orm.mapped_column(sa.String(20), index=True)
    confirmed_at: orm.Mapped[dt.datetime | None]
    proof: orm.Mapped[Proof | None] = orm.mapped_column(code_column(Proof))
    proof_contact: orm.Mapped[str] = orm.mapped_column(sa.String(254), default="")
    proof_found: orm.Mapped[str] = orm.mapped_column(sa.String(200), default="")
    proof_note: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    proved_at: orm.Mapped[dt.datetime | None]
    code_hash: orm.Mapped[str] = orm.mapped_column(sa.String(64), default="")
    code_until: orm.Mapped[dt.datetime | None]
    code_tries: orm.Mapped[int] = orm.mapped_column(default=0)
    decided_at: orm.Mapped[dt.datetime | None]
    decided_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
    explanation: orm.Mapped[str] = orm.mapped_column(sa.String(1000), default="")
    employer_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("employer.organisation_id"))
