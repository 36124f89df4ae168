"""Words a fair-hiring check should see; nothing is decided here.

Source: 채용절차법 §4의3, 남녀고용평등법 §7, 고령자고용법 §4의4, 직업안정법 §32.
"""

import re
from typing import Final

from screening.intake.feed.findings import FindingCode, once
from screening.intake.feed.text import folded

_CARED_FOR: Final = r"(?!\s*(?:어르신|할머니|할아버|노인|환자|이용|대상|수급|아이|아동|화장실|탈의))"
_TERMS: Final = (
    (
        FindingCode.NEUTRAL_TERM,
        r"(?:성별|나이|연령|남녀)\s*[/·,]?\s*(?:성별|나이|연령|학력)?\s*(?:무관|불문|관계\s*없|제한\s*없|상관\s*없)|남녀\s*노소",
    ),
    (FindingCode.MILITARY_TERM, r"군필|병역\s*(?:필|의무|을\s*마친|이행)|군\s*복무|미필자|군대"),
    (
        FindingCode.GENDER_TERM,
        rf"(?:여성|남성|여자|남자)\s*(?:분)?\s*(?:만|우대|선호|한정|구함|구합|모집|채용|직원|사원|지원자?|가능|환영|요양\s*보호사|간병인|선생님){_CARED_FOR}"
        rf"|(?:여성|남성|여자|남자)\s*분{_CARED_FOR}|여직원|남직원|여사원|남사원|여종업원|아주머니|아줌마|이모님?\s*(?:구|모)|아가씨|미스터|주부\s*(?:사원|우대|환영|가능)"
        r"|성별\s*[:：]\s*(?:남|여)|경단녀|(?:남|여)(?:자|성)?\s*\d+\s*명",
    ),
    (
        FindingCode.AGE_TERM,
        r"(?<!\d)(?:만\s*)?(?!1[89]\s*세\s*이상)\d{2}\s*세\s*(?:이하|미만|까지|이상|이내|전후|~|-|부터)|\d{2}\s*[~-]\s*\d{2}\s*세|(?<!\d)[2-7]0\s*대?\s*[~-]\s*[2-7]0\s*대"
        rf"|(?<!\d)[2-7]0\s*대(?=\s*(?:초반|중반|후반|우대|환영|가능|이하|까지|여성|남성|~|-|의\s*젊|젊)){_CARED_FOR}|젊은|젊고|(?:나이|연령)\s*(?:제한(?!\s*없)|[:：]\s*\d)"
        r"|\d{2,4}\s*년\s*생?\s*(?:이후|이전)\s*(?:출생|생)|정년\s*퇴직자|(?:청년|중장년|시니어|고령자)\s*(?:우대|만|한정|환영)",
    ),
    (
        FindingCode.LOOKS_TERM,
        r"용모|외모|미모|호감형|날씬|뚱뚱|인상\s*(?:이\s*)?(?:좋|밝|선)|신체\s*(?:조건|건강|강건)|(?<![가-힣])키\s*(?:는\s*)?\d{3}|신장\s*1\d\d|몸무게|체중\s*\d|체격",
    ),
    (
        FindingCode.PHOTO_TERM,
        r"사진\s*(?:필수|첨부|부착|포함|제출|必|등록)|증명\s*사진|전신\s*사진|반명함|얼굴\s*사진",
    ),
    (
        FindingCode.FAMILY_TERM,
        r"미혼|기혼|결혼\s*(?:여부|안)|가족\s*(?:관계(?!\s*증명)|사항|구성)|(?:부모|배우자)\s*직업|자녀\s*(?:유무|없|있)|임신",
    ),
    (
        FindingCode.ORIGIN_TERM,
        r"출신\s*(?:지|지역|학교)|본적|고향|(?:영남|호남|전라도|경상도|충청도|강원도)\s*(?:출신|사람)",
    ),
    (
        FindingCode.PROPERTY_TERM,
        r"재산\s*(?:세|상태|정도|증명|보증)|신원\s*보증|보증인|자가\s*(?:소유|주택|거주)|신용\s*불량",
    ),
    (
        FindingCode.RELIGION_TERM,
        r"기독교인|크리스천|천주교인|불교\s*신자|신자\s*(?:우대|만)|세례\s*교인|종교\s*(?:[:：]|필수|우대)|신앙",
    ),
    (
        FindingCode.FEE_TERM,
        r"응시료|가입비|교재비|등록비|(?<!임대)(?<!임차)보증금|교육비\s*(?:본인|자비|부담|별도\s*납)|유니폼\s*비|물품\s*(?:구매|구입)\s*(?:필수|후)|예치금",
    ),
    (
        FindingCode.NATIONALITY_TERM,
        r"외국인|내국인|한국인|국적|조선족|중국\s*동포|재외\s*동포|교포|[ef]-?[2-9]\s*비자|비자\s*(?:소지|가능|필수)",
    ),
    (
        FindingCode.PERSONAL_PAPER_TERM,
        r"주민\s*등록\s*(?:등본|초본)|등\s*·?\s*초본|가족\s*관계\s*증명서|인감\s*증명|주민등록증\s*사본|범죄\s*경력\s*(?:조회|회보|증명)",
    ),
    (
        FindingCode.DISABILITY_PROOF_TERM,
        r"장애인?\s*(?:증명서|등록증|수첩|복지\s*카드)\s*(?:사본)?\s*(?:제출|지참|필수|必|첨부)|복지\s*카드\s*(?:사본)?\s*(?:제출|지참|필수|必|첨부)",
    ),
    (
        FindingCode.DISABILITY_TERM,
        r"복지\s*카드|장애인\s*(?:우대|채용|가능|환영|지원|만|전형|고용)|장애인채용희망",
    ),
    (FindingCode.CAREER_BREAK_TERM, r"경력\s*단절|경단녀"),
)
_COMPILED: Final = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _TERMS)


def hints(*texts: str) -> tuple[FindingCode, ...]:
    """Findings for the terms in these texts, in the order of the table; words about people cared for are none."""
    whole = "\n".join(folded(text) for text in texts)
    return once([code for code, pattern in _COMPILED if pattern.search(whole)])
