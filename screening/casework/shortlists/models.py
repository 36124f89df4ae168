"""A submitted shortlist and its entries."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled
from screening.casework.referrals.models import Referral

LETTERS = "가나다라마바사아자차카타파하"


class Shortlist(Audited, Base):
    """One submission of people to a firm, to be answered by a day."""

    __tablename__ = "shortlist"
    __table_args__ = (
        sa.ForeignKeyConstraint(["employer_id", "order_id"], ["job_order.employer_id", "job_order.id"]),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    submitted_at: orm.Mapped[dt.datetime]
    submitted_by: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("account.id"))
    answer_by: orm.Mapped[dt.date]
    answered_at: orm.Mapped[dt.datetime | None]

    entries: orm.Mapped[list["ShortlistEntry"]] = orm.relationship(
        order_by="ShortlistEntry.place", lazy="selectin"
    )


class NoteKind(Labelled):
    """What a firm says about a person without deciding."""

    MORE = "more", "이런 분 더 찾아 주세요"
    QUESTION = "question", "질문"


class ShortlistNote(Audited, Base):
    """A wish for more people like this one, or a question about them, and what the center answered."""

    __tablename__ = "shortlist_note"
    __table_args__ = (
        sa.ForeignKeyConstraint(["employer_id", "referral_id"], ["referral.employer_id", "referral.id"]),
        check_codes("kind", NoteKind),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_has_time"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    employer_id: orm.Mapped[uuid.UUID]
    order_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("job_order.id"), index=True)
    referral_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    kind: orm.Mapped[NoteKind] = orm.mapped_column(code_column(NoteKind))
    text: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    asked_at: orm.Mapped[dt.datetime]
    asked_by: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"))
    answer: orm.Mapped[str] = orm.mapped_column(sa.String(500), default="")
    answered_at: orm.Mapped[dt.datetime | None]
    answerer: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")


class ShortlistEntry(Base):
    """One person on a shortlist, under a letter instead of a name."""

    __tablename__ = "shortlist_entry"
    __table_args__ = (sa.UniqueConstraint("referral_id"),)

    shortlist_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("shortlist.id"), primary_key=True)
    place: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    referral_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("referral.id"))

    referral: orm.Mapped[Referral] = orm.relationship(lazy="joined")

    @property
    def letter(self) -> str:
        """가, 나, … 하, then 가2, 나2: never the same twice on one order."""
        turn, letter = divmod(self.place, len(LETTERS))
        return f"{LETTERS[letter]}{turn + 1 if turn else ''}"
