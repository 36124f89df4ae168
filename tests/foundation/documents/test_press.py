"""What the press prints: tagged, of the declared standard, readable as text, and the same every time."""

import io
import shutil
import subprocess
import time
from pathlib import Path

import pikepdf
import pytest

from foundation.documents.press.child_process import Bounds
from foundation.documents.press.failures import PressFailed, PressUnavailable
from foundation.documents.press.press import Press
from foundation.documents.press.sheet import Attachment
from tests.sheets import PressMaker, a_sheet, characters

pytest_plugins = ["tests.press_fixture"]

RARE = "뢔펲뷁"
ENCLOSED = Attachment("record.json", '{"이름":"다온밥상"}'.encode(), "기록")


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def test_a_sheet_becomes_a_tagged_pdf_with_title_and_language(press: Press) -> None:
    pdf = opened(press.print(a_sheet("<h1>다온밥상</h1><p>본문</p>")))
    assert pdf.Root.Lang == "ko"
    assert pdf.Root.MarkInfo.Marked is True
    tags = [str(item["/S"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
    assert "/H1" in tags
    assert "/P" in tags
    assert "/StructTreeRoot" in pdf.Root
    metadata = pdf.open_metadata()
    assert metadata["dc:title"] == "시험 문서"
    assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_a_file_inside_makes_it_pdf_a_4f(press: Press) -> None:
    pdf = opened(press.print(a_sheet(attachment=ENCLOSED)))
    metadata = pdf.open_metadata()
    assert pdf.pdf_version == "2.0"
    assert metadata["{http://www.aiim.org/pdfa/ns/id/}part"] == "4"
    assert metadata["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "F"
    assert pdf.attachments["record.json"].get_file().read_bytes() == ENCLOSED.content
    assert pdf.Root.AF[0].AFRelationship == "/Data"
    assert "/StructTreeRoot" in pdf.Root


def test_rare_syllables_are_printed_with_the_whole_font(press: Press) -> None:
    assert set(RARE) <= characters(opened(press.print(a_sheet(f"<p>{RARE}</p>"))))


def test_a_rare_syllable_hidden_in_an_entity_is_found(press: Press) -> None:
    assert "뷁" in characters(opened(press.print(a_sheet(f"<p>&#{ord('뷁')};</p>"))))


def test_signs_that_no_font_has_are_written_out(press: Press) -> None:
    printed = characters(opened(press.print(a_sheet("<p>① 33㎡</p>"))))
    assert {"(", "1", ")", "m", "2"} <= printed


def test_a_written_out_sign_cannot_become_markup(press: Press) -> None:
    assert "<" in characters(opened(press.print(a_sheet("<p>﹤b﹥x</p>"))))


def test_a_character_that_cannot_be_printed_is_named(press: Press) -> None:
    with pytest.raises(PressFailed, match=r"글꼴에 없는 글자.*金"):
        press.print(a_sheet("<p>金家</p>"))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_the_text_layer_reads_in_order(press: Press, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(press.print(a_sheet(f"<h1>우수 구인기업</h1><p>김{RARE} 님</p>")))
    read = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert read.split() == ["우수", "구인기업", f"김{RARE}", "님"]


def test_the_same_sheet_gives_the_same_bytes_in_another_process(
    new_press: PressMaker, tmp_path: Path
) -> None:
    sheet = a_sheet(f"<h1>다온밥상 {RARE}</h1>", attachment=ENCLOSED, images={})
    first, second = new_press(), new_press(cache_dir=tmp_path)
    second.print(a_sheet("<p>먼저 다른 문서</p>", css='p { font-family: "Nanum Myeongjo" }'))
    assert first.print(sheet) == second.print(sheet)
    assert first.children != second.children


def test_a_page_too_many_is_refused(press: Press) -> None:
    two = '<p style="break-after: page">1</p><p>2</p>'
    with pytest.raises(PressFailed, match="1쪽이어야 할 문서가 2쪽"):
        press.print(a_sheet(two, pages=1))


def test_a_sheet_is_set_tighter_before_it_is_refused(press: Press) -> None:
    tall = a_sheet("<p>1</p><p>2</p>", css="p { height: 20cm }", tighter_css="p { height: 1cm }", pages=1)
    assert len(opened(press.print(tall)).pages) == 1


def test_missing_fonts_are_said_in_one_sentence(tmp_path: Path) -> None:
    with (
        Press(assets_dir=tmp_path, cache_dir=tmp_path) as press,
        pytest.raises(PressUnavailable, match=r"글꼴이 없습니다.*fonts are not installed"),
    ):
        press.print(a_sheet())


def test_a_sheet_brings_no_fonts_of_its_own() -> None:
    with pytest.raises(ValueError, match="brings no fonts"):
        a_sheet(css="@font-face { font-family: x; src: url(asset:x.ttf) }")


def test_a_warm_press_is_quick(new_press: PressMaker) -> None:
    press = new_press(bounds=Bounds())
    press.print(a_sheet())
    started = time.monotonic()
    for turn in range(5):
        press.print(a_sheet(f"<h1>{turn}번째 문서</h1><p>빨리 인쇄됩니다.</p>"))
    assert (time.monotonic() - started) / 5 < 0.3
