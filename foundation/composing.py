"""Putting typed text into one normal form, in linear time: a letter with ten thousand marks is nobody's name."""

import re
import sys
import unicodedata
from typing import Literal

MOST_MARKS = 30
"""Marks on one letter (Unicode Standard Annex #15, Stream-Safe Text Format); no language comes near it."""
_MARKS = "".join(
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[:1] or "a")
)
"""Marks, and signs that fall apart into marks."""
_TOO_MANY = re.compile(f"([{re.escape(_MARKS)}]{{{MOST_MARKS}}})[{re.escape(_MARKS)}]+")

_LONG = re.compile(f"[^\\x00-\\x7f]{{{MOST_MARKS + 1},}}")
"""Where too many marks can be at all: what is plain between them is passed over quickly."""


def composed(text: str, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """The text in NFC (as written) or NFKC (as meant), with at most `MOST_MARKS` marks on a letter.

    Ordering marks costs the square of their number, so what is more is dropped before.
    """
    return text if text.isascii() else unicodedata.normalize(form, _LONG.sub(_with_few_marks, text))


def _with_few_marks(stretch: re.Match[str]) -> str:
    return _TOO_MANY.sub(r"\1", stretch[0])
