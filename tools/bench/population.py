"""An invented city for measuring: people and orders whose occupations, licences, skills and words belong together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foundation.reference.districts import DISTRICTS, neighbours
from foundation.reference.occupations import OCCUPATIONS
from screening.matching.demand import Demand
from screening.matching.pool import (
    ADULT,
    CODE_SHIFT,
    EIGHTEEN,
    KIND_SHIFT,
    LICENCE,
    SKILL,
    TRAINED,
    WANTED,
    WORKED,
    Pool,
    Vocabulary,
    assembled,
)
from screening.matching.rarity import Rarity, counted
from screening.matching.words import TERMS, terms_of

CODES = np.array(sorted(int(code) for code in OCCUPATIONS))
LICENCES, SKILLS, WORDS = 300, 4000, 20_000
CONTRACTS = np.array([0b000101, 0b000001, 0b001111, 0b001010], dtype=np.uint8)
TODAY = 739_950
WEIGHTS = {"occupation": 25, "experience": 25, "skills": 20, "licences": 15, "text": 10, "training": 5}


@dataclass(frozen=True, eq=False)
class City:
    """A pool, and the same people as arrays that another engine can load."""

    pool: Pool
    rarity: Rarity


def written() -> tuple[list[str], NDArray[np.uint32]]:
    """Two-syllable words, each of which is one term."""
    chance = np.random.default_rng(3)
    syllables = chance.choice(11_172, (WORDS, 2)) + 0xAC00
    words = ["".join(map(chr, pair)) for pair in syllables.tolist()]
    return words, terms_of(words)[0]


def _zipf(size: int, flat: float) -> NDArray[np.float64]:
    weights = 1 / (np.arange(size) + flat)
    return weights / weights.sum()


def _own(codes: NDArray[np.int64], size: int, each: int) -> NDArray[np.int64]:
    """For every occupation the `each` things of `size` that belong to its middle group."""
    chance = np.random.default_rng(5)
    groups = {
        group: chance.choice(size, each, replace=False)
        for group in sorted({c // 100 for c in codes.tolist()})
    }
    return np.stack([groups[code // 100] for code in codes.tolist()])


SHARES = np.random.default_rng(7).permutation(_zipf(len(CODES), 12))
OWN_LICENCES, OWN_SKILLS, OWN_WORDS = (
    _own(CODES, LICENCES, 6),
    _own(CODES, SKILLS, 60),
    _own(CODES, WORDS, 400),
)


def city(people: int, seed: int = 11) -> City:
    """A pool of invented people; the same number and seed always give the same one."""
    chance = np.random.default_rng(seed)
    codes = sorted(DISTRICTS)
    bits = {code: 1 << bit for bit, code in enumerate(DISTRICTS)}
    near = [[code, *sorted(neighbours(code))] for code in codes]
    home = chance.choice(len(codes), people, p=chance.permutation(_zipf(len(codes), 12)))
    commute = np.zeros(people, dtype=np.uint32)
    for place, reached in enumerate(near):
        here = np.flatnonzero(home == place)
        for index, code in enumerate(reached):
            goes = chance.random(len(here)) < (1.0 if index == 0 else 0.5)
            commute[here[goes]] |= np.uint32(bits[code])
    far = chance.random(people) < 0.1
    commute[far] |= np.uint32(1) << chance.integers(0, 25, int(far.sum())).astype(np.uint32)
    first = chance.choice(len(CODES), people, p=SHARES)
    order = np.lexsort((first, far, home))
    home, commute, first = home[order], commute[order], first[order]
    filters: dict[str, NDArray[Any]] = {
        "commute": commute,
        "flags": CONTRACTS[chance.choice(4, people, p=(0.5, 0.25, 0.15, 0.1))]
        | np.where(chance.random(people) < 0.995, EIGHTEEN | ADULT, 0).astype(np.uint8),
        "wage_floor": (np.clip(chance.normal(235, 35, people), 206, 600).astype(np.int32) * 10_000),
        "available": np.clip(TODAY - 730_120 + chance.integers(-60, 45, people), 0, 65_535).astype(np.uint16),
    }
    facts, counts = _facts(first, people, chance)
    kinds, payload = facts >> KIND_SHIFT, facts & ((1 << KIND_SHIFT) - 1)
    owners = np.repeat(np.arange(people), counts)
    sign = np.zeros(people, dtype=np.uint32)
    held = kinds == LICENCE
    np.bitwise_or.at(sign, owners[held], np.uint32(1) << (payload[held] % 32).astype(np.uint32))
    text, lengths = _texts(first, people, chance)
    segment = assembled(
        filters | {"licence_sign": sign},
        places=chance.permutation(people).astype(np.int64),
        facts=facts,
        fact_counts=counts,
        text=text,
        term_counts=lengths,
    )
    pool = Pool(
        (segment,),
        Vocabulary(f"자격{number}" for number in range(LICENCES)),
        Vocabulary(f"기술{number}" for number in range(SKILLS)),
    )
    return City(pool, counted(np.bincount(text, minlength=TERMS), people))


def _facts(
    first: NDArray[np.int64], people: int, chance: np.random.Generator
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Wanted occupations, courses, experience, licences and skills, sorted by person and kind."""
    everyone = np.arange(people)
    parts: list[tuple[NDArray[Any], NDArray[Any]]] = [(everyone, WANTED << KIND_SHIFT | CODES[first])]

    def some(share: float) -> NDArray[np.int64]:
        return np.flatnonzero(chance.random(people) < share)

    other = np.clip(first + chance.integers(-3, 4, people), 0, len(CODES) - 1)
    who = some(0.5)
    parts.append((who, WANTED << KIND_SHIFT | CODES[other[who]]))
    who = some(0.2)
    parts.append((who, TRAINED << KIND_SHIFT | CODES[first[who]]))
    for share, chosen in ((0.85, first), (0.4, other), (0.2, chance.choice(len(CODES), people, p=SHARES))):
        who = some(share)
        months = np.minimum(chance.exponential(40, len(who)).astype(np.int64) + 1, 480)
        parts.append((who, WORKED << KIND_SHIFT | CODES[chosen[who]] << CODE_SHIFT | months))
    for kind, own, width, most in ((LICENCE, OWN_LICENCES, 6, 3), (SKILL, OWN_SKILLS, 60, 16)):
        held = chance.integers(0, most + 1, people)
        who = np.repeat(everyone, held)
        which = chance.choice(width, len(who), p=_zipf(width, 8))
        parts.append((who, kind << KIND_SHIFT | own[first[who], which]))
    keys = _distinct(np.concatenate([who << 32 | number for who, number in parts]))
    return (keys & 0xFFFFFFFF).astype(np.uint32), np.bincount(keys >> 32, minlength=people)


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    keys.sort()
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])]


def _texts(
    first: NDArray[np.int64], people: int, chance: np.random.Generator
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Terms of what people wrote: mostly words of their trade, some that everybody uses; 5 to 120."""
    _, numbers = written()
    lengths = np.clip(chance.lognormal(3.2, 0.6, people), 5, 120).astype(np.int64)
    owners = np.repeat(np.arange(people), lengths)
    of_trade = chance.random(len(owners)) < 0.6
    words = np.where(
        of_trade,
        OWN_WORDS[first[owners], chance.choice(400, len(owners), p=_zipf(400, 20))],
        chance.choice(WORDS, len(owners), p=_zipf(WORDS, 60)),
    )
    keys = _distinct(owners << 32 | numbers[words].astype(np.int64))
    return (keys & 0xFFFFFFFF).astype(np.uint32), np.bincount(keys >> 32, minlength=people)


def orders(count: int, rarity: Rarity, seed: int = 21) -> list[Demand]:
    """Invented orders: a place, an occupation and what belongs to it; a third have a must licence, a third a year."""
    chance = np.random.default_rng(seed)
    words, _ = written()
    districts = _zipf(25, 12)
    made = []
    for _ in range(count):
        place = int(chance.choice(len(CODES), p=SHARES))
        skills = chance.choice(OWN_SKILLS[place], int(chance.integers(4, 11)), replace=False, p=_zipf(60, 8))
        licences = chance.choice(OWN_LICENCES[place], int(chance.integers(0, 3)), replace=False)
        own = chance.choice(OWN_WORDS[place], int(chance.integers(15, 30)), replace=False, p=_zipf(400, 20))
        common = chance.choice(WORDS, 10, p=_zipf(WORDS, 60))
        names = [f"자격{number}" for number in licences.tolist()]
        made.append(
            Demand(
                workplace_bit=1 << int(chance.choice(25, p=districts)),
                employment_bit=int(chance.choice([1, 4, 2, 8], p=[0.6, 0.25, 0.1, 0.05])),
                offered_won=int(np.clip(chance.normal(265, 35), 210, 600)) * 10_000,
                starts_on=TODAY + int(chance.integers(0, 45)),
                occupation=int(CODES[place]),
                needs_months=12 if chance.random() < 1 / 3 else 0,
                must_licences=names[:1] if chance.random() < 1 / 3 else [],
                must_skills=[],
                licences=names,
                skills=[f"기술{number}" for number in skills.tolist()],
                text=" ".join(words[number] for number in [*own.tolist(), *common.tolist()]),
                weights=WEIGHTS,
                gates=ADULT | EIGHTEEN if chance.random() < 0.05 else 0,
                rarity=rarity,
            )
        )
    return made
