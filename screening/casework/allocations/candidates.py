"""The candidates of a block of orders: ranked side by side, and packed so that another worker can take them up."""

import os
import uuid
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.allocation import Shortlists
from screening.matching.demand import Demand
from screening.matching.model import compiled
from screening.matching.ranking import rank
from screening.pool.index.snapshot import Snapshot

LONGEST: Final = 200
"""Candidates of an order in the first pass."""
LONGER: Final = 1_000
"""And in the second, for orders that were left short."""
CANDIDATE: Final = np.dtype([("order", "<u4"), ("seeker", "S16"), ("score", "<i8")])
Candidates = NDArray[Any]
"""Rows of `CANDIDATE`: the place of the order among the given ones, the id of the person, the score; best first."""


def ranked(
    snapshot: Snapshot,
    demands: Sequence[Demand],
    known: Sequence[frozenset[uuid.UUID]],
    *,
    most: int = LONGEST,
) -> Candidates:
    """The best `most` of each demand, without those whom its order knows already."""

    def one(place: int) -> Candidates:
        asked = compiled(demands[place], snapshot.pool)
        ranking = rank(snapshot.pool, asked, most=most + len(known[place]))
        found = np.zeros(len(ranking.rows), dtype=CANDIDATE)
        found["order"], found["score"] = place, ranking.scores
        found["seeker"] = snapshot.keys(ranking.rows)
        if known[place]:
            found = found[~np.isin(found["seeker"], [each.bytes for each in known[place]])]
        return found[:most]

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        lists = list(threads.map(one, range(len(demands))))
    return np.concatenate(lists) if lists else np.zeros(0, dtype=CANDIDATE)


def packed(candidates: Candidates) -> bytes:
    """Candidates as bytes."""
    return zlib.compress(candidates.tobytes(), 1)


def unpacked(content: bytes) -> Candidates:
    """Candidates again."""
    return np.frombuffer(zlib.decompress(content), dtype=CANDIDATE)


def shortlists(candidates: Candidates, orders: int) -> tuple[Shortlists, NDArray[Any]]:
    """The candidates of `orders` orders as shortlists, people as places among the returned ids (bytes, sorted)."""
    people, place = np.unique(candidates["seeker"], return_inverse=True)
    counts = np.bincount(candidates["order"], minlength=orders)
    longest = int(counts.max(initial=1))
    order = np.argsort(candidates["order"], kind="stable")
    rows = candidates["order"][order].astype(np.int64)
    columns = np.arange(len(order)) - (np.cumsum(counts) - counts)[rows]
    chosen = np.full((orders, longest), -1, dtype=np.int64)
    scores = np.zeros((orders, longest), dtype=np.int64)
    chosen[rows, columns] = place[order]
    scores[rows, columns] = candidates["score"][order]
    return Shortlists(chosen, scores), people
