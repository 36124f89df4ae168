"""Why somebody stands where they stand: what was asked, what was found, the points; their sum is the score."""

from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.engine import ENGINES, FASTEST
from screening.matching.model import (
    CODES,
    CRITERIA,
    EXPERIENCE,
    FULL,
    LICENCES,
    NO_CODE,
    OCCUPATION,
    SKILLS,
    TEXT,
    TRAINING,
    Asked,
    Findings,
)
from screening.matching.pool import LICENCE, Pool


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


def explain(
    pool: Pool, asked: Asked, rows: Iterable[int], *, engine: str = FASTEST
) -> list[tuple[Reason, ...]]:
    """The reasons of some rows of the pool, one tuple a row, in the order of `CRITERIA`."""
    wanted = np.fromiter(rows, dtype=np.int64)
    explained: list[tuple[Reason, ...]] = [()] * len(wanted)
    for first, segment in pool.placed():
        mine = np.flatnonzero((wanted >= first) & (wanted < first + segment.capacity))
        if len(mine):
            found = ENGINES[engine].findings(segment, asked, wanted[mine] - first)
            for place, reasons in zip(mine.tolist(), _told(pool, asked, found), strict=True):
                explained[place] = reasons
    return explained


def reasons_for(pool: Pool, asked: Asked, row: int) -> tuple[Reason, ...]:
    """The reasons of one row of the pool; their points sum to the row's score."""
    return explain(pool, asked, [row])[0]


def _told(pool: Pool, asked: Asked, found: Findings) -> Iterator[tuple[Reason, ...]]:
    demand, weights = asked.demand, asked.weights[:, None]
    points, gains = (found.shares * weights).tolist(), ((found.next - found.shares) * weights).tolist()
    code: tuple[str, ...] = (str(demand.occupation).zfill(4),) if asked.asks_occupation else ()
    licences, skills = _held(found, pool)
    nothing: Iterable[tuple[str, ...]] = repeat(())
    told: dict[int, _Told] = {
        OCCUPATION: (code, *_nearest(found.wanted), repeat(0)),
        EXPERIENCE: (code, nothing, repeat(4), found.months.tolist()),
        SKILLS: (tuple(dict.fromkeys(demand.skills)), skills, repeat(4), repeat(0)),
        LICENCES: (tuple(dict.fromkeys(demand.licences)), licences, repeat(4), repeat(0)),
        TEXT: ((demand.text,) if asked.text_weight else (), nothing, repeat(4), repeat(0)),
        TRAINING: (code, *_nearest(found.trained), repeat(0)),
    }
    columns = []
    for criterion, name in enumerate(CRITERIA):
        asked_for, words, steps, months = told[criterion]
        most = int(asked.weights[criterion]) * FULL
        values = zip(
            repeat(name),
            points[criterion],
            repeat(most),
            repeat(asked_for),
            words,
            steps,
            months,
            gains[criterion],
            strict=False,
        )
        columns.append(map(_made, values))
    return zip(*columns, strict=True)


_Told = tuple[tuple[str, ...], Iterable[tuple[str, ...]], Iterable[int], Iterable[int]]
_made = partial(tuple.__new__, Reason)
"""A reason from a complete tuple: a page shows hundreds, and matching the names costs more than scoring."""


def _held(found: Findings, pool: Pool) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Per row the asked licences and the asked skills that it holds."""
    size = len(found.months)
    licences: list[tuple[str, ...]] = [()] * size
    skills: list[tuple[str, ...]] = [()] * size
    for owner, kind, number in zip(
        found.owners.tolist(), found.kinds.tolist(), found.numbers.tolist(), strict=True
    ):
        if kind == LICENCE:
            licences[owner] += (pool.licences.words[number],)
        else:
            skills[owner] += (pool.skills.words[number],)
    return licences, skills


def _nearest(nearest: NDArray[np.int64]) -> tuple[Iterable[tuple[str, ...]], Iterable[int]]:
    """Per row the nearest code and its steps in the KECO tree."""
    codes, steps = zip(*map(_told_apart, nearest.tolist()), strict=True)
    return codes, steps


@cache
def _told_apart(nearest: int) -> tuple[tuple[str, ...], int]:
    steps, code = divmod(nearest, CODES)
    return (f"{code:04}",) if nearest < NO_CODE else (), steps
