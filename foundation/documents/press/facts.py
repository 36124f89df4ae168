"""What can be said about an uploaded file by looking at it alone, before anybody judges it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes; a larger upload is not opened."""


class FileKind(StrEnum):
    """What the upload turned out to be; UNREADABLE is a PDF that is damaged or locked with a password."""

    PDF = "pdf"
    NOT_PDF = "not_pdf"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


class Coverage(StrEnum):
    """How much of the file the signature speaks for; PART means that it cannot be relied on."""

    ENTIRE_FILE = "entire_file"
    ENTIRE_REVISION = "entire_revision"
    PART = "part"


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """The first signature of a file, without any trust in the signer.

    `intact`: the covered bytes are those that were signed, and the signature over them is sound.
    `covered_sha256`: hex SHA-256 of the file's first bytes up to where the signature stops speaking; of a file that
    was only appended to, this is the hash of the file before. `signer_sha256`: fingerprint of the certificate.
    `timestamped`: an authority's time stamp comes with it (not verified here).
    """

    intact: bool
    coverage: Coverage
    covered_sha256: str
    signer_sha256: str
    signer_name: str
    signed_at: datetime | None
    timestamped: bool


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file found inside the PDF, at most `LARGEST_ENCLOSED` bytes."""

    name: str
    content: bytes


LARGEST_ENCLOSED = 64 * 1024
MOST_ENCLOSED = 8


@dataclass(frozen=True, slots=True)
class FileFacts:
    """`sha256` is the hex digest of all bytes; `signature` is None when there is none that can be read."""

    kind: FileKind
    sha256: str
    enclosed: tuple[EnclosedFile, ...] = ()
    signature: SignatureFacts | None = None
