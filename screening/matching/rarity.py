"""How much a term says: rare words weigh more, words that everybody writes hardly anything."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from screening.matching.words import TERMS

STEP = 16
"""Weight of one halving: a term in every second text weighs 16, in every fourth 32 (Spärck Jones 1972)."""


@dataclass(frozen=True, eq=False)
class Rarity:
    """Whole weights of all terms, uint16[TERMS]; counted once and dated, so that the same order scores the same."""

    weights: NDArray[np.uint16] = field(repr=False)

    def of(self, terms: NDArray[np.uint32]) -> NDArray[np.int32]:
        """The weights of some terms."""
        return self.weights[terms].astype(np.int32)


EVEN = Rarity(np.full(TERMS, STEP, dtype=np.uint16))
"""Every term weighs the same: what holds until a pool has been counted."""


def counted(texts_with: NDArray[np.int64], texts: int) -> Rarity:
    """Weights from how many of `texts` texts hold each term (int64[TERMS]); a term nobody wrote weighs most."""
    most = math.log2(texts + 1)
    weights = np.rint(STEP * (most - np.log2(texts_with + 1.0)))
    return Rarity(np.clip(weights, 1, np.iinfo(np.uint16).max).astype(np.uint16))
