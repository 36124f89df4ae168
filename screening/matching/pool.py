"""The pool as columns: one row per person who may be proposed, and not one protected fact among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.matching.words import plain

OUTSIDE_SEOUL = 31
"""Bit of the commute mask for workplaces outside Seoul's 25 districts."""
MOST_OCCUPATIONS = 3
MOST_EXPERIENCES = 6


@dataclass(frozen=True)
class PoolRow:
    """One person as the pool takes them: district bits, codes, months, won a month, ordinal days, text as bigrams."""

    commute_bits: int
    employment_bits: int
    wage_floor: int
    available_on: int
    occupations: Sequence[int]
    experience: Sequence[tuple[int, int]]
    trainings: Sequence[int]
    licences: Sequence[str]
    skills: Sequence[str]
    text: NDArray[np.int32]


@dataclass(frozen=True)
class Pool:
    """Columns of n people; rows stand in order of registration, which is also the last tie-break.

    commute uint32[n] · employment uint8[n] · wage_floor int32[n] (won a month) · available_on int32[n]
    (proleptic ordinal) · occupations int16[n, 3] (0 = none) · experience_codes int16[n, 6] ·
    experience_months int16[n, 6] · trainings int16[n, 3] · licences, skills uint64[n, words] ·
    text_start int64[n + 1] and text int32[total]: sorted distinct bigram buckets per person.
    """

    commute: NDArray[np.uint32]
    employment: NDArray[np.uint8]
    wage_floor: NDArray[np.int32]
    available_on: NDArray[np.int32]
    occupations: NDArray[np.int16]
    experience_codes: NDArray[np.int16]
    experience_months: NDArray[np.int16]
    trainings: NDArray[np.int16]
    licences: NDArray[np.uint64]
    skills: NDArray[np.uint64]
    text_start: NDArray[np.int64]
    text: NDArray[np.int32]
    licence_bits: Mapping[str, int]
    skill_bits: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.commute)


def build(rows: Sequence[PoolRow]) -> Pool:
    """Columns out of rows; words are compared by their plain form, so spacing does not matter."""
    licence_bits = _vocabulary([row.licences for row in rows])
    skill_bits = _vocabulary([row.skills for row in rows])
    texts = [row.text for row in rows]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    return Pool(
        commute=np.array([row.commute_bits for row in rows], dtype=np.uint32),
        employment=np.array([row.employment_bits for row in rows], dtype=np.uint8),
        wage_floor=np.array([row.wage_floor for row in rows], dtype=np.int32),
        available_on=np.array([row.available_on for row in rows], dtype=np.int32),
        occupations=_padded([row.occupations for row in rows], MOST_OCCUPATIONS),
        experience_codes=_padded([[code for code, _ in row.experience] for row in rows], MOST_EXPERIENCES),
        experience_months=_padded(
            [[months for _, months in row.experience] for row in rows], MOST_EXPERIENCES
        ),
        trainings=_padded([row.trainings for row in rows], MOST_OCCUPATIONS),
        licences=_bit_rows([row.licences for row in rows], licence_bits),
        skills=_bit_rows([row.skills for row in rows], skill_bits),
        text_start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        text=np.concatenate(texts) if texts else np.array([], dtype=np.int32),
        licence_bits=licence_bits,
        skill_bits=skill_bits,
    )


def _vocabulary(lists: Sequence[Sequence[str]]) -> dict[str, int]:
    return {word: bit for bit, word in enumerate(sorted({plain(word) for words in lists for word in words}))}


def _padded(lists: Sequence[Sequence[int]], width: int) -> NDArray[np.int16]:
    table = np.zeros((len(lists), width), dtype=np.int16)
    for row, values in enumerate(lists):
        kept = list(values)[:width]
        table[row, : len(kept)] = kept
    return table


def _bit_rows(lists: Sequence[Sequence[str]], bits: Mapping[str, int]) -> NDArray[np.uint64]:
    words = max(1, -(-len(bits) // 64))
    table = np.zeros((len(lists), words), dtype=np.uint64)
    for row, values in enumerate(lists):
        for value in values:
            bit = bits[plain(value)]
            table[row, bit // 64] |= np.uint64(1 << (bit % 64))
    return table
