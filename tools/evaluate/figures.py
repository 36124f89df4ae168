"""The figures of a labelled set under every engine."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from tools.evaluate.engines import ENGINES, Search
from tools.evaluate.labelled import LabelledSet
from tools.evaluate.metrics import averaged, measured

Answer = Callable[[str], Sequence[int]]
"""A query's id; the rows of the corpus, best first."""
MOST: Final = 1000
"""Answers that are looked at; a right one that stands behind them counts as not found."""


def searched(labelled: LabelledSet) -> dict[str, Any]:
    """How many queries and texts there are, how many queries were left out, and every text search's figures."""
    return ranked(labelled, searches(labelled))


def searches(labelled: LabelledSet) -> dict[str, Answer]:
    """Every text search over the corpus."""
    texts = list(labelled.corpus.values())
    return {name: _asking(labelled, made(texts)) for name, made in ENGINES.items()}


def ranked(labelled: LabelledSet, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The same for any engines."""
    figures = {
        name: [
            (labelled.kinds.get(query, query), _of_query(labelled, query, answer))
            for query in labelled.queries
        ]
        for name, answer in answers.items()
    }
    judged = sum(each is not None for _, each in next(iter(figures.values())))
    return {
        "queries": judged,
        "queries_left_out": len(labelled.queries) - judged,
        "texts": len(labelled.corpus),
        "engines": {name: averaged(each) for name, each in figures.items()},
    }


def _asking(labelled: LabelledSet, search: Search) -> Answer:
    return lambda query: search(labelled.queries[query], MOST + labelled.alone).tolist()


def _of_query(labelled: LabelledSet, query: str, answer: Answer) -> dict[str, float] | None:
    grades = labelled.grades.get(query, {})
    if not any(grade > 0 for grade in grades.values()):
        return None
    names = [labelled.ids[row] for row in answer(query)]
    if labelled.alone:
        names = [name for name in names if name != query]
    return measured(names[:MOST], grades, labelled.relevant_from)
