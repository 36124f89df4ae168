"""Reading the trail."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.models import AuditEntry


def trail(
    session: orm.Session,
    *,
    text: str = "",
    acts: Collection[str] = (),
    before: int | None = None,
    most: int,
) -> Sequence[AuditEntry]:
    """Entries newest first, older than `before`; `text` finds an act, a person's name, a subject or a fact.

    `acts` are further codes that the text means.
    """
    wanted = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(most)
    if text:
        wanted = wanted.where(
            sa.or_(
                AuditEntry.what.istartswith(text, autoescape=True),
                AuditEntry.what.in_(acts),
                AuditEntry.actor_name == text,
                AuditEntry.subject_id == text[:36],
                sa.cast(AuditEntry.detail, sa.Text).icontains(text, autoescape=True),
            )
        )
    if before:
        wanted = wanted.where(AuditEntry.id < before)
    return session.scalars(wanted).all()


def of_matter(session: orm.Session, *, number: str, acts: Collection[str]) -> Sequence[AuditEntry]:
    """What was done about one case, oldest first, of the given acts; whoever may see the case may see this."""
    about = sa.select(AuditEntry).where(AuditEntry.matter == number, AuditEntry.what.in_(acts))
    return session.scalars(about.order_by(AuditEntry.id)).all()
