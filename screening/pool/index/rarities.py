"""How rare every term is in the pool, counted now and then and dated: the same order scores the same everywhere."""

import datetime as dt
import zlib
from functools import lru_cache

import numpy as np
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base
from screening.matching.pool import Pool
from screening.matching.rarity import EVEN, Rarity, counted
from screening.matching.words import TERMS

EVERY = dt.timedelta(days=30)
FEWEST = 200
"""People below which counting words says nothing; until then all terms weigh the same."""


class TermRarity(Base):
    """The weights of all terms, in force from the day after their count; `weights` are uint16[TERMS], compressed."""

    __tablename__ = "term_rarity"

    counted_on: orm.Mapped[dt.date] = orm.mapped_column(primary_key=True)
    people: orm.Mapped[int]
    weights: orm.Mapped[bytes]


_DAY_IN_FORCE = sa.select(sa.func.max(TermRarity.counted_on)).where(
    TermRarity.counted_on < sa.bindparam("on")
)


def in_force(session: orm.Session, *, on: dt.date) -> Rarity:
    """The weights of a day, counted before it: an order's are those of the day its criteria were fixed."""
    day = session.scalar(_DAY_IN_FORCE, {"on": on})
    if day is None:
        return EVEN
    return _kept(session.get_one(TermRarity, day).weights)


@lru_cache(maxsize=8)
def _kept(weights: bytes) -> Rarity:
    return Rarity(np.frombuffer(zlib.decompress(weights), dtype=np.uint16))


def is_due(session: orm.Session, *, on: dt.date) -> bool:
    """Whether the last count is a month old, or there is none."""
    last = session.scalar(sa.select(sa.func.max(TermRarity.counted_on)))
    return last is None or on - last >= EVERY


def count(pool: Pool, *, on: dt.date) -> TermRarity | None:
    """Count the pool's words, for the caller to keep; None for fewer than `FEWEST` people."""
    people = len(pool)
    if people < FEWEST:
        return None
    holding = np.zeros(TERMS, dtype=np.int64)
    for segment in pool.segments:
        present = np.repeat(segment.flags, segment.records["terms"]) > 0
        holding += np.bincount(segment.text[present], minlength=TERMS)
    return TermRarity(
        counted_on=on, people=people, weights=zlib.compress(counted(holding, people).weights.tobytes())
    )
