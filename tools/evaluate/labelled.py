"""Labelled texts: queries, a corpus, and how well each text of the corpus answers each query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class LabelledSet:
    """Queries and texts in their order, both id → text; `grades` are by query id, then corpus id, 0 for none.

    `relevant_from` is the lowest grade that recall and MRR count as right; where `alone`, the text with the query's
    own id is left out of its answers. `kinds` groups queries of one kind, which together count as one.
    """

    queries: Mapping[str, str]
    corpus: Mapping[str, str]
    grades: Mapping[str, Mapping[str, float]]
    relevant_from: float = 0.0
    alone: bool = False
    kinds: Mapping[str, str] = field(default_factory=dict)
    ids: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", list(self.corpus))
