"""One person at a time as columns, for pools that are written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.matching.pool import (
    LICENCE,
    SKILL,
    TRAINED,
    WANTED,
    WORKED,
    Pool,
    Segment,
    Vocabulary,
    assembled,
    day_number,
    fact,
    licence_sign,
)


@dataclass(frozen=True)
class PoolRow:
    """One person as the pool takes them: district bits, codes, months, won a month, ordinal days, text as terms.

    `place` orders by registration and is different for everybody; `area` keeps neighbours together (a district).
    Licences and skills are in their canonical spelling.
    """

    commute_bits: int
    flags: int
    wage_floor: int
    available_on: int
    place: int
    area: int = 0
    occupations: Sequence[int] = ()
    experience: Sequence[tuple[int, int]] = ()
    trainings: Sequence[int] = ()
    licences: Sequence[str] = ()
    skills: Sequence[str] = ()
    text: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))


def facts_of(row: PoolRow, licences: Vocabulary, skills: Vocabulary) -> list[int]:
    """A person's facts as numbers, each once."""
    return [
        *(fact(WANTED, code) for code in dict.fromkeys(row.occupations)),
        *(fact(TRAINED, code) for code in dict.fromkeys(row.trainings)),
        *(fact(WORKED, code, months) for code, months in row.experience),
        *(fact(LICENCE, number) for number in dict.fromkeys(map(licences.number, row.licences))),
        *(fact(SKILL, number) for number in dict.fromkeys(map(skills.number, row.skills))),
    ]


def build(rows: Sequence[PoolRow]) -> Pool:
    """A pool of one segment out of rows, in the order in which its blocks are easiest to pass over."""
    licences, skills = Vocabulary(), Vocabulary()
    ordered = sorted(rows, key=lambda row: (row.area, min(row.occupations, default=0), row.place))
    return Pool((segment_of(ordered, licences, skills),), licences, skills)


def segment_of(rows: Sequence[PoolRow], licences: Vocabulary, skills: Vocabulary) -> Segment:
    """Rows as the columns of one segment, in the order given."""
    facts = [facts_of(row, licences, skills) for row in rows]
    filters: dict[str, NDArray[Any]] = {
        "commute": np.array([row.commute_bits for row in rows], dtype=np.uint32),
        "flags": np.array([row.flags for row in rows], dtype=np.uint8),
        "wage_floor": np.array([row.wage_floor for row in rows], dtype=np.int32),
        "available": np.array([day_number(row.available_on) for row in rows], dtype=np.uint16),
        "licence_sign": np.array(
            [licence_sign(map(licences.number, row.licences)) for row in rows], dtype=np.uint32
        ),
    }
    return assembled(
        filters,
        places=np.array([row.place for row in rows], dtype=np.int64),
        facts=np.array([one for each in facts for one in each], dtype=np.uint32),
        fact_counts=np.array([len(each) for each in facts], dtype=np.int64),
        text=np.concatenate([row.text for row in rows]) if rows else np.zeros(0, dtype=np.uint32),
        term_counts=np.array([len(row.text) for row in rows], dtype=np.int64),
    )
