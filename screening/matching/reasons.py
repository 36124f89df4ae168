"""Why somebody stands where they stand: the points of each criterion with their fact; the sum is the score."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from screening.matching.demand import Demand
from screening.matching.pool import Pool
from screening.matching.scoring import relevant_months, shares, tree_distance


@dataclass(frozen=True)
class Reason:
    """One criterion of one person: `points` of at most `most`, both in 1/1000 point, and the fact behind them.

    `distance` (occupation, training) is the step in the KECO tree, `months` (experience) what counted.
    """

    criterion: str
    points: int
    most: int
    distance: int = 4
    months: int = 0

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 1.0


def reasons_for(pool: Pool, demand: Demand, row: int) -> tuple[Reason, ...]:
    """The reasons of one row of the pool, in the order of the weights; their points sum to the row's score."""
    rows = np.array([row], dtype=np.int64)
    found = shares(pool, demand, rows)
    facts: Mapping[str, dict[str, int]] = {
        "occupation": {"distance": int(tree_distance(pool.occupations[rows], demand.occupation).min())},
        "training": {"distance": int(tree_distance(pool.trainings[rows], demand.occupation).min())},
        "experience": {"months": int(relevant_months(pool, rows, demand.occupation)[0])},
    }
    return tuple(
        Reason(
            criterion=criterion,
            points=weight * int(found.of(criterion)[0]),
            most=weight * 1000,
            **facts.get(criterion, {}),
        )
        for criterion, weight in demand.weights.items()
    )
