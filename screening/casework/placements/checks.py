"""The days on which a hire is checked, and what firm, person and insurance said of it."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled, Tone

CHECK_DAYS = (30, 90, 180, 365)


class RetentionAnswer(Labelled):
    """What the firm said."""

    STILL = "still", "계속 다닙니다", Tone.GOOD
    LEFT = "left", "그만두었습니다", Tone.REST


class RetentionSource(Labelled):
    """Whose word stands; the insurance wins over everyone, an officer over firm and person."""

    FIRM = "firm", "기업"
    OFFICER = "officer", "상담사"
    INSURANCE = "insurance", "고용보험"


class RetentionCheck(Audited, Base):
    """The check of one placement on one day after its start, asked of firm and person.

    `answer` is the word that stands and counts: the firm's while the person does not say otherwise.
    """

    __tablename__ = "retention_check"
    __table_args__ = (
        sa.UniqueConstraint("placement_id", "day"),
        check_codes("answer", RetentionAnswer),
        check_codes("source", RetentionSource),
        check_codes("firm_answer", RetentionAnswer),
        check_codes("person_answer", RetentionAnswer),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_time"),
        sa.CheckConstraint("(answer IS NULL) = (source IS NULL)", name="answer_has_source"),
        sa.CheckConstraint("NOT disputed OR answer IS NULL", name="disputed_is_open"),
        sa.Index("ix_retention_check_due", "due_on"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    placement_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("placement.id"), index=True)
    day: orm.Mapped[int]
    due_on: orm.Mapped[dt.date]
    asked_at: orm.Mapped[dt.datetime | None]
    answer: orm.Mapped[RetentionAnswer | None] = orm.mapped_column(code_column(RetentionAnswer))
    answered_at: orm.Mapped[dt.datetime | None]
    source: orm.Mapped[RetentionSource | None] = orm.mapped_column(code_column(RetentionSource))
    firm_answer: orm.Mapped[RetentionAnswer | None] = orm.mapped_column(code_column(RetentionAnswer))
    person_answer: orm.Mapped[RetentionAnswer | None] = orm.mapped_column(code_column(RetentionAnswer))
    person_left_on: orm.Mapped[dt.date | None]
    disputed: orm.Mapped[bool] = orm.mapped_column(default=False)
