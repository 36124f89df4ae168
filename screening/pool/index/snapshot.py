"""The pool's columns with the people they belong to: a value that never changes; a patch makes another one."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.matching.pool import Pool, Segment, Vocabulary, merged
from screening.pool.index.rows import nobody


@dataclass(frozen=True, eq=False)
class Directory:
    """Whose row is whose in one segment: ids uint8[n, 16], and the rows in the order of their ids, uint32[n]."""

    ids: NDArray[np.uint8]
    order: NDArray[np.uint32]

    @classmethod
    def of(cls, ids: NDArray[np.uint8]) -> "Directory":
        return cls(ids, np.argsort(_keys(ids), kind="stable").astype(np.uint32))

    def row(self, seeker_id: uuid.UUID) -> int | None:
        """The row of a person, found by halving."""
        low, high = 0, len(self.order)
        wanted = seeker_id.bytes
        while low < high:
            middle = (low + high) // 2
            if self.ids[self.order[middle]].tobytes() < wanted:
                low = middle + 1
            else:
                high = middle
        if low < len(self.order) and self.ids[self.order[low]].tobytes() == wanted:
            return int(self.order[low])
        return None


def _keys(ids: NDArray[np.uint8]) -> NDArray[Any]:
    return np.ascontiguousarray(ids).view("S16").ravel() if len(ids) else np.zeros(0, dtype="S16")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The pool as of a change of the database and a day (of the lawful gates): a base and what changed since."""

    pool: Pool
    directories: tuple[Directory, Directory]
    number: int
    day: dt.date

    @classmethod
    def of(cls, pool: Pool, directory: Directory, *, number: int, day: dt.date) -> "Snapshot":
        """A snapshot without changes."""
        empty = Directory.of(np.zeros((0, 16), dtype=np.uint8))
        whole = replace(pool, segments=(pool.segments[0], nobody()))
        return cls(whole, (directory, empty), number, day)

    @property
    def base(self) -> Segment:
        return self.pool.segments[0]

    @property
    def tail(self) -> Segment:
        return self.pool.segments[1]

    def position(self, seeker_id: uuid.UUID) -> int | None:
        """The row of a person who may be proposed, or None when they have left the pool."""
        for number in (1, 0):
            row = self.directories[number].row(seeker_id)
            if row is not None and self.pool.segments[number].flags[row]:
                return row + (self.base.capacity if number else 0)
        return None

    def positions(self, seeker_ids: Iterable[uuid.UUID]) -> list[int]:
        """The rows of those people who are in the pool."""
        return [row for each in seeker_ids if (row := self.position(each)) is not None]

    def seeker_id(self, row: int) -> uuid.UUID:
        """Whose row it is."""
        number = int(row >= self.base.capacity)
        ids = self.directories[number].ids[row - (self.base.capacity if number else 0)]
        return uuid.UUID(bytes=ids.tobytes())

    def seeker_ids(self, rows: Sequence[int] | NDArray[np.int64]) -> list[uuid.UUID]:
        """Whose rows they are."""
        content = self.keys(np.asarray(rows, dtype=np.int64)).tobytes()
        return [uuid.UUID(bytes=content[at : at + 16]) for at in range(0, len(content), 16)]

    def keys(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """The ids of rows as byte strings, S16."""
        inside = rows < self.base.capacity
        ids = np.zeros((len(rows), 16), dtype=np.uint8)
        ids[inside] = self.directories[0].ids[rows[inside]]
        ids[~inside] = self.directories[1].ids[rows[~inside] - self.base.capacity]
        return _keys(ids)

    def everybody(self) -> NDArray[np.int64]:
        """The rows of all people in the pool."""
        rows = [np.flatnonzero(each.flags) for each in self.pool.segments]
        return np.concatenate([rows[0], rows[1] + self.base.capacity])

    def patched(
        self,
        gone: Collection[uuid.UUID],
        fresh: Pool,
        fresh_ids: NDArray[np.uint8],
        *,
        number: int,
        day: dt.date,
    ) -> "Snapshot":
        """The snapshot without those who left or changed and with the rows of those who came or changed."""
        base, (directory, former) = self.base, self.directories
        leaving = [row for each in gone if (row := directory.row(each)) is not None]
        if leaving:
            flags = base.flags.copy()
            flags[leaving] = 0
            base = replace(base, flags=flags)
        left = {row for each in gone if (row := former.row(each)) is not None}
        kept = np.array([row for row in range(self.tail.size) if row not in left], dtype=np.int64)
        added = fresh.segments[0]
        tail = merged([(self.tail, kept), (added, np.arange(added.size))])
        ids = np.concatenate([former.ids[kept], fresh_ids])
        return Snapshot(
            pool=Pool((base, tail), self.pool.licences, self.pool.skills),
            directories=(directory, Directory.of(ids)),
            number=number,
            day=day,
        )


def known_words(snapshot: "Snapshot | None") -> tuple[Vocabulary, Vocabulary]:
    """The vocabularies to go on with."""
    if snapshot is None:
        return Vocabulary(), Vocabulary()
    return snapshot.pool.licences, snapshot.pool.skills
