"""The reading task: what an uploaded file is, what it carries and what its signature says; it holds no key.

The files are a stranger's. Whatever unfolds is counted while it unfolds, by both libraries and for every filter they
have a count for; the rest (LZW in a table of objects) ends at the child's memory and at the line's deadline.
"""

import hashlib
import io
import itertools
import os
import re
from collections.abc import Callable
from datetime import datetime

import pikepdf
from pikepdf.settings import set_qpdf_limits
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from foundation.documents.press.facts import (
    LARGEST_ENCLOSED,
    MOST_ENCLOSED,
    Coverage,
    EnclosedFile,
    FileFacts,
    FileKind,
    SignatureFacts,
)
from foundation.documents.press.frames import Frame, as_bytes
from foundation.documents.press.serialization import facts_to_frame

HEAD = 1024
"""Bytes within which a PDF must say that it is one (ISO 32000, Annex H)."""
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+\d{1,9}\s+(\d{1,9})\s+(\d{1,9})\s*\]")
"""Of the first signature: where its second stretch of bytes begins, and how long it is."""
MOST_UNFOLDED = 2 * 1024**2
"""Bytes of one stream: several times the largest table or object stream of an ordinary file of five megabytes."""
MOST_FILTERS = 2
"""One after another on one stream; each of them may multiply what the one before let through."""
MOST_ITEMS = 20_000
"""In one array or dictionary."""
UNFOLDING = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=MOST_UNFOLDED),
    document_budget=DocumentDecodeBudget(base_allowance=MOST_UNFOLDED, max_ratio=1),
)
OUR_FILTER = pikepdf.Name.FlateDecode
"""What is enclosed in our own files is packed so, or not at all; what is packed otherwise is not ours."""
KINDNESS = 10
"""Added to the child's niceness: a file never outruns a page."""


def take_up(setup: Frame) -> Callable[[Frame], Frame]:
    """The work of a reading child; it needs nothing from its setup."""
    os.nice(KINDNESS)
    set_qpdf_limits(
        flate_max_memory=MOST_UNFOLDED,
        run_length_max_memory=MOST_UNFOLDED,
        png_max_memory=MOST_UNFOLDED,
        tiff_max_memory=MOST_UNFOLDED,
        dct_max_memory=MOST_UNFOLDED,
        max_stream_filters=MOST_FILTERS,
        parser_max_container_size=MOST_ITEMS,
        doc_max_warnings=100,
    )

    def work(request: Frame) -> Frame:
        return facts_to_frame(read(as_bytes(request["payload"])))

    return work


def read(payload: bytes) -> FileFacts:
    """The facts of a file; hostile bytes make it UNREADABLE or leave the signature out, never an error."""
    sha256 = hashlib.sha256(payload).hexdigest()
    if b"%PDF-" not in payload[:HEAD]:
        return FileFacts(FileKind.NOT_PDF, sha256)
    try:
        enclosed = _enclosed(payload)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, RecursionError):
        return FileFacts(FileKind.UNREADABLE, sha256)
    return FileFacts(FileKind.PDF, sha256, enclosed, _signature(payload))


def _enclosed(payload: bytes) -> tuple[EnclosedFile, ...]:
    with pikepdf.open(io.BytesIO(payload)) as pdf:
        found = []
        for name in itertools.islice(pdf.attachments, MOST_ENCLOSED):
            content = _content(pdf.attachments[name])
            if content is not None:
                found.append(EnclosedFile(name, content))
        return tuple(found)


def _content(specification: pikepdf.AttachedFileSpec) -> bytes | None:
    stream = specification.get_file()
    if stream.size > LARGEST_ENCLOSED or stream.obj.get("/Filter", OUR_FILTER) != OUR_FILTER:
        return None
    content = stream.read_bytes()
    return content if len(content) <= LARGEST_ENCLOSED else None


def _signature(payload: bytes) -> SignatureFacts | None:
    # The signed bytes are read as the file they once were: what was appended cannot confuse the reader.
    found = BYTE_RANGE.search(payload)
    if found is None or (end := int(found[1]) + int(found[2])) > len(payload):
        return None
    signed = payload[:end]
    # pyHanko meets an attacker's bytes with a dozen kinds of errors; to all of them the answer is "no signature".
    try:
        signatures = PdfFileReader(io.BytesIO(signed), decode_limits=UNFOLDING).embedded_signatures
        return _facts(signed, len(payload), signatures[0]) if signatures else None
    except Exception:
        return None


def _facts(signed: bytes, size: int, signature: EmbeddedPdfSignature) -> SignatureFacts:
    signature.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]
    whole, sound = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    certificate = signature.signer_cert
    return SignatureFacts(
        intact=whole and sound,
        coverage=_coverage(signature, appended=size > len(signed)),
        covered_sha256=hashlib.sha256(signed).hexdigest(),
        signer_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        signer_name=certificate.subject.native.get("common_name", ""),
        signed_at=_aware(signature.self_reported_timestamp),
        timestamped=any(True for _ in extract_tst_data_iter(signature.signer_info, signed=False)),
    )


def _coverage(signature: EmbeddedPdfSignature, *, appended: bool) -> Coverage:
    if signature.evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE:
        return Coverage.PART
    return Coverage.ENTIRE_REVISION if appended else Coverage.ENTIRE_FILE


def _aware(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment.utcoffset() is not None else None
