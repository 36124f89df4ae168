"""The name of a firm in one spelling to read and one to compare."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from screening.intake.feed.contacts import NOTICE, NUMBER_NOTICE, remove_contacts
from screening.intake.feed.text import one_line

_NO_NAME: Final = frozenset(
    {"", "비공개", "미정", "없음", "미기재", "무", "null", "none", "nan", "기업명", "회사명"}
)
_LEGAL: Final = re.compile(
    r"\(\s*[주유사재합의복학특자조]\s*\)"
    r"|(?<![가-힣])[주유사재합]\s*\)"
    r"|농업회사법인|어업회사법인|영농조합법인|영어조합법인|사회복지법인|의료법인|학교법인|종교법인|비영리법인"
    r"|사단법인|재단법인|특수법인|주식회사|유한책임회사|유한회사|합자회사|합명회사"
)
_LEGAL_LATIN: Final = re.compile(
    r"(?:\bco\b[\s.,]*)?\bltd\b\.?|\binc\b\.?|\bcorp(?:oration)?\b\.?|\bco\b\.?\s*$|\bllc\b\.?"
)
_ORNAMENT: Final = re.compile(r"[★☆♣♧♥♡◆◇■□●◎▶▷※♬✿❤]+")
_EDGES: Final = " .,;:*-_/|\"'`~"


@dataclass(frozen=True, slots=True)
class EmployerName:
    """`name` is for people and keeps its legal form; `key` compares: no legal form, spaces or signs."""

    name: str
    key: str


def read_employer(text: str) -> EmployerName | None:
    """A firm's name, or None when the cell names nobody: '㈜한빛&amp;달' reads '(주)한빛&달', key '한빛달'.

    A telephone number or address beside the name goes.
    """
    name = unicodedata.normalize("NFKC", one_line(text))
    name = remove_contacts(name).text.replace(NOTICE, " ").replace(NUMBER_NOTICE, " ")
    name = " ".join(_ORNAMENT.sub(" ", name).split()).strip(_EDGES)
    bare = _letters(name)
    if bare in _NO_NAME:
        return None
    key = _letters(_LEGAL_LATIN.sub(" ", _LEGAL.sub(" ", name).casefold()))
    return EmployerName(name, key or bare)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
