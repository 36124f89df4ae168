"""Reading what has to happen and what could not."""

import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from center.outbox.models import Effect


def failed(session: orm.Session, *, kinds: Collection[str], most: int) -> Sequence[Effect]:
    """Effects of the given kinds that have used up their attempts, newest first."""
    ended = sa.select(Effect).where(Effect.failed_at.is_not(None), Effect.kind.in_(kinds))
    return session.scalars(ended.order_by(Effect.failed_at.desc(), Effect.id).limit(most)).all()


def is_waiting(session: orm.Session, *, about_id: uuid.UUID, kind: str) -> bool:
    """Whether an effect about one thing is still to be done."""
    open_still = sa.select(Effect.id).where(
        Effect.about_id == about_id, Effect.kind == kind, Effect.done_at.is_(None), Effect.failed_at.is_(None)
    )
    return session.scalar(open_still.limit(1)) is not None


def has_failed(session: orm.Session, *, about_id: uuid.UUID, kind: str) -> bool:
    """Whether an effect about one thing was given up."""
    given_up = sa.select(Effect.id).where(
        Effect.about_id == about_id, Effect.kind == kind, Effect.failed_at.is_not(None)
    )
    return session.scalar(given_up.limit(1)) is not None
