"""Skills that job-seekers name and firms ask for, under whatever spelling."""

from typing import Final

from foundation.reference.synonyms import table

_SKILLS: Final = table("skills.csv")
NAMES: Final = _SKILLS.names


def canonical(text: str) -> str:
    """The plain key by which two spellings of one skill meet."""
    return _SKILLS.canonical(text)


def name(text: str) -> str:
    """The name a text means as people write it; an unknown text as it stands."""
    return _SKILLS.name(text)


def found_in(text: str) -> tuple[str, ...]:
    """The skills of which any spelling contains the text, in file order; () under two syllables."""
    return _SKILLS.found_in(text)
