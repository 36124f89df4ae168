"""Random people and demands, and the score worked out by hand, one person and one criterion after the other."""

import dataclasses
import random
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import numpy as np

from screening.matching.demand import ANY_CONTRACT, ANYWHERE, Demand
from screening.matching.pool import ADULT, EIGHTEEN, Pool, Vocabulary
from screening.matching.rarity import EVEN, Rarity
from screening.matching.words import TERMS, terms
from tests.screening.matching.rows import PoolRow, build, segment_of

CODES = (5312, 5313, 5322, 5501, 8511, 8512, 213, 214, 3401)
"""Every step of the KECO tree, and twice two middle groups that share one bit (53 and 85, 02 and 34)."""
LICENCES = tuple(f"자격{number}" for number in range(40))
"""More of them than a sign has bits: some share one."""
SKILLS = ("단체급식", "반찬", "엑셀", "선반", "용접", "회계")
WORDS = (
    "한식",
    "주방",
    "조리",
    "보조",
    "요양",
    "보호사",
    "방문",
    "물류",
    "창고",
    "지게차",
    "경리",
    "excel",
    "forklift",
)
CRITERIA = ("occupation", "experience", "skills", "licences", "text", "training")
DAY = 738_000
NOT_SHARED = dict.fromkeys(CRITERIA, 0)


def row(chance: random.Random, place: int = 0, **changed: object) -> PoolRow:
    """Somebody."""
    made = PoolRow(
        commute_bits=chance.getrandbits(3) | chance.choice((0, 1, 1, 1)),
        flags=chance.randint(1, 63) | chance.choice((0, EIGHTEEN, EIGHTEEN | ADULT, EIGHTEEN | ADULT)),
        wage_floor=chance.randint(180, 320) * 10_000,
        available_on=DAY + chance.randint(0, 60),
        place=place,
        area=chance.randint(0, 25),
        occupations=chance.sample(CODES, chance.randint(0, 3)),
        experience=[(code, chance.randint(0, 300)) for code in chance.sample(CODES, chance.randint(0, 3))],
        trainings=chance.sample(CODES, chance.randint(0, 2)),
        licences=chance.sample(chance.choice((LICENCES, LICENCES[:3])), chance.randint(0, 3)),
        skills=chance.sample(SKILLS, chance.randint(0, 4)),
        text=terms(" ".join(chance.sample(WORDS, chance.randint(0, 5)))),
    )
    return dataclasses.replace(made, **changed)


def people(chance: random.Random, size: int) -> list[PoolRow]:
    """Many people, some of whom are alike but for the day they registered."""
    places = chance.sample(range(10 * size), size)
    made = [row(chance, place) for place in places]
    for number in range(0, size - 1, 5):
        made[number] = dataclasses.replace(made[number + 1], place=made[number].place)
    return made


def weights(chance: random.Random) -> dict[str, int]:
    """Points that sum to a hundred; at times one criterion has all of them, or none has any."""
    luck = chance.random()
    if luck < 0.2:
        return {**NOT_SHARED, chance.choice(CRITERIA): 100}
    if luck < 0.25:
        return dict(NOT_SHARED)
    cuts = sorted(chance.randint(0, 100) for _ in range(5))
    return dict(zip(CRITERIA, np.diff([0, *cuts, 100]).tolist(), strict=True))


def demand(chance: random.Random, **changed: object) -> Demand:
    """An order."""
    made = Demand(
        workplace_bit=chance.choice((1, 1, 2, ANYWHERE)),
        employment_bit=chance.choice((1, 2, 4, 32, ANY_CONTRACT)),
        offered_won=chance.choice((None, 2_500_000, 3_000_000)),
        starts_on=chance.choice((None, DAY + 40)),
        occupation=chance.choice((*CODES, 0)),
        needs_months=chance.choice((0, 0, 0, 12)),
        must_licences=chance.choice(((), (), LICENCES[:1], (chance.choice(LICENCES),))),
        must_skills=chance.choice(((), (), SKILLS[:1])),
        licences=chance.sample(LICENCES[:3], chance.randint(0, 2)),
        skills=chance.sample(SKILLS, chance.randint(0, 3)),
        text=" ".join(chance.sample(WORDS, chance.randint(0, 6))),
        weights=weights(chance),
        gates=chance.choice((0, 0, EIGHTEEN, EIGHTEEN | ADULT)),
        rarity=rare(chance) if chance.random() < 0.5 else EVEN,
    )
    return dataclasses.replace(made, **changed)


def easy(chance: random.Random, **changed: object) -> Demand:
    """An order whose hard conditions everybody meets."""
    return demand(
        chance,
        **{
            "workplace_bit": ANYWHERE,
            "employment_bit": ANY_CONTRACT,
            "offered_won": None,
            "starts_on": None,
            "needs_months": 0,
            "must_licences": (),
            "must_skills": (),
            "gates": 0,
            **changed,
        },
    )


def willing(chance: random.Random, place: int = 0, **changed: object) -> PoolRow:
    """Somebody who meets the hard conditions of every `easy` order."""
    return row(chance, place, **{"commute_bits": 7, "flags": 63 | EIGHTEEN | ADULT, **changed})


def rare(chance: random.Random) -> Rarity:
    return counted_by(chance.randint(0, 4))


@cache
def counted_by(seed: int) -> Rarity:
    return Rarity(np.random.default_rng(seed).integers(1, 300, TERMS, dtype=np.uint16))


def laid(rows: Sequence[PoolRow], parts: int = 1) -> Pool:
    """The people as a pool: one base, or several segments one after the other."""
    if parts == 1:
        return build(rows)
    licences, skills = Vocabulary(), Vocabulary()
    return Pool(
        tuple(segment_of(rows[part::parts], licences, skills) for part in range(parts)), licences, skills
    )


def places_of(pool: Pool, rows: Sequence[int]) -> list[int]:
    """Who stands in the given rows, by their place in the order of registration."""
    return [
        int(segment.records["place"][at]) for segment, at in map(pool.located, (int(each) for each in rows))
    ]


def steps(one: int, other: int) -> int:
    """Digits of two occupation codes that differ, counted from the first that does."""
    left, right = f"{one:04}", f"{other:04}"
    return next((4 - place for place in range(4) if left[place] != right[place]), 0)


def failed(person: PoolRow, order: Demand) -> set[str]:
    """The hard conditions that somebody does not meet."""
    met = {
        "gate": person.flags & order.gates == order.gates,
        "hours": bool(person.flags & order.employment_bit),
        "pay": order.offered_won is None or person.wage_floor <= order.offered_won,
        "date": order.starts_on is None or person.available_on <= order.starts_on,
        "commute": bool(person.commute_bits & order.workplace_bit),
        "licence": set(order.must_licences) <= set(person.licences),
        "skill": set(order.must_skills) <= set(person.skills),
        "experience": counted_months(person, order) >= order.needs_months,
    }
    return {name for name, holds in met.items() if not holds}


def counted_months(person: PoolRow, order: Demand) -> int:
    """Months that count: near occupations in full, the same middle group half; any where no occupation is asked."""
    counted = 0
    for code, worked in person.experience:
        counted += worked * ((2, 2, 1, 0, 0)[steps(code, order.occupation)] if order.occupation else 2)
    return counted // 2


def thousandths(person: PoolRow, order: Demand) -> dict[str, int]:
    """The share of every criterion in thousandths, as docs/matching.md tells it."""
    shares = dict.fromkeys(CRITERIA, 1000)
    if order.occupation:
        near = [steps(code, order.occupation) for code in person.occupations]
        shares["occupation"] = max(((1000, 700, 400, 150, 0)[each] for each in near), default=0)
        learned = [steps(code, order.occupation) for code in person.trainings]
        shares["training"] = max(((1000, 1000, 500, 0, 0)[each] for each in learned), default=0)
        shares["experience"] = round(1000 * (1 - 0.5 ** (min(counted_months(person, order), 240) / 24)))
    for name, asked, held in (
        ("skills", set(order.skills), set(person.skills)),
        ("licences", set(order.licences), set(person.licences)),
    ):
        if asked:
            shares[name] = 1000 * len(asked & held) // len(asked)
    words = said(order.text)
    if words:
        shares["text"] = min(
            1000, 3000 * weighed(order, words.intersection(person.text.tolist())) // weighed(order, words)
        )
    return shares


@lru_cache
def said(text: str) -> frozenset[int]:
    return frozenset(terms(text).tolist())


def weighed(order: Demand, words: Iterable[int]) -> int:
    return sum(int(order.rarity.weights[word]) for word in words)


def score(person: PoolRow, order: Demand) -> int:
    return sum(order.weights[name] * share for name, share in thousandths(person, order).items())


def by_hand(rows: Sequence[PoolRow], order: Demand) -> list[tuple[int, int]]:
    """(score, place) of everybody who meets the hard conditions, best first, of equals who registered first."""
    fit = [(score(person, order), person.place) for person in rows if not failed(person, order)]
    return sorted(fit, key=lambda each: (-each[0], each[1]))
