"""The score over columns with NumPy: hard conditions, shares of every criterion, and the best first.

score = Σ weight × share, in 1/1000 point; of equal scores the one who registered first (`place`) stands first.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

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
from screening.matching.upper_bounds import MONTHS, STEPS, Ceiling

AHEAD = 2
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


def read_facts(segment: Segment, rows: Rows) -> Read:
    """The facts of the given rows."""
    records = segment.records
    places, owners = spread(
        records["facts_at"][rows].astype(np.int64), records["facts"][rows].astype(np.int64)
    )
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
        of_kind = np.flatnonzero(read.kinds == kind)
        marked = marks[read.payload[of_kind]]
        hits = np.flatnonzero(marked)
        marked, whose = marked[hits], read.owners[of_kind[hits]]
        return [np.bincount(whose[marked & mark > 0], minlength=read.size) for mark in (ASKED, MUST)]

    licences, must_licences = counts(LICENCE, asked.licence_marks)
    skills, must_skills = counts(SKILL, asked.skill_marks)
    return Held(licences, skills, must_licences, must_skills)


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
    records = segment.records
    places, owners = spread(
        records["text_at"][rows].astype(np.int64), records["terms"][rows].astype(np.int64)
    )
    with weighed_terms(asked) as table:
        weights = table[segment.text[places]]
    found = np.bincount(owners, weights=weights, minlength=len(rows)).astype(np.int64)
    return np.minimum(found * FULL * TEXT_FULL // asked.text_weight, FULL)


def scored(segment: Segment, asked: Asked, rows: Rows, *, least: int = -1) -> Best:
    """Those of the rows that hold every must, with their scores; whoever cannot reach `least` is left out.

    Texts are read last, of those only who still can.
    """
    read = read_facts(segment, rows)
    jobs, held = jobs_in(read, asked), held_in(read, asked)
    scores = asked.weights @ held_shares(asked, job_shares(asked, jobs), held)
    may = fits(asked, jobs, held) & (scores >= least)
    rows, scores = rows[may], scores[may]
    return rows, scores - asked.weights[TEXT] * (FULL - text_shares(segment, asked, rows))


def passing(segment: Segment, asked: Asked, rows: Rows) -> Rows:
    """Those of the rows that pass the filter columns other than commuting; musts are looked at in their facts."""
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


def travelling(segment: Segment, asked: Asked, blocks: Rows, *, of_trade: bool) -> Rows:
    """The rows of the given blocks that travel to the workplace and have the order's trade, or have not."""
    found = segment.commute.reshape(-1, BLOCK).take(blocks, axis=0)
    found &= np.uint32(asked.commute)
    if asked.near.trade:
        trades = segment.trades.reshape(-1, BLOCK).take(blocks, axis=0)
        trades &= np.uint32(asked.near.trade)
        places = np.flatnonzero(np.logical_and(found, trades if of_trade else trades == 0))
    else:
        places = np.flatnonzero(found)
    return blocks.take(places // BLOCK) * BLOCK + places % BLOCK


def open_blocks(segment: Segment, asked: Asked) -> NDArray[np.bool_]:
    """The blocks in which somebody may pass the filters."""
    zones = segment.zones
    open_ = (zones.commute & np.uint32(asked.commute)) > 0
    open_ &= (zones.flags & asked.employment) > 0
    open_ &= (zones.flags & asked.demand.gates) == asked.demand.gates
    open_ &= (zones.wage_floor <= asked.offered_won) & (zones.available <= asked.starts)
    open_ &= (zones.licence_sign & np.uint32(asked.licence_sign)) == asked.licence_sign
    return open_


def ceilings(segment: Segment, top: Ceiling, rows: Rows, *, of_trade: bool) -> NDArray[np.int64]:
    """The most that the given rows can score by their signs; all of them have the order's trade, or none has.

    −1 for those who lack a skill that is a must.
    """
    work, skills = segment.records["work_sign"][rows], segment.records["skill_sign"][rows]
    line = (work >> 63).astype(np.int64) * STEPS
    if of_trade:
        line += 2
        line -= (work & top.minor) == top.minor
        line -= (work & top.same) == top.same
    else:
        line += STEPS - 1
    line *= MONTHS
    line += np.minimum(segment.records["months"][rows], MONTHS - 1)
    highest = top.work[line]
    highest += top.skill_points[_held_at_most(skills, top.skills)]
    if len(top.licences):
        highest += top.licence_points[_held_at_most(segment.licence_sign[rows], top.licences)]
    else:
        highest += top.licence_points[0]
    if top.must_skills:
        highest[(skills & top.must_skills) != top.must_skills] = -1
    return highest


def _held_at_most(signs: NDArray[Any], levels: NDArray[np.uint64]) -> NDArray[np.int64]:
    held = np.zeros(len(signs), dtype=np.int64)
    for level in levels:
        held += np.bitwise_count(signs & level)
    return held


def rank_segment(segment: Segment, asked: Asked, top: Ceiling, most: int) -> Best:
    """The best `most` rows of a segment with their scores, in no order; never misses one that belongs.

    First those of the order's trade, then the others, unless none of them can reach the last place. Of either those
    whose signs promise most are read first and set what the others have to reach.
    """
    blocks = np.flatnonzero(open_blocks(segment, asked))
    best: Best = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for of_trade in (True, False) if asked.near.trade else (False,):
        if not of_trade and asked.near.trade and least_of(best, most) > asked.most_far:
            break
        rows = passing(segment, asked, travelling(segment, asked, blocks, of_trade=of_trade))
        highest = ceilings(segment, top, rows, of_trade=of_trade)
        ahead = min(AHEAD * most, len(rows))
        order = np.argpartition(-highest, ahead - 1) if ahead < len(rows) else np.arange(len(rows))
        for part in (order[:ahead], order[ahead:]):
            part = part[highest[part] >= max(least_of(best, most), 0)]
            if len(part):
                best = _kept(
                    segment, best, scored(segment, asked, rows[part], least=least_of(best, most)), most
                )
    return best


def least_of(best: Best, most: int) -> int:
    """The score that the next one has to reach; −1 while there is room."""
    return int(best[1].min()) if len(best[0]) >= most else -1


def _kept(segment: Segment, best: Best, more: Best, most: int) -> Best:
    rows, scores = (np.concatenate(parts) for parts in zip(best, more, strict=True))
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
        read = read_facts(segment, present[near])
        held, jobs = held_in(read, asked), jobs_in(read, asked)
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
