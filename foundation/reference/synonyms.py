"""Tables of names with the spellings people really write for them, and the key by which two spellings meet."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from foundation.reference.occupations import squash

SHORTEST = 2
"""Syllables a search needs, so that one syllable never lists half the table."""


@dataclass(frozen=True, slots=True, eq=False)
class Synonyms:
    """Names in file order, and for every plain spelling the one name it means.

    `endings` are words that say one holds the thing ('자격증'), dropped where the rest is then known.
    """

    names: tuple[str, ...]
    meanings: Mapping[str, str]
    endings: tuple[str, ...] = ()

    @lru_cache(maxsize=100_000)  # noqa: B019 - the tables live as long as the program
    def canonical(self, text: str) -> str:
        """The plain form of the name a text means; an unknown text stands for itself, in its plain form."""
        plain = squash(text)
        rest = plain
        while rest not in self.meanings:
            ending = next((word for word in self.endings if rest.endswith(word)), None)
            if ending is None:
                return plain
            rest = rest.removesuffix(ending)
        return squash(self.meanings[rest])

    def name(self, text: str) -> str:
        """The name a text means as people write it; an unknown text as it stands."""
        key = self.canonical(text)
        return self.meanings.get(key, text)

    def found_in(self, text: str) -> tuple[str, ...]:
        """The names of which any spelling contains the text, in file order; () under two syllables."""
        wanted = squash(text)
        if len(wanted) < SHORTEST:
            return ()
        found = {name for spelling, name in self.meanings.items() if wanted in spelling}
        return tuple(name for name in self.names if name in found)


def synonyms(entries: Iterable[tuple[str, Iterable[str]]], endings: tuple[str, ...] = ()) -> Synonyms:
    """The table of names with their variants; raises ValueError for a spelling that stands under two names."""
    names: list[str] = []
    meanings: dict[str, str] = {}
    for name, variants in entries:
        if name in names:
            raise ValueError(f"the name {name!r} stands twice")
        names.append(name)
        for spelling in (name, *variants):
            meant = meanings.setdefault(squash(spelling), name)
            if meant != name:
                raise ValueError(f"{spelling!r} stands under both {meant!r} and {name!r}")
    return Synonyms(tuple(names), MappingProxyType(meanings), endings)


def table(file: str, endings: tuple[str, ...] = ()) -> Synonyms:
    """The table of a file beside this module, with the columns name, variants (by '|') and source."""
    text = files("foundation.reference").joinpath(file).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return synonyms(
        ((row["name"], (word for word in row["variants"].split("|") if word)) for row in rows), endings
    )
