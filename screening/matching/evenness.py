"""How evenly proposals are spread over people, in the definitions of ReCon (Yang et al., RecSys 2023)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Evenness:
    """`congestion` Σ p ln p / ln n over shares p of n people (−1 even, 0 one person), `coverage` the share of people
    proposed at all, `gini` over all n (0 even, 1 one person), `most` proposals of one person, `people` n."""

    congestion: float
    coverage: float
    gini: float
    most: int
    people: int


def evenness(counts: NDArray[np.int64]) -> Evenness:
    """The spread of proposals (int64[n], one entry for everybody who could be proposed)."""
    people, total = len(counts), int(counts.sum())
    if not total:
        return Evenness(0.0, 0.0, 0.0, 0, people)
    shares = counts[counts > 0] / total
    ordered = np.sort(counts)
    places = 2 * np.arange(1, people + 1) - people - 1
    return Evenness(
        congestion=float((shares * np.log(shares)).sum() / math.log(people)) if people > 1 else 0.0,
        coverage=float(np.count_nonzero(counts) / people),
        gini=float((places * ordered).sum() / (people * total)),
        most=int(counts.max()),
        people=people,
    )
