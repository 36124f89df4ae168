"""The document of the house says what the imports say."""

import re

import pytest

from foundation.settings import ROOT
from tools.architecture import FILE, LINE, with_drawing


def test_the_drawing_is_the_code() -> None:
    text = FILE.read_text("utf-8")
    assert text == with_drawing(text), "python -m tools.architecture draws it anew"


def test_every_room_says_in_a_sentence_what_it_is() -> None:
    rows = re.findall(
        r"^\| `(?:foundation|screening|incentives|employer_portal|demo)/\S*` \| (.*) \|$",
        FILE.read_text("utf-8"),
        re.MULTILINE,
    )
    assert len(rows) > 50
    assert all(row.endswith((".", ":")) for row in rows), [
        row for row in rows if not row.endswith((".", ":"))
    ]


@pytest.mark.parametrize(
    "document", ["docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md", "SECURITY.md", "README.md"]
)
def test_the_places_it_names_exist(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    named = re.findall(r"`((?:[a-z_]+/)+[\w]*(?:\.[a-z]+)?)`", text) + re.findall(
        r"\]\(((?!http)[\w./-]+)\)", text
    )
    assert named
    for path in named:
        inside = ROOT / "employer_portal" / path if path.startswith(("web/", "areas")) else ROOT / path
        assert inside.exists() or (ROOT / document).parent.joinpath(path).exists(), path


def test_every_package_of_the_house_stands_in_the_line() -> None:
    above = {"migrations", "tests", "tools"}
    packages = {each.parent.name for each in ROOT.glob("*/__init__.py")}
    assert packages - above == set(LINE)
