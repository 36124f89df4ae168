"""Text as sets of hashed terms: Korean by pairs of syllables, Latin and digits by words; no dictionary is needed."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

TERM_BITS: Final = 18
TERMS: Final = 1 << TERM_BITS
"""Number of buckets. A city's texts hold some 60,000 different pairs of syllables; two of them rarely share one."""

_SEPARATOR: Final = "\x1e"
_LETTER, _SYLLABLE, _DIGIT = 1, 2, 3
_STEM: Final = 5
"""Of a longer Latin word its first five letters count besides, so that 'managing' meets 'manager'."""
_LONGEST: Final = 32
OCCURRENCE: Final = 4
"""What one occurrence of a pair or a word counts, in quarters; that of a stem counts one quarter."""
_LEFT, _RIGHT, _STEM_SALT = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint64(0x27D4EB2F165667C5)
_SHIFT: Final = np.uint32(32 - TERM_BITS)
_POWERS: Final = np.array([pow(0x100000001B3, place, 1 << 64) for place in range(_LONGEST)], dtype=np.uint64)


def terms(text: str) -> NDArray[np.uint32]:
    """The sorted distinct terms of one text; see `terms_of`."""
    return terms_of([text])[0]


def terms_of(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The sorted distinct terms of many texts, one after the other, and how many each text has.

    Texts are compared in NFKC without case. Spaces and signs between syllables do not count, so that compounds meet
    however they are spaced ('요양 보호사', '요양보호사'); a plural -s is dropped. Shapes: uint32[total], int64[texts].
    """
    keys = np.sort(np.concatenate([found for found, _ in _keys(texts)]))
    first = np.ones(len(keys), dtype=np.bool_)
    first[1:] = keys[1:] != keys[:-1]
    return _laid_out(keys[first], len(texts))


def counted_terms_of(
    texts: Sequence[str],
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32]]:
    """The terms of `terms_of` and, beside each, how often its text has it, in quarters (see `OCCURRENCE`).

    Shapes: uint32[total], int64[texts], uint32[total].
    """
    parts = _keys(texts)
    keys, places = np.unique(np.concatenate([found for found, _ in parts]), return_inverse=True)
    quarters = np.concatenate([np.full(len(found), each, dtype=np.uint32) for found, each in parts])
    times = np.bincount(places, weights=quarters, minlength=len(keys)).astype(np.uint32)
    return *_laid_out(keys, len(texts)), times


def _laid_out(keys: NDArray[np.int64], texts: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    counts = np.bincount(keys >> TERM_BITS, minlength=texts).astype(np.int64)
    return (keys & (TERMS - 1)).astype(np.uint32), counts


def _keys(texts: Sequence[str]) -> list[tuple[NDArray[np.int64], int]]:
    """Text and term of every pair, word and stem as one number each, and what one of its kind counts."""
    joined = _SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts)
    codes = np.frombuffer(
        unicodedata.normalize("NFKC", joined).casefold().encode("utf-32-le", "replace"), dtype=np.uint32
    )
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    owners = np.cumsum(codes == ord(_SEPARATOR), dtype=np.int64)
    found = [*_pairs(codes, kinds, owners), *_words(codes, kinds, owners)]
    return [
        (owner << TERM_BITS | term, each)
        for (owner, term), each in zip(found, (OCCURRENCE, OCCURRENCE, 1), strict=False)
    ]


_Found = tuple[NDArray[np.int64], NDArray[np.int64]]


def _pairs(codes: NDArray[np.uint32], kinds: NDArray[np.uint8], owners: NDArray[np.int64]) -> list[_Found]:
    """Neighbouring syllables, or a syllable and a digit ('2급'), over whatever stands between them."""
    kept = kinds > 0
    code, kind, owner = codes[kept], kinds[kept], owners[kept]
    left, right = kind[:-1], kind[1:]
    pair = (owner[:-1] == owner[1:]) & ((left == _SYLLABLE) | (right == _SYLLABLE))
    pair &= (left != _LETTER) & (right != _LETTER)
    hashed = code[:-1][pair] * _LEFT + code[1:][pair] * _RIGHT
    return [(owner[:-1][pair], (hashed >> _SHIFT).astype(np.int64))]


def _words(codes: NDArray[np.uint32], kinds: NDArray[np.uint8], owners: NDArray[np.int64]) -> list[_Found]:
    """Runs of Latin letters and digits as whole words, longer ones by their stem too."""
    inside = (kinds == _LETTER) | (kinds == _DIGIT)
    places = np.flatnonzero(inside)
    if not len(places):
        return []
    first = np.concatenate([[True], np.diff(places) > 1])
    starts = np.flatnonzero(first)
    lengths = np.diff(np.append(starts, len(places)))
    at = np.arange(len(places)) - np.repeat(starts, lengths)
    parts = codes[places].astype(np.uint64) * _POWERS[np.minimum(at, _LONGEST - 1)]
    last = starts + lengths - 1
    plural = (codes[places[last]] == ord("s")) & (lengths > 3)
    plural &= ~np.isin(codes[places[last - 1]], [ord("s"), ord("u"), ord("i")])
    sums = np.add.reduceat(parts, starts) - np.where(plural, parts[last], np.uint64(0))
    stems = np.add.reduceat(np.where(at < _STEM, parts, np.uint64(0)), starts) ^ _STEM_SALT
    owner = owners[places[starts]]
    whole, long = lengths >= 2, lengths - plural > _STEM
    return [(owner[whole], _bucket(sums[whole])), (owner[long], _bucket(stems[long]))]


def _bucket(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    mixed = (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(64 - TERM_BITS)).astype(np.int64)


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is: nothing, a letter, a syllable or a digit."""
    kinds = np.zeros(0x10000, dtype=np.uint8)
    for code in range(0x10000):
        character = chr(code)
        if character.isalnum():
            is_digit = character.isascii() and character.isdigit()
            kinds[code] = _DIGIT if is_digit else _LETTER if code < 0x1100 else _SYLLABLE
    return kinds
