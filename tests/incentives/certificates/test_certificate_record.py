"""A record has one way to be written; whatever is written otherwise is no record."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.certificates.record import LARGEST, read_record
from tests.certificate_faces import a_face

RECORD = a_face().record
CANONICAL = RECORD.canonical()


def changed(**changes: object) -> bytes:
    return json.dumps(
        json.loads(CANONICAL) | changes, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def test_a_record_reads_back() -> None:
    assert read_record(CANONICAL) == RECORD
    assert "다온밥상".encode() in CANONICAL


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * (LARGEST + 1),
        CANONICAL + b" ",
        json.dumps(json.loads(CANONICAL)).encode(),
        changed(schema="other"),
        changed(version=2),
        changed(version=True),
        changed(extra="1"),
        changed(grade=None),
        changed(valid_from="2026-13-01"),
        changed(check_number="12345678901234567"),
        changed(check_number="１２３４５６７８９０１２３４５６"),
        changed(business_number="012-34-56789"),
        b'{"schema":"ieum.certificate",' + CANONICAL[1:],
    ],
)
def test_what_is_not_canonical_is_no_record(content: bytes) -> None:
    assert read_record(content) is None


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_without_an_error(content: bytes) -> None:
    assert read_record(content) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_name_survives(name: str) -> None:
    record = a_face(employer_name=name).record
    assert read_record(record.canonical()) == record
