"""Districts and kinds of contract as bits of the pool's columns."""

from collections.abc import Sequence

from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from screening.matching.pool import OUTSIDE_SEOUL

DISTRICT_BITS: dict[str, int] = {code: 1 << bit for bit, code in enumerate(DISTRICTS)}
EMPLOYMENT_BITS: dict[str, int] = {member.value: 1 << bit for bit, member in enumerate(EmploymentType)}


def commute_bits(districts: Sequence[str], *, outside: bool) -> int:
    """The bits of the districts somebody will travel to, with the bit for outside Seoul if they will."""
    bits = sum({DISTRICT_BITS[code] for code in districts if code in DISTRICT_BITS})
    return bits | (1 << OUTSIDE_SEOUL if outside else 0)


def workplace_bit(district: str | None) -> int:
    return DISTRICT_BITS.get(district or "", 1 << OUTSIDE_SEOUL)
