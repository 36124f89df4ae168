"""One process's snapshot of the pool: rebuilt from the rows that changed before anybody is listed."""

import datetime as dt
import threading
import uuid
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa
from sqlalchemy import orm

from center.codes.occupations import OCCUPATIONS
from screening.matching.pool import Pool, PoolRow, build, joined, taken
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


@dataclass(frozen=True, order=True)
class Place:
    """Where a person's row stands: registered first stands first."""

    registered_on: dt.date
    digits: int
    code: str
    seeker_id: uuid.UUID
    revision: int


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
        self._places: list[Place] = []
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
        """Keep the rows that did not change, read the others, and put all of them in their order."""
        active = Seeker.status == SeekerStatus.ACTIVE
        revisions = dict(session.execute(sa.select(Seeker.code, Seeker.revision).where(active)).all())
        kept = [row for row, place in enumerate(self._places) if revisions.get(place.code) == place.revision]
        places = [self._places[row] for row in kept]
        changed = sorted(set(revisions) - {place.code for place in places})
        fresh: list[PoolRow] = []
        for start in range(0, len(changed), AT_ONCE):
            batch = sa.select(Seeker).where(active, Seeker.code.in_(changed[start : start + AT_ONCE]))
            for seeker in session.scalars(batch):
                places.append(
                    Place(seeker.registered_on, len(seeker.code), seeker.code, seeker.id, seeker.revision)
                )
                fresh.append(row_of(seeker))
        pool = joined(taken(self._snapshot.pool, np.array(kept, dtype=np.int64)), build(fresh))
        order = sorted(range(len(places)), key=places.__getitem__)
        ids = tuple(places[row].seeker_id for row in order)
        self._snapshot = Snapshot(
            pool=taken(pool, np.array(order, dtype=np.int64)),
            seeker_ids=ids,
            position={seeker_id: index for index, seeker_id in enumerate(ids)},
        )
        self._places = [places[row] for row in order]


def _stamp(session: orm.Session) -> tuple[int, int]:
    """Number of active people and the sum of all revisions: every registration, change and erasure moves it."""
    row = session.execute(
        sa.select(
            sa.func.count().filter(Seeker.status == SeekerStatus.ACTIVE), sa.func.sum(Seeker.revision)
        ).where(Seeker.status != SeekerStatus.ARCHIVED)
    ).one()
    return int(row[0]), int(row[1] or 0)
