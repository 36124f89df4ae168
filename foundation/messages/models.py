"""Letters: those that arrived in the demo's mailbox, and how many went to an address that a stranger typed."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base, new_id


class DemoLetter(Base):
    """A mail received by the demo's own SMTP server, or an SMS handed to the demo's gateway."""

    __tablename__ = "demo_letter"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    received_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    channel: orm.Mapped[str] = orm.mapped_column(sa.String(8))
    recipient: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    subject: orm.Mapped[str] = orm.mapped_column(sa.String(300))
    text: orm.Mapped[str] = orm.mapped_column(sa.Text)


class StrangerLetter(Base):
    """One of the letters that an address may get in a day because somebody typed it; the address is a keyed hash."""

    __tablename__ = "stranger_letter"

    address_index: orm.Mapped[str] = orm.mapped_column(sa.String(64), primary_key=True)
    day: orm.Mapped[dt.date] = orm.mapped_column(primary_key=True, index=True)
    number: orm.Mapped[int] = orm.mapped_column(primary_key=True)
