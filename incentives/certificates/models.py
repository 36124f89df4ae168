"""발급대장: one row per certificate, gap-free per year, never deleted."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.states import StateTable
from foundation.tones import Labelled, Tone
from incentives.policies.policy import Grade


class CertificateStatus(Labelled):
    """What was decided about a certificate; whether it has expired is a matter of the day."""

    VALID = "valid", "유효", Tone.GOOD
    SUSPENDED = "suspended", "효력정지", Tone.STOP
    REVOKED = "revoked", "취소", Tone.STOP


S = CertificateStatus
CERTIFICATE_STATES = StateTable(
    thing="인증서",
    moves={
        "suspend": (frozenset({S.VALID}), S.SUSPENDED),
        "lift": (frozenset({S.SUSPENDED}), S.VALID),
        "revoke": (frozenset({S.VALID, S.SUSPENDED}), S.REVOKED),
    },
)


class Certificate(Audited, Base):
    """What was certified, as printed; `valid_to` is the last valid day, `sha256` the hash of the issued bytes."""

    __tablename__ = "certificate"
    __table_args__ = (
        sa.UniqueConstraint("year", "sequence"),
        sa.UniqueConstraint("edition_id", "employer_id"),
        check_codes("status", CertificateStatus),
        sa.CheckConstraint("length(check_number) = 16", name="check_number_length"),
        sa.CheckConstraint("sequence > 0", name="sequence_positive"),
        sa.CheckConstraint("status = 'valid' OR status_reason <> ''", name="stop_has_reason"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    year: orm.Mapped[int]
    sequence: orm.Mapped[int]
    check_number: orm.Mapped[str] = orm.mapped_column(sa.String(16), unique=True)
    employer_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("employer.organisation_id"), index=True
    )
    edition_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("edition.id"))
    edition_code: orm.Mapped[str] = orm.mapped_column(sa.String(10))
    grade: orm.Mapped[Grade] = orm.mapped_column(code_column(Grade))
    name: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    representative: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    business_number: orm.Mapped[str] = orm.mapped_column(sa.String(10))
    address: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    basis: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    issued_on: orm.Mapped[dt.date]
    valid_from: orm.Mapped[dt.date]
    valid_to: orm.Mapped[dt.date]
    status: orm.Mapped[CertificateStatus] = orm.mapped_column(code_column(CertificateStatus))
    status_reason: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
    status_at: orm.Mapped[dt.datetime]
    document_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("document.id"))
    sha256: orm.Mapped[str | None] = orm.mapped_column(sa.String(64), index=True)

    @property
    def number(self) -> str:
        return f"제 {self.year}-{self.sequence:03d}호"
