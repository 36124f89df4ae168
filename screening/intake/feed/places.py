"""Where the work is: province, city and the rest, out of an address whose parts stick together."""

import re
from dataclasses import dataclass
from typing import Final

from foundation.reference.regions import PROVINCES, WARDS, provinces_of
from screening.intake.feed.findings import FindingCode, once
from screening.intake.feed.text import folded

_BETWEEN: Final = r"[\s\-_/,.>·|:()\[\]]*"
_LEADING: Final = re.compile(
    r"^(?:[\s\-_/,.>·|:()\[\]*○●■□◆▶※'\"]+|우편번호|\(?우\)?\s*(?=\d{5})|(?:\d{3}-\d{3}|\d{5})(?!\d)|대한민국|한국"
    r"|(?:근무\s*(?:예정)?\s*지|근무\s*(?:지역|장소|처)|회사|본사|본점|지점|현장|주소|소재지|위치|지역)\s*(?:주소)?\s*[:=)\]])+"
)
_BETWEEN_AT_START: Final = re.compile(rf"^{_BETWEEN}")
_HANGUL: Final = re.compile(r"[가-힣]")
_EDGES: Final = " \t.,-_/·|:;~*'\"`>"
_EMPTY_PAIR: Final = re.compile(r"[(\[]\s*[)\]]")
_NOT_A_PROVINCE: Final = re.compile(
    r"경기장|세종대로|세종로|세종문화|대구탕|제주도(?=[가-힣])(?!제주|서귀)|강원랜드|광주리|광주(?=천|호)"
    r"|서울(?:우유|랜드)"
)
_JOINT: Final = "전남광주통합특별시"


def _spaced(name: str) -> str:
    return r"\s?".join(map(re.escape, name))


def _any_of(names: list[str]) -> str:
    return "|".join(_spaced(name) for name in sorted(names, key=len, reverse=True))


def _city_pattern(names: list[str]) -> re.Pattern[str]:
    """A full name wherever it begins, or a name without its last syllable before a space, a ward or the end."""
    stems = [name[:-1] for name in names if len(name) > 2]
    wards = _any_of([*WARDS, *(ward[:-1] for ward in WARDS)])
    return re.compile(rf"(?P<full>{_any_of(names)})|(?P<stem>{_any_of(stems)})(?=[^가-힣]|$|(?:{wards}))")


_SHORT: Final = {name: entry.short for entry in PROVINCES.values() for name in entry.names}
_PROVINCE: Final = re.compile(_any_of([*_SHORT, _JOINT]))
_CITIES: Final = {
    entry.short: _city_pattern([*entry.cities, *entry.former])
    for entry in PROVINCES.values()
    if entry.cities or entry.former
}
_EVERY_CITY: Final = sorted({city for entry in PROVINCES.values() for city in entry.cities})
_ANY_CITY: Final = re.compile(_any_of(_EVERY_CITY))
_ANY_WARD: Final = re.compile(_any_of(list(WARDS)))
_STARTS: Final = re.compile(rf"(?<![가-힣])(?:{_any_of([*_SHORT, *_EVERY_CITY])})")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of work: short province ('경기'), city (시·군, or 구 of a metropolitan city), rest of the address."""

    province: str | None
    city: str | None
    detail: str
    findings: tuple[FindingCode, ...] = ()


LONGEST: Final = 300
"""Characters of an address cell that are read."""


def read_place(text: str) -> Place:
    """An address cell by meaning, however its parts are glued; never raises.

    '서울 종로구215호' is 종로구 and '215호'; names are looked up, not cut at the first '시' or '구'. A missing
    province is deduced from a city that exists once. A city of another province wins over the province written.
    """
    line = " ".join(folded(text[:LONGEST]).split())
    stripped = _LEADING.sub("", line)
    if not any(character.isalnum() for character in stripped):
        return Place(None, None, "", (FindingCode.PLACE_MISSING,))
    place = _at_start(stripped)
    if place is not None:
        return place
    for start in _STARTS.finditer(stripped):
        place = _at_start(stripped[start.start() :])
        if place is not None and place.city is not None:
            return place
    return Place(None, None, _detail(stripped), (FindingCode.PLACE_UNKNOWN,))


def _at_start(line: str) -> Place | None:
    """The place the line begins with, or None."""
    without = _city_alone(line)
    named = None if _NOT_A_PROVINCE.match(line) else _PROVINCE.match(line)
    if named is None:
        return without
    written = "".join(named[0].split())
    rest = line[named.end() :]
    if written == _JOINT:
        return _joint(rest)
    with_province = _after_province(_SHORT[written], rest)
    if with_province.city is None and without is not None:
        return without
    return with_province


def _after_province(short: str, rest: str) -> Place:
    """The city behind a province, skipping the province's name when it is said twice."""
    rest = _BETWEEN_AT_START.sub("", rest)
    pattern = _CITIES.get(short)
    found = pattern.match(rest) if pattern else None
    if found is None:
        again = _PROVINCE.match(rest)
        if again is not None and _SHORT.get("".join(again[0].split())) == short:
            return _after_province(short, rest[again.end() :])
        if again is not None and (said := _SHORT.get("".join(again[0].split()))) is not None:
            other = _after_province(said, rest[again.end() :])
            if other.city is not None:
                conflict = once([*other.findings, FindingCode.PLACE_CONFLICT])
                return Place(other.province, other.city, other.detail, conflict)
        ward = _ANY_WARD.match(rest)
        if ward is not None and WARDS["".join(ward[0].split())][0] == short:
            return Place(short, WARDS["".join(ward[0].split())][1], _detail(rest))
        elsewhere = _city_alone(rest)
        if elsewhere is not None and elsewhere.province is not None:
            findings = [*elsewhere.findings, FindingCode.PLACE_CONFLICT]
            findings.remove(FindingCode.PLACE_PROVINCE_DEDUCED)
            return Place(elsewhere.province, elsewhere.city, elsewhere.detail, once(findings))
        none = () if short == "세종" else (FindingCode.PLACE_CITY_UNKNOWN,)
        return Place(short, None, _detail(rest), none)
    entry = PROVINCES[short]
    written = "".join(found[0].split())
    city = written if found["full"] else _whole(written, (*entry.cities, *entry.former))
    former = city in entry.former
    findings = [FindingCode.PLACE_FORMER_NAME] if former else []
    return _with_rest(short, city, rest[found.end() :], findings)


def _city_alone(line: str) -> Place | None:
    """A city without its province: deduced when it exists once, else left open."""
    found = _ANY_CITY.match(line)
    if found is None:
        ward = _ANY_WARD.match(line)
        if ward is None:
            return None
        province, city = WARDS["".join(ward[0].split())]
        return Place(province, city, _detail(line), (FindingCode.PLACE_PROVINCE_DEDUCED,))
    city = "".join(found[0].split())
    rest = line[found.end() :]
    if city == "광주시":
        metropolitan = _CITIES["광주"].match(rest.lstrip())
        if metropolitan is not None and metropolitan["full"]:
            return _after_province("광주", rest)
    holders = provinces_of(city)
    if len(holders) > 1:
        return Place(None, city, _detail(rest), (FindingCode.PLACE_AMBIGUOUS,))
    return _with_rest(holders[0], city, rest, [FindingCode.PLACE_PROVINCE_DEDUCED])


def _joint(rest: str) -> Place:
    """The joint metropolis of 2026: districts are Gwangju's, cities and counties Jeonnam's."""
    gwangju = _after_province("광주", rest)
    return (
        gwangju if gwangju.city is not None and gwangju.province == "광주" else _after_province("전남", rest)
    )


def _with_rest(short: str, city: str, rest: str, findings: list[FindingCode]) -> Place:
    """Drop the same place said again in the rest ('…인천광역시 검단구 …'); another place there is a conflict."""
    findings = list(findings)
    for _ in range(3):
        inner = _BETWEEN_AT_START.sub("", rest)
        if inner.startswith(city) and not _HANGUL.match(inner[len(city) :]):
            rest = inner[len(city) :]
            continue
        named = _PROVINCE.match(inner)
        said = _SHORT.get("".join(named[0].split())) if named else None
        if named is None or said is None:
            break
        after = _BETWEEN_AT_START.sub("", inner[named.end() :])
        glued_short_name = len(named[0]) == len(said) and after == inner[named.end() :]
        if said == short and after.startswith(city):
            rest = after[len(city) :]
            continue
        other = _CITIES[said].match(after) if said in _CITIES else None
        if other is not None and other["full"] and not glued_short_name:
            findings.append(FindingCode.PLACE_CONFLICT)
        break
    return Place(short, city, _detail(rest), once(findings))


def _whole(stem: str, names: tuple[str, ...]) -> str:
    return next(name for name in names if name[:-1] == stem)


def _detail(rest: str) -> str:
    """What is left of an address, without the signs that only glued it."""
    rest = _EMPTY_PAIR.sub("", rest).strip(_EDGES)
    if rest[:1] in {")", "]"}:
        rest = rest[1:].strip(_EDGES)
    return rest if any(character.isalnum() or character == "○" for character in rest) else ""
