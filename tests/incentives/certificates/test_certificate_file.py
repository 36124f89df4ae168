"""From print to verdict with real files: what was issued passes, whatever was changed does not (promises E3, E4)."""

import dataclasses
import hashlib
import io
import random
import re

import pikepdf
import pytest

from foundation.documents.press.press import Press
from incentives.certificates.checkfile import record_in
from incentives.certificates.sheet import certificate_sheet
from incentives.certificates.verdict import FileOutcome, FileVerdict, RegisterStatus, judge
from tests.certificate_faces import a_face
from tests.sheets import PressMaker

pytest_plugins = ["tests.press_fixture"]


@pytest.fixture(scope="module")
def issued(press: Press) -> bytes:
    return press.print(certificate_sheet(a_face()))


def verdict_on(press: Press, payload: bytes, issued: bytes) -> FileVerdict:
    return judge(press.inspect(payload), hashlib.sha256(issued).hexdigest(), RegisterStatus.VALID)


def signed_zones(pdf: bytes) -> list[range]:
    """The two stretches of bytes that the signature speaks for."""
    numbers = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", pdf)
    assert numbers is not None
    first, length, second, rest = map(int, numbers.groups())
    return [range(first, first + length), range(second, second + rest)]


def test_the_issued_file_is_original(press: Press, issued: bytes) -> None:
    verdict = verdict_on(press, issued, issued)
    assert verdict.outcome is FileOutcome.ORIGINAL
    assert verdict.green
    record = record_in(press.inspect(issued))
    assert record == a_face().record


def check_flips(press: Press, issued: bytes, flips: int) -> None:
    zones = signed_zones(issued)
    chance = random.Random(flips)
    assert sum(map(len, zones)) > 20_000
    for _ in range(flips):
        place = chance.choice(zones[0] if chance.random() < 0.9 else zones[1])
        changed = bytearray(issued)
        changed[place] ^= 1 << chance.randrange(8)
        facts = press.inspect(bytes(changed))
        assert facts.signature is None or not facts.signature.intact, place
        outcome = judge(facts, hashlib.sha256(issued).hexdigest(), RegisterStatus.VALID).outcome
        assert outcome not in (FileOutcome.ORIGINAL, FileOutcome.APPENDED), place


def test_no_flipped_bit_is_accepted(press: Press, issued: bytes) -> None:
    check_flips(press, issued, 600)


@pytest.mark.proof
def test_no_flipped_bit_of_ten_thousand_is_accepted(press: Press, issued: bytes) -> None:
    check_flips(press, issued, 10_000)


def test_a_flip_between_the_signed_bytes_is_not_the_original(press: Press, issued: bytes) -> None:
    """The signature's own padding is signed by nobody: the kept hash tells the difference."""
    first, second = signed_zones(issued)
    changed = bytearray(issued)
    changed[second.start - 10] = ord("1")
    assert first.stop < second.start - 10
    assert verdict_on(press, bytes(changed), issued).outcome is FileOutcome.CHANGED


@pytest.mark.parametrize("more", [b"\n", b"x", b"\n% a comment\n%%EOF\n"])
def test_appended_bytes_are_seen(press: Press, issued: bytes, more: bytes) -> None:
    assert verdict_on(press, issued + more, issued).outcome is FileOutcome.APPENDED


def test_a_page_drawn_over_is_seen(press: Press, issued: bytes) -> None:
    """An incremental update that puts another page over ours: the signed part stays, the file is not the original."""
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        page, pages = pdf.pages[0].objgen[0], pdf.Root.Pages.objgen[0]
        size = int(pdf.trailer.Size)
    start = int(re.findall(rb"startxref\s+(\d+)", issued)[-1])
    shadow = f"{page} 0 obj\n<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 595 842]>>\nendobj\n".encode()
    at = len(issued) + 1
    root = re.search(rb"/Root (\d+ 0 R)", issued)
    assert root is not None
    table = (
        f"xref\n{page} 1\n{at:010} 00000 n \ntrailer\n<</Size {size}/Prev {start}/Root {root[1].decode()}>>\n"
        f"startxref\n{at + len(shadow)}\n%%EOF\n"
    ).encode()
    outcome = verdict_on(press, issued + b"\n" + shadow + table, issued).outcome
    assert outcome in (FileOutcome.APPENDED, FileOutcome.CHANGED)


def test_a_file_saved_again_is_changed(press: Press, issued: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        pdf.save(out)
    assert verdict_on(press, out.getvalue(), issued).outcome is FileOutcome.CHANGED


def test_the_same_certificate_printed_again_is_not_the_issued_file(press: Press, issued: bytes) -> None:
    again = press.print(certificate_sheet(a_face()))
    assert again != issued
    assert verdict_on(press, again, issued).outcome is FileOutcome.CHANGED


def test_a_better_grade_under_a_strangers_seal_is_changed(
    press: Press, new_press: PressMaker, issued: bytes, seal_folder: object
) -> None:
    forged = new_press().print(certificate_sheet(a_face(employer_name="다른밥상")))
    assert verdict_on(press, forged, issued).outcome is FileOutcome.CHANGED
    assert verdict_on(press, forged + b"\n", issued).outcome is FileOutcome.CHANGED


def test_a_scan_is_foreign(press: Press, issued: bytes) -> None:
    unsigned = dataclasses.replace(certificate_sheet(a_face()), attachment=None, seal=False)
    assert verdict_on(press, press.print(unsigned), issued).outcome is FileOutcome.FOREIGN
