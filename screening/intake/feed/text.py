"""Text as the feed holds it, made clean: entities, composition, control characters, lost bullets."""

import html
import re
import unicodedata
from typing import Final

from foundation.composing import composed

AT_MOST: Final = 20_000
"""Characters read of one field; more is no posting but an accident."""

_BREAK: Final = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG: Final = re.compile(
    r"</?\s*(?:p|div|span|b|i|u|em|strong|font|ul|ol|li|table|tbody|tr|td|th|a|h[1-6]|pre|center)\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KEYCAP: Final = frozenset("\u20e3\ufe0e\ufe0f\ufffd")
_SPACES: Final = re.compile(r"[^\S\n]+")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_LOST_BULLET: Final = re.compile(r"(?m)^ ?？ ?")
_DASHES: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—―−－﹣ー─━ㅡ", "-") | dict.fromkeys("∼〜～˜∽⁓", "~") | {"：": ":", "；": ";"}
)


def clean(text: str) -> str:
    """Readable text with its lines: entities resolved (twice, as `&amp;gt;` occurs), tags out, NFC.

    Control, format, private and surrogate characters go, a `？` at the head of a line was a bullet.
    """
    plain = text[:AT_MOST]
    if "&" in plain:
        plain = html.unescape(html.unescape(plain))
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if "<" in plain:
        plain = _TAG.sub("", _BREAK.sub("\n", plain))
    plain = "".join(
        character
        for character in composed(plain)
        if character in "\n\t"
        or (unicodedata.category(character) not in _DROPPED and character not in _KEYCAP)
    )
    plain = _LOST_BULLET.sub("- ", _SPACES.sub(" ", plain))
    lines = [line.rstrip() for line in plain.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Clean text on one line."""
    return " ".join(clean(text).split())


def folded(text: str) -> str:
    """Clean text in one width (NFKC) with plain dashes and tildes, lines kept: for reading numbers."""
    return unicodedata.normalize("NFKC", clean(text).translate(_DASHES)).translate(_DASHES)


def letters(text: str) -> str:
    """Letters and digits only, one width, lower case: for comparing."""
    return "".join(c for c in unicodedata.normalize("NFKC", clean(text)).casefold() if c.isalnum())
