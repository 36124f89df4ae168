"""A submitted shortlist and its entries."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from center.audit.guard import Audited
from center.database import Base, new_id
from screening.referrals.models import Referral

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
