"""What leaves as a spreadsheet is data: no cell computes, whatever its text begins with."""

import html
import io
import zipfile

import pytest

from employer_portal.web.downloads import Sheet, spreadsheet

DANGEROUS = (
    "=1+1",
    "+82-2-000",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    '=HYPERLINK("x")',
    '"=1"',
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_stays_a_text(text: str) -> None:
    content = spreadsheet(Sheet("표", (text, "점수"), [(text, 1.5), (text, 2)]))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        shared = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count(' t="s"') == 4
    assert text.strip() in html.unescape(shared)
