"""Recording what was done."""

import datetime as dt
from typing import Any

from sqlalchemy import orm

from foundation.actors import Actor
from foundation.audit.guard import Key, key_of
from foundation.audit.models import AuditEntry

MATTER = "order"
"""The fact that says which case an act belongs to."""


def record(
    session: orm.Session,
    what: str,
    on: Any,
    *,
    also: tuple[Any, ...] = (),
    by: Actor,
    at: dt.datetime,
    **detail: Any,
) -> AuditEntry:
    """Write one entry about `on`; rows in `also` were changed by the same act and are covered by this entry.

    `what` is `noun.verb` in the past tense (`order.approved`). `detail` holds facts, never personal data.
    """
    session.flush()
    kind, subject_id = key_of(on)
    covered: set[Key] = session.info.setdefault("recorded_keys", set())
    covered.update({(kind, subject_id), *(key_of(row) for row in also)})
    return record_act(session, what, subject_kind=kind, subject_id=subject_id, by=by, at=at, **detail)


def record_act(
    session: orm.Session,
    what: str,
    *,
    subject_kind: str,
    subject_id: str,
    by: Actor,
    at: dt.datetime,
    **detail: Any,
) -> AuditEntry:
    """Write an entry about something that is not one row: a batch, a sign-in, a file."""
    entry = AuditEntry(
        at=at,
        what=what,
        role=by.role.value,
        actor_name=by.name,
        account_id=by.account_id,
        organisation_id=by.organisation_id,
        address=by.address,
        subject_kind=subject_kind,
        subject_id=subject_id[:36],
        matter=str(detail.get(MATTER, ""))[:20],
        detail=detail,
    )
    session.add(entry)
    return entry
