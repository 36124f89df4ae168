"""Texts for a text, best first: BM25 over the same terms by which people are matched; no dictionary is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.matching.endings import bare_words
from screening.matching.pool import Pool
from screening.matching.rarity import Rarity, counted
from screening.matching.words import OCCURRENCE, TERMS, counted_terms_of

SATURATION: Final = 2.0
"""k1: the n-th time that a text says a term adds less and less; between 1.2 and 3 the figures hardly differ."""
LENGTH: Final = 0.75
"""b: how far a text's length counts against it, 0 not at all, 1 in full."""
AT_ONCE: Final = 10_000


@dataclass(frozen=True, eq=False)
class TextIndex:
    """Many texts by their terms, ready to be searched.

    The texts that hold term t are `rows[starts[t]:starts[t + 1]]`, uint32, ascending; `impacts` float32 beside them
    say how much t tells of each. `starts` is int64[TERMS + 1]; `rarity` weighs the terms of a query; `size` texts.
    """

    size: int
    starts: NDArray[np.int64]
    rows: NDArray[np.uint32]
    impacts: NDArray[np.float32]
    rarity: Rarity

    @classmethod
    def of(cls, texts: Sequence[str]) -> "TextIndex":
        """The index of some texts; a text's row is its place among them."""
        parts = [counted_terms_of(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
        if not parts:
            parts = [counted_terms_of([])]
        terms, counts, times = (np.concatenate(each) for each in zip(*parts, strict=True))
        owners = np.repeat(np.arange(len(texts), dtype=np.uint32), counts)
        holding = np.bincount(terms, minlength=TERMS)
        order = np.argsort(terms, kind="stable")
        return cls(
            size=len(texts),
            starts=np.concatenate([[0], np.cumsum(holding)]),
            rows=owners[order],
            impacts=_impacts(times, owners, len(texts))[order],
            rarity=counted(holding, len(texts)),
        )

    def search(self, text: str, most: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The best `most` rows that share a term with the text, and their scores; ties fall to the earlier row.

        score = Σ rarity × times asked × impact: BM25 with a linear query part (Robertson and Zaragoza 2009, 3.4),
        since who says a word three times asks for it. Rows int64, scores float64.
        """
        terms, times = _asked(text)
        spans = [slice(self.starts[term], self.starts[term + 1]) for term in terms.tolist()]
        if not spans or most < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64)
        weights = self.rarity.of(terms) * times
        told = [self.impacts[span] * weight for span, weight in zip(spans, weights.tolist(), strict=True)]
        rows = np.concatenate([self.rows[span] for span in spans])
        scores = np.bincount(rows, weights=np.concatenate(told), minlength=self.size)
        return best(scores.astype(np.float64, copy=False), most)


def closest(
    pool: Pool, text: str, *, rarity: Rarity, among: NDArray[np.int64], most: int
) -> NDArray[np.int64]:
    """The given rows of a pool whose own words come closest to a text, best first, ties to the earlier row.

    The same measure over the pool's terms, which say once what a text says; who shares no term is not among them.
    """
    terms, times = _asked(text)
    table = np.zeros(TERMS, dtype=np.float64)
    table[terms] = rarity.of(terms) * times
    lengths = np.concatenate([each.records["terms"] for each in pool.segments]).astype(np.float64)
    told = np.concatenate(
        [
            np.bincount(
                np.repeat(np.arange(each.capacity), each.records["terms"]),
                weights=table[each.text],
                minlength=each.capacity,
            )
            for each in pool.segments
        ]
    )
    chosen = np.zeros(len(lengths), dtype=np.bool_)
    chosen[among] = True
    mean = float(lengths[chosen].mean()) if chosen.any() else 1.0
    against = SATURATION * (1 - LENGTH + LENGTH * lengths / max(mean, 1.0))
    rows, _ = best(np.where(chosen, told * (SATURATION + 1) / (1 + against), 0.0), most)
    return rows


def best(scores: NDArray[np.float64], most: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The `most` places with the highest scores above 0, highest first, of equal ones the earlier first."""
    places = np.flatnonzero(scores > 0)
    if len(places) > most:
        least = np.partition(scores[places], -most)[-most]
        places = places[scores[places] >= least]
    places = places[np.lexsort((places, -scores[places]))][:most]
    return places, scores[places]


def _asked(text: str) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    """The terms of a query, each with its times: as it stands, and once more word by word without endings.

    What lies inside a bare word thus counts twice as much as what lies across a space or in a particle.
    """
    terms, _, times = counted_terms_of([text, *bare_words(text)])
    asked, places = np.unique(terms, return_inverse=True)
    said = np.bincount(places, weights=times / OCCURRENCE, minlength=len(asked))
    return asked, said.astype(np.float64, copy=False)


def _impacts(times: NDArray[np.uint32], owners: NDArray[np.uint32], texts: int) -> NDArray[np.float32]:
    """How much a term tells of the text that has it so many times: saturated, less in a longer text; float32[total]."""
    said = times / OCCURRENCE
    lengths = np.bincount(owners, weights=said, minlength=texts)
    longer = lengths / max(float(lengths.mean()) if texts else 0.0, 1.0)
    against = SATURATION * (1 - LENGTH + LENGTH * longer)
    impacts: NDArray[np.float32] = (said * (SATURATION + 1) / (said + against[owners])).astype(np.float32)
    return impacts
