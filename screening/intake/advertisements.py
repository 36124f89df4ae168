"""A pasted advertisement, read into the order form: what it says, what was only guessed, and what was left over."""

import datetime as dt
import re
from dataclasses import dataclass, field

from foundation.reference.districts import DISTRICTS
from foundation.reference.occupations import suggest
from foundation.reference.wage_basis import WageBasis
from screening.intake.feed.dates import find_dates
from screening.intake.feed.findings import FindingCode
from screening.intake.feed.hours import read_working_week
from screening.intake.feed.places import read_place
from screening.intake.feed.slots import read_insurances, read_papers
from screening.intake.feed.terms import (
    EmploymentType,
    Severance,
    read_contract,
    read_education,
    read_headcount,
    read_severance,
)
from screening.intake.feed.text import clean, folded
from screening.intake.feed.wages import read_wage

LONGEST = 8000
LONGEST_VALUE, LONGEST_LINE = 2000, 300
"""Characters that are read of what stands under one label, and of a line without one."""
LABELS: dict[str, str] = {
    "title": r"(?:공고\s*)?제목|채용\s*공고명|구인\s*제목",
    "occupation": r"모집\s*(?:직종|분야|부문)|직종|채용\s*분야|포지션",
    "duties": r"(?:담당|주요|직무)\s*업무|업무\s*내용|직무\s*내용|하는\s*일|담당\s*업무",
    "headcount": r"모집\s*인원|채용\s*인원|인원|구인\s*인원",
    "wage": r"급여(?:\s*조건)?|임금|연봉|월급|시급|일급|보수",
    "time": r"근무\s*시간|시간|근무\s*일시",
    "days": r"근무\s*(?:요일|일수|형태)|요일|주\s*근무",
    "place": r"근무\s*(?:지|장소|지역|처)|주소|위치|회사\s*주소",
    "contract": r"고용\s*형태|근로\s*형태|계약\s*형태",
    "career": r"경력(?:\s*사항)?|경력\s*조건",
    "education": r"학력(?:\s*사항)?|학력\s*조건",
    "licences": r"자격(?:\s*(?:증|조건|요건|면허))?|면허|필수\s*자격",
    "preferred": r"우대(?:\s*(?:사항|조건))?",
    "insurances": r"(?:4대\s*)?보험|4대\s*보험|사회\s*보험",
    "severance": r"퇴직\s*(?:금|급여|연금)",
    "welfare_other": r"복리\s*후생|복지|혜택",
    "papers": r"제출\s*서류|구비\s*서류|서류",
    "closes_on": r"마감(?:\s*일)?|접수\s*(?:기간|마감)|모집\s*기간|채용\s*기간",
    "starts_on": r"입사\s*(?:예정\s*)?일|시작일|출근\s*(?:예정\s*)?일|근무\s*시작",
    "near_station": r"(?:가까운|인근)\s*(?:전철)?역|교통|전철",
    "contact_phone": r"전화|연락처|문의|핸드폰|휴대폰",
    "contact_email": r"이메일|메일|e-?mail",
    "contact_name": r"담당자|채용\s*담당",
}
LABEL = re.compile(
    r"^[\s\-–—·•*■□▶▷◆◇○●☞✔\[【<(]*(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in LABELS.items())
    + r")[\s\]】>)]*[:：\-–—|=]\s*(?P<value>.*)$",
    re.IGNORECASE,
)
BASES = {"시급": WageBasis.HOUR, "일급": WageBasis.DAY, "월급": WageBasis.MONTH, "연봉": WageBasis.YEAR}
PHONE = re.compile(r"(?<!\d)(0\d{1,2}[-.\s]?\d{3,4}[-.\s]?\d{4}|1[568]\d{2}[-.\s]?\d{4})(?!\d)")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
SPAN = re.compile(
    r"\d{1,2}\s*(?::\s*\d{2}|시(?:\s*\d{1,2}\s*분|\s*반)?)\s*[~\-]\s*\d{1,2}\s*(?::\s*\d{2}|시(?:\s*\d{1,2}\s*분|\s*반)?)"
)
MONEY = re.compile(r"(?:시급|일급|월급|연봉|급여|월)\s*[\d,.]+\s*(?:만\s*)?원?")
MONTHS = re.compile(r"(\d{1,2})\s*(년|개월)")
LICENCE = re.compile(
    r"[가-힣0-9]{1,20}(?:기능사|산업기사|기사|지도사|보호사|면허(?:증)?|자격증|조리사(?=\s*자격))"
)


@dataclass
class ReadAdvertisement:
    """Values as they would have been typed into the form; `guessed` names those read without their label."""

    typed: dict[str, str | list[str]] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    left_over: list[str] = field(default_factory=list)

    def put(self, name: str, value: str | list[str] | None, *, guessed: bool = False) -> None:
        """Keep a value unless there is one already."""
        if value and name not in self.typed:
            self.typed[name] = value
            if guessed:
                self.guessed.add(name)


def read_advertisement(text: str, *, today: dt.date) -> ReadAdvertisement:
    """The order form's fields out of an advertisement as people paste it; never raises.

    A line with a label (`급여: 월 260만원`) is taken at its word; what stands without a label is guessed and marked.
    Lines that fill nothing become duties when they read like work, and are otherwise given back in `left_over`.
    """
    read = ReadAdvertisement()
    said: dict[str, list[str]] = {}
    loose: list[str] = []
    current = ""
    for line in filter(None, (each.strip() for each in folded(clean(text[:LONGEST])).splitlines())):
        found = LABEL.match(line)
        if found:
            current = next(name for name in LABELS if found.group(name))
            said.setdefault(current, []).append(found.group("value").strip())
        elif current in ("duties", "preferred", "welfare_other") and re.match(r"[\-·•*]", line):
            said[current].append(line.lstrip("-·•* "))
        else:
            current = ""
            loose.append(line[:LONGEST_LINE])
    values = {name: "\n".join(filter(None, lines))[:LONGEST_VALUE] for name, lines in said.items()}
    _labelled(read, values, today)
    _unlabelled(read, values, loose, today)
    return read


def _labelled(read: ReadAdvertisement, values: dict[str, str], today: dt.date) -> None:
    for name in ("title", "duties", "preferred", "welfare_other", "near_station", "contact_name"):
        read.put(name, values.get(name))
    _occupation(read, values.get("occupation", ""), guessed=False)
    headcount = read_headcount(values.get("headcount", ""))
    read.put("headcount", str(headcount) if headcount else None)
    _wage(read, values.get("wage", ""), guessed=False)
    _hours(read, values.get("time", ""), values.get("days", ""), guessed=False)
    _place(read, values.get("place", ""), guessed=False)
    _contract(read, values.get("contract", ""), guessed=False)
    _career(read, values.get("career", ""), guessed=False)
    education = read_education("", values.get("education", ""))
    if education is not None:
        read.put("education", EDUCATIONS.get(education.name))
    licences = LICENCE.findall(values.get("licences", ""))
    read.put("licences", ", ".join(dict.fromkeys(licences)))
    insurances = read_insurances(values.get("insurances", ""))
    read.put("insurances", [each.value for each in insurances.values])
    if "severance" in values:
        severance = read_severance(values["severance"])
        read.put(
            "severance",
            "pension" if severance is Severance.PENSION else "none" if severance is Severance.NONE else "pay",
        )
    papers = read_papers(values.get("papers", ""))
    read.put("papers", ", ".join(each.ko for each in papers.values) or values.get("papers", "")[:100])
    for name in ("closes_on", "starts_on"):
        days = find_dates(values.get(name, ""), not_before=today).days
        read.put(name, max(days).isoformat() if days else None)
    phone, mail = PHONE.search(values.get("contact_phone", "")), EMAIL.search(values.get("contact_email", ""))
    read.put("contact_phone", phone.group() if phone else None)
    read.put("contact_email", mail.group() if mail else None)


def _unlabelled(read: ReadAdvertisement, values: dict[str, str], loose: list[str], today: dt.date) -> None:
    whole = "\n".join(loose)
    if loose and "title" not in read.typed:
        read.put("title", loose[0][:80], guessed=True)
        loose = loose[1:]
    money = MONEY.search(whole)
    _wage(read, money.group() if money else "", guessed=True)
    span = SPAN.search(whole)
    _hours(read, span.group() if span else "", whole[:LONGEST_VALUE], guessed=True)
    for line in loose:
        _contract(read, line, guessed=True)
        if re.search(r"경력|신입", line):
            _career(read, line, guessed=True)
        if any(district.ko in line for district in DISTRICTS.values()) and re.search(r"로|길|동|구\s", line):
            _place(read, line, guessed=True)
        if re.search(r"모집|구합|구함|인원", line):
            headcount = read_headcount(line) if re.search(r"\d+\s*명", line) else None
            read.put("headcount", str(headcount) if headcount else None, guessed=True)
    _occupation(read, str(read.typed.get("title", "")), guessed=True)
    _occupation(read, str(read.typed.get("duties", "")), guessed=True)
    read.put("licences", ", ".join(dict.fromkeys(LICENCE.findall(whole))), guessed=True)
    phone, mail = PHONE.search(whole), EMAIL.search(whole)
    read.put("contact_phone", phone.group() if phone else None, guessed=True)
    read.put("contact_email", mail.group() if mail else None, guessed=True)
    work = [
        line
        for line in loose
        if re.search(r"업무|합니다|조리|청소|관리|판매|응대|제작|운전|포장|정리|돌봄", line)
    ]
    read.put("duties", "\n".join(work)[:2000], guessed=True)
    used = "\n".join(str(value) for value in read.typed.values())
    read.left_over = [line for line in loose if line not in used and line not in work]


def _occupation(read: ReadAdvertisement, text: str, *, guessed: bool) -> None:
    found = suggest(text) if text else None
    read.put("occupation", found.name if found else None, guessed=guessed)


def _wage(read: ReadAdvertisement, text: str, *, guessed: bool) -> None:
    wage = read_wage(text) if text else None
    nonsense = wage is None or wage.won is None or FindingCode.WAGE_IMPLAUSIBLE in wage.findings
    if nonsense or wage is None or "wage_won" in read.typed:
        return
    basis = wage.basis or next((each for word, each in BASES.items() if word in text), WageBasis.MONTH)
    read.put("wage_basis", basis.value, guessed=guessed or wage.basis is None)
    read.put("wage_won", f"{wage.won:,}", guessed=guessed or bool(wage.findings))
    read.put("wage_max_won", f"{wage.max_won:,}" if wage.max_won else None, guessed=guessed)


def _hours(read: ReadAdvertisement, time: str, days: str, *, guessed: bool) -> None:
    if not time and not days:
        return
    week = read_working_week(work_time=time, days=days, declared_hours="")
    read.put("work_time", time.splitlines()[0][:300] if time else None, guessed=guessed)
    read.put(
        "work_days",
        str(int(week.days)) if week.days and week.days == int(week.days) else None,
        guessed=guessed,
    )
    read.put("weekly_hours", str(int(week.weekly_hours)) if week.weekly_hours else None, guessed=True)


def _place(read: ReadAdvertisement, text: str, *, guessed: bool) -> None:
    if not text:
        return
    place = read_place(text)
    district = next(
        (code for code, each in DISTRICTS.items() if each.ko == place.city or each.ko in text), None
    )
    read.put("workplace_district", district or ("outside" if place.province else None), guessed=guessed)
    read.put("workplace_address", text.splitlines()[0][:200], guessed=guessed)


def _contract(read: ReadAdvertisement, text: str, *, guessed: bool) -> None:
    contract = read_contract("", text) if text else None
    if contract is None or contract.type is None:
        return
    fixed = contract.type is EmploymentType.FIXED_TERM
    read.put("employment_type", f"{2 if fixed else 1}{1 if contract.part_time else 0}", guessed=guessed)
    months = MONTHS.search(text)
    if fixed and months:
        count = int(months.group(1)) * (12 if months.group(2) == "년" else 1)
        read.put("contract_months", str(count), guessed=guessed)


def _career(read: ReadAdvertisement, text: str, *, guessed: bool) -> None:
    if not text:
        return
    months = MONTHS.search(text)
    wanted = (
        int(months.group(1)) * (12 if months.group(2) == "년" else 1) if months and "무관" not in text else 0
    )
    steps = [step for step in (0, 6, 12, 24, 36, 60) if step <= wanted]
    read.put("career_months", str(steps[-1]), guessed=guessed or wanted not in steps)


EDUCATIONS = {
    "ANY": "00", "ELEMENTARY": "01", "MIDDLE": "02", "HIGH": "03",
    "COLLEGE": "04", "UNIVERSITY": "05", "MASTER": "06", "DOCTOR": "07",
}  # fmt: skip
