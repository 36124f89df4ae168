"""The people for a demand, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.matching import scoring
from screening.matching.engine import ENGINES, FASTEST
from screening.matching.model import Asked
from screening.matching.pool import NOBODY, Pool, Segment
from screening.matching.upper_bounds import ceiling_of


@dataclass(frozen=True, eq=False)
class Ranking:
    """Rows of the pool best first with their scores in 1/1000 point, int64 both."""

    rows: NDArray[np.int64]
    scores: NDArray[np.int64]


def rank(
    pool: Pool,
    asked: Asked,
    *,
    most: int,
    among: Sequence[int] | None = None,
    engine: str = FASTEST,
) -> Ranking:
    """The best `most` people who meet every hard condition; ties fall to who registered first.

    `among` are the only rows that count, for openings the law reserves for a group; its list comes from outside.
    """
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = [(NOBODY, NOBODY, NOBODY)]
    top = ceiling_of(asked)
    for first, segment in pool.placed() if asked.possible and most > 0 else ():
        if among is None:
            rows, scores = ENGINES[engine].rank_segment(segment, asked, top, most)
        else:
            chosen = np.unique(np.asarray(among, dtype=np.int64)) - first
            chosen = chosen[(chosen >= 0) & (chosen < segment.capacity)]
            rows, scores = rank_rows(segment, asked, chosen)
        parts.append((rows + first, scores, segment.records["place"][rows]))
    rows, scores, places = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.lexsort((places, -scores))[:most]
    return Ranking(rows=rows[order], scores=scores[order])


def rank_rows(
    segment: Segment, asked: Asked, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those of the given rows that meet every hard condition, with their scores, in the order given."""
    rows = rows[segment.commute[rows] & np.uint32(asked.commute) > 0]
    return scoring.scored(segment, asked, scoring.passing(segment, asked, rows))
