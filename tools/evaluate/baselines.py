"""Two plain ways to search that ours is measured against: counting words, and TF-IDF with the cosine."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.search import best

_WORD: Final = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Whole words without case, as they stand between spaces and signs."""
    return _WORD.findall(text.casefold())


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters of the words."""
    return [word[at : at + 2] for word in words(text) for at in range(max(len(word) - 1, 1))]


class _Holders:
    """Which texts hold a part, and how often."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        rows: dict[str, list[int]] = {}
        times: dict[str, list[int]] = {}
        self.size = 0
        for row, parts in enumerate(texts):
            self.size += 1
            for part, count in Counter(parts).items():
                rows.setdefault(part, []).append(row)
                times.setdefault(part, []).append(count)
        self.rows = {part: np.array(each, dtype=np.int64) for part, each in rows.items()}
        self.times = {part: np.array(each, dtype=np.float64) for part, each in times.items()}


class KeywordSearch:
    """Counts how many different words of the query a text holds."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._holders = _Holders(map(words, texts))

    def search(self, text: str, most: int) -> NDArray[np.int64]:
        """The best rows first, of equal ones the earlier."""
        scores = np.zeros(self._holders.size, dtype=np.float64)
        for word in set(words(text)):
            scores[self._holders.rows.get(word, [])] += 1
        return best(scores, most)[0]


class TfIdf:
    """Times × ln((1 + texts) ÷ (1 + texts with it)) + 1, compared by the cosine (Salton and Buckley 1988)."""

    def __init__(self, texts: Sequence[str], parts: Callable[[str], list[str]] = words) -> None:
        self._parts = parts
        self._holders = _Holders(map(parts, texts))
        size = self._holders.size
        self._idf = {
            part: float(np.log((1 + size) / (1 + len(rows))) + 1) for part, rows in self._holders.rows.items()
        }
        squares = np.zeros(size, dtype=np.float64)
        for part, rows in self._holders.rows.items():
            squares[rows] += (self._holders.times[part] * self._idf[part]) ** 2
        self._lengths = np.sqrt(np.maximum(squares, 1e-12))

    def search(self, text: str, most: int) -> NDArray[np.int64]:
        """The best rows first, of equal ones the earlier; the query's own length changes no order."""
        scores = np.zeros(self._holders.size, dtype=np.float64)
        for part, count in sorted(Counter(self._parts(text)).items()):
            if part in self._idf:
                told = self._holders.times[part] * count * self._idf[part] ** 2
                scores[self._holders.rows[part]] += told
        return best(scores / self._lengths, most)[0]
