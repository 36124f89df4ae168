"""Reading what has to happen and what could not."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from center.outbox.models import Effect


def failed(session: orm.Session, *, most: int) -> Sequence[Effect]:
    """Effects that have used up their attempts, newest first."""
    ended = sa.select(Effect).where(Effect.failed_at.is_not(None))
    return session.scalars(ended.order_by(Effect.failed_at.desc(), Effect.id).limit(most)).all()
