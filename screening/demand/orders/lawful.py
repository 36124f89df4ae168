"""Lawful content: what a posting may not ask, may hardly ask, and whether its pay reaches the minimum wage.

Sources: 고령자고용법 §4의4 (age), 남녀고용평등법 §7 (sex, looks, marriage), 채용절차법 §4의3 (body, origin,
marriage, property, family) and §9 (fees), 직업안정법 §32 (money), 최저임금법 §6, 근로기준법 §50·53 (hours),
기간제법 §4 (two years).
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from foundation.reference.minimum_wage import lowest_pay, minimum_wage, monthly_paid_hours
from foundation.reference.occupations import OCCUPATIONS
from foundation.reference.wage_basis import WageBasis
from screening.demand.orders.rules import MOST_FOUND, RULES, Ground, sentences_of
from screening.demand.orders.severity import Severity
from screening.demand.orders.terms import LONGEST, OrderTerms


@dataclass(frozen=True)
class Finding:
    """One thing noticed in one field: the words found, the law, what to do, a better wording if there is one."""

    field: str
    severity: Severity
    headline: str
    advice: str
    law: str = ""
    found: str = ""
    better: str = ""
    ground: str = ""
    sum_rows: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """What is wrong and what to leave out, for a field that shows one sentence."""
        return f"{self.headline}. '{self.found}'을 빼고 적어 주세요." if self.found else f"{self.headline}."


REFUSE, EXPLAIN, HINT = Severity.REFUSE, Severity.EXPLAIN, Severity.HINT
FIRST_YEAR, LAST_YEAR = 2009, 2100
SHORTEST_REASON = 10
CHECKED_TEXTS = tuple(LONGEST)
TEXTS_KEPT = 1024
"""Texts whose findings are kept; an order has eight."""


def findings_in_text(field: str, text: str) -> list[Finding]:
    """What the word rules find in one text, at most one finding per ground and severity.

    A text that is longer than its field (`LONGEST`) is refused for that and not read. What was read is kept for a
    while: a page reads what was typed before it locks anything, and the command that must be sure finds it read.
    """
    if len(text) > LONGEST[field]:
        return [_too_long(field)]
    return list(_read(field, text))


def _too_long(field: str) -> Finding:
    return Finding(
        field=field,
        severity=REFUSE,
        headline=f"{LONGEST[field]:,}자까지 적을 수 있습니다",
        advice="줄여 주시면 내용을 확인해 드립니다.",
    )


@lru_cache(maxsize=TEXTS_KEPT)
def _read(field: str, text: str) -> tuple[Finding, ...]:
    heard: dict[tuple[Ground, Severity], dict[str, None]] = {}
    for sentence in sentences_of(text):
        for rule in RULES:
            words = rule.hits(field, sentence)
            if words:
                heard.setdefault((rule.ground, rule.weight(sentence)), {}).update(dict.fromkeys(words))
    found = {key: list(words)[:MOST_FOUND] for key, words in heard.items()}
    refused = {word for (_, severity), words in found.items() if severity is not HINT for word in words}
    better = _without(field, text) if any(severity is REFUSE for _, severity in found) else ""
    return tuple(
        Finding(
            field=field,
            severity=severity,
            headline=ground.headline,
            advice=ground.advice if severity is not EXPLAIN else EXCEPTION_ADVICE,
            law=ground.law,
            ground=ground.code,
            found=", ".join(words),
            better=better if severity is REFUSE else "",
        )
        for (ground, severity), words in found.items()
        if severity is not HINT or not all(any(word in other for other in refused) for word in words)
    )


EXCEPTION_ADVICE = (
    "이 일의 성격 때문에 꼭 필요하면 이유를 적어 주세요. 담당자가 법의 예외에 맞는지 보고 정합니다."
)


def _without(field: str, text: str) -> str:
    """The text without the clauses that hold a forbidden phrase; empty unless what remains is lawful and worth it."""
    clauses = re.split(r"(?<=[.!?\n])\s*|(?<=[,·/])\s*", text)
    kept = [clause.strip() for clause in clauses if clause.strip() and not _stopped(field, clause)]
    shorter = " ".join(kept).strip(" ,.·/")
    worth = len(shorter) >= 8 and len(shorter) * 5 >= len(text)
    return f"{shorter}." if worth and not _stopped(field, shorter) else ""


def _stopped(field: str, text: str) -> bool:
    return any(
        rule.severity is not HINT and rule.hits(field, sentence)
        for sentence in sentences_of(text)
        for rule in RULES
    )


def wage_finding(
    *, starts_on: dt.date, basis: WageBasis, won: int, weekly_hours: int, work_days: int
) -> Finding | None:
    """Whether the pay reaches the minimum wage in force on the start date, with the sum that shows it.

    None while the day, the hours or the pay are none that a sum could be made of.
    """
    sensible = 0 < weekly_hours <= 168 and 0 < work_days <= 7 and won > 0
    if not sensible or not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        return None
    rate = minimum_wage(starts_on)
    lowest = lowest_pay(starts_on, basis, weekly_hours, weekly_hours / work_days)
    gap = won - lowest
    year = f"{starts_on.year}년"
    flag = "" if rate.confirmed else " 고시 확인 전"
    rows = [(f"{year} 시간당 최저임금{flag}", f"{rate.hourly_won:,}원")]
    if basis in (WageBasis.MONTH, WageBasis.YEAR):
        rows.insert(0, ("한 달 임금 계산 시간", f"{monthly_paid_hours(weekly_hours)}시간"))
    rows += [
        ("이 조건의 최저임금", f"{lowest:,}원"),
        (f"적은 {basis.ko}", f"{won:,}원"),
    ]
    if gap < 0:
        return Finding(
            field="wage_won",
            severity=REFUSE,
            headline=f"{year} 최저임금보다 {-gap:,}원 적습니다",
            advice=f"{basis.ko} {lowest:,}원 이상으로 적어 주세요. 입사일의 최저임금으로 계산했습니다.",
            law="최저임금법 제6조",
            found=f"{won:,}원",
            sum_rows=tuple(rows),
        )
    return Finding(
        field="wage_won",
        severity=Severity.PASSED,
        headline=f"{year} 최저임금보다 {gap:,}원 많습니다" if gap else f"{year} 최저임금과 같습니다",
        advice="입사일의 최저임금과 주휴시간을 넣어 계산했습니다.",
        sum_rows=tuple(rows),
    )


def check(terms: OrderTerms) -> list[Finding]:
    """Every finding about an order, field by field in the order of the form."""
    found: list[Finding] = []
    for name in CHECKED_TEXTS:
        found.extend(findings_in_text(name, getattr(terms, name)))
    pay = wage_finding(
        starts_on=terms.starts_on,
        basis=terms.wage_basis,
        won=terms.wage_won,
        weekly_hours=terms.weekly_hours,
        work_days=terms.work_days,
    )
    if pay is not None:
        found.append(pay)
    probation = probation_finding(terms) if pay is not None else None
    if probation is not None:
        found.append(probation)
    if terms.weekly_hours > 40:
        found.append(
            Finding(
                field="weekly_hours",
                severity=HINT,
                headline="주 40시간을 넘습니다",
                advice="넘는 시간은 연장근로라서 당사자 합의와 가산임금이 필요하고, 일주일에 12시간까지입니다.",
                law="근로기준법 제53조",
            )
        )
    if terms.contract_months and terms.contract_months > 24:
        found.append(
            Finding(
                field="contract_months",
                severity=HINT,
                headline="2년이 넘는 계약입니다",
                advice="2년을 넘겨 쓰면 기간을 정하지 않은 근로자로 봅니다.",
                law="기간제법 제4조",
            )
        )
    return found


def blocking(findings: list[Finding], reasons: Mapping[str, str] = MappingProxyType({})) -> list[Finding]:
    """The findings that stand against submitting: what is refused, and what lacks its reason (by ground)."""
    return [
        finding
        for finding in findings
        if finding.severity is REFUSE
        or (finding.severity is EXPLAIN and len(reasons.get(finding.ground, "").strip()) < SHORTEST_REASON)
    ]


def to_explain(findings: list[Finding]) -> dict[str, Finding]:
    """The findings that need a reason, one for each ground."""
    return {each.ground: each for each in reversed(findings) if each.severity is EXPLAIN}


def probation_finding(terms: OrderTerms) -> Finding | None:
    """Whether the pay on probation is lawful: 90 %, three months, a year's contract, no simple labour.

    최저임금법 제5조 제2항: only then may it lie below the minimum wage, and never below nine tenths of it.
    """
    if terms.probation_months is None or (terms.probation_percent or 100) >= 100:
        return None
    paid = terms.wage_won * (terms.probation_percent or 100) // 100
    lowest = lowest_pay(terms.starts_on, terms.wage_basis, terms.weekly_hours, terms.daily_hours)
    rows = (
        (f"수습기간 {terms.wage_basis.ko}", f"{paid:,}원"),
        ("이 조건의 최저임금", f"{lowest:,}원"),
        ("최저임금의 90%", f"{lowest * 9 // 10:,}원"),
    )
    if paid >= lowest:
        return Finding(
            "probation_percent", Severity.PASSED, "수습기간에도 최저임금을 넘습니다", "", sum_rows=rows
        )
    occupation = OCCUPATIONS.get(terms.occupation_code)
    against = (
        (terms.employment_type.is_fixed and (terms.contract_months or 0) < 12, "1년이 안 되는 계약이라"),
        (occupation is not None and occupation.manual, "단순노무 직종이라"),
        (terms.probation_months > 3, "수습이 3개월을 넘어"),
    )
    why = next((words for holds, words in against if holds), "")
    if why or paid * 10 < lowest * 9:
        return Finding(
            "probation_percent",
            REFUSE,
            f"{why} 수습기간에도 최저임금을 다 드려야 합니다"
            if why
            else "수습기간에도 최저임금의 90%는 드려야 합니다",
            "수습기간 임금의 비율이나 임금을 올려 주세요.",
            law="최저임금법 제5조 제2항",
            found=f"{paid:,}원",
            sum_rows=rows,
        )
    return Finding(
        "probation_percent",
        HINT,
        "수습기간 임금이 최저임금보다 적습니다",
        "1년 이상 계약이고 단순노무가 아니면 3개월까지 최저임금의 90%를 드릴 수 있습니다.",
        law="최저임금법 제5조 제2항",
        sum_rows=rows,
    )
