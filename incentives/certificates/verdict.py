"""What an uploaded file is worth: compared with the hash kept at issue, never with what the file says of itself."""

from dataclasses import dataclass

from foundation.documents.press.facts import Coverage, FileFacts, FileKind
from foundation.tones import Labelled, Tone
from incentives.certificates.checkfile import record_in


class RegisterStatus(Labelled):
    """What the register says of a certificate today; UNKNOWN when it could not be asked."""

    VALID = "valid", "유효", Tone.GOOD
    EXPIRED = "expired", "만료", Tone.REST
    SUSPENDED = "suspended", "효력정지", Tone.STOP
    REVOKED = "revoked", "취소", Tone.STOP
    UNKNOWN = "unknown", "확인 불가", Tone.REST


class FileOutcome(Labelled):
    """How an uploaded file stands to the one that was issued."""

    ORIGINAL = "original", "원본", Tone.GOOD
    APPENDED = "appended", "덧붙은 파일", Tone.STOP
    CHANGED = "changed", "파일이 다름", Tone.STOP
    FOREIGN = "foreign", "기록 없음", Tone.REST
    UNCHECKED = "unchecked", "확인 불가", Tone.REST


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """The outcome, what the register says today, and the sentence that is shown."""

    outcome: FileOutcome
    status: RegisterStatus
    sentence: str

    @property
    def green(self) -> bool:
        """Only the very file that was issued, of a certificate that is valid today."""
        return self.outcome is FileOutcome.ORIGINAL and self.status is RegisterStatus.VALID


ORIGINAL_SENTENCES = {
    RegisterStatus.VALID: "센터가 발급한 원본 파일이며, 인증은 지금 유효합니다.",
    RegisterStatus.EXPIRED: "센터가 발급한 원본 파일이지만, 인증기간이 끝났습니다.",
    RegisterStatus.SUSPENDED: "센터가 발급한 원본 파일이지만, 인증의 효력이 정지되어 있습니다.",
    RegisterStatus.REVOKED: "센터가 발급한 원본 파일이지만, 인증이 취소되었습니다.",
}
NOT_NOW = (
    "지금은 이 파일을 확인할 수 없습니다. 가짜라는 뜻은 아닙니다. "
    "잠시 뒤 다시 하거나 문서확인번호로 확인해 주세요."
)
TOO_LARGE = "5MB보다 큰 파일은 확인하지 않습니다. 센터가 발급한 인증서는 이보다 훨씬 작습니다."
UNREADABLE = "파일이 손상되었거나 암호가 걸려 있어 읽을 수 없습니다. 문서확인번호로 확인해 주세요."
NOT_PDF = "PDF 파일이 아닙니다. 센터가 발급한 PDF 파일을 올리거나 문서확인번호로 확인해 주세요."
NO_RECORD = (
    "센터의 인증 기록이 들어 있지 않은 파일입니다. "
    "인쇄본을 스캔했거나 다시 저장한 파일이면 문서확인번호나 QR로 확인해 주세요."
)
NOT_IN_REGISTER = "파일에 적힌 번호의 인증서를 센터가 발급한 적이 없습니다. 이 파일을 믿지 마세요."
APPENDED = (
    "센터가 서명한 부분은 그대로지만 그 뒤에 내용이 덧붙었습니다. "
    "화면에 보이는 내용은 발급한 것과 다를 수 있습니다."
)
CHANGED = (
    "센터가 발급한 파일과 다릅니다. 내용이 바뀌었거나 서명이 맞지 않으니, 발급대장의 내용과 비교해 주세요."
)
NO_SEAL = "발급한 파일과 같지만 서명을 확인하지 못했습니다. 문서확인번호로 확인해 주세요."


def judge(facts: FileFacts | None, issued_sha256: str | None, status: RegisterStatus) -> FileVerdict:
    """The verdict on a file, from three things: what it is, what was issued, what the register says today.

    `facts` is None when the file could not be inspected, `issued_sha256` (hex, of the bytes kept at issue) is None
    when the register has no certificate of the file's check number. What cannot be checked is never green.
    """
    outcome, sentence = _compare(facts, issued_sha256, status)
    return FileVerdict(outcome, status, sentence)


def _compare(
    facts: FileFacts | None, issued_sha256: str | None, status: RegisterStatus
) -> tuple[FileOutcome, str]:
    if facts is None or status is RegisterStatus.UNKNOWN:
        return FileOutcome.UNCHECKED, NOT_NOW
    match facts.kind:
        case FileKind.TOO_LARGE:
            return FileOutcome.UNCHECKED, TOO_LARGE
        case FileKind.UNREADABLE:
            return FileOutcome.UNCHECKED, UNREADABLE
        case FileKind.NOT_PDF:
            return FileOutcome.FOREIGN, NOT_PDF
    if record_in(facts) is None:
        return FileOutcome.FOREIGN, NO_RECORD
    if issued_sha256 is None:
        return FileOutcome.FOREIGN, NOT_IN_REGISTER
    sound = facts.signature if facts.signature is not None and facts.signature.intact else None
    if facts.sha256 == issued_sha256:
        if sound is not None and sound.coverage is Coverage.ENTIRE_FILE:
            return FileOutcome.ORIGINAL, ORIGINAL_SENTENCES[status]
        return FileOutcome.UNCHECKED, NO_SEAL
    if sound is not None and sound.covered_sha256 == issued_sha256:
        return FileOutcome.APPENDED, APPENDED
    return FileOutcome.CHANGED, CHANGED
