"""The orders for one person: the same filters, the same score, the other way round."""

from collections.abc import Sequence

import numpy as np

from screening.matching.demand import Demand
from screening.matching.model import NO_LIMIT_DAY, NO_LIMIT_WON, compiled
from screening.matching.pool import Pool, day_number
from screening.matching.ranking import rank_rows


def fitting(pool: Pool, row: int, demands: Sequence[Demand]) -> list[tuple[int, int]]:
    """Which of the demands a person meets, by place, with the score in 1/1000 point; the best first, then by place."""
    segment, inside = pool.located(row)
    flags, commute = int(segment.flags[inside]), int(segment.commute[inside])
    wage, available = int(segment.wage_floor[inside]), int(segment.available[inside])
    found = []
    for place, demand in enumerate(demands):
        offered = NO_LIMIT_WON if demand.offered_won is None else demand.offered_won
        starts = NO_LIMIT_DAY if demand.starts_on is None else day_number(demand.starts_on)
        if not (
            flags & demand.employment_bit
            and flags & demand.gates == demand.gates
            and commute & demand.workplace_bit
            and wage <= offered
            and available <= starts
        ):
            continue
        asked = compiled(demand, pool)
        if asked.possible:
            _, scores = rank_rows(segment, asked, np.array([inside]))
            found += [(place, int(score)) for score in scores]
    return sorted(found, key=lambda each: (-each[1], each[0]))
