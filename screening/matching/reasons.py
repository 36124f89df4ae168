"""Why somebody stands where they stand: what was asked, what was found, the points; their sum is the score."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching import scoring
from screening.matching.model import (
    ASKED,
    CODES,
    CRITERIA,
    EXPERIENCE,
    EXPERIENCE_CURVE,
    FULL,
    LICENCES,
    MOST_MONTHS,
    OCCUPATION,
    SKILLS,
    TEXT,
    TRAINING,
    Asked,
)
from screening.matching.pool import (
    LICENCE,
    SKILL,
    TRAINED,
    WANTED,
    Pool,
    Segment,
    Vocabulary,
)

YEAR = 12


class Reason(NamedTuple):
    """One criterion of one person: `points` of at most `most`, both in 1/1000 point, and the facts behind them.

    `asked` is what the order asks in its words, empty when it does not ask (then everybody has all points). `found`
    are those of the asked words that are held (skills, licences), or the codes of the nearest occupation (occupation,
    training). `distance` is that code's step in the KECO tree, `months` the experience that counted, `gain` the points
    that the next step would add: one more of the missing words, one more year, the same occupation, a course in it.
    """

    criterion: str
    points: int
    most: int
    asked: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    distance: int = 4
    months: int = 0
    gain: int = 0

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 1.0

    @property
    def missing(self) -> tuple[str, ...]:
        """The asked words that were not found."""
        held = set(self.found)
        return tuple(word for word in self.asked if word not in held)

    def to_json(self) -> dict[str, Any]:
        return {**self._asdict(), "asked": list(self.asked), "found": list(self.found)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Reason":
        """The reason as kept with a referral; what older ones did not keep is empty."""
        known = {name: value for name, value in stored.items() if name in cls._fields}
        known |= {name: tuple(known.get(name, ())) for name in ("asked", "found")}
        return cls(**known)


def explain(pool: Pool, asked: Asked, rows: Iterable[int]) -> list[tuple[Reason, ...]]:
    """The reasons of some rows of the pool, one tuple a row, in the order of `CRITERIA`."""
    wanted = np.fromiter(rows, dtype=np.int64)
    explained: list[tuple[Reason, ...]] = [()] * len(wanted)
    offset = 0
    for segment in pool.segments:
        mine = np.flatnonzero((wanted >= offset) & (wanted < offset + segment.capacity))
        if len(mine):
            reasons = _explained(segment, pool, asked, wanted[mine] - offset)
            for place, found in zip(mine.tolist(), reasons, strict=True):
                explained[place] = found
        offset += segment.capacity
    return explained


def reasons_for(pool: Pool, asked: Asked, row: int) -> tuple[Reason, ...]:
    """The reasons of one row of the pool; their points sum to the row's score."""
    return explain(pool, asked, [row])[0]


def _explained(
    segment: Segment, pool: Pool, asked: Asked, rows: NDArray[np.int64]
) -> Iterator[tuple[Reason, ...]]:
    read = scoring.read_facts(segment, rows)
    jobs, counts = scoring.jobs_in(read, asked), scoring.held_in(read, asked)
    shares = scoring.held_shares(asked, scoring.job_shares(asked, jobs), counts)
    shares[TEXT] = scoring.text_shares(segment, asked, rows)
    points = (shares * asked.weights[:, None]).tolist()
    gains = ((_next_shares(asked, jobs, counts, shares) - shares) * asked.weights[:, None]).tolist()
    facts = _Facts(read)
    demand = asked.demand
    code: tuple[str, ...] = (str(demand.occupation).zfill(4),) if asked.asks_occupation else ()
    nothing: Iterable[tuple[str, ...]] = repeat(())
    behind: dict[int, _Behind] = {
        OCCUPATION: (code, *facts.nearest(WANTED, asked), repeat(0)),
        EXPERIENCE: (code, nothing, repeat(4), jobs.months.tolist()),
        SKILLS: (demand.skills, facts.words(SKILL, asked.skill_marks, pool.skills), repeat(4), repeat(0)),
        LICENCES: (
            demand.licences,
            facts.words(LICENCE, asked.licence_marks, pool.licences),
            repeat(4),
            repeat(0),
        ),
        TEXT: ((demand.text,) if asked.text_weight else (), nothing, repeat(4), repeat(0)),
        TRAINING: (code, *facts.nearest(TRAINED, asked), repeat(0)),
    }
    columns = []
    for criterion, name in enumerate(CRITERIA):
        asked_for, found, steps, months = behind[criterion]
        most = int(asked.weights[criterion]) * FULL
        values = zip(
            repeat(name),
            points[criterion],
            repeat(most),
            repeat(tuple(dict.fromkeys(asked_for))),
            found,
            steps,
            months,
            gains[criterion],
            strict=False,
        )
        columns.append(map(_made, values))
    return zip(*columns, strict=True)


_Behind = tuple[Iterable[str], Iterable[tuple[str, ...]], Iterable[int], Iterable[int]]
_made = partial(tuple.__new__, Reason)
"""A reason from a complete tuple: a page shows hundreds, and matching the names costs more than scoring."""


class _Facts:
    """What the facts of some rows say in words and codes."""

    def __init__(self, read: scoring.Read) -> None:
        self.size, self.owners, self.kinds = read.size, read.owners, read.kinds
        self.payload = read.payload.astype(np.int64)

    def words(self, kind: int, marks: NDArray[np.uint8], known: Vocabulary) -> list[tuple[str, ...]]:
        """Per row the asked words that it holds."""
        chosen = np.flatnonzero(self.kinds == kind)
        chosen = chosen[marks[self.payload[chosen]] & ASKED > 0]
        found: list[list[str]] = [[] for _ in range(self.size)]
        for owner, number in zip(self.owners[chosen].tolist(), self.payload[chosen].tolist(), strict=True):
            found[owner].append(known.words[number])
        return list(map(tuple, found))

    def nearest(self, kind: int, asked: Asked) -> tuple[list[tuple[str, ...]], list[int]]:
        """Per row the nearest code of a kind and its steps in the KECO tree."""
        nearest = np.full(self.size, 4 * CODES, dtype=np.int64)
        chosen = np.flatnonzero(self.kinds == kind)
        codes = self.payload[chosen]
        np.minimum.at(nearest, self.owners[chosen], asked.near.steps[codes].astype(np.int64) * CODES + codes)
        steps, code = np.divmod(nearest, CODES)
        names: list[tuple[str, ...]] = [
            (f"{each:04}",) if step < 4 else ()
            for each, step in zip(code.tolist(), steps.tolist(), strict=True)
        ]
        far: list[int] = steps.tolist()
        return names, far


def _next_shares(
    asked: Asked, jobs: scoring.Jobs, held: scoring.Held, shares: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The shares after the next step in each criterion; the text names no step."""
    after = shares.copy()
    if asked.asks_occupation:
        after[OCCUPATION] = after[TRAINING] = FULL
        after[EXPERIENCE] = EXPERIENCE_CURVE[np.minimum(jobs.months + YEAR, MOST_MONTHS)]
    for criterion, count, found in (
        (SKILLS, asked.skill_count, held.skills),
        (LICENCES, asked.licence_count, held.licences),
    ):
        if count:
            after[criterion] = np.minimum(found + 1, count) * FULL // count
    return after
