"""A changed audited row without a record in the same transaction cannot commit."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, orm

Key = tuple[str, str]
BULK_RECORDED = "bulk_recorded"
"""Execution option of the bulk statements that write one audit entry for a whole batch."""


class Audited:
    """Marks a mapped class whose every change must be recorded."""


class Unrecorded(RuntimeError):
    """An audited row was changed and nobody said who did it: a defect, never the visitor's fault."""


def key_of(row: Any) -> Key:
    """Table name and primary key of a row, as the audit trail writes it."""
    state = sa.inspect(row)
    identity = state.identity or state.mapper.primary_key_from_instance(row)
    return state.mapper.local_table.name, "/".join(str(part) for part in identity)


def _changed(session: orm.Session) -> Iterable[Any]:
    yield from (row for row in session.new if isinstance(row, Audited))
    yield from (row for row in session.deleted if isinstance(row, Audited))
    yield from (row for row in session.dirty if isinstance(row, Audited) and session.is_modified(row))


@event.listens_for(orm.Session, "before_flush")
def _remember_changed(session: orm.Session, _context: Any, _instances: Any) -> None:
    session.info.setdefault("changed_rows", []).extend(_changed(session))


@event.listens_for(orm.Session, "do_orm_execute")
def _refuse_bulk(execution: orm.ORMExecuteState) -> None:
    if not (execution.is_update or execution.is_delete or execution.is_insert):
        return
    mapper = execution.bind_mapper
    if mapper and issubclass(mapper.class_, Audited) and not execution.execution_options.get(BULK_RECORDED):
        raise Unrecorded(f"bulk change of {mapper.local_table} without a batch record")


@event.listens_for(orm.Session, "before_commit")
def _demand_records(session: orm.Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    recorded: set[Key] = session.info.get("recorded_keys", set())
    missing = {key_of(row) for row in session.info.get("changed_rows", [])} - recorded
    if missing:
        raise Unrecorded(f"changed without a record: {sorted(missing)}")


@event.listens_for(orm.Session, "after_commit")
@event.listens_for(orm.Session, "after_rollback")
def _forget(session: orm.Session) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop("changed_rows", None)
    session.info.pop("recorded_keys", None)
