"""Finds our record in a file that somebody wants checked; what it is worth is for `verdict` to say."""

from foundation.documents.press.facts import FileFacts
from incentives.certificates.record import FILE_NAME, CertificateRecord, read_record


def record_in(facts: FileFacts) -> CertificateRecord | None:
    """The record enclosed in the file, or None when there is none, a broken one, or more than one.

    Anybody can enclose a record: its `check_number` leads to the register, and only the register is believed.
    """
    candidates = [file.content for file in facts.enclosed if file.name == FILE_NAME]
    return read_record(candidates[0]) if len(candidates) == 1 else None
