"""A signed mandate."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.confirmations import ConfirmedBy
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled


class Power(Labelled):
    """What the center may do alone under a mandate; what is not given waits for the firm's yes."""

    SEARCH = "search", "인재풀에서 찾고 서류를 심사합니다"
    CONTACT = "contact", "구직자에게 연락해 의사를 묻습니다"
    INTERVIEW = "interview", "면접 일정을 잡습니다"
    DECLINE = "decline", "뽑히지 않은 분께 결과를 알립니다"


class Permission(Audited, Base):
    """The firm's yes to one power it has kept, for a few days: the center may use it until then."""

    __tablename__ = "permission"
    __table_args__ = (
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
        check_codes("power", Power),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    power: orm.Mapped[Power] = orm.mapped_column(code_column(Power))
    given_at: orm.Mapped[dt.datetime]
    given_by: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"))
    until: orm.Mapped[dt.date]


class Mandate(Audited, Base):
    """위탁계약 of one order: the signed text and its hash, who signed from where, valid until (exclusive)."""

    __tablename__ = "mandate"
    __table_args__ = (
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
        sa.CheckConstraint("length(sha256) = 64", name="hash_complete"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    powers: orm.Mapped[list[str]]
    signed_at: orm.Mapped[dt.datetime]
    signed_by: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"))
    signed_name: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    signed_from: orm.Mapped[str] = orm.mapped_column(sa.String(45))
    text: orm.Mapped[str] = orm.mapped_column(sa.Text)
    sha256: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    valid_until: orm.Mapped[dt.date]
    withdrawn_at: orm.Mapped[dt.datetime | None]
    confirmed_by: orm.Mapped[ConfirmedBy] = orm.mapped_column(
        code_column(ConfirmedBy), default=ConfirmedBy.MAIL
    )
    warned_days: orm.Mapped[int | None]
    document_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("document.id"))

    @property
    def last_day(self) -> dt.date:
        """The last day on which it holds."""
        return self.valid_until - dt.timedelta(days=1)
