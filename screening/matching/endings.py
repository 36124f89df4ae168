"""Korean particles and verb endings, which say nothing of what a query is about; a short list, no dictionary."""

import re
import unicodedata
from typing import Final

_ENDINGS: Final = (
    "합니다", "입니다", "됩니다", "습니다", "하는", "하며", "하고", "하여", "한다", "하기", "되는", "위한", "위해",
    "에서", "으로", "에게", "까지", "부터", "등의", "등을",
    "를", "을", "은", "는", "이", "가", "의", "에", "로", "와", "과", "도", "만", "한", "할", "된",
)  # fmt: skip
_AT_THE_END: Final = re.compile(rf"(?<=[가-힣]{{2}})(?:{'|'.join(_ENDINGS)})(?![^\W_])")
_WORD: Final = re.compile(r"[^\W_]+")


def bare_words(text: str) -> list[str]:
    """The words of a text without their endings; two syllables are always left ('가구를' is '가구', '나이' stays)."""
    return _WORD.findall(_AT_THE_END.sub("", unicodedata.normalize("NFKC", text)))
