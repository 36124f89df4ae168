"""Sheets for tests of the press, and what a printed one can be read back as."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pikepdf

from foundation.documents.press.press import Press
from foundation.documents.press.sheet import Sheet
from foundation.settings import ROOT

CACHE = ROOT / "var" / "tests" / "press"
"""Shared by all runs: the small fonts take seconds to make and never change."""

PressMaker = Callable[..., Press]


def a_sheet(html: str = "<h1>시험</h1>", **changes: Any) -> Sheet:
    """A sheet with everything it must have."""
    given: dict[str, Any] = {
        "html": html,
        "css": 'html { font-family: "Nanum Gothic" }',
        "title": "시험 문서",
        "author": "서울일자리플러스센터",
        "created_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "identifier": "test",
    }
    return Sheet(**given | changes)


def characters(pdf: pikepdf.Pdf) -> set[str]:
    """Every character that the fonts of a PDF can be read back as (from their ToUnicode maps)."""
    found: set[str] = set()
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            for block in re.findall(rb"beginbfchar(.*?)endbfchar", item.ToUnicode.read_bytes(), re.S):
                for target in re.findall(rb"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", block):
                    found.update(bytes.fromhex(target.decode()).decode("utf-16-be"))
    return found
