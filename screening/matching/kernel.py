"""The same score compiled (Numba): block by block, the best blocks first, to the same integers as `scoring`."""

from typing import Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

from screening.matching.model import (
    ASKED,
    CODES,
    CRITERIA,
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
    RECORD,
    SKILL,
    TRAINED,
    WANTED,
    WORKED,
    Segment,
)
from screening.matching.scoring import open_blocks
from screening.matching.upper_bounds import MONTHS, STEPS, Ceiling

PLACE, WORK_SIGN, SKILL_SIGN = 0, 1, 2
"""Where these stand in a record read as uint64 (`pool.RECORD`)."""
FACTS_AT, TEXT_AT, WAGE_FLOOR, ALL_MONTHS = 6, 7, 8, 11
"""And these, read as uint32."""
JOBS, FACTS, N_TERMS, AVAILABLE = 18, 19, 20, 21
"""And these, read as uint16."""
WIDE, NARROW, SHORT = (RECORD.itemsize // size for size in (8, 4, 2))
BUCKETS: Final = 256
"""How finely candidates are ordered by what they can score at most."""

_compiled = numba.njit(nogil=True, cache=True, boundscheck=False)


def rank_segment(
    segment: Segment, asked: Asked, top: Ceiling, most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The best `most` rows of a segment with their scores, in no order; never misses one that belongs."""
    rows = np.empty(most, dtype=np.int64)
    scores = np.empty(most, dtype=np.int64)
    with weighed_terms(asked) as table:
        size = _scan(
            np.flatnonzero(open_blocks(segment, asked)),
            segment.commute,
            segment.trades,
            segment.flags,
            segment.licence_sign,
            segment.records.view(np.uint64).reshape(-1, WIDE),
            segment.records.view(np.uint32).reshape(-1, NARROW),
            segment.records.view(np.uint16).reshape(-1, SHORT),
            segment.facts,
            segment.text,
            _limits(asked),
            asked.near.occupation,
            asked.near.experience,
            asked.near.training,
            EXPERIENCE_CURVE,
            asked.licence_marks,
            asked.skill_marks,
            table,
            asked.weights,
            np.array([top.minor, top.same, top.must_skills], dtype=np.uint64),
            top.work,
            top.skills,
            top.skill_points,
            top.licences,
            top.licence_points,
            rows,
            scores,
        )
    return rows[:size], scores[:size]


def failures(segment: Segment, asked: Asked) -> NDArray[np.int64]:
    """How many people fail which conditions together, int64[256]; exact for all who fail one at most."""
    counts = np.zeros(256, dtype=np.int64)
    _count(
        segment.commute,
        segment.flags,
        segment.wage_floor,
        segment.available,
        segment.licence_sign,
        segment.records.view(np.uint32).reshape(-1, NARROW),
        segment.records.view(np.uint16).reshape(-1, SHORT),
        segment.facts,
        _limits(asked),
        asked.near.experience,
        asked.licence_marks,
        asked.skill_marks,
        asked.impossible,
        counts,
    )
    return counts


def findings(segment: Segment, asked: Asked, rows: NDArray[np.int64]) -> Findings:
    """Everything that is told of the given rows."""
    size = len(rows)
    shares = np.full((len(CRITERIA), size), FULL, dtype=np.int64)
    after = np.full((len(CRITERIA), size), FULL, dtype=np.int64)
    months, wanted, trained = (np.empty(size, dtype=np.int64) for _ in range(3))
    words = np.empty((3, int(segment.records["facts"][rows].sum())), dtype=np.int64)
    with weighed_terms(asked) as table:
        held = _tell(
            rows,
            segment.records.view(np.uint32).reshape(-1, NARROW),
            segment.records.view(np.uint16).reshape(-1, SHORT),
            segment.facts,
            segment.text,
            _limits(asked),
            asked.near.occupation,
            asked.near.experience,
            asked.near.training,
            asked.near.steps,
            EXPERIENCE_CURVE,
            asked.licence_marks,
            asked.skill_marks,
            table,
            shares,
            after,
            months,
            wanted,
            trained,
            words,
        )
    owners, kinds, numbers = words[:, :held]
    return Findings(shares, after, months, wanted, trained, owners, kinds, numbers)


def _limits(asked: Asked) -> NDArray[np.int64]:
    return np.array(
        [
            asked.commute,
            asked.employment,
            asked.demand.gates,
            asked.offered_won,
            asked.starts,
            asked.licence_sign,
            asked.must_licence_count,
            asked.must_skill_count,
            asked.demand.needs_months,
            asked.licence_count,
            asked.skill_count,
            asked.text_weight,
            asked.near.trade,
            asked.most_far,
        ],
        dtype=np.int64,
    )


@_compiled
def _near(
    commute: Any, trades: Any, flags: Any, want_commute: Any, trade: Any, contract: Any, gates: Any, near: Any
) -> None:
    for i in range(commute.shape[0]):
        near[i] = (
            ((commute[i] & want_commute) != 0)
            & ((trades[i] & trade) != 0)
            & ((flags[i] & contract) != 0)
            & ((flags[i] & gates) == gates)
        )


@_compiled
def _far(
    commute: Any, trades: Any, flags: Any, want_commute: Any, trade: Any, contract: Any, gates: Any, far: Any
) -> None:
    for i in range(commute.shape[0]):
        far[i] = (
            ((commute[i] & want_commute) != 0)
            & ((trades[i] & trade) == 0)
            & ((flags[i] & contract) != 0)
            & ((flags[i] & gates) == gates)
        )


@_compiled
def _behind(score: Any, place: Any, other: Any, other_place: Any) -> Any:
    """Whether the first of two stands behind the second: less score, or as much and registered later."""
    return score < other or (score == other and place > other_place)


@_compiled
def _bits(number: Any) -> Any:
    """How many bits of a uint64 are set (Warren, Hacker's Delight, 5-1)."""
    number -= (number >> np.uint64(1)) & np.uint64(0x5555555555555555)
    number = (number & np.uint64(0x3333333333333333)) + (
        (number >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    number = (number + (number >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((number * np.uint64(0x0101010101010101)) >> np.uint64(56))


@_compiled
def _held_at_most(sign: Any, levels: Any) -> Any:
    held = np.int64(0)
    for level in levels:
        held += _bits(sign & level)
    return held


@_compiled
def _travelling(
    commute: Any, trades: Any, flags: Any, limits: Any, of_trade: Any, low: Any, passed: Any, candidates: Any,
    count: Any,
) -> Any:  # fmt: skip
    """Put those of a block behind the candidates who travel to the workplace, want such a contract and have passed the
    gates of the law, of the trade or not."""
    want_commute, contract, gates = np.uint32(limits[0]), np.uint8(limits[1]), np.uint8(limits[2])
    trade = np.uint32(limits[12])
    here = slice(low, low + BLOCK)
    if of_trade:
        _near(commute[here], trades[here], flags[here], want_commute, trade, contract, gates, passed)
    else:
        _far(commute[here], trades[here], flags[here], want_commute, trade, contract, gates, passed)
    eights = passed.view(np.uint64)
    for eight in range(BLOCK // 8):
        if eights[eight]:
            for one in range(8):
                candidates[count] = low + 8 * eight + one
                count += passed[8 * eight + one]
    return count


@_compiled
def _candidates(
    blocks: Any, commute: Any, trades: Any, flags: Any, sign: Any, wide: Any, narrow: Any, short: Any, limits: Any,
    signs: Any, work_points: Any, skill_levels: Any, skill_points: Any, licence_levels: Any, licence_points: Any,
    of_trade: Any, least: Any, candidates: Any, highest: Any,
) -> Any:  # fmt: skip
    """Who passes the filters, with the most that their signs let them score; without those who stay below `least`."""
    passed = np.zeros(BLOCK, dtype=np.uint8)
    offered, starts, want_sign = np.int32(limits[3]), np.uint16(limits[4]), np.uint32(limits[5])
    minor, same, must_skills = signs
    count = np.int64(0)
    for block in blocks:
        first = count
        end = _travelling(commute, trades, flags, limits, of_trade, block * BLOCK, passed, candidates, first)
        kept = first
        for place in range(first, end):
            row = candidates[place]
            candidates[kept] = row
            kept += np.int64(
                (np.int32(narrow[row, WAGE_FLOOR]) <= offered)
                & (short[row, AVAILABLE] <= starts)
                & ((want_sign == 0) | ((sign[row] & want_sign) == want_sign))
                & ((wide[row, SKILL_SIGN] & must_skills) == must_skills)
            )
        for place in range(first, kept):
            row = candidates[place]
            work = wide[row, WORK_SIGN]
            line = np.int64(work >> np.uint64(63)) * STEPS + STEPS - 1
            if of_trade:
                line -= 1 + np.int64((work & minor) == minor) + np.int64((work & same) == same)
            months: Any = min(np.int64(narrow[row, ALL_MONTHS]), MONTHS - 1)
            most = work_points[line * MONTHS + months]
            most += skill_points[_held_at_most(wide[row, SKILL_SIGN], skill_levels)]
            most += licence_points[_held_at_most(np.uint64(sign[row]), licence_levels)]
            candidates[count], highest[count] = row, most
            count += np.int64(most >= least)
    return count


@_compiled
def _highest_first(highest: Any, count: Any, order: Any) -> None:
    """The places of candidates by the most they can score, the highest first, in so many buckets."""
    top = np.int64(1)
    for place in range(count):
        top = max(top, highest[place])
    starts = np.zeros(BUCKETS + 1, dtype=np.int64)
    for place in range(count):
        starts[BUCKETS - highest[place] * (BUCKETS - 1) // top] += 1
    for bucket in range(BUCKETS):
        starts[bucket + 1] += starts[bucket]
    for place in range(count):
        bucket = BUCKETS - 1 - highest[place] * (BUCKETS - 1) // top
        order[starts[bucket]] = place
        starts[bucket] += 1


@_compiled
def _scan(
    blocks: Any, commute: Any, trades: Any, flags: Any, sign: Any,
    wide: Any, narrow: Any, short: Any, facts: Any, text: Any, limits: Any,
    occupation_share: Any, experience_share: Any, training_share: Any, curve: Any,
    licence_marks: Any, skill_marks: Any, term_weights: Any, weights: Any,
    signs: Any, work_points: Any, skill_levels: Any, skill_points: Any, licence_levels: Any, licence_points: Any,
    rows: Any, scores: Any,
) -> Any:  # fmt: skip
    most = rows.shape[0]
    places = np.empty(most, dtype=np.uint64)
    candidates = np.empty(blocks.shape[0] * BLOCK + 8, dtype=np.int64)
    highest = np.empty(blocks.shape[0] * BLOCK, dtype=np.int64)
    order = np.empty(blocks.shape[0] * BLOCK, dtype=np.int64)
    must_licences, must_skills, needs_months = limits[6], limits[7], limits[8]
    licence_count, skill_count, text_weight = limits[9], limits[10], limits[11]
    asks_occupation, most_far = limits[12] != 0, limits[13]
    jobs_full = (weights[OCCUPATION] + weights[TRAINING] + weights[EXPERIENCE]) * FULL
    skills_full, licences_full = weights[SKILLS] * FULL, weights[LICENCES] * FULL
    text_full = weights[TEXT] * FULL
    size = 0
    for of_trade in (True, False):
        if of_trade and not asks_occupation:
            continue
        if not of_trade and asks_occupation and size == most and most_far < scores[0]:
            break
        least = scores[0] if size == most else np.int64(0)
        count = _candidates(
            blocks, commute, trades, flags, sign, wide, narrow, short, limits,
            signs, work_points, skill_levels, skill_points, licence_levels, licence_points,
            of_trade, least, candidates, highest,
        )  # fmt: skip
        _highest_first(highest, count, order)
        for place in order[:count]:
            if size == most and highest[place] < scores[0]:
                continue
            row = candidates[place]
            wanted = np.int64(0)
            trained = np.int64(0)
            months = np.int64(0)
            at = np.int64(narrow[row, FACTS_AT])
            middle = at + np.int64(short[row, JOBS])
            end = at + np.int64(short[row, FACTS])
            for position in range(at, middle):
                fact = np.int64(facts[position])
                kind = fact >> KIND_SHIFT
                payload = fact & PAYLOAD
                if kind == WANTED:
                    wanted = max(wanted, np.int64(occupation_share[payload]))
                elif kind == WORKED:
                    months += (payload & MOST_MONTHS_STORED) * np.int64(
                        experience_share[payload >> CODE_SHIFT]
                    )
                elif kind == TRAINED:
                    trained = max(trained, np.int64(training_share[payload]))
            months //= FULL
            if months < needs_months:
                continue
            score = jobs_full
            if asks_occupation:
                score = weights[OCCUPATION] * wanted + weights[TRAINING] * trained
                score += weights[EXPERIENCE] * curve[min(months, np.int64(MOST_MONTHS))]
            if size == most and score + skills_full + licences_full + text_full < scores[0]:
                continue
            licences = np.int64(0)
            skills = np.int64(0)
            held_licences = np.int64(0)
            held_skills = np.int64(0)
            for position in range(middle, end):
                fact = np.int64(facts[position])
                payload = fact & PAYLOAD
                if fact >> KIND_SHIFT == LICENCE:
                    mark = licence_marks[payload]
                    licences += np.int64((mark & ASKED) != 0)
                    held_licences += np.int64((mark & MUST) != 0)
                else:
                    mark = skill_marks[payload]
                    skills += np.int64((mark & ASKED) != 0)
                    held_skills += np.int64((mark & MUST) != 0)
            if held_licences != must_licences or held_skills != must_skills:
                continue
            score += weights[SKILLS] * (skills * FULL // skill_count) if skill_count else skills_full
            score += (
                weights[LICENCES] * (licences * FULL // licence_count) if licence_count else licences_full
            )
            if size == most and score + text_full < scores[0]:
                continue
            if text_full and text_weight:
                found = np.int64(0)
                at = np.int64(narrow[row, TEXT_AT])
                for position in range(at, at + np.int64(short[row, N_TERMS])):
                    found += np.int64(term_weights[text[position]])
                score += weights[TEXT] * min(found * FULL * TEXT_FULL // text_weight, FULL)
            else:
                score += text_full
            registered = wide[row, PLACE]
            if size < most:
                child = size
                size += 1
                while child > 0:
                    parent = (child - 1) >> 1
                    if not _behind(score, registered, scores[parent], places[parent]):
                        break
                    scores[child], places[child], rows[child] = scores[parent], places[parent], rows[parent]
                    child = parent
                scores[child], places[child], rows[child] = score, registered, row
            elif _behind(scores[0], places[0], score, registered):
                parent = 0
                while True:
                    child = 2 * parent + 1
                    if child >= size:
                        break
                    if child + 1 < size and _behind(
                        scores[child + 1], places[child + 1], scores[child], places[child]
                    ):
                        child += 1
                    if not _behind(scores[child], places[child], score, registered):
                        break
                    scores[parent], places[parent], rows[parent] = scores[child], places[child], rows[child]
                    parent = child
                scores[parent], places[parent], rows[parent] = score, registered, row
    return size


@_compiled
def _count(
    commute: Any, flags: Any, wage: Any, available: Any, sign: Any, narrow: Any, short: Any, facts: Any, limits: Any,
    experience_share: Any, licence_marks: Any, skill_marks: Any, impossible: Any, counts: Any,
) -> None:  # fmt: skip
    want_commute, want_contract, gates = np.uint32(limits[0]), np.uint8(limits[1]), np.uint8(limits[2])
    offered, starts, want_sign = np.int32(limits[3]), np.uint16(limits[4]), np.uint32(limits[5])
    must_licences, must_skills, needs_months = limits[6], limits[7], limits[8]
    musts = must_licences > 0 or must_skills > 0 or needs_months > 0
    for row in range(flags.shape[0]):
        if flags[row] == 0:
            continue
        failed = (
            np.int64((flags[row] & gates) != gates) * FAILS_GATE
            + np.int64((flags[row] & want_contract) == 0) * FAILS_HOURS
            + np.int64(wage[row] > offered) * FAILS_PAY
            + np.int64(available[row] > starts) * FAILS_DATE
            + np.int64((commute[row] & want_commute) == 0) * FAILS_COMMUTE
        )
        if musts:
            failed |= np.int64((sign[row] & want_sign) != want_sign) * FAILS_LICENCE | impossible
            if failed & (failed - 1) == 0:
                months = np.int64(0)
                held_licences = np.int64(0)
                held_skills = np.int64(0)
                at = np.int64(narrow[row, FACTS_AT])
                for position in range(at, at + np.int64(short[row, FACTS])):
                    fact = np.int64(facts[position])
                    kind = fact >> KIND_SHIFT
                    payload = fact & PAYLOAD
                    if kind == WORKED:
                        share = np.int64(experience_share[payload >> CODE_SHIFT])
                        months += (payload & MOST_MONTHS_STORED) * share
                    elif kind == LICENCE:
                        held_licences += np.int64((licence_marks[payload] & MUST) != 0)
                    elif kind == SKILL:
                        held_skills += np.int64((skill_marks[payload] & MUST) != 0)
                failed |= np.int64(held_licences != must_licences) * FAILS_LICENCE
                failed |= np.int64(held_skills != must_skills) * FAILS_SKILL
                failed |= np.int64(months // FULL < needs_months) * FAILS_EXPERIENCE
        counts[failed] += 1


@_compiled
def _tell(
    rows: Any, narrow: Any, short: Any, facts: Any, text: Any, limits: Any,
    occupation_share: Any, experience_share: Any, training_share: Any, steps: Any, curve: Any,
    licence_marks: Any, skill_marks: Any, term_weights: Any,
    shares: Any, after: Any, counted: Any, wanted: Any, trained: Any, words: Any,
) -> Any:  # fmt: skip
    licence_count, skill_count, text_weight, asks_occupation = (
        limits[9],
        limits[10],
        limits[11],
        limits[12] != 0,
    )
    held = 0
    for place in range(rows.shape[0]):
        row = rows[place]
        occupation = np.int64(0)
        training = np.int64(0)
        months = np.int64(0)
        licences = np.int64(0)
        skills = np.int64(0)
        wanted[place] = NO_CODE
        trained[place] = NO_CODE
        at = np.int64(narrow[row, FACTS_AT])
        for position in range(at, at + np.int64(short[row, FACTS])):
            fact = np.int64(facts[position])
            kind = fact >> KIND_SHIFT
            payload = fact & PAYLOAD
            if kind == WANTED:
                occupation = max(occupation, np.int64(occupation_share[payload]))
                wanted[place] = min(wanted[place], min(np.int64(steps[payload]) * CODES + payload, NO_CODE))
            elif kind == TRAINED:
                training = max(training, np.int64(training_share[payload]))
                trained[place] = min(trained[place], min(np.int64(steps[payload]) * CODES + payload, NO_CODE))
            elif kind == WORKED:
                months += (payload & MOST_MONTHS_STORED) * np.int64(experience_share[payload >> CODE_SHIFT])
            else:
                marks = licence_marks if kind == LICENCE else skill_marks
                if marks[payload] & ASKED:
                    if kind == LICENCE:
                        licences += 1
                    else:
                        skills += 1
                    words[0, held], words[1, held], words[2, held] = place, kind, payload
                    held += 1
        months //= FULL
        counted[place] = months
        if asks_occupation:
            shares[OCCUPATION, place], shares[TRAINING, place] = occupation, training
            shares[EXPERIENCE, place] = curve[min(months, np.int64(MOST_MONTHS))]
            after[EXPERIENCE, place] = curve[min(months + YEAR, np.int64(MOST_MONTHS))]
        if skill_count:
            shares[SKILLS, place] = skills * FULL // skill_count
            after[SKILLS, place] = min(skills + 1, skill_count) * FULL // skill_count
        if licence_count:
            shares[LICENCES, place] = licences * FULL // licence_count
            after[LICENCES, place] = min(licences + 1, licence_count) * FULL // licence_count
        if text_weight:
            found = np.int64(0)
            at = np.int64(narrow[row, TEXT_AT])
            for position in range(at, at + np.int64(short[row, N_TERMS])):
                found += np.int64(term_weights[text[position]])
            shares[TEXT, place] = min(found * FULL * TEXT_FULL // text_weight, FULL)
        after[TEXT, place] = shares[TEXT, place]
    return held
