"""A sealer hashes unsealed rows into an append-only log; whoever kept an old head can prove what changed since."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit import merkle
from foundation.audit.models import AuditEntry, LogHead, LogLeaf

AUDIT = "audit"
REGISTER = "register"


@dataclass(frozen=True)
class Verification:
    """What recomputing a log found: its size, its head, and the positions whose content is not what was sealed."""

    size: int
    root: str
    broken: tuple[int, ...]

    @property
    def sound(self) -> bool:
        return not self.broken


def content_of(entry: AuditEntry) -> bytes:
    """Canonical bytes of an entry: every column but the seal, keys sorted, UTF-8."""
    columns = {
        "id": entry.id,
        "at": entry.at.astimezone(dt.UTC).isoformat(),
        "what": entry.what,
        "role": entry.role,
        "actor_name": entry.actor_name,
        "account_id": str(entry.account_id or ""),
        "organisation_id": str(entry.organisation_id or ""),
        "address": entry.address,
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "detail": entry.detail,
    }
    return json.dumps(columns, ensure_ascii=False, sort_keys=True, default=str).encode()


def head_of(session: orm.Session, log: str) -> LogHead | None:
    """The newest head of a log, or None while it is empty."""
    return session.scalars(
        sa.select(LogHead).where(LogHead.log == log).order_by(LogHead.size.desc()).limit(1)
    ).one_or_none()


def append(
    session: orm.Session, log: str, leaves: Iterable[tuple[str, bytes]], *, at: dt.datetime
) -> LogHead | None:
    """Append (source, content) leaves and write one new head; returns None when there was nothing to append."""
    head = head_of(session, log)
    size, peaks = (head.size, list(head.peaks)) if head else (0, [])
    start = size
    for source, content in leaves:
        leaf = merkle.leaf_hash(content)
        session.add(LogLeaf(log=log, position=size, source=source, leaf_hash=leaf))
        peaks = merkle.append(peaks, size, leaf)
        size += 1
    if size == start:
        return None
    grown = LogHead(log=log, size=size, root=merkle.root(peaks), peaks=peaks, at=at)
    session.add(grown)
    session.flush()
    return grown


def seal(session: orm.Session, *, at: dt.datetime, limit: int = 5000) -> LogHead | None:
    """Seal up to `limit` unsealed audit entries in the order they were written."""
    entries = session.scalars(
        sa.select(AuditEntry).where(AuditEntry.sealed.is_(False)).order_by(AuditEntry.id).limit(limit)
    ).all()
    head = append(session, AUDIT, ((str(entry.id), content_of(entry)) for entry in entries), at=at)
    for entry in entries:
        entry.sealed = True
    return head


def verify_audit(session: orm.Session) -> Verification:
    """Recompute every sealed entry and the head: edits, deletions, insertions and a cut tail all show."""
    entries = {
        str(entry.id): entry for entry in session.scalars(sa.select(AuditEntry).where(AuditEntry.sealed))
    }
    found = _verify(session, AUDIT, lambda source: content_of(entries[source]) if source in entries else None)
    if len(entries) > found.size:
        return replace(found, broken=(*found.broken, found.size))
    return found


def _verify(session: orm.Session, log: str, content: Callable[[str], bytes | None]) -> Verification:
    peaks: list[str] = []
    broken: list[int] = []
    size = 0
    for leaf in _leaves(session, log):
        found = content(leaf.source)
        if leaf.position != size or found is None or merkle.leaf_hash(found) != leaf.leaf_hash:
            broken.append(leaf.position)
        peaks = merkle.append(peaks, size, leaf.leaf_hash)
        size += 1
    head = head_of(session, log)
    if head and (head.size != size or head.root != merkle.root(peaks)):
        broken.append(head.size)
    return Verification(size=size, root=merkle.root(peaks), broken=tuple(broken))


def _leaves(session: orm.Session, log: str) -> Iterator[LogLeaf]:
    yield from session.scalars(sa.select(LogLeaf).where(LogLeaf.log == log).order_by(LogLeaf.position))
