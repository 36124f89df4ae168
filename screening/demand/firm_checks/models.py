"""A question to the tax office and its answer."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base, check_codes, code_column, new_id
from foundation.tax_office.answers import BusinessStanding
from foundation.tones import Labelled, Tone


class CheckOutcome(Labelled):
    """What a check comes to."""

    ASKING = "asking", "확인 중", Tone.WORK
    PENDING = "pending", "확인 보류", Tone.TURN
    GOOD = "good", "국세청 확인", Tone.GOOD
    MISMATCH = "mismatch", "대표자나 개업일이 다름", Tone.STOP
    NOT_ACTIVE = "not_active", "영업 중이 아님", Tone.STOP


class FirmCheck(Base):
    """One question about one number with what was claimed; no answer yet, or why there was none, or the answer.

    `failure` is the API's own code. Rows are only ever added and answered, so the history of a number stays.
    """

    __tablename__ = "firm_check"
    __table_args__ = (
        check_codes("standing", BusinessStanding),
        sa.CheckConstraint("standing IS NULL OR answered_at IS NOT NULL", name="standing_has_time"),
        sa.CheckConstraint("standing IS NULL OR failure = ''", name="answer_or_failure"),
        sa.Index("ix_firm_check_newest", "business_number", "asked_at"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    business_number: orm.Mapped[str] = orm.mapped_column(sa.String(10))
    representative: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
    opened_on: orm.Mapped[dt.date | None]
    asked_at: orm.Mapped[dt.datetime]
    answered_at: orm.Mapped[dt.datetime | None]
    standing: orm.Mapped[BusinessStanding | None] = orm.mapped_column(code_column(BusinessStanding))
    matches: orm.Mapped[bool | None]
    tax_type: orm.Mapped[str] = orm.mapped_column(sa.String(2), default="")
    closed_on: orm.Mapped[dt.date | None]
    failure: orm.Mapped[str] = orm.mapped_column(sa.String(30), default="")

    @property
    def outcome(self) -> CheckOutcome:
        if self.answered_at is None:
            return CheckOutcome.ASKING
        if self.standing is None:
            return CheckOutcome.PENDING
        if self.matches is False:
            return CheckOutcome.MISMATCH
        return CheckOutcome.GOOD if self.standing is BusinessStanding.ACTIVE else CheckOutcome.NOT_ACTIVE

    @property
    def against(self) -> bool:
        """Whether the tax office spoke against the firm; silence is never against it."""
        return self.outcome in (CheckOutcome.MISMATCH, CheckOutcome.NOT_ACTIVE)
