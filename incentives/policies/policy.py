"""A policy of recognition (우수 구인기업 평가 지침): axes, scales, thresholds and periods of one version."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foundation.tones import Labelled, Tone

FOLDER = Path(__file__).parent


class Axis(Labelled):
    """The axes of the score (domain §2.2)."""

    HIRES = "hires", "채용실적"
    RETENTION = "retention", "고용유지"
    QUALITY = "quality", "일자리 질"
    INCLUSION = "inclusion", "포용"
    PROCEDURE = "procedure", "절차 성실"


class Grade(Labelled):
    """The word that is published; a number never stands alone."""

    BEST = "best", "최우수", Tone.GOOD
    GOOD = "good", "우수", Tone.GOOD
    FAIR = "fair", "양호", Tone.OPEN
    NONE = "none", "해당 없음", Tone.REST
    TOO_FEW = "too_few", "자료 부족", Tone.REST


CERTIFIED = frozenset({Grade.BEST, Grade.GOOD, Grade.FAIR})


RETIRED = frozenset({"neutral_below"})
"""Facts of published versions that nothing reads any more; their files stay as they are, byte for byte."""


@dataclass(frozen=True)
class Policy:
    """Points are in 1/1000; percentages are whole; `hires_for_full_points` by size band; `sha256` of the file."""

    version: str
    valid_from: dt.date
    basis: str
    window_months: int
    counts_after_days: int
    kept_after_days: int
    shrink_towards_band: int
    fewest_hires: int
    axes: Mapping[str, int]
    hires_for_full_points: Mapping[str, int]
    retention_floor_percent: int
    retention_full_percent: int
    quality: Mapping[str, int]
    living_wage_won: int
    grades: Mapping[str, int]
    certainty_percent: int
    objection_business_days: int
    certificate_years: int
    sha256: str

    def most(self, axis: Axis) -> int:
        """The most points of an axis, in 1/1000."""
        return self.axes[axis.value]


@cache
def policies() -> tuple[Policy, ...]:
    """Every version, oldest first."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        content = path.read_bytes()
        facts: dict[str, Any] = json.loads(content)
        for name in RETIRED:
            facts.pop(name, None)
        facts["valid_from"] = dt.date.fromisoformat(facts["valid_from"])
        found.append(Policy(**facts, sha256=hashlib.sha256(content).hexdigest()))
    return tuple(sorted(found, key=lambda policy: policy.valid_from))


def policy_on(day: dt.date) -> Policy:
    """The version in force on a day; raises LookupError before the first."""
    in_force = [policy for policy in policies() if policy.valid_from <= day]
    if not in_force:
        raise LookupError(f"no policy was in force on {day}")
    return in_force[-1]


def policy_of(version: str) -> Policy:
    """A version by its name."""
    return next(policy for policy in policies() if policy.version == version)
