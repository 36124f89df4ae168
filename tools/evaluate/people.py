"""Invented people whose trade is known: what they wrote is made of the descriptions of that trade, with noise."""

import datetime as dt
import json
import random
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from foundation.reference import licences, skills
from foundation.reference.occupations import OCCUPATIONS, squash, suggest
from screening.matching.pool import Pool, Vocabulary
from screening.matching.rarity import Rarity, counted
from screening.matching.words import TERMS
from screening.pool.index.rows import Columns, SeekerFacts
from tools.evaluate import sources

EACH: Final = 8
"""People of every occupation at least."""
MORE: Final = 2_100
"""People besides, of occupations drawn by chance, few of them often."""
DISTURBED: Final = 0.3
"""Share of people who, in the disturbed pool, name another wanted occupation or none, half of them each."""
DROPPED: Final = 0.3
"""Share of the words of a description that a person does not repeat."""
DAY: Final = dt.date(2026, 1, 5)
FILLERS: Final = (
    "성실하고 책임감이 있습니다", "오래 근무할 곳을 찾습니다", "동료와 잘 지냅니다", "바로 출근할 수 있습니다",
    "꼼꼼하다는 말을 듣습니다", "새로 배우는 일을 좋아합니다",
)  # fmt: skip


@dataclass(frozen=True)
class Trade:
    """What belongs to an occupation: sentences of its descriptions, licences, skills that the sentences name."""

    sentences: list[str] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class People:
    """Invented people: `trades` is what each really does, `texts` what the pool reads of each; `rows` of the pool."""

    trades: Sequence[str]
    texts: Sequence[str]
    pool: Pool
    numbers: Sequence[int]
    """The person in every row of the pool."""

    @cached_property
    def rarity(self) -> Rarity:
        holding = sum(
            (np.bincount(each.text, minlength=TERMS) for each in self.pool.segments),
            start=np.zeros(TERMS, dtype=np.int64),
        )
        return counted(holding, len(self.trades))


def trades() -> dict[str, Trade]:
    """Every occupation of the center with what the descriptions say of it; without one, its names."""
    made = {code: Trade() for code in OCCUPATIONS}
    for career in sources.careers():
        meant = suggest(career.title)
        if meant is not None:
            made[meant.code].sentences.extend(career.duties)
            made[meant.code].licences.extend(career.certificates)
    for code, trade in made.items():
        if not trade.sentences:
            entry = OCCUPATIONS[code]
            trade.sentences.extend(f"{word} 일을 합니다" for word in (entry.name, *entry.synonyms))
        trade.skills.extend(known_skills(" ".join(trade.sentences)))
    return made


def known_skills(text: str) -> list[str]:
    """The skills of the center's table that a text names in three letters or more."""
    plain = squash(text)
    return [name for name in skills.NAMES if len(squash(name)) >= 3 and squash(name) in plain]


def known_licences(text: str) -> list[str]:
    """The licences of the center's table that a text names."""
    plain = squash(text)
    return [name for name in licences.NAMES if squash(name) in plain]


def people(*, disturbed: bool, seed: int = 17) -> People:
    """The pool, always the same one; where `disturbed`, three in ten want something else or say nothing."""
    chance = random.Random(seed)
    known = trades()
    codes = sorted(known)
    shuffled = chance.sample(codes, len(codes))
    drawn = chance.choices(shuffled, [1 / (place + 12) for place in range(len(codes))], k=MORE)
    who = codes * EACH + drawn
    chance.shuffle(who)
    facts = [_person(number, trade, known, disturbed, chance) for number, trade in enumerate(who)]
    columns = Columns(Vocabulary(), Vocabulary())
    columns.take(facts, {})
    pool, ids = columns.laid_out()
    return People(
        trades=who,
        texts=[_read(each) for each in facts],
        pool=pool,
        numbers=[int.from_bytes(each.tobytes(), "big") for each in ids],
    )


def _person(
    number: int, trade: str, known: dict[str, Trade], disturbed: bool, chance: random.Random
) -> SeekerFacts:
    own = known[trade]
    near = [code for code in known if code[:2] == trade[:2]]
    other = chance.choice(sorted(known))
    lot = chance.random()
    wanted = [trade] if lot >= DISTURBED or not disturbed else [other] if lot < DISTURBED / 2 else []
    if wanted and chance.random() < 0.3:
        wanted.append(chance.choice(near))
    experience: Counter[str] = Counter()
    for share, code in ((0.8, trade), (0.3, chance.choice(near)), (0.3, other)):
        if chance.random() < share:
            experience[code] += 1 + min(int(chance.expovariate(1 / 40)), 400)
    sentences = chance.sample(own.sentences, min(len(own.sentences), chance.randint(1, 3)))
    sentences += chance.sample(known[other].sentences, 1)
    sentences += chance.sample(FILLERS, 2)
    chance.shuffle(sentences)
    said = " ".join(
        " ".join(word for word in each.split() if chance.random() >= DROPPED) for each in sentences
    )
    return SeekerFacts(
        id=uuid.UUID(int=number).hex,
        code=f"S-{number}",
        registered_on=DAY,
        district=None,
        commute="[]",
        occupations=json.dumps(wanted),
        experience=json.dumps(experience),
        skills=_list([*_some(own.skills, 0.5, chance), *chance.sample(skills.NAMES, 2)]),
        licences=_list([*_some(own.licences, 0.4, chance), chance.choice(licences.NAMES)]),
        trainings=json.dumps([trade] if chance.random() < 0.2 else []),
        employment_types="[]",
        wage_floor=0,
        available_on=DAY,
        summary=said,
    )


def _some(words: Sequence[str], share: float, chance: random.Random) -> list[str]:
    return [word for word in dict.fromkeys(words) if chance.random() < share]


def _list(words: Sequence[str]) -> str:
    return json.dumps(words, ensure_ascii=False)


def _read(person: SeekerFacts) -> str:
    """What the pool reads as somebody's text: their words, the names of their jobs, their skills."""
    jobs = " ".join(OCCUPATIONS[code].name for code in json.loads(person.experience))
    return f"{person.summary} {jobs} {' '.join(json.loads(person.skills))}"
