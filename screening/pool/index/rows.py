"""Seekers' blind facts as rows of the pool: one at a time, or all of them at once in bulk."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy import orm

from foundation.reference import licences, skills
from foundation.reference.districts import DISTRICTS, neighbours
from foundation.reference.occupations import OCCUPATIONS
from screening.matching.pool import (
    ADULT,
    EIGHTEEN,
    EVERY_CONTRACT,
    FILTER_COLUMNS,
    LICENCE,
    MOST_MONTHS_STORED,
    NOBODY,
    SKILL,
    TRAINED,
    WANTED,
    WORKED,
    Pool,
    Segment,
    Vocabulary,
    assembled,
    day_number,
    fact,
    licence_sign,
    merged,
)
from screening.matching.words import terms_of
from screening.pool.index.bits import EMPLOYMENT_BITS, commute_bits
from screening.pool.seekers.models import AgeGate, Seeker, SeekerStatus

AT_ONCE: Final = 20_000
MOST_KEPT: Final = 200_000
"""Answers a cache holds; the same lists of districts, contracts and licences come again and again."""
_COLUMNS = Seeker.__table__.c
ACTIVE: Final = _COLUMNS.status == SeekerStatus.ACTIVE
"""구직중: whoever rests, has work, is erased or was never here is in no list."""


class SeekerFacts(NamedTuple):
    """What the pool reads of a seeker, id and lists as text; name, sex, birth and address are not there to take."""

    id: str
    code: str
    registered_on: dt.date
    district: str | None
    commute: str
    occupations: str
    experience: str
    skills: str
    licences: str
    trainings: str
    employment_types: str
    wage_floor: int
    available_on: dt.date
    summary: str


_PLAIN = ("code", "registered_on", "district", "wage_floor", "available_on", "summary")
FACTS: Final = sa.select(
    *(
        _COLUMNS[name] if name in _PLAIN else sa.cast(_COLUMNS[name], sa.Text).label(name)
        for name in SeekerFacts._fields
    )
).where(ACTIVE)
"""Every active seeker's facts; lists come as text, so that equal ones are read once."""
_FACTS_OF: Final = FACTS.where(_COLUMNS.id.in_(sa.bindparam("people", expanding=True)))


def facts_of(session: orm.Session, seeker_ids: Iterable[uuid.UUID]) -> Sequence[Any]:
    """The facts of those of the given seekers who are active."""
    return session.execute(_FACTS_OF, {"people": list(seeker_ids)}).all()


def place_of(registered_on: dt.date, code: str) -> int:
    """A number that orders by the day of registration and, on one day, by the number given then."""
    return registered_on.toordinal() << 40 | int(code.rpartition("-")[2])


class Columns:
    """Takes people batch by batch and lays them out as one segment; `ids` are bytes[n, 16] in the segment's order."""

    def __init__(self, known_licences: Vocabulary, known_skills: Vocabulary) -> None:
        self.known_licences, self.known_skills = known_licences, known_skills
        self._batches: list[Segment] = []
        self._areas: list[NDArray[np.int64]] = []
        self._ids: list[NDArray[np.uint8]] = []
        self._commute = Memo(_commute)
        self._contracts = Memo(_contracts)
        self._wanted = Memo(lambda text: _codes(WANTED, text))
        self._trained = Memo(lambda text: _codes(TRAINED, text))
        self._worked = Memo(self._read_experience)
        self._worked_in = Memo(_worked_in)
        self._licences = Memo(self._read_licences)
        self._skill = Memo(lambda word: fact(SKILL, known_skills.number(skills.canonical(word))))

    def _read_licences(self, text: str) -> tuple[list[int], int]:
        words = dict.fromkeys(map(licences.canonical, _decoded(text)))
        numbers = [self.known_licences.number(word) for word in words]
        return [fact(LICENCE, number) for number in numbers], licence_sign(numbers)

    def _read_skills(self, text: str) -> tuple[list[int], str]:
        said: list[str] = _decoded(text)
        return list(dict.fromkeys(map(self._skill.__getitem__, said))), " ".join(said)

    def _read_experience(self, text: str) -> tuple[list[int], str]:
        worked = [(self._worked_in[code], months) for code, months in _decoded(text).items()]
        facts = [number | min(months, MOST_MONTHS_STORED) for (number, _), months in worked if number]
        return facts, " ".join([name for (_, name), _ in worked])

    def take(self, batch: Sequence[Any], gates: dict[bytes, int]) -> None:
        """Add people, each with the fields of `SeekerFacts`.

        `gates` holds the lawful gates of those who have not passed all of them.
        """
        size = len(batch)
        keys = bytes.fromhex("".join([each[0] for each in batch]).replace("-", ""))
        filters: dict[str, list[int]] = {name: [] for name in FILTER_COLUMNS}
        add_commute, add_flags, add_wage, add_day, add_sign = (each.append for each in filters.values())
        places: list[int] = []
        areas: list[int] = []
        counts: list[int] = []
        facts: list[int] = []
        texts: list[str] = []
        for (
            _, code, registered_on, district, commute, occupations, experience, able_to, holds, trainings, contracts,
            wage_floor, available_on, summary,
        ) in batch:  # fmt: skip
            before = len(facts)
            bits, stays = self._commute[commute]
            wanted = self._wanted[occupations]
            worked, jobs = self._worked[experience]
            held, sign = self._licences[holds]
            able, said = self._read_skills(able_to)
            add_commute(bits)
            add_flags(self._contracts[contracts])
            add_wage(wage_floor)
            add_day(day_number(available_on.toordinal()))
            add_sign(sign)
            facts += wanted
            facts += self._trained[trainings]
            facts += worked
            facts += held
            facts += able
            counts.append(len(facts) - before)
            places.append(place_of(registered_on, code))
            areas.append(_area(district, stays, wanted))
            texts.append(f"{summary} {jobs} {said}")
        ids = np.frombuffer(keys, dtype=np.uint8).reshape(size, 16)
        columns = {name: np.array(each, dtype=np.int64) for name, each in filters.items()}
        columns["flags"] |= _passed(ids, gates)
        text, term_counts = terms_of(texts)
        self._batches.append(
            assembled(
                columns,
                places=np.array(places, dtype=np.int64),
                facts=np.array(facts, dtype=np.uint32),
                fact_counts=np.array(counts, dtype=np.int64),
                text=text,
                term_counts=term_counts,
            )
        )
        self._areas.append(np.array(areas, dtype=np.int64))
        self._ids.append(ids)

    def laid_out(self) -> tuple[Pool, NDArray[np.uint8]]:
        """Everybody taken, neighbours in district and trade together, and their ids."""
        batches = self._batches or [nobody()]
        areas = np.concatenate([NOBODY, *self._areas])
        ids = np.concatenate([np.zeros((0, 16), dtype=np.uint8), *self._ids])
        whole = (
            batches[0] if len(batches) == 1 else merged([(each, np.arange(each.size)) for each in batches])
        )
        self._batches.clear()
        order = np.lexsort((whole.records["place"][: whole.size], areas))
        segment = merged([(whole, order)])
        return Pool((segment,), self.known_licences, self.known_skills), ids[order]


def _passed(ids: NDArray[np.uint8], gates: Mapping[bytes, int]) -> NDArray[np.int64]:
    """The lawful gates that everybody has passed; only the young are asked about."""
    passed = np.full(len(ids), EIGHTEEN | ADULT, dtype=np.int64)
    if gates:
        keys = ids.view("S16").ravel()
        young = np.flatnonzero(np.isin(keys, np.array(list(gates), dtype="S16")))
        passed[young] = [gates[ids[row].tobytes()] for row in young.tolist()]
    return passed


def nobody() -> Segment:
    """A segment without people."""
    none = np.zeros(0, dtype=np.int64)
    empty = np.zeros(0, dtype=np.uint32)
    return assembled({}, places=none, facts=empty, fact_counts=none, text=empty, term_counts=none)


def gates_on(
    session: orm.Session, day: Any, seeker_ids: Iterable[uuid.UUID] | None = None
) -> dict[bytes, int]:
    """The gates that those who were young have passed on a day; whoever is not among them has passed all."""
    young = _YOUNG if seeker_ids is None else _YOUNG_AMONG
    asked = {"day": day} if seeker_ids is None else {"day": day, "people": list(seeker_ids)}
    return {
        each.seeker_id.bytes: EIGHTEEN if each.eighteen_on <= day else 0
        for each in session.scalars(young, asked).unique()
    }


_YOUNG: Final = sa.select(AgeGate).where(AgeGate.adult_on > sa.bindparam("day"))
_YOUNG_AMONG: Final = _YOUNG.where(AgeGate.seeker_id.in_(sa.bindparam("people", expanding=True)))


def _area(district: str | None, stays: bool, wanted: list[int]) -> int:
    place = DISTRICT_PLACES.get(district or "", len(DISTRICT_PLACES))
    return (place * 2 + (not stays)) << 32 | (wanted[0] if wanted else 0)


DISTRICT_PLACES: Final = {code: place for place, code in enumerate(DISTRICTS)}
_NEAR: Final = [
    (commute_bits([code, *neighbours(code)], outside=False), commute_bits([code], outside=False))
    for code in DISTRICTS
]


def _commute(text: str) -> tuple[int, bool]:
    districts: list[str] = _decoded(text)
    bits = commute_bits(districts, outside=not districts)
    return bits, any(bits & own and not bits & ~near for near, own in _NEAR)


def _contracts(text: str) -> int:
    bits = 0
    for code in _decoded(text):
        bits |= EMPLOYMENT_BITS.get(code, 0)
    return bits or EVERY_CONTRACT


def _codes(kind: int, text: str) -> list[int]:
    return [fact(kind, int(code)) for code in dict.fromkeys(_decoded(text)) if _is_code(code)]


def _worked_in(code: str) -> tuple[int, str]:
    """The fact of an occupation somebody worked in, without its months, and its name; 0 for what is no code."""
    if not _is_code(code):
        return 0, ""
    return fact(WORKED, int(code)), OCCUPATIONS[code].name if code in OCCUPATIONS else ""


def _decoded(text: str) -> Any:
    """A list or an object that the database holds as JSON, so that nothing stands before or behind it."""
    return _DECODER.raw_decode(text)[0]


_DECODER: Final = json.JSONDecoder()


def _is_code(code: str) -> bool:
    return len(code) == 4 and code.isascii() and code.isdigit()


class Memo(dict[str, Any]):
    """A bounded memo cache of a function of one text; emptied when it is full."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        if len(self) >= MOST_KEPT:
            self.clear()
        answer = self[text] = self._read(text)
        return answer
