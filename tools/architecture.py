"""The drawing and the rooms in `docs/architecture.md`, made from the imports: `python -m tools.architecture`."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import grimp

from foundation.settings import ROOT

FILE: Final = ROOT / "docs" / "architecture.md"
LINE: Final = ("demo", "employer_portal", "incentives", "screening", "foundation")
"""Each imports only what is to its right."""
GROUPED: Final = ("employer_portal", "incentives", "screening")
"""Packages small enough for a drawing of their groups."""
BEGIN, END = "<!-- drawn from the imports by `python -m tools.architecture` -->", "<!-- to here -->"


def drawn() -> str:
    """The part of the document that is made: the arrows between groups, then every room with its sentence."""
    return f"{BEGIN}\n{_arrows()}\n\n{_rooms()}\n{END}"


def _arrows() -> str:
    graph = grimp.build_graph(*LINE, cache_dir=None)
    lines = ["```mermaid", "flowchart TD"]
    for package in GROUPED:
        arrows = sorted(
            {
                (_group(importer), _group(imported))
                for importer in graph.find_descendants(package)
                for imported in graph.find_modules_directly_imported_by(importer)
                if imported.startswith(f"{package}.") and _group(importer) != _group(imported)
            }
        )
        lines += [f"  subgraph {package}", *(f"    {above} --> {below}" for above, below in arrows), "  end"]
    return "\n".join([*lines, "```"])


def _group(module: str) -> str:
    return module.split(".")[1]


def _rooms() -> str:
    lines = []
    for package in LINE:
        rooms = [f"| `{room.relative_to(ROOT)}/` | {_sentence(room)} |" for room in _packages(ROOT / package)]
        lines += [f"**`{package}/`** {_sentence(ROOT / package)}", ""]
        lines += ["| room | what it is |", "|---|---|", *rooms, ""] if rooms else []
    return "\n".join(lines).rstrip()


def _packages(folder: Path) -> Iterator[Path]:
    for each in sorted(folder.iterdir()):
        if (each / "__init__.py").exists():
            yield each
            if folder.name == "screening":
                yield from _packages(each)


def _sentence(room: Path) -> str:
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
    return said.splitlines()[0].replace("|", "\\|") if said else ""


def with_drawing(text: str) -> str:
    """The document with its made part as it is now."""
    before, _, rest = text.partition(BEGIN)
    return before + drawn() + rest.partition(END)[2]


if __name__ == "__main__":
    FILE.write_text(with_drawing(FILE.read_text("utf-8")), "utf-8")
    sys.exit(0)
