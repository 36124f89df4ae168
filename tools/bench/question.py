"""An order as the parameters of a query: what the two engines look up in tables, spelled out for a database."""

from typing import Any, Final

import numpy as np

from screening.matching.demand import Demand
from screening.matching.model import (
    ASKED,
    CRITERIA,
    EXPERIENCE_CURVE,
    MUST,
    compiled,
)
from screening.matching.pool import Pool
from tools.bench.population import CODES

NEAR: Final = ("same", "minor", "middle", "major")
UNITS: Final = (1, 10, 100, 1000)
"""Occupation codes by their steps in the KECO tree, the nearest first: codes that are equal divided by the unit."""
Question = dict[str, Any]


def question_of(demand: Demand, pool: Pool) -> Question:
    """Everything a query needs; for orders that ask for an occupation."""
    asked = compiled(demand, pool)
    assert asked.asks_occupation
    assert asked.possible
    weights = {f"{name}_points": int(weight) for name, weight in zip(CRITERIA, asked.weights, strict=True)}
    near = {
        name: [int(code) for code in CODES if code // unit == demand.occupation // unit]
        for name, unit in zip(NEAR, UNITS, strict=True)
    }
    return {
        **weights,
        **near,
        "occupation": demand.occupation,
        "commute": asked.commute,
        "employment": asked.employment,
        "gates": demand.gates,
        "offered": asked.offered_won,
        "starts": asked.starts,
        "needs_months": demand.needs_months,
        "skills": _marked(asked.skill_marks, ASKED),
        "licences": _marked(asked.licence_marks, ASKED),
        "must_skills": _marked(asked.skill_marks, MUST),
        "must_licences": _marked(asked.licence_marks, MUST),
        "skill_count": asked.skill_count,
        "licence_count": asked.licence_count,
        "terms": [int(term) for term in asked.terms],
        "term_weights": [int(weight) for weight in asked.term_weights],
        "text_weight": asked.text_weight,
        "curve": [int(share) for share in EXPERIENCE_CURVE],
        "trade": [int(asked.near.trade).bit_length() - 1],
        "most_far": asked.most_far,
    }


def _marked(marks: Any, mark: int) -> list[int]:
    return [int(number) for number in np.flatnonzero(marks & mark)]
