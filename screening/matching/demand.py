"""What an order asks of the pool, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ANYWHERE = 0xFFFFFFFF
ANY_CONTRACT = 0xFF


@dataclass(frozen=True)
class Demand:
    """Hard conditions first, then what is scored.

    `workplace_bit` is the commute bit of the workplace (`ANYWHERE`: commuting is no condition), `employment_bit` the
    bits of the contracts that will do, `offered_won` the highest pay offered as won a month (None: no condition),
    `starts_on` an ordinal day (None: open), `occupation` a KECO code as a number (0: none), `needs_months` of
    experience in that occupation are a must, `weights` whole points that sum to 100.
    """

    workplace_bit: int
    employment_bit: int
    offered_won: int | None
    starts_on: int | None
    occupation: int
    needs_months: int
    must_licences: Sequence[str]
    must_skills: Sequence[str]
    licences: Sequence[str]
    skills: Sequence[str]
    text: str
    weights: Mapping[str, int]
