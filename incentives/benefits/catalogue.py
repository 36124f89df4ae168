"""The benefits that a grade opens, as dated rows."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from incentives.policies.policy import Grade

FILE = Path(__file__).parent / "catalogue.json"


@dataclass(frozen=True)
class Benefit:
    """One benefit: `giver` decides about it, `ground` is what it rests on; in force from `valid_from`."""

    code: str
    name: str
    giver: str
    ground: str
    limit: str
    grades: frozenset[Grade]
    valid_from: dt.date


@cache
def _all() -> tuple[Benefit, ...]:
    return tuple(
        Benefit(
            **{
                **row,
                "grades": frozenset(Grade(each) for each in row["grades"]),
                "valid_from": dt.date.fromisoformat(row["valid_from"]),
            }
        )
        for row in json.loads(FILE.read_text("utf-8"))
    )


def benefits_of(grade: Grade, *, on: dt.date) -> list[Benefit]:
    """What a certificate of this grade opens on a day."""
    return [each for each in _all() if grade in each.grades and each.valid_from <= on]
