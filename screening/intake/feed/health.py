"""Health and household details of the people a care worker will look after: seen, and taken out of the text."""

import re
import unicodedata
from typing import Final

from screening.intake.feed.contacts import Redacted
from screening.intake.feed.findings import FindingCode

NOTICE: Final = "(이용자 건강 정보는 면접 때 안내합니다)"

_TRAINING: Final = (
    r"\s*(?:전문|전담|관련|예방|교육|이수|안심|수당|자격|관리사|검사|프로그램|센터|케어\s*(?:교육|자격|전문))"
)
_CANCER: Final = (
    r"(?:위|폐|간|대장|유방|췌장|전립선|갑상선|자궁|혈액|직장|식도|담도|방광|신장|피부|구강|후두|난소)\s?암(?![가-힣]*(?:검진|보험|센터))"
    r"|말기\s*암|항암|(?<![가-힣])암\s*(?:환자|투병|수술|진단|치료)"
)
_ALWAYS: Final = re.compile(
    rf"치매(?!{_TRAINING})|알츠하이머|파킨슨|뇌졸중|뇌졸증|뇌경색|뇌출혈|중풍|와상|콧줄|비위관|l[\s\-]?tube|엘튜브|l튜브|캐뉼[라러]|백혈병|뇌전증|인공\s?호흡기|뱃줄|위루관?|목관|기관\s?절개"
    rf"|석션|썩션|suction|욕창|투석(?!\s*(?:실|기|전문|간호|센터|병원))|{_CANCER}|독거(?!노인\s*생활)|도뇨|소변줄|장루|인공\s?항문|편마비"
    r"|(?:사지|하반신|전신|좌측|우측)\s?마비|섬망|조현병|루게릭|폴리\s?카테터",
    re.IGNORECASE,
)
_GRADE: Final = re.compile(
    r"(?<!\d)[1-5]\s*등급|(?:[일이삼사오]|인지\s*지원)\s*등급|등급\s*외|장기요양\s*[1-5]\s*급|치매\s*등급"
)
_IN_CARE: Final = re.compile(
    r"거동|기저귀|휠체어|지팡이|보행\s*(?:기|불|보조|재활|이|도움)|고혈압|저혈압|당뇨|골절|디스크|관절염|우울증|마비|인지\s*(?:저하|장애|능력|상태)"
    r"|산소\s*(?:호흡|발생)|인슐린|약\s*(?:드시|복용)|침상\s*(?:목욕|생활|에)|이동\s*변기|배변|대소변|소변|난청|실금|심부전|심장\s*(?:병|질환|수술)"
    r"|천식|배회|망상|중증(?!\s*수당)|장애\s*(?:[1-6]\s*급|정도)|(?:지체|시각|청각|뇌병변|신장)\s*장애|수술\s*(?:후|하)|퇴원"
    r"|배우자|동거|함께\s*거주|같이\s*거주|거주하(?:고|시|는)|혼자\s*(?:사|계|거주|생활)|부부\s*(?:생활|동거|어르신|가)|아드님|따님"
    r"|(?<![\d])(?:[5-9]\d|1[01]\d|○○)\s*(?:세|대)(?!\s*(?:이상|이하|미만|까지|전후|동|의))|(?:\d\d|○○)\s*년\s*생"
)
_PERSON: Final = re.compile(
    r"어르신|할머니|할아버|어머님|아버님|수급자|대상자|이용자|이용인|환자|어른|부부|(?:남|여)자?\s*분|어머니|아버지"
)
_CARE: Final = re.compile(r"요양|간병|재가|어르신|할머니|할아버|수급자|돌봄|노인|방문\s*목욕|활동\s*지원")
_SENTENCE: Final = re.compile(r"(?<=[.!?。])\s+(?=\S)")
_TITLE_PARTS: Final = re.compile(
    rf"(?:{_GRADE.pattern}|{_ALWAYS.pattern}|(?:[5-9]\d|1[01]\d|○○)\s*세|(?:\d\d|○○)\s*년\s*생)"
    r"(?:\s*[_,]?\s*(?:(?:남|여)(?:자|성)?\s*(?=어|분|[/\]),]|$)|부부|어르신|할머니|할머님|할아버지|할아버님|어머님|아버님|어른|환자|분))*",
    re.IGNORECASE,
)
_TITLE_GENDER: Final = re.compile(r"(?<=[/\[(,])\s*(?:남|여)(?:자|성)?\s*(?=[/\]),]|$)")
_TITLE_SIGNS: Final = (
    (re.compile(r"([/,_])\s*(?=[/,_\])])"), ""),
    (re.compile(r"(?<=[\[(])\s*[/,_\-]+"), ""),
    (re.compile(r"\[\s*\]|\(\s*\)"), " "),
    (re.compile(r"(?<=[-:])\s*/\s*"), " "),
    (re.compile(r"(?<=\])\s*/\s*"), " "),
    (re.compile(r"^[\s/,_\-*]+|[\s/,_\-]+$"), ""),
    (re.compile(r"\s{2,}"), " "),
)


def is_care(text: str) -> bool:
    """Whether a text is about caring for people."""
    return bool(_CARE.search(text))


def remove_health(text: str, *, care: bool | None = None) -> Redacted:
    """A text whose lines or sentences about a third person's health are replaced by one notice per run.

    Diagnoses, tubes and living alone always count; a care grade, ages, aids and household only in a text about
    care (`care`, judged from the text when None) or in a sentence that names such a person. Required training
    ('치매교육 필수') is no one's health and stays.
    """
    caring = is_care(text) if care is None else care
    lines: list[str] = []
    found = False
    for line in text.split("\n"):
        sentences: list[str] = []
        for sentence in _SENTENCE.split(line):
            if _tells(sentence, caring):
                found = True
                if not sentences or sentences[-1] != NOTICE:
                    sentences.append(NOTICE)
            else:
                sentences.append(sentence)
        whole = " ".join(sentences)
        last = next((before for before in reversed(lines) if before.strip()), None)
        if whole == NOTICE and last == NOTICE:
            continue
        lines.append(whole)
    return Redacted("\n".join(lines), (FindingCode.THIRD_PERSON_HEALTH,)) if found else Redacted(text)


def remove_health_from_title(title: str, *, care: bool | None = None) -> Redacted:
    """A title without the words that tell someone's health ('4등급 할머니'), the rest and its brackets kept.

    A title that cannot be cleaned word by word becomes ''.
    """
    caring = is_care(title) if care is None else care
    if not _tells(title, caring):
        return Redacted(title)
    whole = unicodedata.normalize("NFKC", title)
    rest = _TITLE_PARTS.sub(" ", whole)
    if rest != whole:
        rest = _TITLE_GENDER.sub("", rest)
    for pattern, instead in _TITLE_SIGNS * 2:
        rest = pattern.sub(instead, rest)
    rest = "" if _tells(rest, caring) else rest.strip()
    return Redacted(rest, (FindingCode.THIRD_PERSON_HEALTH,))


def _tells(sentence: str, caring: bool) -> bool:
    if sentence.strip() == NOTICE:
        return False
    sentence = unicodedata.normalize("NFKC", sentence)
    if _ALWAYS.search(sentence):
        return True
    if not caring and not _PERSON.search(sentence):
        return False
    return bool(_GRADE.search(sentence) or _IN_CARE.search(sentence))
