"""The document of the house says what the imports say."""

import re

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


def test_the_places_it_names_exist() -> None:
    text = FILE.read_text("utf-8")
    for path in re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.py)?)`", text):
        assert (ROOT / path).exists(), path


def test_every_package_of_the_house_stands_in_the_line() -> None:
    above = {"migrations", "tests", "tools"}
    packages = {each.parent.name for each in ROOT.glob("*/__init__.py")}
    assert packages - above == set(LINE)
