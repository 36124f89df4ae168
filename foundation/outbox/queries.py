"""Reading what has to happen and what could not."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.outbox.models import Effect


def failed(session: orm.Session, *, kinds: Collection[str], most: int) -> Sequence[Effect]:
    """Effects of the given kinds that have used up their attempts, newest first."""
    ended = sa.select(Effect).where(Effect.failed_at.is_not(None), Effect.kind.in_(kinds))
    return session.scalars(ended.order_by(Effect.failed_at.desc(), Effect.id).limit(most)).all()


@dataclass(frozen=True)
class Held:
    """How many effects of some kinds are tried again and again, and what stands in the way of most of them."""

    count: int
    failure: str


def held_up(session: orm.Session, *, kinds: Collection[str]) -> Held | None:
    """What an outage holds up right now, without what only waits for its hour; None when everything passes."""
    of_each = (
        sa.select(Effect.failure, sa.func.count().label("held"))
        .where(
            Effect.done_at.is_(None), Effect.failed_at.is_(None), Effect.attempts > 0, Effect.kind.in_(kinds)
        )
        .where(Effect.failure != "")
        .group_by(Effect.failure)
    )
    found: dict[str, int] = {row.failure: row.held for row in session.execute(of_each)}
    return Held(sum(found.values()), max(found, key=lambda each: found[each])) if found else None


def count_failed(session: orm.Session, *, kinds: Collection[str]) -> int:
    """How many effects of the given kinds wait for staff."""
    ended = sa.select(sa.func.count()).select_from(Effect)
    return session.scalar(ended.where(Effect.failed_at.is_not(None), Effect.kind.in_(kinds))) or 0


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
