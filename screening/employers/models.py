"""A firm."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from center.audit.guard import Audited
from center.database import Base, check_codes, code_column
from center.organisations.models import Organisation
from center.tones import Labelled, Tone


class EmployerSource(Labelled):
    """Where the center knows a firm from; only an `own` firm can be worked for, scored or counted."""

    OWN = "own", "가입", Tone.GOOD
    FEED = "feed", "공개 구인정보", Tone.REST
    HISTORY = "history", "옛 대장", Tone.REST


class SizeBand(Labelled):
    """상시근로자 규모 구간, the bands within which firms are ranked."""

    UP_TO_9 = "0-9", "9인 이하"
    UP_TO_29 = "10-29", "10~29인"
    UP_TO_49 = "30-49", "30~49인"
    UP_TO_99 = "50-99", "50~99인"
    UP_TO_299 = "100-299", "100~299인"
    ABOVE = "300-", "300인 이상"


BAND_STARTS = (
    (300, SizeBand.ABOVE),
    (100, SizeBand.UP_TO_299),
    (50, SizeBand.UP_TO_99),
    (30, SizeBand.UP_TO_49),
)


def band_of(employees: int) -> SizeBand:
    """The size band of a firm with so many regular workers."""
    for start, band in (*BAND_STARTS, (10, SizeBand.UP_TO_29)):
        if employees >= start:
            return band
    return SizeBand.UP_TO_9


class Employer(Audited, Base):
    """What the center knows of a firm beside its name: number, size, seat, and whether it was verified.

    `name_key` is the name without legal form, spaces and signs, by which feed rows find their firm.
    """

    __tablename__ = "employer"
    __table_args__ = (
        check_codes("source", EmployerSource),
        sa.CheckConstraint("employees >= 0", name="employees_not_negative"),
        sa.CheckConstraint("source <> 'own' OR business_number IS NOT NULL", name="own_has_number"),
    )

    organisation_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("organisation.id"), primary_key=True
    )
    business_number: orm.Mapped[str | None] = orm.mapped_column(sa.String(10), unique=True)
    name_key: orm.Mapped[str] = orm.mapped_column(sa.String(100), index=True)
    representative: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
    address: orm.Mapped[str] = orm.mapped_column(sa.String(200), default="")
    industry: orm.Mapped[str] = orm.mapped_column(sa.String(100), default="")
    employees: orm.Mapped[int] = orm.mapped_column(default=0)
    opened_on: orm.Mapped[dt.date | None]
    source: orm.Mapped[EmployerSource] = orm.mapped_column(code_column(EmployerSource))
    verified_at: orm.Mapped[dt.datetime | None]

    organisation: orm.Mapped[Organisation] = orm.relationship(lazy="joined")

    @property
    def name(self) -> str:
        return self.organisation.name

    @property
    def band(self) -> SizeBand:
        return band_of(self.employees)
