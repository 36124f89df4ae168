"""Passwords: Argon2id over the NFKC form, with an equally slow answer for accounts that do not exist."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from foundation.refusals import Invalid

SHORTEST, LONGEST = 10, 200
COSTS = {
    "full": PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4),
    "cheap": PasswordHasher(time_cost=1, memory_cost=64, parallelism=1),
}
"""`cheap` is for tests, where hundreds of people sign in."""


@cache
def _nobody(cost: str) -> str:
    return COSTS[cost].hash("nobody has this password")


def hashed(password: str, *, cost: str = "full") -> str:
    """The hash to store; raises `Invalid` when it is shorter than ten or longer than 200 characters."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"비밀번호는 {SHORTEST}자에서 {LONGEST}자 사이로 정해 주세요.", field="password")
    return COSTS[cost].hash(unicodedata.normalize("NFKC", password))


def matches(stored: str | None, password: str, *, cost: str = "full") -> bool:
    """Whether a password belongs to a hash; takes as long when there is no hash at all."""
    try:
        COSTS[cost].verify(stored or _nobody(cost), unicodedata.normalize("NFKC", password[:LONGEST]))
    except VerificationError:
        return False
    return stored is not None
