"""What an order asks of the pool, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Demand:
    """Hard conditions first, then what is scored.

    `workplace_bit` is the commute bit of the workplace, `offered_won` the highest pay offered as won a month
    (None: not stated), `starts_on` an ordinal day (None: open), `occupation` a KECO code as a number (0: none),
    `needs_months` of experience in that occupation are a must, `weights` whole points that sum to 100.
    """

    workplace_bit: int
    employment_bit: int
    offered_won: int | None
    starts_on: int | None
    occupation: int
    needs_months: int
    must_licences: Sequence[str]
    licences: Sequence[str]
    skills: Sequence[str]
    text: str
    weights: Mapping[str, int]
