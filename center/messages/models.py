"""Letters that arrived in the demo's mailbox."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from center.database import Base, new_id


class DemoLetter(Base):
    """A mail received by the demo's own SMTP server, or an SMS handed to the demo's gateway."""

    __tablename__ = "demo_letter"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    received_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    channel: orm.Mapped[str] = orm.mapped_column(sa.String(8))
    recipient: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    subject: orm.Mapped[str] = orm.mapped_column(sa.String(300))
    text: orm.Mapped[str] = orm.mapped_column(sa.Text)
