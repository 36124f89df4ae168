"""Ranks with their uncertainty: ties share a rank, and no rank stands without its 90 % interval and n."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incentives.policies.policy import Axis, Grade, Policy
from incentives.scoring.score import PERMILLE, BandMean, FirmScore
from screening.demand.employers.models import SizeBand

DRAWS = 2000
"""Draws behind every interval (promises §6.6)."""


@dataclass(frozen=True)
class Rank:
    """A rank among `size` firms with the 90 % interval of its draws; `tied` when somebody else holds it too."""

    rank: int
    low: int
    high: int
    size: int
    tied: bool


@dataclass(frozen=True)
class Ranked:
    """One firm's place: within its size band, overall, and the grade that may be published."""

    score: FirmScore
    in_band: Rank
    overall: Rank
    grade: Grade


def _key(firm: FirmScore) -> tuple[int, int, int, int]:
    rate = firm.kept * PERMILLE // firm.judged if firm.judged else 0
    return -firm.total, -firm.verified, -rate, firm.facts.registered_on.toordinal()


def draw_totals(
    scores: Sequence[FirmScore], *, policy: Policy, means: dict[SizeBand, BandMean], seed: str
) -> NDArray[np.int64]:
    """Totals of each firm in `DRAWS` repetitions of luck, shape (firms, draws), in 1/1000 point.

    Hires are drawn from a Poisson around what was seen, retention from the Beta that the seen and the band's mean
    give; what does not depend on luck stays. The generator is seeded by the edition, so anybody can repeat it.
    """
    generator = np.random.Generator(np.random.PCG64(zlib.crc32(seed.encode())))
    totals = np.zeros((len(scores), DRAWS), dtype=np.int64)
    for row, firm in enumerate(scores):
        band = firm.facts.band
        full, most = policy.hires_for_full_points[band.value], policy.most(Axis.HIRES)
        hires = np.minimum(generator.poisson(max(firm.verified, 0), DRAWS), full) * most // full
        weight, mean = policy.shrink_towards_band, means[band].retention / PERMILLE
        kept, left = firm.kept + weight * mean, firm.judged - firm.kept + weight * (1 - mean)
        rates = (generator.beta(max(kept, 0.01), max(left, 0.01), DRAWS) * PERMILLE).astype(np.int64)
        floor, top = policy.retention_floor_percent * 10, policy.retention_full_percent * 10
        retention = (
            np.maximum(np.minimum(rates, top) - floor, 0) * policy.most(Axis.RETENTION) // (top - floor)
        )
        fixed = sum(axis.points for axis in firm.axes if axis.axis not in (Axis.HIRES, Axis.RETENTION))
        totals[row] = hires + retention + fixed
    return totals


def drawn_ranks(totals: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ranks in every draw, same shape as `totals`: equal totals share the better rank, as firms do in the edition."""
    ranks = np.empty_like(totals)
    for draw, column in enumerate(-totals.T):
        ranks[:, draw] = np.searchsorted(np.sort(column), column, side="left") + 1
    return ranks


def _ranks(scores: Sequence[FirmScore], totals: NDArray[np.int64]) -> list[Rank]:
    keys = [_key(firm) for firm in scores]
    ordered = sorted(keys)
    drawn = drawn_ranks(totals)
    ranks = []
    for row, key in enumerate(keys):
        rank = ordered.index(key) + 1
        low, high = np.percentile(drawn[row], [5, 95], method="nearest")
        ranks.append(
            Rank(
                rank=rank,
                low=min(int(low), rank),
                high=max(int(high), rank),
                size=len(scores),
                tied=keys.count(key) > 1,
            )
        )
    return ranks


def grade_of(firm: FirmScore, drawn: NDArray[np.int64], policy: Policy) -> Grade:
    """The best grade the firm reaches with the certainty the policy asks for; too few hires is no grade at all."""
    if firm.verified < policy.fewest_hires:
        return Grade.TOO_FEW
    for grade in (Grade.BEST, Grade.GOOD, Grade.FAIR):
        reached = int((drawn >= policy.grades[grade.value]).sum())
        if reached * 100 >= policy.certainty_percent * len(drawn):
            return grade
    return Grade.NONE


def rank_all(
    scores: Sequence[FirmScore], *, policy: Policy, means: dict[SizeBand, BandMean], seed: str
) -> list[Ranked]:
    """Every firm with its two ranks and its grade, in the order given."""
    if not scores:
        return []
    totals = draw_totals(scores, policy=policy, means=means, seed=seed)
    overall = _ranks(scores, totals)
    in_band: dict[int, Rank] = {}
    for band in SizeBand:
        rows = [row for row, firm in enumerate(scores) if firm.facts.band is band]
        if rows:
            for row, rank in zip(rows, _ranks([scores[row] for row in rows], totals[rows]), strict=True):
                in_band[row] = rank
    return [
        Ranked(
            score=firm, in_band=in_band[row], overall=overall[row], grade=grade_of(firm, totals[row], policy)
        )
        for row, firm in enumerate(scores)
    ]
