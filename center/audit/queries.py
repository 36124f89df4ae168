"""Reading the trail."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from center.audit.models import AuditEntry


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


def history(
    session: orm.Session, *, subject_kind: str, subject_id: str, acts: Collection[str]
) -> Sequence[AuditEntry]:
    """What was done to one subject, oldest first, of the given acts; whoever may see the subject may see this."""
    return session.scalars(
        sa.select(AuditEntry)
        .where(
            AuditEntry.subject_kind == subject_kind,
            AuditEntry.subject_id == subject_id,
            AuditEntry.what.in_(acts),
        )
        .order_by(AuditEntry.id)
    ).all()
