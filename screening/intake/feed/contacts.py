"""Contact data in free text: found however it is disguised, and taken out."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from screening.intake.feed.findings import FindingCode, once
from screening.intake.feed.person_names import find_names

NOTICE: Final = "(연락처는 센터가 안내합니다)"
NUMBER_NOTICE: Final = "(번호는 표시하지 않습니다)"

PASSES: Final = 8
"""Looks over one text at most; two or three suffice even for nonsense."""

Places = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without what was taken out, and what was found."""

    text: str
    findings: tuple[FindingCode, ...] = ()


# telephone

_SEP: Final = r"[ .\-~/_*:|=+,)(]{0,3}"
_MOBILE: Final = (
    rf"(?:(?:\+|00)?82[ )\-.]{{0,3}}\(?0?\)?[ \-.]?|[(\[]?0)[ \-.]?1 ?[016-9]{_SEP}"
    rf"(?:[\dx○●*]{{3,4}}{_SEP}[\dx○●*]{{4}}|\d\d[ .\-]\d\d[ .\-]\d\d[ .\-]\d\d|\d{{4}}{_SEP}\d\d[ .\-]\d\d)"
)
_SPACED: Final = r"(?:0([ .\-_*/]{1,2})1\1[016-9](?:\1{1,2}\d){7,8}|0 1 [016-9](?:[ .\-]{1,3}\d){7,8})"
_LANDLINE: Final = (
    rf"[(\[]?0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50\d{{1,2}}){_SEP}"
    rf"(?:\d{{3,4}}|[*○x]{{3,4}}){_SEP}\d{{4}}"
)
_CUE: Final = r"(?:문의|전화|대표|연락처?|고객|상담|팩스|tel|fax|☎|☏|✆|📞)[^\d\n]{0,8}"
_SERVICE_CERTAIN: Final = (
    r"(?:1522|1533|1544|1551|1555|1566|1577|1588|1599|1644|1660|1661|1666|1668|1670|1688|1811|1833|1844|1855|1866|1877|1899)"
    r"[ .\-]{1,3}\d{4}"
)
_SERVICE_WITH_CUE: Final = rf"{_CUE}(?P<service>1[568]\d\d[ .\-]{{0,3}}\d{{4}})"
_SHORT_WITH_CUE: Final = rf"{_CUE}(?P<short>\d{{3,4}} ?- ?\d{{4}})(?! *[-~] *\d)"
_PHONE: Final = re.compile(
    rf"(?<![\da-z])(?:{_MOBILE}|{_SPACED}|{_LANDLINE})(?!\d)|(?<![\da-z,.-])(?:{_SERVICE_CERTAIN})(?![\d원만,.]\d?)"
)
_PHONE_WITH_CUE: Final = re.compile(rf"(?:{_SERVICE_WITH_CUE}|{_SHORT_WITH_CUE})(?![\d원만])", re.IGNORECASE)

_SPOKEN_SEP: Final = r"(?:[ .\-~/_*:|=+,)(]|다시|국에|국의|번에|에|의){0,3}"
_SPOKEN_MOBILE: Final = re.compile(
    rf"0[ .\-]?1[ .\-]?[016-9]{_SPOKEN_SEP}\d(?:[ .\-]?\d){{2,3}}{_SPOKEN_SEP}\d(?:[ .\-]?\d){{3}}"
)
_SPOKEN_LANDLINE: Final = re.compile(
    rf"0[ .\-]?(?:2|[3-6] ?[1-5]|7 ?0){_SPOKEN_SEP}\d(?: ?\d){{2,3}}{_SPOKEN_SEP}\d(?: ?\d){{3}}"
)
_SPOKEN_DIGITS: Final = dict(
    zip(
        "공일이삼사오육칠팔구영륙빵〇一二三四五六七八九零oㅇ○li|ㅣ",
        "0123456789060012345678900001111",
        strict=True,
    )
)

# e-mail, messengers, numbers of persons and firms

_AT: Final = (
    r"(?:\s{0,2}@\s{0,2}|\s{0,2}[(\[{<]\s?(?:at|a|골뱅이|앳|@)\s?[)\]}>]\s{0,2}"
    r"|\s{0,2}(?:골뱅이|앳)\s{0,2}|\s{1,2}at\s{1,2}|_at_)"
)
_DOT: Final = (
    r"(?:\s?\.\s?|\s?[(\[{<]\s?(?:dot|점|\.)\s?[)\]}>]\s?"
    r"|\s{0,2}(?:점|닷|쩜|도트)\s{0,2}|\s{1,2}dot\s{1,2}|_dot_)"
)
_PROVIDER: Final = (
    r"(?:네이버|지메일|다음|한메일|네이트|구글|카카오|핫메일"
    r"|naver|gmail|daum|hanmail|nate|kakao|hotmail|outlook|icloud)"
)
_TLD: Final = r"(?:com|net|org|co|kr|go|or|ac|re|pe|io|biz|info|me|컴|넷|코|케이알|오알지)"
_EMAIL: Final = re.compile(
    rf"(?<![a-z0-9._%+\-])[a-z0-9][a-z0-9._%+\-]{{0,63}}{_AT}"
    rf"(?:[a-z0-9][a-z0-9\-]{{0,40}}(?:{_DOT}[a-z][a-z0-9\-]{{0,30}}){{0,3}}{_DOT}{_TLD}(?![a-z0-9])"
    rf"|{_PROVIDER}(?:{_DOT}?{_TLD}(?![a-z])){{0,3}})"
)
_EMAIL_PLAIN: Final = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*")
_LINK: Final = re.compile(
    r"(?:https?://)?(?:(?:open|pf|qr)\.kakao\.com|t\.me|line\.me|band\.us|m\.me|wa\.me|toss\.me)/[^\s)\]>가-힣]+"
)
_MESSENGER: Final = re.compile(
    r"(?:카카오\s?톡|카톡|까톡|카카오|kakao\s?talk|kakao)\s{0,2}"
    r"(?:플러스\s?친구|플친|채널|오픈\s?채팅|오픈톡|상담|문의)?\s{0,2}"
    r"(?:아이디|id|친추|친구\s?추가|검색|추가)?(?:는|은|로)?\s{0,2}[:=\-(]?\s{0,2}"
    r"(?P<id>@?(?=[a-z0-9._\-]{0,30}[a-z])(?!id\b|pc\b|talk\b|ok\b)[a-z0-9][a-z0-9._\-]{2,30})"
    r"|(?:아이디|(?<![a-z])id|친추)\s{0,2}[:=]\s{0,2}(?P<other>@?[a-z0-9][a-z0-9._\-]{2,30})"
    r"|(?:텔레그램|telegram|위챗|wechat|인스타(?:그램)?|instagram|라인\s?(?:아이디|id))\s{0,2}(?:아이디|id|dm)?"
    r"\s{0,2}[:=(]?\s{0,2}(?P<more>@?[a-z0-9][a-z0-9._]{3,30})"
    r"|(?<![a-z0-9])(?P<before>(?=[a-z0-9._\-]{0,30}[a-z])(?=[a-z0-9._\-]{0,30}\d)[a-z0-9][a-z0-9._\-]{3,30})\s{0,2}\(?\s?"
    r"(?:카카오\s?톡|카톡|kakao)"
    r"|오픈\s?(?:채팅|톡|카톡)(?:방)?\s{0,2}(?:이름|명|검색)?\s{0,2}[:=]?\s{0,2}"
    r"[\"'‘“\[<](?P<room>[^\"'’”\]>\n]{1,40})[\"'’”\]>]"
)
_BORN: Final = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_NUMBER: Final = re.compile(
    rf"(?<![\d\-])(?:\d{{6}} ?- ?[\d*x○]{{7}}|\d{{3}} ?- ?\d{{2}} ?- ?\d{{5}}|{_BORN}[1-8]\d{{6}})(?![\d\-])"
    r"|(?:사업자\s?(?:등록)?\s?(?:번호)?|주민\s?(?:등록)?\s?번호|계좌\s?(?:번호)?)\s{0,2}[:.)(]?\s{0,2}"
    r"(?:[가-힣]{2,6}\s)?(?P<after>\d[\d\- ]{7,20}\d)"
)

_PLAIN: Final = (
    dict.fromkeys("‐‑‒–—―−－﹣ー─━ㅡ", "-")
    | dict.fromkeys("·ㆍ•∙。．｡", ".")
    | dict.fromkeys("ⓐⒶ", "@")
    | dict.fromkeys("∼〜～˜", "~")
)
_GAP: Final = re.compile(r"[ \t/,·.()\[\]~|:&+\-]*(?:및|또는|혹은|or)?[ \t/,·.()\[\]~|:&+\-]*")


def remove_contacts(text: str) -> Redacted:
    """A text whose telephone numbers, e-mail addresses, messenger names and contact persons are replaced.

    Seen through: full-width and circled digits, digits as words ('공일공', '0팔팔0'), letters for digits,
    '골뱅이', '(a)', ' at ', '점'. Not touched: wages (2,156,880), times (0800-1500), dates, house numbers.
    Registration numbers of persons and firms are replaced by another notice. Doing it twice changes nothing.
    """
    findings: list[FindingCode] = []
    for _ in range(PASSES):
        redacted = _pass(text)
        if not redacted.findings:
            break
        findings += redacted.findings
        text = redacted.text
    return Redacted(text, once(findings))


def _pass(text: str) -> Redacted:
    """One look over the text; taking one thing out may uncover another that stood glued to it."""
    plain, spoken = _mirrors(text)
    numbers = [_group(found, "after") for found in _ID_NUMBER.finditer(plain)]
    open_places: Places = [found.span() for found in _PHONE.finditer(plain)]
    open_places += [_group(found, "service", "short") for found in _PHONE_WITH_CUE.finditer(plain)]
    open_places += [found.span() for found in _LINK.finditer(plain)]
    open_places += [
        _group(found, "id", "other", "more", "before", "room") for found in _MESSENGER.finditer(plain)
    ]
    hidden: Places = []
    for found in _EMAIL.finditer(plain):
        (open_places if _EMAIL_PLAIN.fullmatch(found[0]) and found[0] in text.lower() else hidden).append(
            found.span()
        )
    hidden += _spoken_numbers(text, plain, spoken)
    names = find_names(text)
    findings: list[FindingCode] = []
    open_places = _outside(open_places, numbers)
    hidden = _outside(hidden, [*numbers, *open_places])
    if any(not text[begin:end].isascii() for begin, end in open_places):
        findings.append(FindingCode.HIDDEN_CONTACT_REMOVED)
    if hidden:
        findings.append(FindingCode.HIDDEN_CONTACT_REMOVED)
    if open_places or hidden:
        findings.append(FindingCode.CONTACT_REMOVED)
    if names:
        findings.append(FindingCode.PERSON_NAME_REMOVED)
    if numbers:
        findings.append(FindingCode.ID_NUMBER_REMOVED)
    if not findings:
        return Redacted(text)
    return Redacted(_replaced(text, [*open_places, *hidden, *names], numbers), once(findings))


def _mirrors(text: str) -> tuple[str, str]:
    """Two texts of the same length: digits of any shape as digits, and also digits spoken or drawn as letters."""
    plain: list[str] = []
    for character in text:
        digit = unicodedata.digit(character, None)
        if digit is not None:
            plain.append(str(digit))
            continue
        narrow = unicodedata.normalize("NFKC", _PLAIN.get(character, character)).lower()
        one = narrow if len(narrow) == 1 else character
        plain.append(" " if one.isspace() and one != "\n" else one)
    return "".join(plain), "".join(_SPOKEN_DIGITS.get(character, character) for character in plain)


def _spoken_numbers(text: str, plain: str, spoken: str) -> Places:
    """Telephone numbers that only show when spoken digits are read; a word that merely ends in 공 is none."""
    places: Places = []
    for pattern, at_least in ((_SPOKEN_MOBILE, 1), (_SPOKEN_LANDLINE, 3)):
        for found in pattern.finditer(spoken):
            begin, end = found.span()
            disguised = sum(plain[i] != spoken[i] for i in range(begin, end))
            glued = begin > 0 and (plain[begin - 1].isalnum() and plain[begin] != "0")
            all_spoken = plain[begin : begin + 3] in {"공일공", "영일영", "공일일"}
            if disguised >= at_least and (not glued or all_spoken) and not plain[begin - 1 : begin].isdigit():
                places.append((begin, end))
    return places


def _group(found: re.Match[str], *names: str) -> tuple[int, int]:
    for name in names:
        if found[name]:
            return found.span(name)
    return found.span()


def _outside(places: Places, others: Places) -> Places:
    return [
        place for place in places if not any(place[0] < end and begin < place[1] for begin, end in others)
    ]


def _replaced(text: str, contacts: Places, numbers: Places) -> str:
    """The text with one notice per run of neighbours; brackets that held nothing else go with it."""
    marked = sorted([(*place, NOTICE) for place in contacts] + [(*place, NUMBER_NOTICE) for place in numbers])
    merged: list[tuple[int, int, str]] = []
    for begin, end, notice in marked:
        if merged:
            before, last, kind = merged[-1]
            if begin <= last or (kind == notice and _GAP.fullmatch(text, last, begin)):
                merged[-1] = (before, max(last, end), kind)
                continue
        merged.append((begin, end, notice))
    parts: list[str] = []
    position = 0
    for begin, end, notice in merged:
        opened = len(text[position:begin].rstrip(" "))
        if text.count("(", begin, end) > text.count(")", begin, end) and text[end : end + 1] == ")":
            end += 1
        closed = len(text) - len(text[end:].lstrip(" "))
        if opened and text[position + opened - 1] in "([" and text[closed : closed + 1] in {")", "]"}:
            begin, end = position + opened - 1, closed + 1
        parts += [text[position:begin], notice]
        position = end
    return "".join([*parts, text[position:]])
