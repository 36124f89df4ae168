"""The score over columns with NumPy: hard conditions, shares of every criterion, and the best first.

score = Σ weight × share, in 1/1000 point; of equal scores the one who registered first (`place`) stands first.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.matching.model import (
    ASKED,
    CODES,
    EXPERIENCE,
    EXPERIENCE_CURVE,
    FAILS_COMMUTE,
    FAILS_DATE,
    FAILS_EXPERIENCE,
    FAILS_GATE,
    FAILS_HOURS,
    FAILS_LICENCE,
    FAILS_PAY,
    FAILS_SKILL,
    FULL,
    LICENCES,
    MOST_MONTHS,
    MUST,
    NO_CODE,
    OCCUPATION,
    SKILLS,
    TEXT,
    TEXT_FULL,
    TRAINING,
    YEAR,
    Asked,
    Findings,
    weighed_terms,
)
from screening.matching.pool import (
    BLOCK,
    CODE_SHIFT,
    KIND_SHIFT,
    LICENCE,
    MOST_MONTHS_STORED,
    PAYLOAD,
    SKILL,
    TRAINED,
    WANTED,
    WORKED,
    Segment,
    spread,
)

AHEAD = 4
"""How many times the wanted number are scored in full before the others are looked at."""
Rows = NDArray[np.int64]
Best = tuple[Rows, NDArray[np.int64]]
"""Rows with their scores."""


@dataclass(frozen=True, eq=False)
class Jobs:
    """What the occupations of some rows come to, int64 a row: shares and the months that count."""

    occupation: NDArray[np.int64]
    training: NDArray[np.int64]
    months: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Held:
    """How many of the asked words some rows hold, and of those that are a must, int64 a row."""

    licences: NDArray[np.int64]
    skills: NDArray[np.int64]
    must_licences: NDArray[np.int64]
    must_skills: NDArray[np.int64]


class Read(NamedTuple):
    """Facts of `size` people, read once: whose each is (a place among them), its kind and what it says."""

    size: int
    owners: NDArray[np.int64]
    kinds: NDArray[np.uint32]
    payload: NDArray[np.uint32]


def read_facts(segment: Segment, rows: Rows, *, jobs: bool = True, words: bool = True) -> Read:
    """The facts of the given rows: those about occupations, the words of licences and skills, or all."""
    records = segment.records[rows]
    start, end = records["facts_at"].astype(np.int64), records["facts"].astype(np.int64)
    if not words:
        end = records["jobs"].astype(np.int64)
    elif not jobs:
        before = records["jobs"].astype(np.int64)
        start, end = start + before, end - before
    places, owners = spread(start, end)
    facts = segment.facts[places]
    return Read(len(rows), owners, facts >> np.uint32(KIND_SHIFT), facts & np.uint32(PAYLOAD))


def jobs_in(read: Read, asked: Asked) -> Jobs:
    """What the facts about occupations come to."""

    def highest(kind: int, shares: NDArray[np.int16]) -> NDArray[np.int64]:
        best = np.zeros(read.size, dtype=np.int64)
        of_kind = read.kinds == kind
        found = shares[read.payload[of_kind]].astype(np.int64)
        if len(found):
            whose = read.owners[of_kind]
            first = np.flatnonzero(np.concatenate([[True], whose[1:] != whose[:-1]]))
            best[whose[first]] = np.maximum.reduceat(found, first)
        return best

    worked = read.kinds == WORKED
    said = read.payload[worked]
    months = (said & MOST_MONTHS_STORED) * asked.near.experience[said >> CODE_SHIFT]
    total = np.bincount(read.owners[worked], weights=months, minlength=read.size).astype(np.int64)
    return Jobs(
        occupation=highest(WANTED, asked.near.occupation),
        training=highest(TRAINED, asked.near.training),
        months=total // FULL,
    )


def held_in(read: Read, asked: Asked) -> Held:
    """How many of the asked words the licences and skills are."""

    def counts(kind: int, marks: NDArray[np.uint8]) -> list[NDArray[np.int64]]:
        of_kind = read.kinds == kind
        marked, whose = marks[read.payload[of_kind]], read.owners[of_kind]
        return [np.bincount(whose[marked & mark > 0], minlength=read.size) for mark in (ASKED, MUST)]

    licences, must_licences = counts(LICENCE, asked.licence_marks)
    skills, must_skills = counts(SKILL, asked.skill_marks)
    return Held(licences, skills, must_licences, must_skills)


def jobs_of(segment: Segment, asked: Asked, rows: Rows) -> Jobs:
    """What the facts about occupations of the given rows come to."""
    return jobs_in(read_facts(segment, rows, words=False), asked)


def held_by(segment: Segment, asked: Asked, rows: Rows) -> Held:
    """How many of the asked words the given rows hold."""
    return held_in(read_facts(segment, rows, jobs=False), asked)


def fits(asked: Asked, jobs: Jobs, held: Held) -> NDArray[np.bool_]:
    """Whether the facts hold everything that is a must."""
    fit: NDArray[np.bool_] = held.must_licences == asked.must_licence_count
    fit &= held.must_skills == asked.must_skill_count
    fit &= jobs.months >= asked.demand.needs_months
    return fit


def job_shares(asked: Asked, jobs: Jobs) -> NDArray[np.int64]:
    """Shares of every criterion as far as occupations say, int64[criteria, rows]; the others are full."""
    shares = np.full((len(asked.weights), len(jobs.months)), FULL, dtype=np.int64)
    if asked.asks_occupation:
        shares[OCCUPATION], shares[TRAINING] = jobs.occupation, jobs.training
        shares[EXPERIENCE] = EXPERIENCE_CURVE[np.minimum(jobs.months, MOST_MONTHS)]
    return shares


def held_shares(asked: Asked, shares: NDArray[np.int64], held: Held) -> NDArray[np.int64]:
    """The same shares with those of skills and licences put in; what is not asked stays full for everybody."""
    if asked.skill_count:
        shares[SKILLS] = held.skills * FULL // asked.skill_count
    if asked.licence_count:
        shares[LICENCES] = held.licences * FULL // asked.licence_count
    return shares


def text_shares(segment: Segment, asked: Asked, rows: Rows) -> NDArray[np.int64]:
    """Share of the text: the rarity of the order's terms that are found, a third of all is full."""
    if not asked.text_weight:
        return np.full(len(rows), FULL, dtype=np.int64)
    records = segment.records[rows]
    places, owners = spread(records["text_at"].astype(np.int64), records["terms"].astype(np.int64))
    with weighed_terms(asked) as table:
        weights = table[segment.text[places]]
    found = np.bincount(owners, weights=weights, minlength=len(rows)).astype(np.int64)
    return np.minimum(found * FULL * TEXT_FULL // asked.text_weight, FULL)


def shares(segment: Segment, asked: Asked, rows: Rows) -> NDArray[np.int64]:
    """Shares of every criterion, int64[criteria, rows], in the order of the rows."""
    found = held_shares(
        asked, job_shares(asked, jobs_of(segment, asked, rows)), held_by(segment, asked, rows)
    )
    found[TEXT] = text_shares(segment, asked, rows)
    return found


def passing(segment: Segment, asked: Asked, rows: Rows) -> Rows:
    """Those of the rows that pass the filter columns; musts are looked at in their facts."""
    rows = rows[(segment.commute[rows] & np.uint32(asked.commute)) > 0]
    flags = segment.flags[rows]
    passed = (flags & asked.employment) > 0
    if asked.demand.gates:
        passed &= (flags & asked.demand.gates) == asked.demand.gates
    passed &= segment.wage_floor[rows] <= asked.offered_won
    passed &= segment.available[rows] <= asked.starts
    if asked.licence_sign:
        sign = np.uint32(asked.licence_sign)
        passed &= (segment.licence_sign[rows] & sign) == sign
    return rows[passed]


def open_blocks(segment: Segment, asked: Asked) -> NDArray[np.bool_]:
    """The blocks in which somebody may pass the filters."""
    zones = segment.zones
    open_ = (zones.commute & np.uint32(asked.commute)) > 0
    open_ &= (zones.flags & asked.employment) > 0
    open_ &= (zones.flags & asked.demand.gates) == asked.demand.gates
    open_ &= (zones.wage_floor <= asked.offered_won) & (zones.available <= asked.starts)
    open_ &= (zones.licence_sign & np.uint32(asked.licence_sign)) == asked.licence_sign
    return open_


def rank_segment(segment: Segment, asked: Asked, most: int) -> Best:
    """The best `most` rows of a segment with their scores, in no order; never misses one that belongs.

    First those of the order's trade, then the others, unless none of them can reach the last place.
    """
    blocks = np.flatnonzero(open_blocks(segment, asked))
    trade = np.uint32(asked.near.trade)
    best: Best = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for of_trade in (True, False):
        if not of_trade and (not trade or least_of(best, most) > asked.most_far):
            break
        candidates = (segment.commute.reshape(-1, BLOCK)[blocks] & np.uint32(asked.commute)).astype(np.bool_)
        if trade:
            candidates &= (segment.trades.reshape(-1, BLOCK)[blocks] & trade).astype(np.bool_) == of_trade
        places = np.flatnonzero(candidates)
        rows = passing(segment, asked, blocks[places // BLOCK] * BLOCK + places % BLOCK)
        best = _joined(segment, asked, best, rows, most)
    return best


def least_of(best: Best, most: int) -> int:
    """The score that the next one has to reach; −1 while there is room."""
    return int(best[1].min()) if len(best[0]) >= most else -1


def _joined(segment: Segment, asked: Asked, best: Best, rows: Rows, most: int) -> Best:
    """The best of those found so far and more rows.

    Whoever stands best by occupation is scored in full first and sets what the others have to reach; licences, skills
    and text are read of those only who still may.
    """
    jobs = jobs_of(segment, asked, rows)
    found = job_shares(asked, jobs)
    may = jobs.months >= asked.demand.needs_months
    rows, found = rows[may], found[:, may]
    highest = asked.weights @ found
    ahead = min(AHEAD * most, len(rows))
    order = np.argpartition(-highest, ahead - 1) if ahead < len(rows) else np.arange(len(rows))
    for part in (order[:ahead], order[ahead:]):
        least = least_of(best, most)
        part = part[highest[part] >= least]
        if len(part):
            best = _scored(segment, asked, best, rows[part], found[:, part], most)
    return best


def _scored(
    segment: Segment, asked: Asked, best: Best, rows: Rows, found: NDArray[np.int64], most: int
) -> Best:
    held = held_by(segment, asked, rows)
    scores = asked.weights @ held_shares(asked, found, held)
    may = (held.must_licences == asked.must_licence_count) & (held.must_skills == asked.must_skill_count)
    may &= scores >= least_of(best, most)
    rows, scores = rows[may], scores[may]
    weight = int(asked.weights[TEXT])
    if not (weight and asked.text_weight):
        return _kept(segment, best, rows, scores, most)
    first = min(most, len(rows))
    order = np.argpartition(-scores, first - 1) if first < len(rows) else np.arange(len(rows))
    for part in (order[:first], order[first:]):
        part = part[scores[part] >= least_of(best, most)]
        lost = weight * (FULL - text_shares(segment, asked, rows[part]))
        best = _kept(segment, best, rows[part], scores[part] - lost, most)
    return best


def _kept(segment: Segment, best: Best, rows: Rows, scores: NDArray[np.int64], most: int) -> Best:
    rows, scores = np.concatenate([best[0], rows]), np.concatenate([best[1], scores])
    if len(rows) <= most:
        return rows, scores
    near = scores >= np.partition(scores, -most)[-most]
    rows, scores = rows[near], scores[near]
    order = np.lexsort((segment.records["place"][rows], -scores))[:most]
    return rows[order], scores[order]


def failures(segment: Segment, asked: Asked) -> NDArray[np.int64]:
    """How many people fail which conditions together, int64[256]; exact for all who fail one at most.

    Musts are read in the facts of those only who fail one column at most.
    """
    present = np.flatnonzero(segment.flags)
    demand = asked.demand
    flags = segment.flags[present]
    failed: NDArray[np.int64] = np.zeros(len(present), dtype=np.int64)
    for fails, bit in (
        ((flags & demand.gates) != demand.gates, FAILS_GATE),
        ((flags & asked.employment) == 0, FAILS_HOURS),
        (segment.wage_floor[present] > asked.offered_won, FAILS_PAY),
        (segment.available[present] > asked.starts, FAILS_DATE),
        ((segment.commute[present] & np.uint32(asked.commute)) == 0, FAILS_COMMUTE),
    ):
        failed |= np.where(fails, bit, 0)
    if demand.must_licences or demand.must_skills or demand.needs_months:
        sign = np.uint32(asked.licence_sign)
        failed |= (
            np.where((segment.licence_sign[present] & sign) == sign, 0, FAILS_LICENCE) | asked.impossible
        )
        near = np.flatnonzero(np.bitwise_count(failed) <= 1)
        held, jobs = held_by(segment, asked, present[near]), jobs_of(segment, asked, present[near])
        failed[near] |= np.where(held.must_licences == asked.must_licence_count, 0, FAILS_LICENCE)
        failed[near] |= np.where(held.must_skills == asked.must_skill_count, 0, FAILS_SKILL)
        failed[near] |= np.where(jobs.months >= demand.needs_months, 0, FAILS_EXPERIENCE)
    return np.bincount(failed, minlength=256)


def findings(segment: Segment, asked: Asked, rows: Rows) -> Findings:
    """Everything that is told of the given rows."""
    read = read_facts(segment, rows)
    jobs, held = jobs_in(read, asked), held_in(read, asked)
    found = held_shares(asked, job_shares(asked, jobs), held)
    found[TEXT] = text_shares(segment, asked, rows)
    words = _asked_words(read, asked)
    return Findings(
        shares=found,
        next=_next_shares(asked, jobs, held, found),
        months=jobs.months,
        wanted=_nearest(read, WANTED, asked),
        trained=_nearest(read, TRAINED, asked),
        owners=read.owners[words],
        kinds=read.kinds[words].astype(np.int64),
        numbers=read.payload[words].astype(np.int64),
    )


def _asked_words(read: Read, asked: Asked) -> Rows:
    """The places of the facts that are words the order asks for."""
    is_asked = np.zeros(len(read.kinds), dtype=np.bool_)
    for kind, marks in ((LICENCE, asked.licence_marks), (SKILL, asked.skill_marks)):
        of_kind = np.flatnonzero(read.kinds == kind)
        is_asked[of_kind] = marks[read.payload[of_kind]] & ASKED > 0
    return np.flatnonzero(is_asked)


def _nearest(read: Read, kind: int, asked: Asked) -> NDArray[np.int64]:
    nearest = np.full(read.size, NO_CODE, dtype=np.int64)
    chosen = np.flatnonzero(read.kinds == kind)
    codes = read.payload[chosen].astype(np.int64)
    np.minimum.at(nearest, read.owners[chosen], asked.near.steps[codes].astype(np.int64) * CODES + codes)
    return np.where(nearest >= NO_CODE, NO_CODE, nearest)


def _next_shares(asked: Asked, jobs: Jobs, held: Held, shares: NDArray[np.int64]) -> NDArray[np.int64]:
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
