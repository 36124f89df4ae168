"""Putting effects into the outbox and taking them out, one lease at a time."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Database, vault_of
from foundation.outbox.breaker import Breaker
from foundation.outbox.leases import LEASE, Leases
from foundation.outbox.models import Effect

WAIT = dt.timedelta(minutes=1)
AN_HOUR = dt.timedelta(hours=1)
MINUTES = tuple(dt.timedelta(seconds=2**each) for each in range(1, 8))
"""Gaps between the tries of what a person waits for: seven, four minutes in all."""
TWO_DAYS = (
    *(dt.timedelta(seconds=each) for each in (5, 15, 40, 120)),
    *(dt.timedelta(minutes=each) for each in (5, 10, 20, 40)),
    *(dt.timedelta(hours=each) for each in (1, 2, 3, 4, 5, 6, 6, 6, 6, 8)),
)
"""Gaps between the tries of what outlives an outage: every one longer than the last or as long, 48 hours in all."""
MOST_ATTEMPTS = len(MINUTES) + 1
FEWEST_ATTEMPTS = 4
"""Tries before time alone gives an effect up: while many wait behind one outage, each is tried more rarely."""
log = logging.getLogger("ieum.outbox")


class NotDone(RuntimeError):
    """A handler could not do its effect now; the message is one sentence for staff, without personal data."""


class Unreachable(NotDone):
    """Whatever does this kind of effect is away: the others of its kind wait for the next round untried."""


class Unconfirmed(NotDone):
    """It was handed over and may have been done: tried once more, an hour later, then it waits for staff."""


class NeverDone(NotDone):
    """No further try would help; it is given up at once and waits for staff."""


class NotYet(NotDone):
    """What the effect needs is missing on this machine; it waits without using up its attempts."""


class Handler(Protocol):
    """How one kind of effect is done: `perform` outside any transaction, `finish` inside the one that marks it.

    A handler may have `gaps`, which say how long its kind is worth trying; without them it is `MINUTES`.
    """

    def perform(self, task: "Task") -> Any: ...

    def finish(self, session: orm.Session, task: "Task", outcome: Any, *, at: dt.datetime) -> None: ...


@dataclass(frozen=True)
class Task:
    """A leased effect as its handler sees it; `effect_id` is the idempotency key towards the outside."""

    effect_id: uuid.UUID
    kind: str
    facts: Mapping[str, Any]
    secret: bytes
    about_id: uuid.UUID | None


def put(
    session: orm.Session,
    *,
    kind: str,
    facts: Mapping[str, Any],
    secret: bytes = b"",
    about_id: uuid.UUID | None = None,
    at: dt.datetime,
    due_at: dt.datetime | None = None,
) -> Effect:
    """Write an effect in the caller's transaction; `secret` is sealed and wiped once the effect is done."""
    effect = Effect(kind=kind, facts=dict(facts), about_id=about_id, created_at=at, due_at=due_at or at)
    session.add(effect)
    session.flush()
    if secret:
        effect.sealed = vault_of(session).seal(secret, bound_to=effect.id.bytes)
    return effect


def try_again(session: orm.Session, *, about_id: uuid.UUID, kind: str, at: dt.datetime) -> int:
    """Give failed effects of one kind about one thing their attempts back; returns how many."""
    return _give_back(session, sa.and_(Effect.about_id == about_id, Effect.kind == kind), at)


def resend(
    session: orm.Session,
    *,
    kinds: Collection[str],
    effect_ids: Collection[uuid.UUID] | None = None,
    at: dt.datetime,
) -> int:
    """Give failed effects of some kinds, or `effect_ids` of them, their attempts back; returns how many.

    What was done or still waits is left as it is, so that nothing is sent twice.
    """
    chosen = Effect.kind.in_(kinds)
    return _give_back(
        session, chosen if effect_ids is None else sa.and_(chosen, Effect.id.in_(effect_ids)), at
    )


def _give_back(session: orm.Session, chosen: sa.ColumnElement[bool], at: dt.datetime) -> int:
    fresh = sa.update(Effect).where(chosen, Effect.failed_at.is_not(None))
    done = session.execute(
        fresh.values(
            failed_at=None, failure="", attempts=0, first_tried_at=None, due_at=at, leased_until=None
        )
    )
    return cast(sa.CursorResult[Any], done).rowcount


def _lease(database: Database, *, at: dt.datetime, kinds: frozenset[str]) -> Task | None:
    with database.write() as session:
        effect = session.scalars(
            sa.select(Effect)
            .where(
                Effect.done_at.is_(None),
                Effect.failed_at.is_(None),
                Effect.due_at <= at,
                Effect.kind.in_(kinds),
                sa.or_(Effect.leased_until.is_(None), Effect.leased_until < dt.datetime.now(dt.UTC)),
            )
            .order_by(Effect.due_at, Effect.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if effect is None:
            return None
        effect.leased_until = dt.datetime.now(dt.UTC) + LEASE
        effect.attempts += 1
        secret = vault_of(session).open(effect.sealed, bound_to=effect.id.bytes) if effect.sealed else b""
        session.commit()
        return Task(effect.id, effect.kind, effect.facts, secret, effect.about_id)


def _finish(database: Database, handler: Handler, task: Task, outcome: Any, *, at: dt.datetime) -> None:
    with database.write() as session:
        effect = session.get_one(Effect, task.effect_id, with_for_update=True)
        if effect.done_at is not None:
            return
        handler.finish(session, task, outcome, at=at)
        effect.done_at, effect.leased_until, effect.sealed = at, None, None
        session.commit()


def _postpone(
    database: Database, handler: Handler, task: Task, failure: Exception, *, at: dt.datetime
) -> None:
    gaps: tuple[dt.timedelta, ...] = getattr(handler, "gaps", MINUTES)
    with database.write() as session:
        effect = session.get_one(Effect, task.effect_id, with_for_update=True)
        effect.leased_until, before = None, effect.failure
        effect.failure = str(failure)[:300] if isinstance(failure, NotDone) else type(failure).__name__
        if isinstance(failure, NotYet):
            effect.attempts -= 1
            effect.due_at = at + WAIT
        else:
            effect.first_tried_at = effect.first_tried_at or at
            if isinstance(failure, Unconfirmed):
                due_at = None if before == effect.failure else at + AN_HOUR
            else:
                due_at = None if isinstance(failure, NeverDone) else _next_try(effect, gaps, at)
            effect.failed_at, effect.due_at = (at, effect.due_at) if due_at is None else (None, due_at)
        session.commit()


def _next_try(effect: Effect, gaps: tuple[dt.timedelta, ...], at: dt.datetime) -> dt.datetime | None:
    """When to try again; None when every gap is used up, or their time is over and it was tried a few times."""
    end = (effect.first_tried_at or at) + sum(gaps, dt.timedelta())
    if effect.attempts > len(gaps) or (at >= end and effect.attempts >= FEWEST_ATTEMPTS):
        return None
    due_at = at + gaps[effect.attempts - 1]
    return min(due_at, end) if end > at else due_at


def run_due(
    database: Database,
    handlers: Mapping[str, Handler],
    *,
    now: Callable[[], dt.datetime],
    limit: int = 500,
    breaker: Breaker | None = None,
    leases: Leases | None = None,
    ending: Callable[[], bool] = lambda: False,
) -> int:
    """Do up to `limit` due effects; returns how many were done. A handler that fails is tried again later.

    A kind whose outside is away is left alone for the rest of the round, and by a `breaker` for longer each time, so
    that it holds nothing else up. `ending` is asked between effects.
    """
    done = 0
    breaker, leases = breaker or Breaker(), leases or Leases(database)
    for _ in range(limit):
        kinds = frozenset(kind for kind in handlers if not breaker.is_open(kind))
        task = _lease(database, at=now(), kinds=kinds) if kinds and not ending() else None
        if task is None:
            break
        handler = handlers[task.kind]
        try:
            with leases.kept(task.effect_id):
                outcome = handler.perform(task)
            _finish(database, handler, task, outcome, at=now())
            breaker.close(task.kind)
            done += 1
        except NotDone as failure:
            level = logging.DEBUG if isinstance(failure, NotYet) else logging.WARNING
            log.log(level, "effect %s (%s) is put off: %s", task.effect_id, task.kind, failure)
            _postpone(database, handler, task, failure, at=now())
            if isinstance(failure, Unreachable):
                breaker.open(task.kind)
        except Exception as failure:
            log.exception("effect %s (%s) failed", task.effect_id, task.kind)
            _postpone(database, handler, task, failure, at=now())
    return done
