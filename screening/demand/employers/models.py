"""A firm."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column
from foundation.organisations.models import Organisation
from foundation.tones import Labelled, Tone


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


class CompanySize(Labelled):
    """기업규모 as the 구인신청서 asks for it."""

    UNKNOWN = "unknown", "적지 않음"
    MICRO = "micro", "소상공인"
    SMALL = "small", "중소기업"
    MIDDLE = "middle", "중견기업"
    LARGE = "large", "대기업"


class Employer(Audited, Base):
    """What the center knows of a firm beside its name: number, size, seat, and whether it was verified.

    `insurance_number` is the eleven digits of the employment insurance (고용보험 사업장관리번호); money in whole won.
    `name_key` is the name without legal form, spaces and signs, by which feed rows find their firm.
    """

    __tablename__ = "employer"
    __table_args__ = (
        check_codes("source", EmployerSource),
        check_codes("size", CompanySize),
        sa.CheckConstraint("capital_won IS NULL OR capital_won >= 0", name="capital_not_negative"),
        sa.CheckConstraint("sales_won IS NULL OR sales_won >= 0", name="sales_not_negative"),
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
    insurance_number: orm.Mapped[str] = orm.mapped_column(sa.String(11), default="")
    business: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
    size: orm.Mapped[CompanySize] = orm.mapped_column(code_column(CompanySize), default=CompanySize.UNKNOWN)
    capital_won: orm.Mapped[int | None] = orm.mapped_column(sa.BigInteger)
    sales_won: orm.Mapped[int | None] = orm.mapped_column(sa.BigInteger)
    homepage: orm.Mapped[str] = orm.mapped_column(sa.String(200), default="")
    source: orm.Mapped[EmployerSource] = orm.mapped_column(code_column(EmployerSource))
    verified_at: orm.Mapped[dt.datetime | None]

    organisation: orm.Mapped[Organisation] = orm.relationship(lazy="joined")

    @property
    def name(self) -> str:
        return self.organisation.name

    @property
    def band(self) -> SizeBand:
        return band_of(self.employees)
