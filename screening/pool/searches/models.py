"""A kept search and what people said of its hits."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled, Tone


class Verdict(Labelled):
    """What an officer found on looking at a hit."""

    FITS = "fits", "맞음", Tone.GOOD
    LATER = "later", "나중에", Tone.TURN
    NOT = "not", "아님", Tone.REST


class SavedSearch(Audited, Base):
    """An officer's search: words and filters as typed.

    `seen_number` is the change of the pool up to which its owner has seen the hits; `alert` says whether a mail tells
    of new ones.
    """

    __tablename__ = "saved_search"
    __table_args__ = (sa.UniqueConstraint("account_id", "name"),)

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    account_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"), index=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    text: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    district: orm.Mapped[str] = orm.mapped_column(sa.String(5), default="")
    employment: orm.Mapped[str] = orm.mapped_column(sa.String(2), default="")
    most_won: orm.Mapped[int | None]
    alert: orm.Mapped[bool] = orm.mapped_column(default=True)
    created_at: orm.Mapped[dt.datetime]
    seen_number: orm.Mapped[int] = orm.mapped_column(sa.BigInteger)


class SearchNotice(Base):
    """The change of the pool up to which the owner of a search has been told of new people."""

    __tablename__ = "search_notice"

    search_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("saved_search.id"), primary_key=True)
    told_number: orm.Mapped[int] = orm.mapped_column(sa.BigInteger)


class SearchVerdict(Audited, Base):
    """What was said of one person found by one search; the last word counts, the trail keeps the earlier ones."""

    __tablename__ = "search_verdict"
    __table_args__ = (check_codes("verdict", Verdict),)

    search_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("saved_search.id"), primary_key=True)
    seeker_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("seeker.id"), primary_key=True, index=True
    )
    verdict: orm.Mapped[Verdict] = orm.mapped_column(code_column(Verdict))
    note: orm.Mapped[str] = orm.mapped_column(sa.String(300), default="")
    said_by: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    said_at: orm.Mapped[dt.datetime]
