"""The ways to search that are compared, by name."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.search import TextIndex
from tools.evaluate import baselines

Search = Callable[[str, int], NDArray[np.int64]]
"""A text and how many answers are wanted; the rows, best first."""


def product(texts: Sequence[str]) -> Search:
    """The search of the pages."""
    index = TextIndex.of(texts)
    return lambda text, most: index.search(text, most)[0]


ENGINES: Final[Mapping[str, Callable[[Sequence[str]], Search]]] = {
    "keyword": lambda texts: baselines.KeywordSearch(texts).search,
    "tfidf": lambda texts: baselines.TfIdf(texts).search,
    "tfidf_pairs": lambda texts: baselines.TfIdf(texts, baselines.pairs).search,
    "product": product,
}
