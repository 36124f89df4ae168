"""One process's snapshot of the pool: rebuilt from the rows that changed before anybody is listed."""

import threading
import uuid
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import orm

from center.codes.occupations import OCCUPATIONS
from screening.matching.pool import Pool, PoolRow, build
from screening.matching.words import bigrams
from screening.pool_index.demands import EMPLOYMENT_BITS, commute_bits
from screening.seekers.models import Seeker, SeekerStatus

Stamp = tuple[int, object]


@dataclass(frozen=True)
class Snapshot:
    """The columns and, beside them, whose row is whose; `position` finds a person's row."""

    pool: Pool
    seeker_ids: tuple[uuid.UUID, ...]
    position: dict[uuid.UUID, int] = field(repr=False)


def row_of(seeker: Seeker) -> PoolRow:
    """A seeker's blind facts as a row; name, sex, birth, address and everything protected is not here to take."""
    worked = " ".join(OCCUPATIONS[code].name for code in seeker.experience if code in OCCUPATIONS)
    return PoolRow(
        commute_bits=commute_bits(seeker.commute, outside=not seeker.commute),
        employment_bits=sum(
            {EMPLOYMENT_BITS[code] for code in seeker.employment_types if code in EMPLOYMENT_BITS}
        ),
        wage_floor=seeker.wage_floor,
        available_on=seeker.available_on.toordinal(),
        occupations=[int(code) for code in seeker.occupations],
        experience=[(int(code), months) for code, months in seeker.experience.items()],
        trainings=[int(code) for code in seeker.trainings if code.isdigit()],
        licences=seeker.licences,
        skills=seeker.skills,
        text=bigrams(f"{seeker.summary} {worked} {' '.join(seeker.skills)}"),
    )


class PoolIndex:
    """Keeps a snapshot and brings it up to date on request; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._rows: dict[uuid.UUID, tuple[tuple[object, str], PoolRow]] = {}
        self._snapshot: Snapshot | None = None
        self._changed_at: object = None

    def current(self, session: orm.Session) -> Snapshot:
        """The snapshot as of this session: who has left the pool since is not in it."""
        with self._lock:
            stamp = _stamp(session)
            if self._snapshot is None or stamp != self._stamp:
                self._refresh(session)
                self._stamp = stamp
            assert self._snapshot is not None
            return self._snapshot

    def _refresh(self, session: orm.Session) -> None:
        changed = sa.select(Seeker).where(Seeker.status != SeekerStatus.ARCHIVED)
        if self._changed_at is not None:
            changed = changed.where(Seeker.changed_at >= self._changed_at)
        for seeker in session.scalars(changed).unique():
            if seeker.status is SeekerStatus.ACTIVE:
                self._rows[seeker.id] = ((seeker.registered_on, seeker.code), row_of(seeker))
            else:
                self._rows.pop(seeker.id, None)
            if self._changed_at is None or seeker.changed_at > self._changed_at:  # type: ignore[operator]
                self._changed_at = seeker.changed_at
        ordered = sorted(self._rows.items(), key=lambda item: item[1][0])
        ids = tuple(seeker_id for seeker_id, _ in ordered)
        self._snapshot = Snapshot(
            pool=build([row for _, (_, row) in ordered]),
            seeker_ids=ids,
            position={seeker_id: index for index, seeker_id in enumerate(ids)},
        )


def _stamp(session: orm.Session) -> Stamp:
    """Number of active people and the newest change: any registration, change, pause or erasure moves it."""
    return tuple(  # type: ignore[return-value]
        session.execute(
            sa.select(
                sa.func.count().filter(Seeker.status == SeekerStatus.ACTIVE), sa.func.max(Seeker.changed_at)
            ).where(Seeker.status != SeekerStatus.ARCHIVED)
        ).one()
    )
