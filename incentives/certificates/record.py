"""The machine-readable record that travels inside a certificate's PDF as `certificate.json`."""

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

FILE_NAME = "certificate.json"
SCHEMA, VERSION = "ieum.certificate", 1
LARGEST = 16 * 1024
"""Bytes; a longer text is no record of ours."""
CHECK_NUMBER = re.compile(r"[0-9]{16}")
BUSINESS_NUMBER = re.compile(r"[0-9]{10}")


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """What the certificate says, for programs; names no person.

    `check_number` 16 and `business_number` 10 digits without hyphens, `valid_to` the last valid day, `edition` the
    evaluation the grade comes from. Canonical form: JSON, UTF-8, keys sorted, no spaces, days as YYYY-MM-DD.
    """

    number: str
    check_number: str
    employer_name: str
    business_number: str
    grade: str
    valid_from: date
    valid_to: date
    issued_on: date
    edition: str
    issuer: str
    check_url: str

    def canonical(self) -> bytes:
        """The one way to write this record."""
        body = {"schema": SCHEMA, "version": VERSION, **asdict(self)}
        return json.dumps(
            body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat
        ).encode()


NAMES = tuple(field.name for field in fields(CertificateRecord))
DAYS = frozenset({"valid_from", "valid_to", "issued_on"})


def read_record(content: bytes) -> CertificateRecord | None:
    """The record in some bytes, or None when they are not exactly the canonical form of one of ours."""
    if len(content) > LARGEST:
        return None
    try:
        body = json.loads(content)
        if body.pop("schema") != SCHEMA or body.pop("version") != VERSION:
            return None
        record = CertificateRecord(**{name: _value(name, body[name]) for name in NAMES})
        same = record.canonical() == content
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return record if same and _numbered(record) else None


def _numbered(record: CertificateRecord) -> bool:
    check, business = (
        CHECK_NUMBER.fullmatch(record.check_number),
        BUSINESS_NUMBER.fullmatch(record.business_number),
    )
    return check is not None and business is not None


def _value(name: str, value: object) -> Any:
    if not isinstance(value, str):
        raise TypeError("every value of a record is text")
    return date.fromisoformat(value) if name in DAYS else value
