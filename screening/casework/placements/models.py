"""A hire."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from foundation.tones import Labelled


class LeavingReason(Labelled):
    """이직사유 (고용보험 codes) as asked in retention checks."""

    OWN_WISH = "11", "개인 사정으로 그만둠"
    TERMS = "12", "사업장 이전, 근로조건 변동, 임금체불로 그만둠"
    CLOSED = "22", "폐업이나 도산"
    REDUCTION = "23", "경영상 필요에 따른 인원 감축"
    DISMISSED = "26", "근로자 귀책의 징계해고나 권고사직"
    RETIRED = "31", "정년"
    ENDED = "32", "계약 만료나 공사 종료"


class Placement(Audited, Base):
    """One person hired through the center (or, from an old register, imported with its provenance).

    `wage_won` in whole won of `wage_basis`; `ended_on` is the last day of work.
    """

    __tablename__ = "placement"
    __table_args__ = (
        sa.UniqueConstraint("referral_id"),
        sa.UniqueConstraint("employer_id", "id"),
        check_codes("employment_type", EmploymentType),
        check_codes("wage_basis", WageBasis),
        sa.CheckConstraint("(ended_on IS NULL) = (leaving_reason IS NULL)", name="end_has_reason"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= starts_on", name="ends_after_start"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("employer.organisation_id"), index=True
    )
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("job_order.id"), index=True)
    referral_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("referral.id"))
    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("seeker.id"), index=True)
    hired_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    starts_on: orm.Mapped[dt.date] = orm.mapped_column(index=True)
    employment_type: orm.Mapped[EmploymentType] = orm.mapped_column(code_column(EmploymentType))
    wage_basis: orm.Mapped[WageBasis] = orm.mapped_column(code_column(WageBasis))
    wage_won: orm.Mapped[int]
    weekly_hours: orm.Mapped[int]
    explanation: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    ended_on: orm.Mapped[dt.date | None]
    leaving_reason: orm.Mapped[LeavingReason | None] = orm.mapped_column(code_column(LeavingReason))
    provenance: orm.Mapped[str] = orm.mapped_column(sa.String(120), default="")
