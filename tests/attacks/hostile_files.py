"""PDF files of a few kilobytes that unfold into gigabytes, or into endless work, for whoever opens them carelessly."""

import functools
import io
import struct
import zlib
from collections.abc import Callable

import pikepdf

MEGABYTE = bytes(1024**2)


@functools.cache
def packed(megabytes: int, *, layers: int = 1) -> bytes:
    """Zeros, deflated as often as there are layers."""
    deflate = zlib.compressobj(9)
    found = b"".join(deflate.compress(MEGABYTE) for _ in range(megabytes)) + deflate.flush()
    for _ in range(layers - 1):
        found = zlib.compress(found, 9)
    return found


def unfolding_attachments() -> bytes:
    """The file of the audit: eight attachments, two filters, a predictor of one column behind the second."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for number in range(8):
        name = f"file{number}"
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"x", filename=name)
        stream = pdf.attachments[name].get_file().obj
        stream.write(
            packed(300, layers=2),
            filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2),
            decode_parms=pikepdf.Array([pikepdf.Dictionary(), pikepdf.Dictionary(Predictor=15, Columns=1)]),
        )
        stream.Params.Size = 10
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def with_object_stream(body: bytes, filters: bytes, more: bytes = b"") -> bytes:
    """A file whose catalog lies in an object stream with this content."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places: dict[int, int] = {}

    def put(number: int, content: bytes) -> None:
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")

    put(3, b"<</Type/Pages/Kids[]/Count 0>>")
    head = b"<</Type/ObjStm/N 1/First 4/Filter %s%s/Length %d>>" % (filters, more, len(body))
    put(4, head + b"stream\n" + body + b"\nendstream")
    table = b""
    start = out.tell()
    for number in range(6):
        kind, place = (b"\2", 4) if number in (1, 2) else (b"\1", places.get(number, start))
        table += (b"\0" if number == 0 else kind) + struct.pack(">I", place) + b"\0"
    head = b"<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>" % len(table)
    out.write(b"5 0 obj\n" + head + b"stream\n" + table + b"\nendstream\nendobj\n")
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def unfolding_object_stream() -> bytes:
    return with_object_stream(packed(600, layers=2), b"[/FlateDecode/FlateDecode]")


def unfolding_predictor() -> bytes:
    return with_object_stream(packed(200), b"/FlateDecode", b"/DecodeParms<</Predictor 12/Columns 1>>")


def unfolding_lzw() -> bytes:
    """LZW has no count in the library: the child's memory and the deadline end it."""
    return with_object_stream(_lzw(4_000_000), b"/LZWDecode")


@functools.cache
def _lzw(length: int) -> bytes:
    """Runs of one byte, each code one longer than the last, from a clear code to the next (ISO 32000 §7.4.4)."""
    bits, size, out, have = 0, 9, bytearray(), 0

    def put(code: int) -> None:
        nonlocal bits, have
        bits, have = (bits << size) | code, have + size
        while have >= 8:
            have -= 8
            out.append((bits >> have) & 0xFF)
            bits &= (1 << have) - 1

    while len(out) < length:
        size = 9
        put(256)
        put(0)
        for code in range(258, 4094):
            size = 9 if code < 511 else 10 if code < 1023 else 11 if code < 2047 else 12
            put(code)
    return bytes(out)


def signed_nonsense() -> bytes:
    """Something that claims a signature over itself, so that the signature's reader unfolds it a second time."""
    file = unfolding_object_stream()
    return file + b"\n/ByteRange [0 10 %d 5]" % len(file)


def endless_pages() -> bytes:
    """A page tree that claims two thousand million pages, and a name tree that leads into itself."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 2000000000>>endobj\n"
        b"3 0 obj<</Kids[3 0 R 3 0 R]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF"
    )


def nested_arrays() -> bytes:
    return b"%PDF-1.7\n1 0 obj" + b"[" * 2_000_000 + b"endobj trailer<</Root 1 0 R>>"


def many_objects() -> bytes:
    """Four megabytes of objects without a table, so that the reader looks for them all: a second or two of honest work."""
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj<</A %d 0 R>>endobj\n" % (n, n + 1) for n in range(130_000))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "attachments": unfolding_attachments,
    "object-stream": unfolding_object_stream,
    "predictor": unfolding_predictor,
    "lzw": unfolding_lzw,
    "signature": signed_nonsense,
    "pages": endless_pages,
    "nesting": nested_arrays,
    "objects": many_objects,
}
