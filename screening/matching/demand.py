"""What an order asks of the pool, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screening.matching.rarity import EVEN, Rarity

ANYWHERE = 0xFFFFFFFF
ANY_CONTRACT = 0x3F


@dataclass(frozen=True, eq=False)
class Demand:
    """Hard conditions first, then what is scored.

    `workplace_bit` is the commute bit of the workplace (`ANYWHERE`: commuting is no condition), `employment_bit` the
    bits of the contracts that will do, `gates` the lawful gates (`EIGHTEEN`, `ADULT`) that everybody must have passed,
    `offered_won` the highest pay offered as won a month (None: no condition), `starts_on` an ordinal day (None: open),
    `occupation` a KECO code as a number (0: none), `needs_months` of experience in that occupation are a must (in any
    occupation where none is named). Licences and skills are in their canonical spelling. `weights` are whole points by
    criterion; `rarity` weighs the terms of `text`.
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
    gates: int = 0
    rarity: Rarity = EVEN
