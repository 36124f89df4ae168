"""Seekers' blind facts as rows of the pool: one at a time, or all of them at once in bulk."""

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy import orm

from center.codes import licences, skills
from center.codes.districts import DISTRICTS, neighbours
from center.codes.occupations import OCCUPATIONS
from screening.matching.pool import (
    ADULT,
    EIGHTEEN,
    EVERY_CONTRACT,
    LICENCE,
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
from screening.pool_index.demands import EMPLOYMENT_BITS, commute_bits
from screening.seekers.models import AgeGate, Seeker, SeekerStatus

AT_ONCE: Final = 20_000
MOST_KEPT: Final = 200_000
"""Answers a cache holds; the same lists of districts, contracts and licences come again and again."""
ACTIVE: Final = Seeker.status == SeekerStatus.ACTIVE
"""구직중: whoever rests, has work, is erased or was never here is in no list."""


class SeekerFacts(NamedTuple):
    """What the pool reads of a seeker, id and lists as text; name, sex, birth and address are not there to take."""

    id: str
    code: str
    registered_on: Any
    district: str | None
    commute: str
    occupations: str
    experience: str
    skills: str
    licences: str
    trainings: str
    employment_types: str
    wage_floor: int
    available_on: Any
    summary: str


_TEXT = ("id", "commute", "occupations", "experience", "skills", "licences", "trainings", "employment_types")


def facts_query() -> sa.Select[Any]:
    """Every active seeker's facts; lists come as text, so that equal ones are read once."""
    return sa.select(
        *(
            sa.cast(getattr(Seeker, name), sa.Text).label(name) if name in _TEXT else getattr(Seeker, name)
            for name in SeekerFacts._fields
        )
    ).where(ACTIVE)


def place_of(registered_on: Any, code: str) -> int:
    """A number that orders by the day of registration and, on one day, by the number given then."""
    return int(registered_on.toordinal()) << 40 | int(code.rpartition("-")[2])


class Columns:
    """Takes people batch by batch and lays them out as one segment; `ids` are bytes[n, 16] in the segment's order."""

    def __init__(self, known_licences: Vocabulary, known_skills: Vocabulary) -> None:
        self.known_licences, self.known_skills = known_licences, known_skills
        self._batches: list[Segment] = []
        self._areas: list[NDArray[np.int64]] = []
        self._ids: list[NDArray[np.uint8]] = []
        self._commute = Remembered(_commute)
        self._contracts = Remembered(_contracts)
        self._wanted = Remembered(lambda text: _codes(WANTED, text))
        self._trained = Remembered(lambda text: _codes(TRAINED, text))
        self._worked = Remembered(_worked)
        self._licences = Remembered(self._read_licences)
        self._skills = Remembered(self._read_skills)
        self._skill = Remembered(lambda word: fact(SKILL, known_skills.number(skills.canonical(word))))

    def _read_licences(self, text: str) -> tuple[list[int], int]:
        words = dict.fromkeys(map(licences.canonical, json.loads(text)))
        numbers = [self.known_licences.number(word) for word in words]
        return [fact(LICENCE, number) for number in numbers], licence_sign(numbers)

    def _read_skills(self, text: str) -> tuple[list[int], str]:
        said: list[str] = json.loads(text)
        return list(dict.fromkeys(map(self._skill.__getitem__, said))), " ".join(said)

    def take(self, batch: Sequence[SeekerFacts], gates: dict[bytes, int]) -> None:
        """Add people; `gates` holds the lawful gates of those who have not passed all of them."""
        size = len(batch)
        commute, flags, wages, days, signs, places, areas, counts = (
            np.zeros(size, dtype=np.int64) for _ in range(8)
        )
        facts: list[int] = []
        texts: list[str] = []
        ids: list[bytes] = []
        for row, person in enumerate(batch):
            ids.append(bytes.fromhex(person.id.replace("-", "")))
            before = len(facts)
            commute[row], stays = self._commute[person.commute]
            flags[row] = self._contracts[person.employment_types] | gates.get(ids[row], EIGHTEEN | ADULT)
            wages[row] = person.wage_floor
            days[row] = day_number(person.available_on.toordinal())
            places[row] = place_of(person.registered_on, person.code)
            wanted = self._wanted[person.occupations]
            experience, jobs = self._worked[person.experience]
            held, signs[row] = self._licences[person.licences]
            able, said = self._skills[person.skills]
            facts += wanted
            facts += self._trained[person.trainings]
            facts += experience
            facts += held
            facts += able
            counts[row] = len(facts) - before
            texts.append(f"{person.summary} {jobs} {said}")
            areas[row] = _area(person.district, stays, wanted)
        text, term_counts = terms_of(texts)
        self._batches.append(
            assembled(
                {
                    "commute": commute,
                    "flags": flags,
                    "wage_floor": wages,
                    "available": days,
                    "licence_sign": signs,
                },
                places=places,
                facts=np.array(facts, dtype=np.uint32),
                fact_counts=counts,
                text=text,
                term_counts=term_counts,
            )
        )
        self._areas.append(areas)
        self._ids.append(np.frombuffer(b"".join(ids), dtype=np.uint8).reshape(size, 16))

    def laid_out(self) -> tuple[Pool, NDArray[np.uint8]]:
        """Everybody taken, neighbours in district and trade together, and their ids."""
        whole = (
            merged([(each, np.arange(each.size)) for each in self._batches]) if self._batches else nobody()
        )
        self._batches.clear()
        areas = np.concatenate(self._areas) if self._areas else np.zeros(0, dtype=np.int64)
        ids = np.concatenate(self._ids) if self._ids else np.zeros((0, 16), dtype=np.uint8)
        order = np.lexsort((whole.records["place"][: whole.size], areas))
        segment = merged([(whole, order)])
        return Pool((segment,), self.known_licences, self.known_skills), ids[order]


def nobody() -> Segment:
    """A segment without people."""
    none = np.zeros(0, dtype=np.int64)
    empty = np.zeros(0, dtype=np.uint32)
    return assembled({}, places=none, facts=empty, fact_counts=none, text=empty, term_counts=none)


def gates_on(
    session: orm.Session, day: Any, seeker_ids: Iterable[uuid.UUID] | None = None
) -> dict[bytes, int]:
    """The gates that those who were young have passed on a day; whoever is not among them has passed all."""
    young = sa.select(AgeGate).where(AgeGate.adult_on > day)
    if seeker_ids is not None:
        young = young.where(AgeGate.seeker_id.in_(list(seeker_ids)))
    return {
        each.seeker_id.bytes: EIGHTEEN if each.eighteen_on <= day else 0
        for each in session.scalars(young).unique()
    }


def _area(district: str | None, stays: bool, wanted: list[int]) -> int:
    place = DISTRICT_PLACES.get(district or "", len(DISTRICT_PLACES))
    return (place * 2 + (not stays)) << 32 | (wanted[0] if wanted else 0)


DISTRICT_PLACES: Final = {code: place for place, code in enumerate(DISTRICTS)}
_NEAR: Final = [
    (commute_bits([code, *neighbours(code)], outside=False), commute_bits([code], outside=False))
    for code in DISTRICTS
]


def _commute(text: str) -> tuple[int, bool]:
    districts: list[str] = json.loads(text)
    bits = commute_bits(districts, outside=not districts)
    return bits, any(bits & own and not bits & ~near for near, own in _NEAR)


def _contracts(text: str) -> int:
    bits = 0
    for code in json.loads(text):
        bits |= EMPLOYMENT_BITS.get(code, 0)
    return bits or EVERY_CONTRACT


def _codes(kind: int, text: str) -> list[int]:
    return [fact(kind, int(code)) for code in dict.fromkeys(json.loads(text)) if _is_code(code)]


def _worked(text: str) -> tuple[list[int], str]:
    months: dict[str, int] = json.loads(text)
    known = {code: count for code, count in months.items() if _is_code(code)}
    names = " ".join(OCCUPATIONS[code].name for code in known if code in OCCUPATIONS)
    return [fact(WORKED, int(code), count) for code, count in known.items()], names


def _is_code(code: str) -> bool:
    return len(code) == 4 and code.isascii() and code.isdigit()


class Remembered(dict[str, Any]):
    """What a function says of a text, asked once; forgotten when there are too many answers."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        if len(self) >= MOST_KEPT:
            self.clear()
        answer = self[text] = self._read(text)
        return answer
