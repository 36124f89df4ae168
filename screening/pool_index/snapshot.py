"""One process's snapshot of the pool: rebuilt from the rows that changed before anybody is listed."""

import datetime as dt
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

AT_ONCE = 500


@dataclass(frozen=True)
class Snapshot:
    """The columns and, beside them, whose row is whose; `position` finds a person's row."""

    pool: Pool
    seeker_ids: tuple[uuid.UUID, ...]
    position: dict[uuid.UUID, int] = field(repr=False)


@dataclass(frozen=True)
class Kept:
    """One person's row with what places it: registered first stands first."""

    registered_on: dt.date
    code: str
    revision: int
    row: PoolRow


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
    """Keeps a snapshot and brings it up to date on request; safe to share between threads.

    Whether it is current is asked of the rows' own revisions, never of a clock: a change that commits late or was
    dated early is noticed all the same.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._rows: dict[uuid.UUID, Kept] = {}
        self._snapshot = Snapshot(pool=build([]), seeker_ids=(), position={})

    def current(self, session: orm.Session) -> Snapshot:
        """The snapshot as of this session: who has left the pool since is not in it."""
        with self._lock:
            stamp = _stamp(session)
            if stamp != self._stamp:
                self._refresh(session)
                self._stamp = stamp
            return self._snapshot

    def _refresh(self, session: orm.Session) -> None:
        active = Seeker.status == SeekerStatus.ACTIVE
        revisions = dict(session.execute(sa.select(Seeker.id, Seeker.revision).where(active)).all())
        changed = [
            seeker_id
            for seeker_id, revision in revisions.items()
            if seeker_id not in self._rows or self._rows[seeker_id].revision != revision
        ]
        for start in range(0, len(changed), AT_ONCE):
            batch = sa.select(Seeker).where(Seeker.id.in_(changed[start : start + AT_ONCE]))
            for seeker in session.scalars(batch):
                self._rows[seeker.id] = Kept(
                    seeker.registered_on, seeker.code, seeker.revision, row_of(seeker)
                )
        for gone in set(self._rows) - set(revisions):
            del self._rows[gone]
        ordered = sorted(self._rows.items(), key=lambda item: (item[1].registered_on, item[1].code))
        ids = tuple(seeker_id for seeker_id, _ in ordered)
        self._snapshot = Snapshot(
            pool=build([kept.row for _, kept in ordered]),
            seeker_ids=ids,
            position={seeker_id: index for index, seeker_id in enumerate(ids)},
        )


def _stamp(session: orm.Session) -> tuple[int, int]:
    """Number of active people and the sum of all revisions: every registration, change and erasure moves it."""
    row = session.execute(
        sa.select(
            sa.func.count().filter(Seeker.status == SeekerStatus.ACTIVE), sa.func.sum(Seeker.revision)
        ).where(Seeker.status != SeekerStatus.ARCHIVED)
    ).one()
    return int(row[0]), int(row[1] or 0)
