"""Recall, reciprocal rank and discounted gain of ranked answers."""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

DEPTHS: Final = (1, 5, 10, 50, 100)
"""How many answers recall looks at."""
GAIN_DEPTH: Final = 10


def measured(
    answers: Sequence[str], grades: Mapping[str, float], relevant_from: float = 0.0
) -> dict[str, float] | None:
    """The figures of one query's answers, best first; None where no text is right for it.

    A text is right with a grade above 0 and not below `relevant_from`.
    """
    right = {name for name, grade in grades.items() if grade > 0 and grade >= relevant_from}
    if not right:
        return None
    found = {f"recall@{depth}": recall(answers, right, depth) for depth in DEPTHS}
    return {**found, "MRR": reciprocal_rank(answers, right), f"nDCG@{GAIN_DEPTH}": ndcg(answers, grades)}


def recall(answers: Sequence[str], right: set[str], depth: int) -> float:
    """The share of the right ones that stand among the first `depth`."""
    return len(right.intersection(answers[:depth])) / len(right)


def reciprocal_rank(answers: Sequence[str], right: set[str]) -> float:
    """1 ÷ the place of the first right one; 0 where none was found."""
    return next((1 / place for place, name in enumerate(answers, start=1) if name in right), 0.0)


def ndcg(answers: Sequence[str], grades: Mapping[str, float], depth: int = GAIN_DEPTH) -> float:
    """Discounted gain over the best possible (Järvelin and Kekäläinen 2002): Σ grade ÷ log2(place + 1)."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(name, 0.0) for name in answers[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[float]) -> float:
    return sum(max(grade, 0.0) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def averaged(figures: Sequence[tuple[str, Mapping[str, float] | None]]) -> dict[str, float]:
    """The mean of every figure over kinds of queries, each the mean of its queries, to four decimals.

    Takes pairs of a kind and a query's figures; queries without a right text do not count. Empty without any.
    """
    kinds: dict[str, list[Mapping[str, float]]] = {}
    for kind, each in figures:
        if each is not None:
            kinds.setdefault(kind, []).append(each)
    names = list(next(iter(kinds.values()))[0]) if kinds else []
    return {
        name: round(fmean(fmean(each[name] for each in of_kind) for of_kind in kinds.values()), 4)
        for name in names
    }
