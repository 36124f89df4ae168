"""A job posting of the feed (GetJobInfo), read by meaning; or the reasons why a row cannot be one."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from foundation.reference.minimum_wage import FULL_WEEK, NoMinimumWage, lowest_pay, minimum_wage
from foundation.reference.occupations import OCCUPATIONS, distance, suggest
from foundation.reference.wage_basis import WageBasis
from screening.intake.feed.closing import read_closing
from screening.intake.feed.contacts import remove_contacts
from screening.intake.feed.dates import first_date
from screening.intake.feed.employer import read_employer
from screening.intake.feed.findings import FindingCode, Severity, once
from screening.intake.feed.health import is_care, remove_health, remove_health_from_title
from screening.intake.feed.hints import hints
from screening.intake.feed.hours import WorkingWeek, read_working_week
from screening.intake.feed.places import read_place
from screening.intake.feed.slots import (
    Insurance,
    Paper,
    ReceiptMethod,
    read_insurances,
    read_methods,
    read_papers,
)
from screening.intake.feed.terms import (
    Career,
    Education,
    EmploymentType,
    Severance,
    read_career,
    read_contract,
    read_education,
    read_headcount,
    read_severance,
)
from screening.intake.feed.text import clean, folded, letters, one_line
from screening.intake.feed.wages import TEN_THOUSAND, Wage, find_amounts, read_wage

NEVER_KEPT: Final = frozenset({"MNGR_NM", "MNGR_PHON_NO"})
"""Fields with a counsellor's personal data: not read, and not part of the hash."""
CELL_AT_MOST: Final = 1_000
"""Characters read of any cell but the duties."""

_AGENCY: Final = re.compile(
    r"채용대행|근로자파견|인력파견|인재파견|파견사업|파견업|파견근로|아웃소싱|인력공급|헤드헌팅|유료직업소개"
)
_REQUEST_NUMBER: Final = re.compile(r"[A-Z]{1,2}\d{10,18}")
_TELEPHONE: Final = re.compile(r"(?:82)?0?1[016-9][0-9]{7,8}|0[2-6][0-9]{7,9}")
_GENERATED: Final = re.compile(r"\[모집직무\]\s*([^\n,]*)[^\n]*")
_WAGE_LINE: Final = re.compile(r"급여|시급|월급|연봉|임금|일급|일당|포괄|수당|원")


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting: texts without contacts and third persons' health, money in whole won, hours as hours.

    `request_number` is JO_REQST_NO, or JO_REGIST_NO when that is missing. `employer_key` and `repost_key` are
    for comparing: the second stays the same when a firm posts the same job again. `closes_on` is None when
    `until_filled`; then `review_on` may say when to look again. `source_hash` changes when the row changes.
    """

    request_number: str
    registration_number: str | None
    employer_name: str
    employer_key: str
    title: str
    occupation_code: str | None
    occupation_name: str
    duties: str
    headcount: int
    province: str | None
    city: str | None
    address_detail: str
    wage_basis: WageBasis | None
    wage_won: int | None
    wage_max_won: int | None
    negotiable: bool
    employment_type: EmploymentType | None
    part_time: bool
    contract: str
    career: Career | None
    education: Education | None
    work_days_per_week: float | None
    work_time: str
    weekly_hours: float | None
    closes_on: date | None
    until_filled: bool
    review_on: date | None
    registered_on: date | None
    insurances: frozenset[Insurance]
    severance: Severance | None
    receipt_methods: tuple[ReceiptMethod, ...]
    papers: tuple[Paper, ...]
    findings: tuple[FindingCode, ...]
    source_hash: str
    repost_key: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is no posting, with what could be read of it; at least one finding is of severity refuse."""

    request_number: str | None
    employer_name: str | None
    findings: tuple[FindingCode, ...]
    source_hash: str

    @property
    def reason(self) -> str:
        """The sentences of the refusing findings."""
        return " ".join(code.ko for code in self.findings if code.severity is Severity.REFUSE)


def parse(row: Mapping[str, str]) -> Posting | Refused:
    """A row of the feed as a posting, or refused with reasons; never raises, whatever the strings hold."""
    cells = _Cells(row)
    findings: list[FindingCode] = []
    number, registration = _identifier(cells["JO_REQST_NO"]), _identifier(cells["JO_REGIST_NO"])
    request_number = number or registration
    employer = read_employer(cells["CMPNY_NM"])
    raw_title, raw_duties = one_line(cells["JO_SJ"]), clean(cells.whole("DTY_CN"))
    occupation_name = one_line(cells["JOBCODE_NM"])
    if not request_number:
        findings.append(FindingCode.NO_REQUEST_NUMBER)
    if employer is None:
        findings.append(FindingCode.NO_EMPLOYER_NAME)
    if not any(map(letters, (raw_title, raw_duties, occupation_name))):
        findings.append(FindingCode.EMPTY_POSTING)
    if findings or not request_number or employer is None:
        name = None if employer is None else employer.name
        return Refused(request_number or None, name, once(findings), source_hash(row))
    if not number:
        findings.append(FindingCode.REGISTRATION_NUMBER_USED)
    if not _REQUEST_NUMBER.fullmatch(request_number):
        findings.append(FindingCode.REQUEST_NUMBER_UNUSUAL)
    summary = one_line(cells["BSNS_SUMRY_CN"])
    if _AGENCY.search(letters(raw_title + summary)):
        findings.append(FindingCode.AGENCY_POSTING)

    occupation = _occupation(
        cells["RCRIT_JSSFC_CMMN_CODE_SE"], occupation_name, raw_title, raw_duties, findings
    )
    care = (occupation or "").startswith("550") or is_care(f"{raw_title}\n{raw_duties}\n{summary}")
    title = _title(raw_title, occupation_name, findings, care=care)
    duties = _cleaned(raw_duties, findings, care=care)
    headcount = read_headcount(cells["RCRIT_NMPR_CO"])
    if headcount is None:
        findings.append(FindingCode.HEADCOUNT_ASSUMED)
    place = read_place(cells["WORK_PARAR_BASS_ADRES_CN"])
    findings += place.findings
    contract = read_contract(cells["EMPLYM_STLE_CMMN_CODE_SE"], cells["EMPLYM_STLE_CMMN_MM"])
    career = read_career(cells["CAREER_CND_CMMN_CODE_SE"], cells["CAREER_CND_NM"])
    education = read_education(cells["ACDMCR_CMMN_CODE_SE"], cells["ACDMCR_NM"])
    severance = read_severance(cells["RET_GRANTS_NM"])
    for value, code in (
        (contract.type, FindingCode.EMPLOYMENT_TYPE_UNKNOWN),
        (career, FindingCode.CAREER_UNKNOWN),
        (education, FindingCode.EDUCATION_UNKNOWN),
        (severance, FindingCode.SEVERANCE_UNKNOWN),
    ):
        if value is None:
            findings.append(code)
    insurances = read_insurances(cells["JO_FEINSR_SBSCRB_NM"])
    methods = read_methods(cells["RCEPT_MTH_NM"])
    papers = read_papers(cells["PRESENTN_PAPERS_NM"])
    if not insurances.values:
        findings.append(FindingCode.INSURANCE_NONE_DECLARED)
    if not methods.values:
        findings.append(FindingCode.RECEIPT_MISSING)
    if insurances.unknown or methods.unknown or papers.unknown:
        findings.append(FindingCode.SLOT_UNKNOWN)
    registered_on = first_date(cells["JO_REG_DT"])
    if registered_on is None:
        findings.append(FindingCode.REGISTERED_ON_UNREADABLE)
    closing = read_closing(cells["RCEPT_CLOS_NM"], registered_on)
    findings += closing.findings
    week = read_working_week(
        work_time=cells["WORK_TIME_NM"],
        days=cells["HOLIDAY_NM"],
        declared_hours=cells["WEEK_WORK_HR"],
        texts=(raw_title, raw_duties),
    )
    findings += week.findings
    wage = read_wage(cells["HOPE_WAGE"])
    findings += wage.findings
    findings += _wage_findings(
        wage, week, registered_on or closing.closes_on or closing.review_on, raw_duties
    )
    findings += hints(raw_title, raw_duties, cells["WORK_TIME_NM"])
    return Posting(
        request_number=request_number,
        registration_number=registration or None,
        employer_name=employer.name,
        employer_key=employer.key,
        title=title,
        occupation_code=occupation,
        occupation_name=occupation_name,
        duties=duties,
        headcount=headcount or 1,
        province=place.province,
        city=place.city,
        address_detail=_cleaned(place.detail, findings, care=False),
        wage_basis=wage.basis,
        wage_won=wage.won,
        wage_max_won=wage.max_won,
        negotiable=wage.negotiable,
        employment_type=contract.type,
        part_time=contract.part_time,
        contract=contract.as_written,
        career=career,
        education=education,
        work_days_per_week=week.days,
        work_time=_cleaned(clean(cells["WORK_TIME_NM"]), findings, care=False),
        weekly_hours=week.weekly_hours,
        closes_on=closing.closes_on,
        until_filled=closing.until_filled,
        review_on=closing.review_on,
        registered_on=registered_on,
        insurances=frozenset(insurances.values),
        severance=severance,
        receipt_methods=methods.values,
        papers=papers.values,
        findings=once(findings),
        source_hash=source_hash(row),
        repost_key=_hashed(employer.key, occupation, place.province, place.city, letters(title)),
    )


def source_hash(row: Mapping[str, str]) -> str:
    """SHA-256 of the row: fields sorted, values stripped and composed, blanks and counsellors left out.

    The same row hashes the same whether it came as JSON or XML, with blank fields or without them.
    """
    kept = {str(key).strip().upper(): clean(str(value)) for key, value in row.items()}
    canonical = {key: value for key, value in kept.items() if value and key not in NEVER_KEPT}
    return _hashed(canonical)


class _Cells:
    """The cells of a row by field name, '' when missing, cut at a length no honest cell reaches."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = {str(key).strip().upper(): str(value) for key, value in row.items()}

    def __getitem__(self, field: str) -> str:
        return self._row.get(field, "")[:CELL_AT_MOST]

    def whole(self, field: str) -> str:
        return self._row.get(field, "")


def _identifier(text: str) -> str:
    """A number of the feed without blanks and signs: 'h954-2026…' is 'H9542026…'; '' for nothing."""
    plain = letters(text).upper()
    no_number = plain in {"NULL", "NONE", "NAN"} or not any(c.isdigit() for c in plain)
    return "" if no_number or _TELEPHONE.fullmatch(plain) else plain[:40]


def _hashed(*parts: object) -> str:
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _occupation(code: str, name: str, title: str, duties: str, findings: list[FindingCode]) -> str | None:
    """The four-digit code: from the feed's six digits, else meant by its name, else by title, else by duties.

    Of the feed's own list of jobs in the duties ('[모집직무]', machine-made) only the first counts, and it first.
    """
    digits = re.match(r"\s*(\d{4,6})(?!\d)", folded(code))
    if digits is not None:
        known = digits[1].zfill(6)[:4] if len(digits[1]) == 5 else digits[1][:4]
        if known in OCCUPATIONS:
            return known
    by_title = suggest(title[:200])
    by_name = suggest(name[:200])
    if by_name is not None:
        if by_title is not None and distance(by_name.code, by_title.code) == 4:
            findings.append(FindingCode.OCCUPATION_DOUBTFUL)
        return by_name.code
    generated = _GENERATED.search(duties)
    guessed = by_title or (suggest(generated[1][:100]) if generated else None)
    guessed = guessed or suggest(" ".join(_GENERATED.sub("", duties)[:300].split()))
    findings.append(FindingCode.OCCUPATION_UNKNOWN if guessed is None else FindingCode.OCCUPATION_GUESSED)
    return None if guessed is None else guessed.code


def _title(raw: str, occupation_name: str, findings: list[FindingCode], *, care: bool) -> str:
    without = remove_contacts(raw)
    kept = remove_health_from_title(without.text, care=care)
    findings += [*without.findings, *kept.findings]
    fallback = f"{occupation_name} 구인".strip()
    return kept.text if letters(kept.text) else fallback


def _cleaned(text: str, findings: list[FindingCode], *, care: bool) -> str:
    without = remove_contacts(text)
    kept = remove_health(without.text, care=care)
    findings += [*without.findings, *kept.findings]
    return kept.text


def _wage_findings(wage: Wage, week: WorkingWeek, on: date | None, duties: str) -> list[FindingCode]:
    """Whether the wage falls below the minimum, could not be compared, or is higher in the text."""
    if wage.basis is None or wage.won is None:
        return []
    findings = []
    lowest = _lowest(wage.basis, week, on)
    if lowest is None:
        findings.append(FindingCode.WAGE_NOT_CHECKED)
    else:
        rounded = wage.in_ten_thousands and wage.basis in {WageBasis.MONTH, WageBasis.YEAR}
        if wage.won < (_nearest_ten_thousand(lowest) if rounded else lowest):
            findings.append(FindingCode.WAGE_BELOW_MINIMUM)
    if _higher_in_text(wage.basis, wage.won, duties):
        findings.append(FindingCode.WAGE_HIGHER_IN_TEXT)
    return findings


def _lowest(basis: WageBasis, week: WorkingWeek, on: date | None) -> int | None:
    """The least pay for these hours, less half an hour where whole monthly hours were rounded (not at 40 h)."""
    if on is None:
        return None
    try:
        hourly = minimum_wage(on).hourly_won
    except NoMinimumWage:
        return None
    if basis is WageBasis.HOUR:
        return hourly
    if basis is WageBasis.DAY and week.daily_hours:
        return lowest_pay(on, basis, 1, week.daily_hours)
    if not week.weekly_hours:
        return None
    if basis is WageBasis.DAY:
        per_day = week.weekly_hours / week.days if week.days else None
        return lowest_pay(on, basis, week.weekly_hours, per_day)
    months = 12 if basis is WageBasis.YEAR else 1
    allowed = 0 if week.weekly_hours >= FULL_WEEK else hourly * months // 2
    return lowest_pay(on, basis, week.weekly_hours) - allowed


def _nearest_ten_thousand(won: int) -> int:
    """What the feed would show for this amount: 2,156,880 is shown as 216만원."""
    return (won + TEN_THOUSAND // 2) // TEN_THOUSAND * TEN_THOUSAND


def _higher_in_text(basis: WageBasis, won: int, duties: str) -> bool:
    """Whether a line about pay names an amount of the same kind, 3 to 80 per cent above the wage cell."""
    if basis is WageBasis.DAY:
        return False
    low, high = won * 103 // 100, won * 180 // 100
    return any(
        amount.has_unit and low <= amount.won <= high
        for line in folded(duties)[:4_000].casefold().split("\n")
        if _WAGE_LINE.search(line)
        for amount in find_amounts(line)
    )
