"""PostgreSQL's binary COPY format out of arrays, many rows at once."""

import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.pool import spread
from tools.bench.people import LISTS, NUMBERS, People

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER: Final = struct.pack(">h", -1)
FIELDS: Final = 1 + len(NUMBERS) + len(LISTS)
_INT4, _INT8 = 23, 20
_Words = NDArray[np.int32]
_Places = NDArray[np.int64]


def rows_of(people: People) -> bytes:
    """Rows of place bigint, the numbers as int, and the lists as int[]."""
    counts = {name: people.lists[name][1] for name in LISTS}
    widths = (
        [3] + [2] * len(NUMBERS) + [np.where(counts[name] > 0, 6 + 2 * counts[name], 4) for name in LISTS]
    )
    total = np.zeros(len(people), dtype=np.int64) + sum(widths)
    starts = np.cumsum(total) - total
    words = np.zeros(int(total.sum()), dtype=np.int32)
    at = starts.copy()
    words[at], words[at + 1], words[at + 2] = 8, people.places >> 32, people.places & 0xFFFFFFFF
    at += 3
    for name in NUMBERS:
        words[at], words[at + 1] = 4, people.numbers[name]
        at += 2
    for name in LISTS:
        _put_list(words, at, *people.lists[name])
        at += np.where(counts[name] > 0, 6 + 2 * counts[name], 4)
    halves = words.byteswap().view(np.uint16)
    first = 2 * starts + np.arange(len(people))
    out = np.empty(len(halves) + len(people), dtype=np.uint16)
    inside = np.ones(len(out), dtype=np.bool_)
    inside[first] = False
    out[first], out[inside] = np.uint16(FIELDS).byteswap(), halves
    return out.tobytes()


def _put_list(words: _Words, at: _Places, values: _Words, counts: _Places) -> None:
    """Its size in bytes, dimensions, no nulls, type; then length and first index, then each element with its size."""
    some = counts > 0
    words[at], words[at + 1], words[at + 3] = np.where(some, 20 + 8 * counts, 12), some, _INT4
    here = at[some]
    words[here + 4], words[here + 5] = counts[some], 1
    places, owners = spread(np.zeros(len(counts), dtype=np.int64), counts)
    element = at[owners] + 6 + 2 * places
    words[element], words[element + 1] = 4, values
