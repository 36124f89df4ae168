"""Wages as the feed writes them: '월급 / 216만원 - 면접 후 협의가능 ' and all its relatives."""

import re
from dataclasses import dataclass, replace
from typing import Final

from foundation.reference.wage_basis import WageBasis
from screening.intake.feed.findings import FindingCode, once
from screening.intake.feed.text import folded

TEN_THOUSAND: Final = 10_000

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_BELOW: Final = (
    rf"(?:(?:{_NUMBER})\s*천\s*)?(?:(?:{_NUMBER})\s*백\s*)?(?:(?:{_NUMBER})\s*십\s*)?(?:{_NUMBER})?"
)
_AMOUNT: Final = re.compile(
    rf"(?<![\d.])(?=\d)(?:(?P<eok>{_BELOW})\s*억\s*)?(?:(?P<man>{_BELOW})\s*만\s*)?"
    rf"(?:(?P<rest>{_BELOW})(?=\s*(?:원|won|krw|$|[^\d\s가-힣]|\s+[^\d\s])))?\s*(?P<won>원|won|krw)?"
)
_FIRST_DIGIT: Final = re.compile(r"(?<![\d.])\d")
_BARE: Final = re.compile(rf"(?<![\d.])(?P<rest>{_NUMBER}(?:\s*천)?)\s*(?P<won>원|won|krw)?")
_SPELLED: Final = re.compile(
    r"(?<![가-힣\d])(?<!\d )(?P<eok>[일이삼사오육칠팔구십백천]+억)?\s*(?P<man>[일이삼사오육칠팔구십백천]*만)?\s*"
    r"(?P<rest>[일이삼사오육칠팔구십백천]*)\s*원"
)
_SPELLED_DIGITS: Final = {digit: value for value, digit in enumerate("영일이삼사오육칠팔구")}
_MULTIPLIERS: Final = {"십": 10, "백": 100, "천": 1_000}
_NOT_MONEY: Final = re.compile(
    r"\s{0,5}(?:%|퍼센트|시간|개월|회|명|년(?!봉)|대\s*보험|분|차(?!액)|세|호|주|h\b|일(?!급|당))"
)
_THOUSAND_POINTS: Final = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{3}){1,5}(?!\d)(?!\s*[만억])")
_THOUSAND_BLANKS: Final = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3}){1,5}(?=\s?원)")
_RANGE: Final = re.compile(r"\s*(?:이상|부터|에서)?\s*[~-]\s*(?:최대\s*)?|\s*(?:이상|부터|에서)\s+")
_NEGOTIABLE: Final = re.compile(
    r"협의|협상|면접\s*(?:후|시|뒤)\s*(?:에)?\s*(?:결정|조정|안내)|내규|추후\s*결정|조율|미정"
)
_NOT_NEGOTIABLE: Final = re.compile(r"협의\s*(?:불가|없음|안)")
_MAXIMUM_AFTER: Final = re.compile(r"\s*(?:이하|까지|미만|이내)")
_MAXIMUM_BEFORE: Final = re.compile(r"(?:최대|최고|상한)[^\d]*$")
_BASES: Final = re.compile(
    r"(?P<year>(?:최소|최저|희망)?\s*연\s*봉|년\s*봉|연\s*급여|연급|연\s*수입|연간|/\s*년|원\s*/\s*연|^\s*연(?=\s*[\d:/])|^\s*y\s*/)"
    r"|(?P<hour>시\s*급|시간\s*급|시간\s*당|/\s*시간|시급제|^\s*h\s*/)"
    r"|(?P<day>일\s*급|일\s*당|/\s*일|하루|^\s*d\s*/)"
    r"|(?P<month>월\s*급|월\s*봉|월\s*급여|월\s*보수|월\s*평균|/\s*월|^\s*월(?=\s*[\d:/])|월(?=\s*\d)|^\s*m\s*/)"
    r"|(?P<other>주\s*급|주\s*당|건\s*당|건\s*별|성과급|수당제|도급|회당|월\s*\d+\s*회)"
)
PLAUSIBLE: Final = {
    WageBasis.HOUR: (1_000, 300_000),
    WageBasis.DAY: (10_000, 3_000_000),
    WageBasis.MONTH: (100_000, 50_000_000),
    WageBasis.YEAR: (1_000_000, 600_000_000),
}
"""Whole won between which a wage of a basis is believable; outside it is kept and reported."""
_TYPICAL: Final = (
    (WageBasis.HOUR, 8_000, 45_000),
    (WageBasis.DAY, 60_000, 400_000),
    (WageBasis.MONTH, 700_000, 9_999_999),
    (WageBasis.YEAR, 18_000_000, 200_000_000),
)


@dataclass(frozen=True, slots=True)
class Wage:
    """A wage: whole won of one hour, day, month or year; `in_ten_thousands` when the feed rounded it to 만원."""

    basis: WageBasis | None
    won: int | None
    max_won: int | None
    negotiable: bool
    in_ten_thousands: bool = False
    findings: tuple[FindingCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found in text: won, where it stands, and whether a unit (만, 원) said what it counts."""

    won: int
    start: int
    end: int
    in_ten_thousands: bool
    has_unit: bool


def read_wage(text: str) -> Wage:
    """A wage cell (급여조건) by meaning; never raises.

    '최소연봉 / 3000만원' is a yearly floor; a range gives its lower end and `max_won`; '3000~3500만원' shares its
    unit. An amount without a unit that only makes sense in 만원 is read so, with a finding. Talk without an
    amount ('면접 후 협의') is negotiable without a wage.
    """
    line = " ".join(folded(text).casefold().split())
    findings: list[FindingCode] = []
    negotiable = bool(_NEGOTIABLE.search(line)) and not _NOT_NEGOTIABLE.search(line)
    basis, from_here = _basis(line)
    amounts = find_amounts(line)
    behind = [amount for amount in amounts if amount.start >= from_here]
    amounts = [amount for amount in behind or amounts if amount.won > 0]
    if not amounts:
        findings.append(FindingCode.WAGE_MISSING)
        if basis is None:
            findings.append(FindingCode.WAGE_BASIS_UNKNOWN)
        return Wage(basis, None, None, negotiable, findings=once(findings))
    first, last, extra = _range(line, amounts)
    if extra:
        findings.append(FindingCode.WAGE_SEVERAL_AMOUNTS)
    basis, first, last = _sensible(basis, first, last, findings, other=_names_other_basis(line))
    if basis is None:
        return Wage(None, None, None, negotiable, findings=once(findings))
    low, high = PLAUSIBLE[basis]
    if not low <= first.won <= high or (last is not None and not low <= last.won <= high):
        findings.append(FindingCode.WAGE_IMPLAUSIBLE)
    if last is None and (
        _MAXIMUM_AFTER.match(line, first.end) or _MAXIMUM_BEFORE.search(line[: first.start])
    ):
        findings.append(FindingCode.WAGE_ONLY_MAXIMUM)
        return Wage(basis, None, first.won, negotiable, first.in_ten_thousands, once(findings))
    max_won = last.won if last is not None and last.won > first.won else None
    return Wage(basis, first.won, max_won, negotiable, first.in_ten_thousands, once(findings))


def find_amounts(line: str) -> list[Amount]:
    """All amounts of money of a folded line in order; numbers that count hours, months, people … are left out."""
    plain = _THOUSAND_BLANKS.sub(lambda found: _padded(found[0], " "), line)
    plain = _THOUSAND_POINTS.sub(lambda found: found[0].replace(".", ","), plain)
    found_amounts: list[Amount] = []
    position = 0
    while (found := _next(plain, position)) is not None:
        amount, position = found
        if amount is not None:
            found_amounts.append(amount)
    for spelled in _SPELLED.finditer(plain):
        won = _spelled(spelled)
        if won:
            man = not spelled["rest"] and bool(spelled["man"] or spelled["eok"])
            found_amounts.append(Amount(won, spelled.start(), spelled.end(), man, True))
    return sorted(found_amounts, key=lambda amount: amount.start)


def _next(line: str, position: int) -> tuple[Amount | None, int] | None:
    """The next number that could be money from a position on, with where to go on; None at the end."""
    start = _FIRST_DIGIT.search(line, position)
    if start is None:
        return None
    full = _AMOUNT.match(line, start.start())
    found = full if full is not None and full.end() > start.start() and _has_value(full) else None
    if found is None:
        found = _BARE.match(line, start.start())
    if found is None:
        return None, start.end()
    groups = found.groupdict()
    eok, man, rest = groups.get("eok"), groups.get("man"), groups.get("rest")
    won = _value(eok) * 100_000_000 + _value(man) * TEN_THOUSAND + _value(rest)
    has_unit = bool(eok or man or groups.get("won") or (rest and rest.rstrip().endswith(("천", "백"))))
    if not has_unit and _NOT_MONEY.match(line, found.end()):
        return None, found.end()
    whole = round(won)
    rounded = bool(eok or man) and whole % TEN_THOUSAND == 0
    return Amount(whole, found.start(), found.end(), rounded, has_unit), found.end()


def _has_value(found: re.Match[str]) -> bool:
    return bool(found["eok"] or found["man"] or found["rest"])


def _value(text: str | None) -> float:
    """'3천5백' is 3500, '2,160,000' is 2160000, '216.5' is 216.5, nothing is 0."""
    total = 0.0
    for number, unit in re.findall(rf"({_NUMBER})\s*([천백십]?)", text or ""):
        total += float(number.replace(",", "")) * _MULTIPLIERS.get(unit, 1)
    return min(total, 1e12)


def _spelled(found: re.Match[str]) -> int:
    """'이백십육만원' is 2160000."""
    man = found["man"]
    return (
        _spelled_below((found["eok"] or "").removesuffix("억")) * 100_000_000
        + (_spelled_below(man.removesuffix("만")) or 1 if man else 0) * TEN_THOUSAND
        + _spelled_below(found["rest"] or "")
    )


def _spelled_below(text: str) -> int:
    total, current = 0, 0
    for character in text:
        if character in _MULTIPLIERS:
            total += (current or 1) * _MULTIPLIERS[character]
            current = 0
        else:
            current = _SPELLED_DIGITS[character]
    return total + current


def _padded(text: str, without: str) -> str:
    """The text without a character but of the same length, so that positions stay."""
    return text.replace(without, ",")


def _basis(line: str) -> tuple[WageBasis | None, int]:
    """The first basis named and where the text behind it begins."""
    for found in _BASES.finditer(line):
        if found["other"]:
            continue
        name = next(name for name, value in found.groupdict().items() if value)
        behind = 0 if found[0].lstrip().startswith(("/", "원")) else found.end()
        return WageBasis(name), behind
    return None, 0


def _names_other_basis(line: str) -> bool:
    return any(found["other"] for found in _BASES.finditer(line))


def _range(line: str, amounts: list[Amount]) -> tuple[Amount, Amount | None, bool]:
    """The amount, the upper end when a range sign joins it to the next, and whether others are left over."""
    first = amounts[0]
    if len(amounts) > 1 and _RANGE.fullmatch(line, first.end, amounts[1].start):
        last = amounts[1]
        if not first.has_unit and last.in_ten_thousands and first.won < TEN_THOUSAND:
            first = replace(first, won=first.won * TEN_THOUSAND, in_ten_thousands=True, has_unit=True)
        return first, last, any(amount.has_unit for amount in amounts[2:])
    return first, None, any(amount.has_unit for amount in amounts[1:])


def _sensible(
    basis: WageBasis | None, first: Amount, last: Amount | None, findings: list[FindingCode], *, other: bool
) -> tuple[WageBasis | None, Amount, Amount | None]:
    """Guess a missing unit (만원) or a missing basis from the size of the amount; findings say so."""
    if not first.has_unit and first.won < (
        1_000 if basis in {WageBasis.HOUR, WageBasis.DAY} else TEN_THOUSAND
    ):
        in_won = first.won * TEN_THOUSAND
        fits = basis is not None and PLAUSIBLE[basis][0] <= in_won <= PLAUSIBLE[basis][1]
        if fits and basis is not WageBasis.HOUR:
            findings.append(FindingCode.WAGE_UNIT_GUESSED)
            first = replace(first, won=in_won, in_ten_thousands=True)
            if last is not None and not last.has_unit:
                last = replace(last, won=last.won * TEN_THOUSAND, in_ten_thousands=True)
    if basis is None:
        guessed = next((kind for kind, low, high in _TYPICAL if low <= first.won <= high), None)
        if guessed is None or other:
            findings.append(FindingCode.WAGE_BASIS_UNKNOWN)
            return None, first, last
        findings.append(FindingCode.WAGE_BASIS_GUESSED)
        basis = guessed
    return basis, first, last
