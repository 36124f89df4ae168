"""The documented table is the one in the code."""

from pathlib import Path

from screening.intake.feed.findings import FindingCode, Severity, findings_table

DOCUMENT = Path(__file__).parents[4] / "docs" / "feed-findings.md"


def test_document_is_the_table() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == findings_table()


def test_every_code_has_words() -> None:
    assert all(code.ko.endswith(".") and isinstance(code.severity, Severity) for code in FindingCode)
    assert len({code.ko for code in FindingCode}) == len(FindingCode)
    assert {code for code in FindingCode if code.severity is Severity.REFUSE} == {
        FindingCode.NO_REQUEST_NUMBER,
        FindingCode.NO_EMPLOYER_NAME,
        FindingCode.EMPTY_POSTING,
    }
