"""A consent that was asked for."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled, Tone


class ConsentAnswer(Labelled):
    """What the seeker said."""

    YES = "yes", "동의", Tone.GOOD
    NO = "no", "사양", Tone.REST


class Consent(Audited, Base):
    """Consent of one seeker to one firm for one order (개인정보 보호법 제17조).

    `items` are the field names the firm may see after its own yes; `until` is the last day, inclusive.
    """

    __tablename__ = "consent"
    __table_args__ = (
        sa.UniqueConstraint("referral_id"),
        sa.ForeignKeyConstraint(["employer_id", "referral_id"], ["referral.employer_id", "referral.id"]),
        check_codes("answer", ConsentAnswer),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_time"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    referral_id: orm.Mapped[uuid.UUID]
    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("seeker.id"), index=True)
    items: orm.Mapped[list[str]]
    until: orm.Mapped[dt.date]
    wording: orm.Mapped[str] = orm.mapped_column(sa.String(20))
    asked_at: orm.Mapped[dt.datetime]
    answer_by: orm.Mapped[dt.date]
    answered_at: orm.Mapped[dt.datetime | None]
    answer: orm.Mapped[ConsentAnswer | None] = orm.mapped_column(code_column(ConsentAnswer))
    channel: orm.Mapped[str] = orm.mapped_column(sa.String(10), default="link")
    withdrawn_at: orm.Mapped[dt.datetime | None]

    def holds(self, *, on: dt.date) -> bool:
        """Whether it covers a look on this day."""
        return self.answer is ConsentAnswer.YES and self.withdrawn_at is None and on <= self.until
