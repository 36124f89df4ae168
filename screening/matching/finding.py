"""Who in the pool has what somebody types: an occupation, a licence, a skill, or words of their own, by syllables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.pool import (
    CODE_SHIFT,
    KIND_SHIFT,
    LICENCE,
    NOBODY,
    PAYLOAD,
    SKILL,
    TRAINED,
    WANTED,
    WORKED,
    Pool,
    Segment,
)
from screening.matching.words import terms

WEIGHT: Final = {WANTED: 4, LICENCE: 3, SKILL: 3, WORKED: 2, TRAINED: 1}
"""What a hit is worth by where it was found; a word of a free text is worth 1."""
TEXT_WEIGHT: Final = 1


@dataclass(frozen=True, eq=False)
class Word:
    """One typed word and what it may mean: occupation codes, numbers of licences and of skills, terms of a text."""

    codes: Sequence[int]
    licences: Sequence[int]
    skills: Sequence[int]
    terms: NDArray[np.uint32]


def word(
    text: str, *, pool: Pool, codes: Sequence[int], licences: Sequence[str], skills: Sequence[str], plain: str
) -> Word:
    """A typed word against a pool: `plain` is its plain form, also looked for inside the pool's own words.

    `licences` and `skills` are names (in canonical form) that one of its spellings belongs to.
    """

    def numbers(vocabulary_words: Sequence[str], also: Sequence[str]) -> list[int]:
        wanted = set(also)
        return [number for number, each in enumerate(vocabulary_words) if plain in each or each in wanted]

    return Word(
        codes=codes,
        licences=numbers(pool.licences.words, licences),
        skills=numbers(pool.skills.words, skills),
        terms=terms(text),
    )


def find(pool: Pool, words: Sequence[Word], *, among: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of the given rows in whom every word is found: the best hits first, then who registered last."""
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = [(NOBODY, NOBODY, NOBODY)]
    for first, segment in pool.placed():
        chosen = np.zeros(segment.capacity, dtype=np.bool_)
        inside = among[(among >= first) & (among < first + segment.capacity)] - first
        chosen[inside] = True
        worth = np.zeros(segment.capacity, dtype=np.int64)
        for each in words:
            hit = _worth(segment, each, pool)
            chosen &= hit > 0
            worth += hit
        rows = np.flatnonzero(chosen)
        parts.append((rows + first, worth[rows], segment.records["place"][rows]))
    rows, worth, places = (np.concatenate(each) for each in zip(*parts, strict=True))
    ordered: NDArray[np.int64] = rows[np.lexsort((-places, -worth))]
    return ordered


def _worth(segment: Segment, word: Word, pool: Pool) -> NDArray[np.int64]:
    """Per row what the best hit of a word is worth; 0 without one."""
    kinds, payload = segment.facts >> KIND_SHIFT, segment.facts & PAYLOAD
    value = np.zeros(len(segment.facts), dtype=np.int64)
    codes = np.where(kinds == WORKED, payload >> CODE_SHIFT, payload)
    is_code = np.zeros(10_000, dtype=np.bool_)
    is_code[list(word.codes)] = True
    for kind in (WANTED, TRAINED, WORKED):
        of_kind = kinds == kind
        value[of_kind] = np.where(is_code[codes[of_kind]], WEIGHT[kind], 0)
    for kind, numbers, size in (
        (LICENCE, word.licences, len(pool.licences)),
        (SKILL, word.skills, len(pool.skills)),
    ):
        known = np.zeros(max(size, 1), dtype=np.bool_)
        known[list(numbers)] = True
        of_kind = kinds == kind
        value[of_kind] = np.where(known[payload[of_kind]], WEIGHT[kind], 0)
    best = np.zeros(segment.capacity, dtype=np.int64)
    hits = np.flatnonzero(value)
    np.maximum.at(best, _owners(segment.records["facts"])[hits], value[hits])
    if len(word.terms):
        asked = np.isin(segment.text, word.terms)
        held = np.bincount(_owners(segment.records["terms"])[asked], minlength=segment.capacity)
        best = np.maximum(best, np.where(held == len(word.terms), TEXT_WEIGHT, 0))
    return best


def _owners(counts: NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(counts)), counts)
