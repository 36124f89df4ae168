"""The verdict on a file: only the very bytes that were issued, of a certificate valid today, are green."""

import dataclasses
import hashlib
import itertools

import pytest

from foundation.documents.press.facts import Coverage, EnclosedFile, FileFacts, FileKind, SignatureFacts
from incentives.certificates.checkfile import record_in
from incentives.certificates.record import FILE_NAME
from incentives.certificates.verdict import FileOutcome, RegisterStatus, judge
from tests.certificate_faces import a_face

ISSUED, OTHER = hashlib.sha256(b"issued").hexdigest(), hashlib.sha256(b"other").hexdigest()
RECORD = EnclosedFile(FILE_NAME, a_face().record.canonical())
SIGNED = SignatureFacts(
    intact=True,
    coverage=Coverage.ENTIRE_FILE,
    covered_sha256=ISSUED,
    signer_sha256=OTHER,
    signer_name="센터장",
    signed_at=None,
    timestamped=False,
)
FILE = FileFacts(FileKind.PDF, ISSUED, (RECORD,), SIGNED)


def signature(**changes: object) -> SignatureFacts:
    return dataclasses.replace(SIGNED, **changes)  # type: ignore[arg-type]


def test_the_file_that_was_issued_is_original_and_green() -> None:
    verdict = judge(FILE, ISSUED, RegisterStatus.VALID)
    assert verdict.outcome is FileOutcome.ORIGINAL
    assert verdict.green


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (RegisterStatus.EXPIRED, "인증기간이 끝났습니다"),
        (RegisterStatus.SUSPENDED, "효력이 정지"),
        (RegisterStatus.REVOKED, "취소되었습니다"),
    ],
)
def test_an_original_of_a_certificate_that_does_not_hold_is_not_green(
    status: RegisterStatus, words: str
) -> None:
    verdict = judge(FILE, ISSUED, status)
    assert verdict.outcome is FileOutcome.ORIGINAL
    assert words in verdict.sentence
    assert not verdict.green


def test_bytes_after_the_signed_ones_are_seen() -> None:
    appended = FileFacts(FileKind.PDF, OTHER, (RECORD,), signature(coverage=Coverage.ENTIRE_REVISION))
    assert judge(appended, ISSUED, RegisterStatus.VALID).outcome is FileOutcome.APPENDED


@pytest.mark.parametrize(
    "facts",
    [
        FileFacts(FileKind.PDF, OTHER, (RECORD,), None),
        FileFacts(FileKind.PDF, OTHER, (RECORD,), signature(intact=False)),
        FileFacts(FileKind.PDF, OTHER, (RECORD,), signature(covered_sha256=OTHER)),
        FileFacts(
            FileKind.PDF, OTHER, (RECORD,), signature(covered_sha256=OTHER, coverage=Coverage.ENTIRE_REVISION)
        ),
    ],
    ids=["unsigned", "broken", "signed by another", "signed by another and appended"],
)
def test_another_file_with_our_record_is_changed(facts: FileFacts) -> None:
    assert judge(facts, ISSUED, RegisterStatus.VALID).outcome is FileOutcome.CHANGED


@pytest.mark.parametrize(
    "facts",
    [
        FileFacts(FileKind.NOT_PDF, OTHER),
        FileFacts(FileKind.PDF, OTHER),
        FileFacts(FileKind.PDF, OTHER, (EnclosedFile(FILE_NAME, b"{}"),)),
        FileFacts(FileKind.PDF, OTHER, (EnclosedFile("other.json", RECORD.content),)),
        FileFacts(FileKind.PDF, OTHER, (RECORD, RECORD)),
    ],
    ids=["no pdf", "nothing inside", "broken record", "other name", "two records"],
)
def test_a_file_without_our_record_is_foreign(facts: FileFacts) -> None:
    assert record_in(facts) is None
    assert judge(facts, ISSUED, RegisterStatus.VALID).outcome is FileOutcome.FOREIGN


def test_a_record_that_the_register_does_not_know_is_foreign() -> None:
    verdict = judge(FILE, None, RegisterStatus.VALID)
    assert verdict.outcome is FileOutcome.FOREIGN
    assert "발급한 적이 없습니다" in verdict.sentence


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (None, RegisterStatus.VALID),
        (FILE, RegisterStatus.UNKNOWN),
        (FileFacts(FileKind.TOO_LARGE, OTHER), RegisterStatus.VALID),
        (FileFacts(FileKind.UNREADABLE, OTHER), RegisterStatus.VALID),
        (dataclasses.replace(FILE, signature=None), RegisterStatus.VALID),
        (dataclasses.replace(FILE, signature=signature(intact=False)), RegisterStatus.VALID),
        (dataclasses.replace(FILE, signature=signature(coverage=Coverage.PART)), RegisterStatus.VALID),
    ],
)
def test_what_cannot_be_checked_is_neither_green_nor_called_a_fake(
    facts: FileFacts | None, status: RegisterStatus
) -> None:
    verdict = judge(facts, ISSUED, status)
    assert verdict.outcome is FileOutcome.UNCHECKED
    assert not verdict.green


def test_green_needs_every_condition_at_once() -> None:
    """All combinations of the facts that matter: exactly one of them is green, and each has a sentence."""
    green = 0
    for kind, sha256, enclosed, intact, coverage, covered, issued, status in itertools.product(
        FileKind,
        (ISSUED, OTHER),
        ((RECORD,), ()),
        (True, False),
        Coverage,
        (ISSUED, OTHER),
        (ISSUED, None),
        RegisterStatus,
    ):
        sealed = signature(intact=intact, coverage=coverage, covered_sha256=covered)
        verdict = judge(FileFacts(kind, sha256, enclosed, sealed), issued, status)
        assert verdict.sentence.endswith((".", "요."))
        green += verdict.green
        if verdict.green:
            assert (kind, sha256, intact, coverage) == (FileKind.PDF, ISSUED, True, Coverage.ENTIRE_FILE)
    assert green == 2  # the covered hash says nothing more once the whole file's hash agrees
