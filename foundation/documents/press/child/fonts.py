"""Small copies of the fonts for the text that is usual, the whole fonts for the text that is not."""

import hashlib
import html
import os
import unicodedata
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from foundation.documents.press.fonts import FACES, Face

RECIPE = "1"
"""Part of every copy's name; a change of what is kept makes new copies."""
UNSEEN = frozenset("CZ")
"""General categories (controls, spaces) that need no glyph."""


@cache
def usual_characters() -> frozenset[int]:
    """Latin, general punctuation and KS X 1001 without Chinese characters: 2,350 syllables and the signs."""
    found = {*range(0x20, 0x180), *range(0x2010, 0x2040)}
    for row in range(0xA1, 0xC9):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes((row, cell)).decode("euc_kr", "ignore")))
    return frozenset(found)


class Fonts:
    """The faces in `assets_dir` and their small copies in `cache_dir`, made when missing (some four seconds)."""

    def __init__(self, assets_dir: Path, cache_dir: Path) -> None:
        self._assets_dir = assets_dir
        self._cache_dir = cache_dir / "fonts"
        self._cache_dir.mkdir(parents=True, exist_ok=True)
        self._drawn = frozenset().union(*(self._characters(face) for face in FACES))

    def small(self) -> dict[str, bytes]:
        """File name → bytes of the small copies."""
        return {f"{face.name}.ttf": self._small_copy(face) for face in FACES}

    def whole(self) -> dict[str, bytes]:
        """File name → bytes of the fonts as they were installed."""
        return {f"{face.name}.ttf": (self._assets_dir / face.path).read_bytes() for face in FACES}

    def unusual(self, text: str) -> bool:
        """Whether the text has a character that only the whole fonts draw."""
        return any(ord(character) in self._drawn - usual_characters() for character in set(text))

    def spelled(self, text: str) -> str:
        """The text with signs that no font draws written out, for HTML: ㎡ as m2, ① as (1)."""
        return text.translate({ord(sign): _spelled(sign) for sign in set(text) if self._lacks(sign)})

    def undrawn(self, text: str) -> str:
        """The characters of a text that no font draws, each once, in order of code."""
        return "".join(sorted(sign for sign in set(text) if self._lacks(sign)))

    def _lacks(self, sign: str) -> bool:
        return ord(sign) not in self._drawn and unicodedata.category(sign)[0] not in UNSEEN

    def _characters(self, face: Face) -> frozenset[int]:
        with TTFont(self._assets_dir / face.path, lazy=True) as font:
            return frozenset(font.getBestCmap())

    def _small_copy(self, face: Face) -> bytes:
        whole = (self._assets_dir / face.path).read_bytes()
        mark = hashlib.sha256(RECIPE.encode() + whole).hexdigest()[:16]
        copy = self._cache_dir / f"{face.name}-{mark}.ttf"
        if not copy.is_file():
            half = copy.with_suffix(f".{os.getpid()}")
            _write_small(self._assets_dir / face.path, half)
            half.replace(copy)
        return copy.read_bytes()


def _write_small(source: Path, target: Path) -> None:
    options = subset.Options(hinting=False, recalc_timestamp=False, notdef_outline=True)
    keeper = subset.Subsetter(options)
    keeper.populate(unicodes=usual_characters())
    with TTFont(source, lazy=True) as font:
        keeper.subset(font)
        font.save(target)


def _spelled(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    if plain == sign:
        return sign
    return html.escape(f"({plain})" if unicodedata.category(sign) == "No" else plain)
