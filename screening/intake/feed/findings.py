"""All the feed parser may have to say about a row: a code, the sentence people see, how grave it is."""

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How grave a finding is: good to know, a person should look, or the row cannot be taken."""

    ko: str

    def __new__(cls, value: str, ko: str) -> "Severity":
        member = str.__new__(cls, value)
        member._value_ = value
        member.ko = ko
        return member

    INFO = "info", "참고"
    CHECK = "check", "확인 필요"
    REFUSE = "refuse", "받지 않음"


class FindingCode(StrEnum):
    """A finding: `value` is the stable code in reports, `ko` the sentence, `severity` its weight."""

    ko: str
    severity: Severity

    def __new__(cls, value: str, severity: Severity, ko: str) -> "FindingCode":
        member = str.__new__(cls, value)
        member._value_ = value
        member.severity = severity
        member.ko = ko
        return member

    # the row as a whole
    NO_REQUEST_NUMBER = "no_request_number", Severity.REFUSE, "구인신청번호와 구인등록번호가 모두 없습니다."
    NO_EMPLOYER_NAME = "no_employer_name", Severity.REFUSE, "기업명이 없습니다."
    EMPTY_POSTING = "empty_posting", Severity.REFUSE, "구인제목, 모집직종, 직무내용이 모두 비어 있습니다."
    REGISTRATION_NUMBER_USED = (
        "registration_number_used",
        Severity.INFO,
        "구인신청번호가 없어 구인등록번호로 대신합니다.",
    )
    REQUEST_NUMBER_UNUSUAL = (
        "request_number_unusual",
        Severity.CHECK,
        "구인신청번호의 모양이 평소와 다릅니다.",
    )
    AGENCY_POSTING = (
        "agency_posting",
        Severity.CHECK,
        "파견·채용대행 공고로 보입니다. 실제 사업주와 근무지를 확인해 주세요.",
    )
    REGISTERED_ON_UNREADABLE = "registered_on_unreadable", Severity.INFO, "등록일을 읽지 못했습니다."

    # occupation, headcount, terms
    OCCUPATION_GUESSED = "occupation_guessed", Severity.INFO, "직종을 제목이나 직무내용으로 짐작했습니다."
    OCCUPATION_UNKNOWN = "occupation_unknown", Severity.CHECK, "직종을 알 수 없습니다. 직접 골라 주세요."
    OCCUPATION_DOUBTFUL = (
        "occupation_doubtful",
        Severity.CHECK,
        "모집직종과 제목이 서로 다른 일을 가리킵니다.",
    )
    HEADCOUNT_ASSUMED = "headcount_assumed", Severity.INFO, "모집인원이 분명하지 않아 1명으로 봅니다."
    EMPLOYMENT_TYPE_UNKNOWN = "employment_type_unknown", Severity.CHECK, "고용형태를 알 수 없습니다."
    CAREER_UNKNOWN = "career_unknown", Severity.INFO, "경력조건을 알 수 없습니다."
    EDUCATION_UNKNOWN = "education_unknown", Severity.INFO, "학력조건을 알 수 없습니다."
    INSURANCE_NONE_DECLARED = (
        "insurance_none_declared",
        Severity.CHECK,
        "4대보험이 하나도 적혀 있지 않습니다.",
    )
    SEVERANCE_UNKNOWN = "severance_unknown", Severity.INFO, "퇴직급여를 알 수 없습니다."
    RECEIPT_MISSING = "receipt_missing", Severity.INFO, "접수방법이 적혀 있지 않습니다."
    SLOT_UNKNOWN = "slot_unknown", Severity.INFO, "접수방법, 제출서류, 4대보험에 모르는 값이 있습니다."

    # place
    PLACE_MISSING = "place_missing", Severity.CHECK, "근무지가 비어 있습니다."
    PLACE_UNKNOWN = "place_unknown", Severity.CHECK, "근무지의 시·도를 알 수 없습니다."
    PLACE_CITY_UNKNOWN = "place_city_unknown", Severity.CHECK, "근무지의 시·군·구를 알 수 없습니다."
    PLACE_PROVINCE_DEDUCED = (
        "place_province_deduced",
        Severity.INFO,
        "시·도가 없어 시·군·구 이름으로 알아냈습니다.",
    )
    PLACE_AMBIGUOUS = "place_ambiguous", Severity.CHECK, "같은 이름의 시·군·구가 여러 시·도에 있습니다."
    PLACE_CONFLICT = "place_conflict", Severity.CHECK, "근무지 안에 서로 다른 지역이 함께 적혀 있습니다."
    PLACE_FORMER_NAME = "place_former_name", Severity.INFO, "지금은 쓰지 않는 행정구역 이름입니다."

    # wage
    WAGE_MISSING = "wage_missing", Severity.CHECK, "임금 금액이 없습니다."
    WAGE_BASIS_UNKNOWN = (
        "wage_basis_unknown",
        Severity.CHECK,
        "시급·일급·월급·연봉 가운데 무엇인지 알 수 없습니다.",
    )
    WAGE_BASIS_GUESSED = "wage_basis_guessed", Severity.CHECK, "임금형태가 없어 금액으로 짐작했습니다."
    WAGE_UNIT_GUESSED = "wage_unit_guessed", Severity.CHECK, "금액에 단위가 없어 만원으로 보았습니다."
    WAGE_SEVERAL_AMOUNTS = (
        "wage_several_amounts",
        Severity.INFO,
        "임금에 금액이 여럿 있어 첫 금액을 씁니다.",
    )
    WAGE_ONLY_MAXIMUM = "wage_only_maximum", Severity.CHECK, "임금의 상한만 적혀 있습니다."
    WAGE_IMPLAUSIBLE = "wage_implausible", Severity.CHECK, "임금형태에 견주어 금액이 너무 크거나 작습니다."
    WAGE_BELOW_MINIMUM = "wage_below_minimum", Severity.CHECK, "근로시간에 견주어 최저임금보다 낮아 보입니다."
    WAGE_NOT_CHECKED = (
        "wage_not_checked",
        Severity.INFO,
        "근로시간이나 날짜를 몰라 최저임금과 견주지 못했습니다.",
    )
    WAGE_HIGHER_IN_TEXT = (
        "wage_higher_in_text",
        Severity.INFO,
        "직무내용에 더 높은 임금이 적혀 있습니다.",
    )

    # working time
    WORK_TIME_UNREADABLE = "work_time_unreadable", Severity.INFO, "근무시간에서 시각을 읽지 못했습니다."
    WORK_TIME_CUT = "work_time_cut", Severity.INFO, "근무시간이 중간에 잘려 있습니다."
    SEVERAL_SHIFTS = "several_shifts", Severity.INFO, "근무조가 여럿이라 첫 번째 시간으로 셈합니다."
    WORK_DAYS_UNKNOWN = "work_days_unknown", Severity.INFO, "주 근무일수를 알 수 없습니다."
    HOURS_DERIVED = "hours_derived", Severity.INFO, "주 근로시간을 근무시간과 근무일수로 셈했습니다."
    HOURS_IMPLAUSIBLE = (
        "hours_implausible",
        Severity.CHECK,
        "적힌 주 근로시간이 근무시간과 맞지 않습니다.",
    )
    HOURS_UNKNOWN = "hours_unknown", Severity.CHECK, "주 근로시간을 알 수 없습니다."
    HOURS_OVER_52 = "hours_over_52", Severity.CHECK, "주 근로시간이 52시간을 넘습니다."

    # closing date
    CLOSING_MISSING = "closing_missing", Severity.CHECK, "마감일이 비어 있습니다."
    CLOSING_UNREADABLE = "closing_unreadable", Severity.CHECK, "마감일을 읽지 못했습니다."
    CLOSING_IMPOSSIBLE = "closing_impossible", Severity.CHECK, "마감일이 달력에 없는 날짜입니다."
    CLOSING_SEVERAL = "closing_several", Severity.INFO, "마감일에 날짜가 여럿 있어 마지막 날짜를 씁니다."
    CLOSING_YEAR_GUESSED = "closing_year_guessed", Severity.CHECK, "마감일에 연도가 없어 짐작했습니다."
    CLOSES_BEFORE_REGISTERED = (
        "closes_before_registered",
        Severity.CHECK,
        "마감일이 등록일보다 빠릅니다.",
    )

    # privacy
    CONTACT_REMOVED = "contact_removed", Severity.INFO, "글 속의 연락처를 지웠습니다."
    HIDDEN_CONTACT_REMOVED = (
        "hidden_contact_removed",
        Severity.CHECK,
        "글자나 기호로 바꾸어 적은 연락처를 지웠습니다.",
    )
    PERSON_NAME_REMOVED = "person_name_removed", Severity.INFO, "글 속의 담당자 이름을 지웠습니다."
    ID_NUMBER_REMOVED = (
        "id_number_removed",
        Severity.CHECK,
        "주민등록번호나 사업자등록번호로 보이는 번호를 지웠습니다.",
    )
    THIRD_PERSON_HEALTH = (
        "third_person_health",
        Severity.CHECK,
        "서비스 이용자의 건강 정보가 있어 가렸습니다.",
    )

    # words a fair-hiring check should see; nothing is removed
    MILITARY_TERM = (
        "military_term",
        Severity.CHECK,
        "병역(군필) 조건이 있습니다. 성차별 소지를 확인해 주세요.",
    )
    GENDER_TERM = "gender_term", Severity.CHECK, "성별을 정하는 말이 있습니다."
    AGE_TERM = "age_term", Severity.CHECK, "나이를 정하는 말이 있습니다."
    LOOKS_TERM = "looks_term", Severity.CHECK, "용모나 신체조건을 요구하는 말이 있습니다."
    PHOTO_TERM = "photo_term", Severity.CHECK, "사진을 요구하는 말이 있습니다."
    FAMILY_TERM = "family_term", Severity.CHECK, "혼인이나 가족에 관한 말이 있습니다."
    ORIGIN_TERM = "origin_term", Severity.CHECK, "출신지역에 관한 말이 있습니다."
    PROPERTY_TERM = "property_term", Severity.CHECK, "재산이나 신원보증에 관한 말이 있습니다."
    RELIGION_TERM = "religion_term", Severity.CHECK, "종교에 관한 말이 있습니다."
    FEE_TERM = "fee_term", Severity.CHECK, "구직자에게 돈을 내게 하는 말이 있습니다."
    NATIONALITY_TERM = "nationality_term", Severity.CHECK, "국적에 관한 말이 있습니다."
    PERSONAL_PAPER_TERM = (
        "personal_paper_term",
        Severity.CHECK,
        "채용 전에 가족·신분 서류를 요구하는 말이 있습니다.",
    )
    DISABILITY_PROOF_TERM = (
        "disability_proof_term",
        Severity.CHECK,
        "장애 증명서류를 요구하는 말이 있습니다.",
    )
    DISABILITY_TERM = "disability_term", Severity.INFO, "장애인 채용을 우대하거나 희망합니다."
    CAREER_BREAK_TERM = "career_break_term", Severity.INFO, "경력단절에 관한 말이 있습니다."
    NEUTRAL_TERM = "neutral_term", Severity.INFO, "성별·나이를 따지지 않는다고 적혀 있습니다."
    REPOST = "repost", Severity.INFO, "같은 기업이 같은 곳의 같은 일을 다시 올린 구인입니다."


HEADING: Final = "# 채용정보 가져오기에서 나오는 확인 사항"
INTRODUCTION: Final = (
    "GetJobInfo 한 행을 읽을 때 붙을 수 있는 코드입니다. 이 표는 "
    "`screening.intake.feed.findings.findings_table()`이 만들며, 시험이 둘을 견줍니다."
)


def findings_table() -> str:
    """The whole document `docs/feed-findings.md`: every code in the order of declaration."""
    rows = [f"| `{code}` | {code.severity.ko} (`{code.severity}`) | {code.ko} |" for code in FindingCode]
    return "\n".join([HEADING, "", INTRODUCTION, "", "| 코드 | 무게 | 뜻 |", "|---|---|---|", *rows, ""])


def once(findings: list[FindingCode]) -> tuple[FindingCode, ...]:
    """Each finding once, in order of first appearance."""
    return tuple(dict.fromkeys(findings))
