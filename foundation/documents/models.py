"""A document as it was issued."""

import datetime as dt
import hashlib
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base, new_id


class Document(Base):
    """The exact bytes of something issued, and their SHA-256; never changed, a new issue is a new row."""

    __tablename__ = "document"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    about_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    file_name: orm.Mapped[str] = orm.mapped_column(sa.String(120))
    media_type: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    sha256: orm.Mapped[str] = orm.mapped_column(sa.String(64), index=True)
    content: orm.Mapped[bytes] = orm.mapped_column(sa.LargeBinary, deferred=True)
    created_at: orm.Mapped[dt.datetime]


def store(
    session: orm.Session,
    *,
    about_id: uuid.UUID,
    file_name: str,
    media_type: str,
    content: bytes,
    at: dt.datetime,
) -> Document:
    """Keep the bytes of a document with their hash."""
    document = Document(
        about_id=about_id,
        file_name=file_name,
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        created_at=at,
    )
    session.add(document)
    return document
