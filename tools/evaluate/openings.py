"""Real openings against invented people: the whole score, every criterion left out and alone, and the text searches."""

from collections.abc import Sequence
from typing import Any, Final

from foundation.reference import licences, skills
from foundation.reference.occupations import Occupation, distance, suggest
from screening.casework.criteria.lines import DEFAULT_WEIGHTS
from screening.matching.demand import ANY_CONTRACT, ANYWHERE, Demand
from screening.matching.model import compiled
from screening.matching.ranking import rank
from tools.evaluate.figures import MOST, Answer, ranked, searches
from tools.evaluate.labelled import LabelledSet
from tools.evaluate.people import People, known_licences, known_skills
from tools.evaluate.sources import Posting

GRADES: Final = (3.0, 2.0, 1.0)
"""By distance in the tree: the same occupation, the same minor group, the same middle group."""
SEES_THE_LABEL: Final = {
    "occupation": "yes: the wanted occupation is the trade itself, but for three in ten of the disturbed pool",
    "experience": "yes: four in five have months in the trade itself",
    "training": "yes, for one in five",
    "licences": "in part: certificates that the descriptions of the trade name",
    "skills": "in part: skills that the sentences of the trade name",
    "text": "in part: sentences of the trade with words dropped, and the names of the occupations worked in",
}


def measured_openings(postings: Sequence[Posting], people: People) -> dict[str, Any]:
    """The figures of openings whose occupation we can read; the others are counted as left out.

    All openings of one occupation count as one, since half of the feed asks for care workers.
    """
    asked = {f"q{number}": (each, suggest(each.occupation)) for number, each in enumerate(postings)}
    labelled = LabelledSet(
        queries={name: each.text for name, (each, _) in asked.items()},
        corpus={str(number): text for number, text in enumerate(people.texts)},
        grades={name: _grades(meant.code, people) for name, (_, meant) in asked.items() if meant},
        relevant_from=GRADES[0],
        kinds={name: meant.code for name, (_, meant) in asked.items() if meant},
    )
    scores = {name: _by_score(asked, people, weights) for name, weights in _sheets().items()}
    return ranked(labelled, {**searches(labelled), **scores})


def _sheets() -> dict[str, dict[str, int]]:
    """The default weights, and those without and with only one criterion; rescaling the rest would change no order."""
    sheets = {"matching": DEFAULT_WEIGHTS}
    for name in DEFAULT_WEIGHTS:
        sheets[f"without_{name}"] = {**DEFAULT_WEIGHTS, name: 0}
    for name in DEFAULT_WEIGHTS:
        sheets[f"only_{name}"] = dict.fromkeys(DEFAULT_WEIGHTS, 0) | {name: 100}
    return sheets


def _grades(code: str, people: People) -> dict[str, float]:
    steps = (distance(trade, code) for trade in people.trades)
    return {str(number): GRADES[far] for number, far in enumerate(steps) if far < len(GRADES)}


def _by_score(
    asked: dict[str, tuple[Posting, Occupation | None]], people: People, weights: dict[str, int]
) -> Answer:
    def answer(query: str) -> Sequence[int]:
        posting, meant = asked[query]
        assert meant is not None
        demand = demanded(posting, int(meant.code), weights, people)
        rows = rank(people.pool, compiled(demand, people.pool), most=MOST).rows
        return [people.numbers[row] for row in rows.tolist()]

    return answer


def demanded(posting: Posting, code: int, weights: dict[str, int], people: People) -> Demand:
    """The opening as a demand without hard conditions."""
    named = [*posting.certificates, *known_licences(posting.text)]
    return Demand(
        workplace_bit=ANYWHERE,
        employment_bit=ANY_CONTRACT,
        offered_won=None,
        starts_on=None,
        occupation=code,
        needs_months=0,
        must_licences=(),
        must_skills=(),
        licences=list(dict.fromkeys(map(licences.canonical, named))),
        skills=list(map(skills.canonical, known_skills(posting.text))),
        text=posting.text,
        weights=weights,
        rarity=people.rarity,
    )
