"""Occupations small firms hire for: four-digit codes of the Korean Employment Classification (KECO 2025)."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final


class UnknownOccupation(KeyError):
    """No such code in the table of occupations."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """A four-digit occupation (직종, KECO 세분류).

    `manual` marks simple labour (단순노무, Minimum Wage Act §5(2)): probation never lowers its minimum wage.
    An occupation that the two classifications sort differently counts as manual, in favour of the worker.
    """

    code: str
    name: str
    synonyms: tuple[str, ...]
    manual: bool


def _rows() -> Iterator[tuple[str, Occupation]]:
    table = files("foundation.reference").joinpath("occupations.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        synonyms = tuple(word for word in row["synonyms"].split("|") if word)
        yield row["code"], Occupation(row["code"], row["name"], synonyms, row["manual"] == "1")


OCCUPATIONS: Final[Mapping[str, Occupation]] = MappingProxyType(dict(_rows()))


def occupation(code: str) -> Occupation:
    """The occupation of a four-digit code; raises UnknownOccupation."""
    try:
        return OCCUPATIONS[code]
    except KeyError:
        raise UnknownOccupation(code) from None


def distance(a: str, b: str) -> int:
    """How far two codes lie apart in the tree: 0 the same code, then one step per digit less shared, to 4.

    1 = same first three digits, 2 = same first two, 3 = same first one, 4 = nothing in common.
    """
    if a == b:
        return 0
    for shared, steps in ((3, 1), (2, 2), (1, 3)):
        if len(a) >= shared and a[:shared] == b[:shared]:
            return steps
    return 4


@lru_cache(maxsize=4096)
def suggest(text: str) -> Occupation | None:
    """The occupation a free text means, or None: exact name, exact synonym, then what the text contains.

    Spaces, punctuation, case and width are ignored. Of several contained words the longest wins, of equally
    long ones the last, because a Korean title ends in its head noun. A text that is itself only part of a
    name ('요양') finds the shortest such name.
    """
    wanted = squash(text)
    if len(wanted) < 2:
        return None
    exact = _NAMES.get(wanted) or _SYNONYMS.get(wanted)
    if exact is not None:
        return exact
    best: tuple[int, int] = (0, -1)
    found: Occupation | None = None
    for word, entry in _WORDS:
        if len(word) < best[0]:
            break
        at = _last_standing(wanted, word)
        if at >= 0 and (len(word), at) > best:
            best, found = (len(word), at), entry
    if found is not None:
        return found
    around = [(len(word), entry.code, entry) for word, entry in _WORDS if wanted in word]
    return min(around)[2] if around and len(wanted) <= 6 else None


def squash(text: str) -> str:
    """Letters and digits only, lower case, in one width: the form in which names are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _last_standing(text: str, word: str) -> int:
    """Where `word` last occurs; a Latin word ('tm') must not be part of a longer Latin word ('atm')."""
    at = text.rfind(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (_is_latin(word[0]) and _is_latin(before)) and not (_is_latin(word[-1]) and _is_latin(after)):
            return at
        at = text.rfind(word, 0, at + len(word) - 1)
    return -1


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


_NAMES: Final = {squash(entry.name): entry for entry in OCCUPATIONS.values()}
_SYNONYMS: Final = {squash(word): entry for entry in OCCUPATIONS.values() for word in entry.synonyms}
_WORDS: Final = sorted(
    ((word, entry) for word, entry in {**_SYNONYMS, **_NAMES}.items() if len(word) >= 2),
    key=lambda pair: (-len(pair[0]), pair[1].code),
)
