"""Free words in letters: what somebody typed goes out in the center's name and must not lead anybody anywhere."""

import re
import unicodedata

from foundation.actors import FIRM_ROLES, Actor
from foundation.composing import composed
from foundation.refusals import Invalid

LONGEST = 4000
"""Characters; longer words are refused unread."""
_DOT = r"(?:[\[(]?[.。․‧∙•ꓸ٠۰][\])]?|\s?[\[(]?dot[\])]?\s?|\s?[\[(]점[\])]\s?)"
_ENDINGS = (
    "com|net|org|kr|co|io|me|info|biz|shop|store|online|site|link|click|top|xyz|app|dev|page|club|live|tv|cc|ly|gl"
    "|gg|to|us|uk|jp|cn|ru|eu|asia|work|works|company|example|ai|pro|help|in|team|ltd|inc|no|cloud|tech|news|blog"
    "|money|bank|finance|support|services|center|world|life|today|agency|group|social|email|digital|network|systems"
    "|global|guru|vip|win|fun|icu|buzz|bar|pw|sh|fm|im|la|ws|name|mobi|jobs|tel|gov|edu|de|fr|it|es|nl|br|au|ca|ch"
    "|se|vn|th|id|my|sg|hk|tw|su|ua|kz|mn|tk|website|space|zip|mov|one|cf|ga|ml|gq|best|press|ist|xn--[a-z0-9-]+"
    "|한국|닷넷|닷컴|삼성|рф|中国|日本"
)
"""Of names of machines in Hangul: those that mail and message programs make a link of, and what readers here know."""
LINK = re.compile(
    rf"[a-z]{{2,10}}\s?:\s?//|www\s?{_DOT}"
    rf"|[\w-]{_DOT}(?:{_ENDINGS})(?![a-z])"
    rf"|[\w-]{_DOT}[a-z][a-z0-9-]{{1,62}}[/:?#]"
    rf"|[a-z0-9_-]{_DOT}[^\W\d_가-힣ㄱ-ㆎ][^\W_가-힣ㄱ-ㆎ]"
    r"|[a-z0-9-](?:[·ᆞㆍ]|\s?점\s?)(?:com|net|org|kr)(?![a-z])"
    r"|[닷쩜점]\s?[컴넷](?![가-힣])",
    re.IGNORECASE,
)
"""A Latin word, a dot and two letters are a link whatever they say; the few that are none are cut out before."""
_ALONE, _END = r"(?<![\w.@/-])", r"(?![\w@/:?#-]|\.\w)"
NO_LINK = re.compile(
    rf"{_ALONE}(?:co\s?\.\s?,?\s?ltd\.?|asp\.net|(?:node|vue|next|react|three|express)\.js|ph\.d|b\.sc|m\.sc"
    rf"|(?:dr|st|mr|mrs|mt|no|vs)\.(?!(?:com|net|org|kr|co|io|me)\b)[a-z]+){_END}",
    re.IGNORECASE,
)
"""Words with a dot that stand alone."""
MAIL = re.compile(r"[^\s@]\s?@\s?[^\s@]|\(at\)|골뱅이", re.IGNORECASE)
_APART = r"[\W_\u1173]{0,3}"
TELEPHONE = re.compile(
    rf"(?<!\d)(?:\+?82{_APART})?0?(?:2|[3-6][1-5]|1[016-9]|70|50\d?|80){_APART}\d{{3,4}}{_APART}\d{{4}}(?!\d)"
    rf"|(?<!\d)1[568]\d\d{_APART}\d{{4}}(?!\d)"
)
ACCOUNT = re.compile(r"(?<!\d)\d(?:(?:\s?[-–—/.·,()_\u1173]\s?|\s)?\d){9,15}(?!\d)")
"""Of a bank or of a person: ten digits and more, with hardly a sign between them."""
MACHINE = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
HARMLESS = re.compile(
    r"(?<!\d)20\d\d(?:([-./])\s?\d{1,2}\1\s?\d{1,2}|-\d{6})(?!\d)|(?<![\d-])\d{3}-\d{2}-\d{5}(?![\d-])"
    r"|(?<![\d,])\d{1,3}(?:,\d{3}){1,4}(?![\d,])"
)
"""Days, numbers of orders and firms, money: no number to call or to pay to."""
ELSEWHERE = re.compile(
    r"(?:카카오톡|카톡|텔레그램)\s?(?:아이디|id|친구\s?추가)|오픈\s?(?:채팅|카톡|톡)", re.IGNORECASE
)
"""A conversation that the center does not see."""
_LETTER_O = re.compile(r"(?<=\d)[oO](?=\W|\d)")
SPOKEN = str.maketrans("공영일이삼사오육칠팔구零〇一二三四五六七八九", "0012345678900123456789")
MOBILE = re.compile(r"01[016-9]\d{7,8}")


class LeadsElsewhere(Invalid):
    """A firm's words hold a link or a number that no officer has seen."""

    def __init__(self, field: str) -> None:
        super().__init__(
            "링크, 메일 주소, 전화번호는 빼 주세요. 꼭 필요하면 담당자에게 알려 주시면 확인하고 보내 드립니다.",
            field=field,
        )


def leads_elsewhere(text: str) -> bool:
    """Whether a text holds a link, a mail address or a telephone or account number, however it is spelled."""
    if len(text) > LONGEST:
        return True
    seen = "".join(c for c in composed(text, "NFKC") if unicodedata.category(c) not in ("Cf", "Mn"))
    numbers = _LETTER_O.sub("0", HARMLESS.sub(" ", seen))
    return bool(
        LINK.search(NO_LINK.sub(" ", seen))
        or MAIL.search(seen)
        or ELSEWHERE.search(seen)
        or TELEPHONE.search(numbers)
        or ACCOUNT.search(numbers)
        or MACHINE.search(numbers)
        or MOBILE.search(re.sub(r"[\s.·~–—-]", "", numbers.translate(SPOKEN)))
    )


def plain_name(name: str, *, field: str) -> str:
    """A name that may stand in a letter; raises `Invalid` for one with an address, a link, a number or a line break."""
    if leads_elsewhere(name) or any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in name):
        raise Invalid("이름에는 주소, 링크, 전화번호, 줄바꿈을 적을 수 없습니다.", field=field)
    return name


def seen_words(text: str, *, by: Actor, field: str) -> str:
    """Words for people, as a firm may send them without an officer's look: without links and numbers.

    Raises `LeadsElsewhere` when a firm writes one; what an officer writes is the center's own word.
    """
    if by.role in FIRM_ROLES and leads_elsewhere(text):
        raise LeadsElsewhere(field)
    return text
