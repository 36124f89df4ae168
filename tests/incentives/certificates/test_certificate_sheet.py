"""The certificate: one A4 page whatever the names, words for grades, the record inside, the QR readable."""

import datetime as dt
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from foundation.documents.press.press import Press
from incentives.certificates.record import FILE_NAME
from incentives.certificates.sheet import certificate_sheet
from tests.certificate_faces import a_face
from tests.sheets import characters

pytest_plugins = ["tests.press_fixture"]

A4 = (595.3, 841.9)
"""Points."""
WORDY = "서울 마포 구로 강서 다온 이음 한울 누리 가람 새봄 "


def test_the_certificate_is_one_tagged_a4_page(press: Press) -> None:
    with pikepdf.open(io.BytesIO(press.print(certificate_sheet(a_face())))) as pdf:
        assert len(pdf.pages) == 1
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(A4, abs=0.2)
        assert pdf.open_metadata()["dc:title"] == "우수 구인기업 인증서 제 2026-012호 – 다온밥상"
        tags = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        assert {"/H1", "/Table", "/TH", "/TD", "/P", "/Figure"} <= {str(tag.S) for tag in tags}
        figures = [str(tag.Alt) for tag in tags if tag.S == "/Figure"]
        assert any("QR 코드" in words for words in figures)
        assert all("/Headers" in tag.A for tag in tags if tag.S == "/TD")
        assert set("다온밥상윤미정최우수서울특별시마포구직인자리") <= characters(pdf)


def test_the_record_inside_says_what_the_paper_says(press: Press) -> None:
    with pikepdf.open(io.BytesIO(press.print(certificate_sheet(a_face())))) as pdf:
        content = pdf.attachments[FILE_NAME].get_file().read_bytes()
    assert json.loads(content) == {
        "schema": "ieum.certificate",
        "version": 1,
        "number": "제 2026-012호",
        "check_number": "1234567890123456",
        "employer_name": "다온밥상",
        "business_number": "0123456789",
        "grade": "최우수",
        "valid_from": "2026-01-01",
        "valid_to": "2027-12-31",
        "issued_on": "2026-01-01",
        "edition": "2025년",
        "issuer": "서울일자리플러스센터장",
        "check_url": "https://ieum.example/c/1234567890123456?k=Hq3xYw9TQ2mZr8vB5nLk7A",
    }
    assert "윤미정".encode() not in content


@pytest.mark.parametrize(
    "changes",
    [
        {"employer_name": "뢔펲뷁 푸드㈜", "representative": "김뢔숙"},
        {"employer_name": (WORDY * 4)[:100], "address": (WORDY * 5)[:120]},
        {"employer_name": "가" * 100, "address": "나" * 120},
        {
            "basis": "「서울특별시 우수 구인기업 인증 및 지원에 관한 조례 시행규칙」 제12조제3항 및 「인증 지침」 제5조"
        },
        {"address": (WORDY * 2)[:40], "basis": "「서울특별시 우수 구인기업 인증 지침」 제5조"},
        {"reissue": 3, "demo": False, "issuer": "서울특별시 마포구 일자리지원센터장"},
    ],
    ids=["rare syllables", "long names", "no spaces", "long basis", "a little long", "issued anew"],
)
def test_it_stays_one_page(press: Press, changes: dict[str, Any]) -> None:
    with pikepdf.open(io.BytesIO(press.print(certificate_sheet(a_face(**changes))))) as pdf:
        assert len(pdf.pages) == 1
        shown = "".join(str(value) for value in changes.values() if isinstance(value, str))
        assert set(shown) <= characters(pdf) | {" "}


def test_the_same_face_gives_the_same_sheet() -> None:
    assert certificate_sheet(a_face()) == certificate_sheet(a_face())


def test_names_are_escaped() -> None:
    sheet = certificate_sheet(
        a_face(employer_name='<script>alert("1")</script>', address="{{ 7 * 7 }} ${7*7}")
    )
    assert "<script" not in sheet.html
    assert "49" not in sheet.html
    assert "&lt;script&gt;" in sheet.html


def test_the_paper_shows_fours_hyphens_and_days() -> None:
    html = certificate_sheet(a_face(reissue=1)).html
    assert "1234-5678-9012-3456" in html
    assert "012-34-56789" in html
    assert "2027. 12. 31." in html
    assert "2026년 1월 1일" in html
    assert "제 2026-012호 (재발급 1회)" in html


def test_only_the_demo_says_that_it_has_no_effect() -> None:
    assert "시연용" in certificate_sheet(a_face()).html
    assert "시연용" not in certificate_sheet(a_face(demo=False)).html


@pytest.mark.parametrize(
    "wrong",
    [
        {"check_number": "123"},
        {"check_number": "１２３４５６７８９０１２３４５６"},
        {"valid_to": dt.date(2025, 12, 31)},
    ],
)
def test_a_face_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"sixteen digits|ends before"):
        a_face(**wrong)


def test_an_address_that_is_no_web_address_gets_no_code() -> None:
    with pytest.raises(ValueError, match="must be http"):
        certificate_sheet(a_face(check_url="javascript:alert(1)"))


@pytest.mark.skipif(
    not (shutil.which("pdftoppm") and shutil.which("zbarimg")),
    reason="pdftoppm (poppler-utils) or zbarimg (zbar-tools) is not installed",
)
def test_the_printed_code_is_read_by_a_scanner(press: Press, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(press.print(certificate_sheet(a_face())))
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", file, tmp_path / "page"], check=True)
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", "--nodbus", tmp_path / "page.png"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout.strip() == a_face().check_url
