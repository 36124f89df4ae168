"""Licences (자격·면허) that job-seekers hold and firms ask for, under whatever spelling."""

from typing import Final

from foundation.reference.synonyms import table

_LICENCES: Final = table("licences.csv", ("자격증", "자격", "면허증", "소지", "소지자", "취득"))
NAMES: Final = _LICENCES.names


def canonical(text: str) -> str:
    """The plain key by which two spellings of one licence meet; a trailing '자격증' or '소지자' is nothing."""
    return _LICENCES.canonical(text)


def name(text: str) -> str:
    """The name a text means as people write it; an unknown text as it stands."""
    return _LICENCES.name(text)


def found_in(text: str) -> tuple[str, ...]:
    """The licences of which any spelling contains the text, in file order; () under two syllables."""
    return _LICENCES.found_in(text)
