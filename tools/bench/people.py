"""The pool's people as plain columns and lists, the form in which a database takes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.pool import (
    KIND_SHIFT,
    LICENCE,
    PAYLOAD,
    SKILL,
    TRAINED,
    WANTED,
    WORKED,
    Segment,
    spread,
)

NUMBERS: Final = ("commute", "flags", "wage_floor", "available")
KINDS: Final = {"wanted": WANTED, "trained": TRAINED, "worked": WORKED, "licences": LICENCE, "skills": SKILL}
LISTS: Final = (*KINDS, "terms", "trades")
AT_ONCE: Final = 50_000
Lists = tuple[NDArray[np.int32], NDArray[np.int64]]
"""The elements of many lists one after the other, and how many each has."""


@dataclass(frozen=True, eq=False)
class People:
    """Some people: `places` int64, `numbers` int32 by name, `lists` by name; `worked` is code << 13 | months."""

    places: NDArray[np.int64]
    numbers: dict[str, NDArray[np.int32]]
    lists: dict[str, Lists]

    def __len__(self) -> int:
        return len(self.places)


def people_of(segment: Segment) -> Iterator[People]:
    """The people of a segment in its order, some at once."""
    for low in range(0, segment.size, AT_ONCE):
        yield _between(segment, low, min(low + AT_ONCE, segment.size))


def _between(segment: Segment, low: int, high: int) -> People:
    records = segment.records[low:high]
    places, owners = spread(records["facts_at"].astype(np.int64), records["facts"].astype(np.int64))
    facts = segment.facts[places]
    kinds, payload = facts >> KIND_SHIFT, (facts & PAYLOAD).astype(np.int32)
    lists = {
        name: (payload[kinds == kind], np.bincount(owners[kinds == kind], minlength=high - low))
        for name, kind in KINDS.items()
    }
    places, _ = spread(records["text_at"].astype(np.int64), records["terms"].astype(np.int64))
    lists["terms"] = segment.text[places].astype(np.int32), records["terms"].astype(np.int64)
    lists["trades"] = _bits(segment.trades[low:high])
    return People(
        places=records["place"].astype(np.int64),
        numbers={name: getattr(segment, name)[low:high].astype(np.int32) for name in NUMBERS},
        lists=lists,
    )


def _bits(masks: NDArray[np.uint32]) -> Lists:
    owners, bits = np.nonzero((masks[:, None] >> np.arange(32, dtype=np.uint32)) & np.uint32(1))
    return bits.astype(np.int32), np.bincount(owners, minlength=len(masks))


def as_lists(people: People, name: str) -> list[NDArray[Any]]:
    """One list a person."""
    values, counts = people.lists[name]
    return np.split(values, np.cumsum(counts)[:-1])
