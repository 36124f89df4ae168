"""The bytes of a Korean table as text: UTF-8 or CP949, strictly, or a refusal in words."""

import codecs
import re
from typing import Final

from foundation.composing import composed
from foundation.refusals import Refusal

MOST_BYTES: Final = 5 * 1024 * 1024

_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FILLER: Final = "\u3164"
_FINALS: Final = _FILLER + "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SPELLED: Final = re.compile(f"{_FILLER}([{_INITIALS}])([{_MEDIALS}])([{_FINALS}])")


class FileRefused(Refusal):
    """The file as a whole cannot be read; nothing of it was taken in."""

    status = 422

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


def decode(payload: bytes) -> str:
    """The text of a file in NFC; UTF-8 (with or without BOM) is tried first, then CP949, both strictly.

    Raises `FileRefused` for an empty or too large file, for UTF-16 and UTF-32, and for bytes that are neither.
    Syllables that an EUC-KR writer spelled out in four signs (KS X 1001: '똠' as filler, ㄸ, ㅗ, ㅁ) are put
    together again; CP949 alone would read them as loose letters without complaint.
    """
    if len(payload) > MOST_BYTES:
        raise FileRefused("파일이 5MB보다 큽니다. 나누어 올려 주세요.")
    if payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in payload:
        raise FileRefused(
            "UTF-16 파일이거나 CSV가 아닙니다. 엑셀에서 'CSV UTF-8(쉼표로 분리)' 형식으로 다시 저장해 주세요."
        )
    text = _decoded(payload)
    if not text.strip():
        raise FileRefused("빈 파일입니다. 제목 줄과 한 줄 이상의 내용이 있어야 합니다.")
    return composed(text)


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        stuck_at = failure.start
        if payload.startswith(codecs.BOM_UTF8):
            raise FileRefused(_BROKEN) from None
    try:
        return _SPELLED.sub(_syllable, payload.decode("cp949"))
    except UnicodeDecodeError as failure:
        line = payload.count(b"\n", 0, max(stuck_at, failure.start)) + 1
        raise FileRefused(f"{_BROKEN} 처음 막힌 곳은 {line}번째 줄입니다.") from None


_BROKEN: Final = "글자를 읽을 수 없습니다. UTF-8이나 CP949(완성형)로 저장한 CSV 파일을 올려 주세요."


def _syllable(spelled: re.Match[str]) -> str:
    initial, medial, final = spelled.groups()
    number = (_INITIALS.index(initial) * 21 + _MEDIALS.index(medial)) * 28 + _FINALS.index(final)
    return chr(0xAC00 + number)
