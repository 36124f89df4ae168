"""Names of people beside their titles ('담당자 ○○○', '○○○ 센터장'): where they stand in a text."""

import re
from typing import Final

_SURNAME: Final = (
    "(?:남궁|황보|제갈|사공|선우|독고|[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄"
    "채원천방공현함변염여추도소석선설마길연위표명반왕금옥육맹탁국은편용])"
)
_GIVEN: Final = (
    "[가강건겸경고관광교구국권규균근금기길나남노다달담대덕도동두라란람래려련령로룡루률리린림마만명모무문미민배백범별병보복봉"
    "빈빛산삼상새서석선설섭성세소솔송수숙순슬승시식신아안애양언여연열영예오옥완용우욱운웅원월유윤율은을음의이익인일임자장재전정제"
    "조종주준중지진찬창채천철청초춘충치칠태택하학한해향혁현협형혜호홍화환회효훈휘희흠흥]"
)
_TITLE: Final = (
    "(?:채용\\s?담당자|인사\\s?담당자|담당자|센터장|원장|대표이사|대표|사장|소장|팀장|과장|부장|차장|대리|실장|국장|이사|상무|전무"
    "|주임|매니저|관리자|사회복지사|복지사|선생님?|점장|지점장|본부장|사무장|총무|간사|반장|계장|원감|수간호사)"
)
_NOT_A_NAME: Final = (
    "(?!문의|전화|연락|방문|지원|신청|면접|이메일|이력|안내|유선|문자|통화|우편|고용|구인|구직|공고|제출|주소|정보|모집|채용|근무"
    "|성함|명함|상담|확인|협의|선정|지정|배정|변경|인사|경력|우대|직접|전용|전달|전체|오전|오후|주간|야간|현장|현지|한식|중식|일식|양식"
    "|조리|조경|전산|전기|전자|정규|신입|신규|기술|생산|영업|설비|시설|안전|공사|공장|공무|주방|고객|관리|임시|임원|지역|지점|지사|본사"
    "|사무|사업|원무|이용|이상|이하|이외|이후|이전|차후|추후|우리|여성|여자|남자|남성|노인|선임|신임|전임|전담|전문|정식|담당|구내|국내|해외)"
)
_PLACE_ENDING: Final = "(?<![실부과팀점국])"
_THREE: Final = f"{_NOT_A_NAME}{_SURNAME}{_GIVEN}{{2}}"
_TWO: Final = f"{_NOT_A_NAME}{_SURNAME}{_GIVEN}"
_MASKED: Final = "[가-힣]?[○◯ㅇ]{2,3}|[가-힣][○◯ㅇ*][가-힣]"
_END: Final = "(?![가-힣])|(?=님|씨|에게|께|한테)"

_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # the name behind its label: 담당자 홍길동 과장
        rf"(?:담당자?|센터장|원장|대표(?:자|이사)?|소장|팀장|점장|실장|국장|(?:문의|연락처|성명)\s*[:：])"
        rf"(?:\s*(?:성명|이름|성함))?\s*[:：=\-(]?\s*(?P<name>{_THREE}(?:\s*{_TITLE})?님?)(?:{_END})",
        rf"(?:담당자?|문의)\s*[:：=\-(]?\s*(?P<name>{_TWO}\s*{_TITLE}님?)(?![가-힣])",
        rf"(?:담당자?|문의|센터장|원장|대표|소장|팀장)\s*[:：=\-(]?\s*(?P<name>(?:{_MASKED})(?:\s*{_TITLE})?님?)(?![가-힣])",
        # the name before its title: 홍길동 센터장
        rf"(?<![가-힣])(?P<name>{_THREE}{_PLACE_ENDING}\s*{_TITLE})(?:{_END}|(?=으로|이며|이고|입니다))",
        rf"(?<![가-힣○ㅇ])(?P<name>(?:{_MASKED})\s*(?!사회복지사|복지사|담당자\s*채용){_TITLE})(?![가-힣]|\s*(?:채용|모집|구인))",
        # surname and title addressed: 김 과장님
        rf"(?<![가-힣])(?P<name>{_SURNAME}\s?(?!이사|대리|선생){_TITLE}님)",
    )
)


def find_names(text: str) -> list[tuple[int, int]]:
    """Begin and end of each name with its title; a label before it ('담당자 :') stays outside.

    Korean names only: a known surname and two (before a title also masked) syllables that occur in names.
    """
    return sorted({found.span("name") for pattern in _PATTERNS for found in pattern.finditer(text)})
