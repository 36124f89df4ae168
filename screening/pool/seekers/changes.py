"""The pool's changes, numbered in the order in which they commit, so that every copy can catch up by asking for more.

The number is taken as the last thing before a commit and its row stays locked until then: whoever sees number n has
seen every number below it, on SQLite and on PostgreSQL alike.
"""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, orm

from foundation.numbers import NumberSeries, next_number
from screening.pool.seekers.models import Seeker

SERIES = "pool-change"
AT_ONCE = 500
_CHANGED = "changed_seekers"
_LATEST = sa.select(NumberSeries.last).where(NumberSeries.series == SERIES)


def latest(session: orm.Session) -> int:
    """The number of the last change this session can see; 0 before the first."""
    return session.scalar(_LATEST) or 0


@event.listens_for(Seeker, "before_insert")
@event.listens_for(Seeker, "before_update")
def _remember(_mapper: Any, _connection: sa.Connection, seeker: Seeker) -> None:
    session = orm.object_session(seeker)
    if session is not None:
        session.info.setdefault(_CHANGED, set()).add(seeker.id)


@event.listens_for(orm.Session, "before_commit")
def _number(session: orm.Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    changed: set[uuid.UUID] = session.info.pop(_CHANGED, set())
    if changed:
        number_changes(session, list(changed))


@event.listens_for(orm.Session, "after_rollback")
def _forget(session: orm.Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_CHANGED, None)


def number_changes(session: orm.Session, seeker_ids: Sequence[uuid.UUID]) -> int:
    """Give one number to the rows this transaction changed; bulk statements, which no event sees, call it."""
    number = next_number(session, SERIES)
    table = Seeker.__table__
    assert isinstance(table, sa.Table)
    for start in range(0, len(seeker_ids), AT_ONCE):
        some = seeker_ids[start : start + AT_ONCE]
        session.execute(sa.update(table).where(table.c.id.in_(some)).values(change_number=number))
    return number
