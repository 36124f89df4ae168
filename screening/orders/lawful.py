"""Lawful content: what a posting may not ask, may hardly ask, and whether its pay reaches the minimum wage.

Sources: 고령자고용법 §4의4 (age), 남녀고용평등법 §7 (sex, looks, marriage), 채용절차법 §4의3 (body, origin,
marriage, property, family) and §9 (fees), 직업안정법 §32 (money), 최저임금법 §6, 근로기준법 §50·53 (hours),
기간제법 §4 (two years).
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from center.codes.minimum_wage import lowest_pay, minimum_wage, monthly_paid_hours
from center.codes.wage_basis import WageBasis
from screening.orders.terms import OrderTerms


class Severity(StrEnum):
    """`refuse` blocks submitting, `hint` blocks nothing, `passed` shows the sum that holds."""

    REFUSE = "refuse"
    HINT = "hint"
    PASSED = "passed"


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
    sum_rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rule:
    """A pattern of words, what it breaks, and how it is said; `fields` limits it to some texts."""

    pattern: re.Pattern[str]
    severity: Severity
    headline: str
    advice: str
    law: str
    fields: tuple[str, ...] = ()


def _rule(
    pattern: str, severity: Severity, headline: str, advice: str, law: str, *, fields: tuple[str, ...] = ()
) -> Rule:
    return Rule(re.compile(pattern), severity, headline, advice, law, fields)


REFUSE, HINT = Severity.REFUSE, Severity.HINT
CARED_FOR = "어르신|할머니|할아버지|환자|이용자|고객|손님|회원|아동|학생|수급자"
THINGS = "의류|화장실|복|옷|용품|제품|병동"
NOT_A_CARE_OBJECT = rf"(?!\s*(?:{CARED_FOR}|{THINGS}))"

RULES: tuple[Rule, ...] = (
    _rule(
        r"(?:(?:만\s*)?\d{2}\s*(?:세|살)\s*(?:이하|미만|이상|까지|부터|이내|초과|전후|[~\-–]\s*\d{2}\s*(?:세|살)?)"
        rf"|\d{{2}}\s*[~\-–]\s*\d{{2}}\s*(?:세|살)|\d{{2}}\s*년생\s*(?:이후|이전|까지|부터|~)?){NOT_A_CARE_OBJECT}",
        REFUSE,
        "나이를 모집 조건으로 적을 수 없습니다",
        "나이 대신 이 일에 필요한 경력이나 자격을 적어 주세요.",
        "고령자고용법 제4조의4",
    ),
    _rule(
        r"[2-6]0\s*대(?:\s*(?:초반|중반|후반))?(?:\s*(?:우대|환영|선호|만|여성|남성|지원|가능|까지|분|의|직원))"
        r"|젊은\s*(?:분|사람|인재|남자|여자|남성|여성|층|직원|감각의\s*분)|나이\s*제한|연령\s*제한|청년만|고령자\s*(?:불가|제외)|어린\s*(?:분|직원)",
        REFUSE,
        "나이를 모집 조건으로 적을 수 없습니다",
        "나이 대신 이 일에 필요한 경력이나 자격을 적어 주세요.",
        "고령자고용법 제4조의4",
    ),
    _rule(
        rf"(?:여성|남성|여자|남자){NOT_A_CARE_OBJECT}\s*(?:만|분만|분|우대|환영|선호|직원|사원|근무자|지원자|모집|구함|구합|채용|한정|에\s*한함|이어야|이면)"
        r"|여직원|남직원|여사원|남사원|여종업원|주부\s*(?:사원|우대|환영|만)|아줌마|아가씨|총각|이모님\s*구|성별\s*[:：]\s*(?:남|여)"
        r"|(?:남|여)\s*\d+\s*명|군필자?(?:만|에\s*한|\s*필수)",
        REFUSE,
        "성별을 모집 조건으로 적을 수 없습니다",
        "하는 일과 필요한 능력만 적어 주세요.",
        "남녀고용평등법 제7조",
    ),
    _rule(
        r"용모\s*(?:단정|준수)|외모|인상\s*좋|키\s*\d{3}|신장\s*\d{3}|몸무게|체중\s*\d{2}|미모|사진\s*(?:필수|첨부|부착)"
        r"|동안\s*외모|날씬",
        REFUSE,
        "외모나 신체 조건을 요구할 수 없습니다",
        "단정한 복장이 필요하면 '근무복 착용'처럼 적어 주세요.",
        "채용절차법 제4조의3",
    ),
    _rule(
        r"미혼|기혼|결혼\s*(?:여부|유무|예정|한|하지)|자녀\s*(?:유무|여부|없는|있는)|가족\s*(?:관계|사항|구성|증명서)"
        r"|부모님?\s*(?:직업|학력|재산)|배우자\s*(?:직업|유무)|임신\s*(?:계획|여부|중)|출산\s*계획|독신",
        REFUSE,
        "혼인이나 가족에 관한 것을 물을 수 없습니다",
        "근무시간처럼 실제로 필요한 조건만 적어 주세요.",
        "채용절차법 제4조의3",
    ),
    _rule(
        r"재산(?!세)|자가\s*(?:소유|보유)(?!\s*차)|부동산\s*보유|신용\s*불량|출신\s*(?:지역|지|학교|고교|대학)|본적|고향|(?:호남|영남|전라도|경상도|충청도|강원도)\s*(?:출신|분)",
        REFUSE,
        "재산이나 출신을 조건으로 할 수 없습니다",
        "이 조건을 빼 주세요.",
        "채용절차법 제4조의3",
    ),
    _rule(
        r"응시료|전형료|보증금|가입비|교재비|교육비\s*(?:본인|자비|별도|입금|납부|\d)|(?:유니폼|근무복|피복)\s*(?:비|값|대금)?\s*(?:본인\s*부담|자비|공제)"
        r"|입사\s*(?:비|예치)|신원\s*보증금|물품\s*구입\s*(?:필수|조건)|등록비",
        REFUSE,
        "구직자에게 비용을 물릴 수 없습니다",
        "채용에 드는 비용은 기업이 부담합니다. 이 문구를 빼 주세요.",
        "채용절차법 제9조, 직업안정법 제32조",
    ),
    _rule(
        r"기독교인|불교\s*신자|신앙|종교\s*(?:가|를|인|활동\s*필수)|노조\s*가입|정치\s*성향",
        REFUSE,
        "종교나 사상을 조건으로 할 수 없습니다",
        "이 조건을 빼 주세요.",
        "고용정책기본법 제7조",
    ),
    _rule(
        rf"(?:여성|남성|여자|남자)(?!의류){NOT_A_CARE_OBJECT}",
        REFUSE,
        "성별을 우대 조건으로 적을 수 없습니다",
        "하는 일과 필요한 능력만 적어 주세요.",
        "남녀고용평등법 제7조",
        fields=("preferred",),
    ),
    _rule(
        r"사진|가족관계|주민등록|등본|혼인",
        REFUSE,
        "이 서류는 받을 수 없습니다",
        "사진, 가족관계, 주민등록에 관한 서류는 빼 주세요.",
        "채용절차법 제4조의3",
        fields=("papers",),
    ),
    _rule(
        r"조선족|중국\s*교포|외국인\s*(?:사절|불가|제외)|한국인만|내국인만|교포\s*(?:사절|불가)",
        REFUSE,
        "출신이나 국적을 이유로 제외할 수 없습니다",
        "취업할 수 있는 체류자격이 필요하면 그렇게 적어 주세요.",
        "근로기준법 제6조, 직업안정법 제2조",
    ),
    _rule(
        r"군필|병역\s*필|성별\s*무관|남녀\s*무관|남녀\s*모두|나이\s*무관|연령\s*무관|장애인\s*(?:증명서|복지카드)",
        HINT,
        "한 번 더 생각해 주세요",
        "이 일에 꼭 필요한 이유가 없으면 빼는 것이 좋습니다. 상담사가 이유를 여쭐 수 있습니다.",
        "남녀고용평등법 제7조",
    ),
    _rule(
        r"회사\s*내규|면접\s*(?:후|시)\s*(?:협의|결정)|급여\s*협의",
        HINT,
        "임금을 숫자로 적어 주세요",
        "임금을 밝힌 구인에 지원이 더 많습니다. 협의할 수 있으면 최저와 최고를 적어 주세요.",
        "직업안정법 제10조",
    ),
    _rule(
        r"가족\s*같은|열정\s*(?:페이|만)|야근\s*(?:많|필수)|주말\s*출근\s*당연",
        HINT,
        "지원자가 오해할 수 있는 말입니다",
        "실제 근무시간과 분위기를 그대로 적어 주세요.",
        "",
    ),
)

FIRST_YEAR, LAST_YEAR = 2009, 2100
CHECKED_TEXTS = ("title", "duties", "preferred", "papers", "work_time")


def findings_in_text(field: str, text: str) -> list[Finding]:
    """What the word rules find in one text, at most one finding per rule."""
    found = []
    for rule in RULES:
        hits = _hits(rule, field, text)
        if hits:
            found.append(
                Finding(
                    field=field,
                    severity=rule.severity,
                    headline=rule.headline,
                    advice=rule.advice,
                    law=rule.law,
                    found=", ".join(dict.fromkeys(hit.group().strip() for hit in hits)),
                    better=_without(field, text) if rule.severity is REFUSE else "",
                )
            )
    refused = {word for each in found if each.severity is REFUSE for word in each.found.split(", ")}
    return [
        each for each in found if each.severity is not HINT or not any(each.found in word for word in refused)
    ]


def _without(field: str, text: str) -> str:
    """The text without the clauses that hold a forbidden phrase; empty unless what remains is lawful and worth it."""
    clauses = re.split(r"(?<=[.!?\n])\s*|(?<=[,·/])\s*", text)
    kept = [clause.strip() for clause in clauses if clause.strip() and not _forbidden(field, clause)]
    shorter = " ".join(kept).strip(" ,.·/")
    worth = len(shorter) >= 8 and len(shorter) * 5 >= len(text)
    return f"{shorter}." if worth and not _forbidden(field, shorter) else ""


def _forbidden(field: str, text: str) -> bool:
    return any(rule.severity is REFUSE and _hits(rule, field, text) for rule in RULES)


def _hits(rule: Rule, field: str, text: str) -> list[re.Match[str]]:
    return list(rule.pattern.finditer(text)) if not rule.fields or field in rule.fields else []


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


def blocking(findings: list[Finding]) -> list[Finding]:
    """The findings that stand against submitting."""
    return [finding for finding in findings if finding.severity is REFUSE]
