"""Words that go out in the center's name: what a stranger typed must not lead anybody anywhere."""

import re
import unicodedata

from center.actors import FIRM_ROLES, Actor
from center.refusals import Invalid

ENDINGS = (
    "com|net|org|kr|co|io|me|info|biz|shop|store|online|site|link|click|top|xyz|app|dev|page|club|live|tv|cc|ly|gl"
    "|gg|to|us|uk|jp|cn|ru|eu|asia|example|한국"
)
"""Of names of machines: those that a mail or message program makes a link of, and what Korean readers know."""
_DOT = r"[.。․‧∙•]|\s?\(?dot\)?\s?"
LINK = re.compile(
    rf"[a-z]{{2,10}}\s?:\s?//|www\s?\.|[a-z0-9가-힣-](?:{_DOT})(?:{ENDINGS})(?![a-z])|[a-z0-9가-힣-]\.[a-z]{{2,24}}/",
    re.IGNORECASE,
)
MAIL = re.compile(r"[^\s@]\s?@\s?[^\s@]|\(at\)|골뱅이", re.IGNORECASE)
DATE = re.compile(r"(?<!\d)20\d\d([-./])\s?\d{1,2}\1\s?\d{1,2}(?!\d)")
NUMBER = re.compile(r"\d(?:(?:\s?[-)(]{1,2}\s?|\.|\s)?\d){6}")
"""Seven digits with nothing but signs between them: a telephone, a bank account, a person's number; no date."""
LONGEST = 4000


def leads_elsewhere(text: str) -> bool:
    """Whether a text holds a link, a mail address or a telephone or account number, however it is spelled."""
    seen = unicodedata.normalize("NFKC", text[:LONGEST])
    seen = "".join(c for c in seen if unicodedata.category(c) != "Cf")
    return bool(LINK.search(seen) or MAIL.search(seen) or NUMBER.search(DATE.sub(" ", seen)))


def plain_name(name: str, *, field: str) -> str:
    """A name that may stand in a letter; raises `Invalid` for one with an address, a link, a number or a line break."""
    if leads_elsewhere(name) or any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in name):
        raise Invalid("이름에는 주소, 링크, 전화번호, 줄바꿈을 적을 수 없습니다.", field=field)
    return name


def seen_words(text: str, *, by: Actor, field: str) -> str:
    """Words for people, as a firm may send them without an officer's look: without links and numbers.

    Raises `Invalid` when a firm writes one; what an officer writes is the center's own word.
    """
    if by.role in FIRM_ROLES and leads_elsewhere(text):
        raise Invalid(
            "링크, 메일 주소, 전화번호는 빼 주세요. 꼭 필요하면 담당자에게 알려 주시면 확인하고 보내 드립니다.",
            field=field,
        )
    return text
