"""The same score compiled (Numba): block by block, the best blocks first, to the same integers as `scoring`."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from screening.matching.model import (
    ASKED,
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
    OCCUPATION,
    SKILLS,
    TEXT,
    TEXT_FULL,
    TRAINING,
    Asked,
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
)
from screening.matching.scoring import open_blocks

_compiled = numba.njit(nogil=True, cache=True, boundscheck=False)


def rank_segment(segment: Segment, asked: Asked, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The best `most` rows of a segment with their scores, in no order; never misses one that belongs."""
    rows = np.empty(most, dtype=np.int64)
    scores = np.empty(most, dtype=np.int64)
    with weighed_terms(asked) as table:
        size = _scan(
            np.flatnonzero(open_blocks(segment, asked)),
            segment.commute,
            segment.trades,
            segment.flags,
            segment.wage_floor,
            segment.available,
            segment.licence_sign,
            segment.records.view(np.int64).reshape(-1, 3),
            segment.records.view(np.uint32).reshape(-1, 6),
            segment.records.view(np.uint16).reshape(-1, 12),
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
        segment.records.view(np.uint32).reshape(-1, 6),
        segment.records.view(np.uint16).reshape(-1, 12),
        segment.facts,
        _limits(asked),
        asked.near.experience,
        asked.licence_marks,
        asked.skill_marks,
        asked.impossible,
        counts,
    )
    return counts


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
def _near(commute: Any, trades: Any, want_commute: Any, trade: Any, near: Any) -> None:
    for i in range(commute.shape[0]):
        near[i] = ((commute[i] & want_commute) != 0) & ((trades[i] & trade) != 0)


@_compiled
def _far(commute: Any, trades: Any, want_commute: Any, trade: Any, far: Any) -> None:
    for i in range(commute.shape[0]):
        far[i] = ((commute[i] & want_commute) != 0) & ((trades[i] & trade) == 0)


@_compiled
def _behind(score: Any, place: Any, other: Any, other_place: Any) -> Any:
    """Whether the first of two stands behind the second: less score, or as much and registered later."""
    return score < other or (score == other and place > other_place)


@_compiled
def _scan(
    blocks: Any, commute: Any, trades: Any, flags: Any, wage: Any, available: Any, sign: Any,
    wide: Any, narrow: Any, short: Any, facts: Any, text: Any, limits: Any,
    occupation_share: Any, experience_share: Any, training_share: Any, curve: Any,
    licence_marks: Any, skill_marks: Any, term_weights: Any, weights: Any, rows: Any, scores: Any,
) -> Any:  # fmt: skip
    most = rows.shape[0]
    places = np.empty(most, dtype=np.int64)
    passed = np.zeros(BLOCK, dtype=np.uint8)
    eights = passed.view(np.uint64)
    candidates = np.empty(BLOCK + 8, dtype=np.int64)
    want_commute, want_contract, gates = np.uint32(limits[0]), np.uint8(limits[1]), np.uint8(limits[2])
    offered, starts, want_sign = np.int32(limits[3]), np.uint16(limits[4]), np.uint32(limits[5])
    must_licences, must_skills, needs_months = limits[6], limits[7], limits[8]
    licence_count, skill_count, text_weight = limits[9], limits[10], limits[11]
    trade, most_far = np.uint32(limits[12]), limits[13]
    asks_occupation = limits[12] != 0
    jobs_full = (weights[OCCUPATION] + weights[TRAINING] + weights[EXPERIENCE]) * FULL
    skills_full, licences_full = weights[SKILLS] * FULL, weights[LICENCES] * FULL
    text_full = weights[TEXT] * FULL
    size = 0
    for turn in range(2 * blocks.shape[0]):
        of_trade = turn < blocks.shape[0]
        if not of_trade and (not asks_occupation or (size == most and most_far < scores[0])):
            break
        low = blocks[turn if of_trade else turn - blocks.shape[0]] * BLOCK
        high = low + BLOCK
        if not asks_occupation:
            _far(commute[low:high], trades[low:high], want_commute, trade, passed)
        elif of_trade:
            _near(commute[low:high], trades[low:high], want_commute, trade, passed)
        else:
            _far(commute[low:high], trades[low:high], want_commute, trade, passed)
        count = 0
        for eight in range(BLOCK // 8):
            if eights[eight]:
                for one in range(8):
                    candidates[count] = low + 8 * eight + one
                    count += passed[8 * eight + one]
        for turn_in_block in range(count):
            row = candidates[turn_in_block]
            if not (
                ((flags[row] & want_contract) != 0)
                & ((flags[row] & gates) == gates)
                & (wage[row] <= offered)
                & (available[row] <= starts)
                & ((sign[row] & want_sign) == want_sign)
            ):
                continue
            wanted = np.int64(0)
            trained = np.int64(0)
            months = np.int64(0)
            at = np.int64(narrow[row, 2])
            middle = at + np.int64(short[row, 6])
            end = at + np.int64(short[row, 7])
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
                at = np.int64(narrow[row, 4])
                for position in range(at, at + np.int64(narrow[row, 5])):
                    found += np.int64(term_weights[text[position]])
                score += weights[TEXT] * min(found * FULL * TEXT_FULL // text_weight, FULL)
            else:
                score += text_full
            place = wide[row, 0]
            if size < most:
                child = size
                size += 1
                while child > 0:
                    parent = (child - 1) >> 1
                    if not _behind(score, place, scores[parent], places[parent]):
                        break
                    scores[child], places[child], rows[child] = scores[parent], places[parent], rows[parent]
                    child = parent
                scores[child], places[child], rows[child] = score, place, row
            elif _behind(scores[0], places[0], score, place):
                parent = 0
                while True:
                    child = 2 * parent + 1
                    if child >= size:
                        break
                    if child + 1 < size and _behind(
                        scores[child + 1], places[child + 1], scores[child], places[child]
                    ):
                        child += 1
                    if not _behind(scores[child], places[child], score, place):
                        break
                    scores[parent], places[parent], rows[parent] = scores[child], places[child], rows[child]
                    parent = child
                scores[parent], places[parent], rows[parent] = score, place, row
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
                at = np.int64(narrow[row, 2])
                for position in range(at, at + np.int64(short[row, 7])):
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
