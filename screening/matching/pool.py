"""The pool as columns: one row per person who may be proposed, and not one protected fact among them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

OUTSIDE_SEOUL = 31
"""Bit of the commute mask for workplaces outside Seoul's 25 districts."""
EVERY_CONTRACT = 0x3F
"""Bits of all six forms of employment; somebody who names none takes any."""
EIGHTEEN, ADULT = 0x40, 0x80
"""Lawful gates: 18 or older (근로기준법 제65조), no longer a youth (청소년 보호법 제2조); bits, never an age."""
BLOCK: Final = 512
"""Rows that share one line of the zone map."""

WANTED, TRAINED, WORKED, LICENCE, SKILL = range(5)
"""What a fact of a person says: a wanted occupation, a course, experience in an occupation, a licence, a skill."""
KIND_SHIFT, CODE_SHIFT = 29, 13
PAYLOAD, MOST_MONTHS_STORED = (1 << KIND_SHIFT) - 1, (1 << CODE_SHIFT) - 1

OCCUPATION_BITS, MINOR_BITS, SKILL_BITS, LICENCE_BITS = 32, 31, 64, 32
"""Bits of the signs; words and codes that are equal modulo them share one."""
COURSE_SIGN: Final = 1 << 63
"""Bit of a work sign: somebody finished a course."""

RECORD: Final = np.dtype(
    [
        ("place", "<i8"),
        ("work_sign", "<u8"),
        ("skill_sign", "<u8"),
        ("facts_at", "<u4"),
        ("text_at", "<u4"),
        ("wage_floor", "<i4"),
        ("jobs", "<u2"),
        ("facts", "<u2"),
        ("terms", "<u2"),
        ("available", "<u2"),
        ("months", "<u4"),
    ]
)
"""Beside the filters: place in the order of registration, where somebody's facts and terms begin and how many, and
what bounds their score before any of them is read: signs of their work and skills and the months of all experience.

The facts about occupations (`jobs` of them) come before licences and skills. Pay and day stand here once more, so that
whoever is looked at alone is one stretch of memory.
"""


class Vocabulary:
    """Numbers for words, given once and never changed; licences and skills each have one."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = list(words)
        self._numbers = {word: number for number, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str) -> int:
        """The number of a word, a new one for a new word."""
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number

    def known(self, word: str) -> int | None:
        return self._numbers.get(word)


EPOCH = 730_120
"""1 January 2000 as an ordinal day; days of availability are counted from it, 0 to 65,535 (the year 2179)."""


def day_number(ordinal: int) -> int:
    """An ordinal day as the columns keep it."""
    return min(max(ordinal - EPOCH, 0), 0xFFFF)


def licence_sign(numbers: Iterable[int]) -> int:
    """One bit a licence, many licences a bit: who lacks the bit lacks the licence; who has it is looked at."""
    sign = 0
    for number in numbers:
        sign |= 1 << number % LICENCE_BITS
    return sign


def trade_bit(group: int) -> int:
    """The bit of a middle group of the KECO tree (a code's first two digits); 35 groups share 32 bits."""
    return 1 << group % 32


def occupation_sign(code: int) -> int:
    """What an occupation sets in a work sign: a bit of the code and one of its minor group, both shared by many."""
    return 1 << code % OCCUPATION_BITS | minor_sign(code)


def minor_sign(code: int) -> int:
    """What the occupations of a minor group (a code's first three digits) set in a work sign."""
    return 1 << OCCUPATION_BITS + code // 10 % MINOR_BITS


@dataclass(frozen=True, eq=False)
class BlockBounds:
    """Per block of rows the minimum or the OR of its masks: a block none of whose rows can pass is skipped.

    commute, licence_sign, trades uint32 · flags uint8 (all bits of the block together) · wage_floor int32, available
    uint16 (the lowest).
    """

    commute: NDArray[np.uint32]
    flags: NDArray[np.uint8]
    wage_floor: NDArray[np.int32]
    available: NDArray[np.uint16]
    licence_sign: NDArray[np.uint32]
    trades: NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Segment:
    """Columns of `size` people, padded to whole blocks with rows that pass no filter.

    The filters: commute uint32 · flags uint8 (contracts and gates) · wage_floor int32 (won a month) · available uint16
    (days since 2000) · licence_sign uint32: 15 bytes a person. Beside them trades uint32, the middle groups of all
    occupations somebody wants, has worked in or learned (see `trade_bit`): what bounds a score. Then records (see
    `RECORD`), facts uint32 (kind in the upper three bits; an occupation code and, for experience, months, or a word's
    number) and text uint32, the sorted distinct terms. Whoever has left has no flags any more.
    """

    size: int
    commute: NDArray[np.uint32]
    flags: NDArray[np.uint8]
    wage_floor: NDArray[np.int32]
    available: NDArray[np.uint16]
    licence_sign: NDArray[np.uint32]
    trades: NDArray[np.uint32]
    records: NDArray[Any]
    facts: NDArray[np.uint32]
    text: NDArray[np.uint32]
    zones: BlockBounds

    @property
    def capacity(self) -> int:
        return len(self.flags)


FILTER_COLUMNS: Final = ("commute", "flags", "wage_floor", "available", "licence_sign")
COLUMNS: Final = (*FILTER_COLUMNS, "trades", "records", "facts", "text")
ZONES: Final = tuple(each.name for each in fields(BlockBounds))
TYPES: Final[dict[str, Any]] = {
    "commute": np.uint32, "flags": np.uint8, "wage_floor": np.int32, "available": np.uint16,
    "licence_sign": np.uint32, "trades": np.uint32, "records": RECORD, "facts": np.uint32, "text": np.uint32,
}  # fmt: skip


NOBODY: Final = np.zeros(0, dtype=np.int64)
"""No rows."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Segments one after the other and the words they share; a row's number counts through all of them."""

    segments: tuple[Segment, ...]
    licences: Vocabulary
    skills: Vocabulary

    def __len__(self) -> int:
        return sum(int(np.count_nonzero(each.flags)) for each in self.segments)

    def placed(self) -> Iterator[tuple[int, Segment]]:
        """The segments that hold anybody, each with the number of its first row."""
        first = 0
        for each in self.segments:
            if each.size:
                yield first, each
            first += each.capacity

    def located(self, row: int) -> tuple[Segment, int]:
        """The segment a row lies in, and its place there."""
        for segment in self.segments:
            if row < segment.capacity:
                return segment, row
            row -= segment.capacity
        raise IndexError(row)


def fact(kind: int, code: int, months: int = 0) -> int:
    """One fact as a number."""
    if kind == WORKED:
        code = code << CODE_SHIFT | min(months, MOST_MONTHS_STORED)
    return kind << KIND_SHIFT | code


def assembled(
    filters: dict[str, NDArray[Any]],
    *,
    places: NDArray[np.int64],
    facts: NDArray[np.uint32],
    fact_counts: NDArray[np.int64],
    text: NDArray[np.uint32],
    term_counts: NDArray[np.int64],
) -> Segment:
    """A segment out of filter columns and the lists of facts and terms, laid one person after the other.

    Raises `ValueError` for somebody with more than 65,535 facts or different terms.
    """
    size = len(places)
    if size and max(int(fact_counts.max()), int(term_counts.max())) > 0xFFFF:
        raise ValueError("somebody has more than 65,535 facts or terms")
    capacity = -(-max(size, 1) // BLOCK) * BLOCK
    owners = np.repeat(np.arange(size), fact_counts)
    records = np.zeros(capacity, dtype=RECORD)
    records["place"][:size] = places
    for at, count, counts in (("facts_at", "facts", fact_counts), ("text_at", "terms", term_counts)):
        records[at][:size] = np.cumsum(counts) - counts
        records[count][:size] = counts
    columns = {name: np.zeros(capacity, dtype=TYPES[name]) for name in (*FILTER_COLUMNS, "trades")}
    for name, column in filters.items():
        columns[name][:size] = column
    records["wage_floor"], records["available"] = columns["wage_floor"], columns["available"]
    _sum_up(facts, owners, records, columns["trades"])
    return Segment(
        size=size, **columns, records=records, facts=facts, text=text, zones=zones_of(columns, size)
    )


def _sum_up(
    facts: NDArray[np.uint32], owners: NDArray[np.int64], records: NDArray[Any], trades: NDArray[np.uint32]
) -> None:
    """Set what records and trades say of everybody's facts: how many are about work, signs and months."""
    kinds, payload, one = facts >> KIND_SHIFT, facts & PAYLOAD, np.uint64(1)
    worked, skilled, about_work = kinds == WORKED, kinds == SKILL, kinds <= WORKED
    months = payload[worked] & MOST_MONTHS_STORED
    records["months"] = np.bincount(owners[worked], weights=months, minlength=len(records))
    skills = payload[skilled].astype(np.uint64)
    np.bitwise_or.at(records["skill_sign"], owners[skilled], one << skills % SKILL_BITS)
    codes = np.where(worked, payload >> CODE_SHIFT, payload)[about_work].astype(np.uint64)
    signs = one << codes % OCCUPATION_BITS | one << OCCUPATION_BITS + codes // 10 % MINOR_BITS
    signs[kinds[about_work] == TRAINED] |= np.uint64(COURSE_SIGN)
    who = owners[about_work]
    records["jobs"] = np.bincount(who, minlength=len(records))
    np.bitwise_or.at(records["work_sign"], who, signs)
    np.bitwise_or.at(trades, who, np.uint32(1) << (codes // 100 % 32).astype(np.uint32))


def merged(parts: Sequence[tuple[Segment, NDArray[np.int64]]]) -> Segment:
    """The given rows of some segments as one segment, in the order given."""
    filters = {
        name: np.concatenate([getattr(one, name)[rows] for one, rows in parts]) for name in FILTER_COLUMNS
    }
    lists: dict[str, list[NDArray[Any]]] = {"facts": [], "fact_counts": [], "text": [], "term_counts": []}
    for one, rows in parts:
        records = one.records[rows]
        for at, count, values, counts, column in (
            ("facts_at", "facts", "facts", "fact_counts", one.facts),
            ("text_at", "terms", "text", "term_counts", one.text),
        ):
            places, _ = spread(records[at].astype(np.int64), records[count].astype(np.int64))
            lists[values].append(column[places])
            lists[counts].append(records[count].astype(np.int64))
    return assembled(
        filters,
        places=np.concatenate([one.records["place"][rows] for one, rows in parts]),
        **{name: np.concatenate(each) for name, each in lists.items()},
    )


def spread(
    starts: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the elements of many lists, and the list each belongs to."""
    owners = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return np.arange(len(owners)) + np.repeat(starts - first, counts), owners


def zones_of(columns: dict[str, NDArray[Any]], size: int) -> BlockBounds:
    """The zone map of a segment's columns."""
    present = np.arange(len(columns["flags"])) < size
    highest = {"wage_floor": np.iinfo(np.int32).max, "available": 0xFFFF}
    lowest = {
        name: np.where(present, columns[name], top).reshape(-1, BLOCK).min(axis=1)
        for name, top in highest.items()
    }
    together = {
        name: np.bitwise_or.reduce(columns[name].reshape(-1, BLOCK), axis=1)
        for name in ("commute", "flags", "licence_sign", "trades")
    }
    return BlockBounds(
        **together,
        wage_floor=lowest["wage_floor"].astype(np.int32),
        available=lowest["available"].astype(np.uint16),
    )
