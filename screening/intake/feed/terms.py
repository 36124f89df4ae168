"""Conditions of a posting that come as codes or as their names: contract, career, education, severance."""

import re
from dataclasses import dataclass
from typing import Final

from foundation.tones import Labelled
from screening.intake.feed.text import folded, letters


class EmploymentType(Labelled):
    """Whether the contract has an end (고용형태)."""

    PERMANENT = "permanent", "기간의 정함이 없는 근로계약"
    FIXED_TERM = "fixed_term", "기간의 정함이 있는 근로계약"


class Career(Labelled):
    """What experience is asked for (경력조건)."""

    ANY = "any", "경력무관"
    NEW = "new", "신입"
    EXPERIENCED = "experienced", "경력"


class Education(Labelled):
    """The least education asked for (학력)."""

    ANY = "any", "학력무관"
    ELEMENTARY = "elementary", "초등학교 졸업"
    MIDDLE = "middle", "중학교 졸업"
    HIGH = "high", "고등학교 졸업"
    COLLEGE = "college", "전문대학 졸업"
    UNIVERSITY = "university", "대학교 졸업"
    MASTER = "master", "석사"
    DOCTOR = "doctor", "박사"


class Severance(Labelled):
    """How severance is paid (퇴직급여)."""

    LUMP_SUM = "lump_sum", "퇴직금"
    PENSION = "pension", "퇴직연금"
    EITHER = "either", "퇴직금 또는 퇴직연금"
    NONE = "none", "해당 없음"


@dataclass(frozen=True, slots=True)
class Contract:
    """The kind of employment, whether part-time (시간선택제), and the words it was read from."""

    type: EmploymentType | None
    part_time: bool
    as_written: str


_EMPLOYMENT_CODES: Final = {
    "J01101": (EmploymentType.PERMANENT, False),
    "J01105": (EmploymentType.PERMANENT, True),
    "J01102": (EmploymentType.FIXED_TERM, False),
    "J01103": (EmploymentType.FIXED_TERM, True),
    "10": (EmploymentType.PERMANENT, False),
    "11": (EmploymentType.PERMANENT, True),
    "20": (EmploymentType.FIXED_TERM, False),
    "21": (EmploymentType.FIXED_TERM, True),
}
_CAREER_CODES: Final = {
    "J01300": Career.ANY,
    "J01301": Career.NEW,
    "J01302": Career.EXPERIENCED,
    "Z": Career.ANY,
    "N": Career.NEW,
    "E": Career.EXPERIENCED,
}
_EDUCATION_CODES: Final = {
    "J00100": Education.ANY,
    "J00102": Education.ELEMENTARY,
    "J00104": Education.MIDDLE,
    "J00106": Education.HIGH,
    "J00108": Education.COLLEGE,
    "J00110": Education.UNIVERSITY,
    "J00114": Education.DOCTOR,
    "00": Education.ANY,
    "01": Education.ELEMENTARY,
    "02": Education.MIDDLE,
    "03": Education.HIGH,
    "04": Education.COLLEGE,
    "05": Education.UNIVERSITY,
    "06": Education.MASTER,
    "07": Education.DOCTOR,
}
_EDUCATION_WORDS: Final = (
    (re.compile(r"무관|관계없음|제한없음|상관없음"), Education.ANY),
    (re.compile(r"박사"), Education.DOCTOR),
    (re.compile(r"석사|대학원"), Education.MASTER),
    (re.compile(r"초등|초졸|국민학교"), Education.ELEMENTARY),
    (re.compile(r"중학|중졸"), Education.MIDDLE),
    (re.compile(r"고등|고졸"), Education.HIGH),
    (re.compile(r"전문대|초대졸|[23]년제|대졸23년|대졸2년|대졸3년"), Education.COLLEGE),
    (re.compile(r"대학|대졸|학사|4년제"), Education.UNIVERSITY),
)
_PART_TIME: Final = re.compile(r"시간제|시간선택|파트타임|단시간|아르바이트|알바")
_PERMANENT: Final = re.compile(r"정함이없는|상용|정규|무기계약")
_FIXED_TERM: Final = re.compile(r"정함이있는|계약직|기간제|임시|일용|단기|인턴|파견|대체인력|촉탁|위촉")


def read_contract(code: str, name: str) -> Contract:
    """Kind of employment from its code, else from its name: '계약직(시간제)' is fixed-term and part-time."""
    as_written = " ".join(folded(name).split())
    known = _EMPLOYMENT_CODES.get(folded(code).strip().upper())
    if known is not None:
        return Contract(known[0], known[1], as_written)
    words = letters(name)
    part_time = bool(_PART_TIME.search(words))
    if _PERMANENT.search(words) and not words.startswith("비정규"):
        return Contract(EmploymentType.PERMANENT, part_time, as_written)
    if _FIXED_TERM.search(words) or words.startswith("비정규"):
        return Contract(EmploymentType.FIXED_TERM, part_time, as_written)
    return Contract(None, part_time, as_written)


def read_career(code: str, name: str) -> Career | None:
    """Experience asked for; '신입·경력' and '무관' are both any; None when the cell says nothing."""
    known = _CAREER_CODES.get(folded(code).strip().upper())
    if known is not None:
        return known
    words = letters(name)
    new, experienced = "신입" in words, "경력" in words
    if re.search(r"무관|관계없|상관없|제한없", words) or (new and experienced):
        return Career.ANY
    if new:
        return Career.NEW
    return Career.EXPERIENCED if experienced else None


def read_education(code: str, name: str) -> Education | None:
    """Least education from its code, else from its name ('대학_대학교', '대졸(2~3년)'); None when unsaid."""
    known = _EDUCATION_CODES.get(folded(code).strip().upper())
    if known is not None:
        return known
    words = letters(name)
    return next((level for pattern, level in _EDUCATION_WORDS if pattern.search(words)), None)


def read_severance(name: str) -> Severance | None:
    """How severance is paid; None when the cell is blank or says something else."""
    words = letters(name)
    lump, pension = "퇴직금" in words, "퇴직연금" in words
    if lump and pension:
        return Severance.EITHER
    if pension:
        return Severance.PENSION
    if lump:
        return Severance.LUMP_SUM
    return Severance.NONE if re.search(r"해당없음|없음|해당사항없음|미적용", words) else None


def read_headcount(text: str) -> int | None:
    """How many are wanted, 1 to 999: '2.0', '3명', '1~2명' (the first); None for '0', '00명' or nothing."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", folded(text))
    if found is None:
        return None
    count = int(found[0].replace(",", "").split(".")[0][:12])
    return count if 1 <= count <= 999 else None
