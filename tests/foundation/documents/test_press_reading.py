"""An uploaded file is looked at in a child without keys; hostile bytes give facts or a failed job, never a crash."""

import datetime as dt
import hashlib
import io
import random
import re
import zlib
from pathlib import Path

import pikepdf
import pytest

from foundation.documents.press.child_process import Bounds
from foundation.documents.press.facts import LARGEST_FILE, Coverage, FileKind
from foundation.documents.press.keys import create_demo_seal
from foundation.documents.press.press import Press
from foundation.documents.press.sheet import Attachment
from tests.sheets import CACHE, PressMaker, a_sheet

pytest_plugins = ["tests.press_fixture"]

RECORD = Attachment("record.json", b'{"a":1}', "record")


@pytest.fixture(scope="module")
def sealed(press: Press) -> bytes:
    return press.print(a_sheet("<h1>다온밥상</h1>", attachment=RECORD, seal=True))


def with_enclosed(*files: tuple[str, bytes]) -> bytes:
    """A small PDF with files inside."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name, content in files:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_a_sealed_file_is_described(press: Press, sealed: bytes, seal_folder: Path) -> None:
    facts = press.inspect(sealed)
    assert facts.kind is FileKind.PDF
    assert facts.sha256 == hashlib.sha256(sealed).hexdigest()
    assert [(file.name, file.content) for file in facts.enclosed] == [("record.json", b'{"a":1}')]
    signature = facts.signature
    assert signature is not None
    assert signature.intact
    assert signature.coverage is Coverage.ENTIRE_FILE
    assert signature.covered_sha256 == facts.sha256
    assert signature.signer_name == "서울일자리플러스센터장"
    assert signature.signed_at is not None
    assert abs(dt.datetime.now(dt.UTC) - signature.signed_at) < dt.timedelta(minutes=10)
    assert not signature.timestamped


def test_bytes_after_the_end_are_outside_the_signature(press: Press, sealed: bytes) -> None:
    signature = press.inspect(sealed + b"\n% more\n").signature
    assert signature is not None
    assert signature.intact
    assert signature.coverage is not Coverage.ENTIRE_FILE
    assert signature.covered_sha256 == hashlib.sha256(sealed).hexdigest()


def test_an_unsigned_file_has_no_signature(press: Press) -> None:
    facts = press.inspect(press.print(a_sheet()))
    assert facts.kind is FileKind.PDF
    assert facts.signature is None
    assert facts.enclosed == ()


def test_a_signature_of_somebody_else_is_told_by_its_fingerprint(
    press: Press, new_press: PressMaker, sealed: bytes, tmp_path: Path
) -> None:
    other = create_demo_seal(tmp_path / "seal", "서울일자리플러스센터장", dt.datetime.now(dt.UTC))
    forged = press.inspect(new_press(seal_dir=tmp_path / "seal").print(a_sheet(seal=True))).signature
    ours = press.inspect(sealed).signature
    assert forged is not None
    assert ours is not None
    assert forged.signer_sha256 == other.fingerprint != ours.signer_sha256


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"", FileKind.NOT_PDF),
        (b"GIF89a", FileKind.NOT_PDF),
        ("한글 문서".encode("cp949"), FileKind.NOT_PDF),
        (b" " * 2000 + b"%PDF-1.7", FileKind.NOT_PDF),
        (b"%PDF-1.7", FileKind.UNREADABLE),
        (b"%PDF-1.7\n" + b"[" * 100_000, FileKind.UNREADABLE),
        (
            b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 1 0 R>> endobj trailer<</Root 1 0 R>>",
            FileKind.UNREADABLE,
        ),
        (b"x" * (LARGEST_FILE + 1), FileKind.TOO_LARGE),
    ],
)
def test_what_is_no_proper_pdf_is_named(press: Press, payload: bytes, kind: FileKind) -> None:
    facts = press.inspect(payload)
    assert facts.kind is kind
    assert facts.signature is None
    assert facts.sha256 == hashlib.sha256(payload).hexdigest()


def test_a_locked_file_cannot_be_read(press: Press) -> None:
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert press.inspect(out.getvalue()).kind is FileKind.UNREADABLE


def test_large_and_many_enclosed_files_are_left_out(press: Press) -> None:
    facts = press.inspect(with_enclosed(("big", b"x" * 70_000), ("small", b"y")))
    assert [file.name for file in facts.enclosed] == ["small"]
    many = press.inspect(with_enclosed(*((f"file{number:02}", b"z") for number in range(20))))
    assert len(many.enclosed) == 8


def test_a_bomb_inside_does_not_unfold(press: Press, new_press: PressMaker) -> None:
    """A megabyte that says it holds ten bytes and unfolds into 640."""
    packed = zlib.compressobj(9)
    bomb = b"".join(packed.compress(bytes(1024**2)) for _ in range(640)) + packed.flush()
    pdf = pikepdf.open(io.BytesIO(with_enclosed(("bomb", b"x"))))
    stream = pdf.attachments["bomb"].get_file().obj
    stream.write(bomb, filter=pikepdf.Name.FlateDecode)
    stream.Params.Size = 10
    out = io.BytesIO()
    pdf.save(out)
    reader = new_press(bounds=Bounds(job_seconds=10))
    assert reader.inspect(out.getvalue()).kind is FileKind.UNREADABLE
    (pid,) = reader.children
    peak = re.search(r"VmPeak:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert peak is not None
    assert int(peak[1]) < 512 * 1024


def test_reading_needs_neither_fonts_nor_key(press: Press, sealed: bytes, tmp_path: Path) -> None:
    with Press(assets_dir=tmp_path, cache_dir=tmp_path) as poor:
        signature = poor.inspect(sealed).signature
    assert signature is not None
    assert signature.intact


def test_mangled_files_never_break_the_reader(press: Press, sealed: bytes) -> None:
    """Cut, doubled, shuffled and overwritten copies: always facts, and never an intact signature over the file."""
    chance = random.Random(20260101)
    numbers = re.search(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)", sealed)
    assert numbers is not None
    before, after = map(int, numbers.groups())
    press.inspect(sealed)
    children = press.children
    for _ in range(150):
        mangled = bytearray(sealed)
        for _ in range(chance.randint(1, 6)):
            start = chance.randrange(len(mangled))
            end = min(len(mangled), start + chance.randint(1, 400))
            match chance.randrange(4):
                case 0:
                    del mangled[start:end]
                case 1:
                    mangled[start:start] = mangled[start:end]
                case 2:
                    mangled[start:end] = chance.randbytes(end - start)
                case 3:
                    mangled[start:end] = bytes(reversed(mangled[start:end]))
        if bytes(mangled) == sealed:
            continue
        facts = press.inspect(bytes(mangled))
        assert facts.sha256 != hashlib.sha256(sealed).hexdigest()
        signature = facts.signature
        if signature is not None and signature.intact and signature.coverage is Coverage.ENTIRE_FILE:
            assert (mangled[:before], mangled[after:]) == (sealed[:before], sealed[after:])
    assert press.children == children


def test_the_cache_folder_is_part_of_no_answer(press: Press, sealed: bytes) -> None:
    """A file that is printed and handed out names no folder of this machine."""
    assert str(CACHE).encode() not in sealed
