"""The lines of an old register's file as records, each checked by itself."""

import datetime as dt
import gzip
import io
import json
import re
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from foundation.composing import composed
from foundation.reference.districts import DISTRICTS
from foundation.reference.occupations import OCCUPATIONS
from foundation.refusals import Refusal
from screening.intake.history.register import Header, OldFirm, OldOrder, OldPerson, OldPlacement, Register

FORMAT: Final = "ieum-history"
VERSION: Final = 1
MOST_BYTES: Final = 64 * 1024 * 1024
LONGEST_LINE: Final = 10_000
MOST_ERRORS: Final = 100
OLDEST, YOUNGEST = 100, 14
"""Ages (year less birth year) between which somebody can have been registered."""

_GZIP: Final = b"\x1f\x8b"
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{1,19}")
_TYPES: Final = ("person", "firm", "order", "placement")
_HEADER_FIELDS: Final = {"format", "version", "register", "name", "from", "until", "counts"}

Value = TypeVar("Value")


@dataclass(frozen=True)
class LineError:
    """What is wrong in one line of the file, counted from 1; line 0 is the file as a whole."""

    line: int
    sentence: str


class RegisterRefused(Refusal):
    """The file cannot be taken in, not even in part; carries what is wrong, line by line."""

    status = 422

    def __init__(self, errors: list[LineError]) -> None:
        first = errors[0]
        more = (
            f" (모두 {len(errors)}{'건 이상' if len(errors) >= MOST_ERRORS else '건'})"
            if len(errors) > 1
            else ""
        )
        where = f"{first.line}번째 줄: " if first.line else ""
        super().__init__(f"대장을 들여올 수 없습니다. {where}{first.sentence}{more}", field="file")
        self.errors = tuple(errors)


class _Bad(ValueError):
    """One field is not what it must be; the text is the sentence for the line."""


def fetch(payload: bytes | Path) -> bytes:
    """The bytes of the file; raises `RegisterRefused` when it cannot be opened."""
    if isinstance(payload, bytes):
        return payload
    try:
        with payload.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise _whole(f"{payload.name} 파일을 열 수 없습니다.") from None


def unpack(payload: bytes) -> bytes:
    """The text of the file, whether it was packed with gzip or not; raises `RegisterRefused` when it cannot be."""
    if payload.startswith(_GZIP):
        try:
            with gzip.open(io.BytesIO(payload)) as packed:
                payload = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error):
            raise _whole("gzip 파일이 끝까지 풀리지 않습니다. 다시 만들어 주세요.") from None
    if len(payload) > MOST_BYTES:
        raise _whole(f"풀었을 때 {MOST_BYTES // 1024 // 1024}MB보다 큰 파일은 받지 않습니다.")
    return payload


def read(content: bytes) -> Register:
    """The records of an unpacked file, each sound by itself; raises `RegisterRefused` with every bad line (to 100).

    Whether records fit each other is asked in `checks`.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        stuck_at = content.count(b"\n", 0, failure.start) + 1
        raise RegisterRefused([LineError(stuck_at, "UTF-8이 아닌 글자가 있습니다.")]) from None
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise _whole("빈 파일입니다.")
    try:
        header = _header(_object(lines[0]))
    except _Bad as bad:
        raise RegisterRefused([LineError(1, str(bad))]) from None
    records: dict[type, list[Any]] = {OldPerson: [], OldFirm: [], OldOrder: [], OldPlacement: []}
    errors: list[LineError] = []
    for number, line in enumerate(lines[1:], 2):
        try:
            record = _record(number, _object(line), header)
            records[type(record)].append(record)
        except _Bad as bad:
            errors.append(LineError(number, str(bad)))
            if len(errors) >= MOST_ERRORS:
                break
    if errors:
        raise RegisterRefused(errors)
    return Register(header, *(tuple(records[kind]) for kind in (OldPerson, OldFirm, OldOrder, OldPlacement)))


def _whole(sentence: str) -> RegisterRefused:
    return RegisterRefused([LineError(0, sentence)])


def _object(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise _Bad(f"한 줄이 {LONGEST_LINE:,}자보다 깁니다.")
    try:
        found = json.loads(line, object_pairs_hook=_once, parse_constant=_no_constant)
    except _Bad:
        raise
    except (ValueError, RecursionError):
        raise _Bad("JSON으로 읽을 수 없습니다.") from None
    if not isinstance(found, dict):
        raise _Bad('{"type": …}처럼 항목이 있는 JSON 한 줄이어야 합니다.')
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Bad("같은 항목이 두 번 있습니다.")
    return found


def _no_constant(word: str) -> Any:
    raise _Bad(f"{word}는 값이 아닙니다.")


def _header(found: dict[str, Any]) -> Header:
    if found.get("format") != FORMAT:
        raise _Bad(f'첫 줄은 "format": "{FORMAT}"이 있는 머리말이어야 합니다.')
    if found.get("version") != VERSION:
        raise _Bad(f"이 판은 읽을 수 없습니다. {VERSION}판이어야 합니다.")
    _only(found, _HEADER_FIELDS)
    register = found["register"]
    if not isinstance(register, str) or not _SLUG.fullmatch(register):
        raise _Bad("register는 seoul-2009처럼 영문 소문자, 숫자, '-'로 20자까지입니다.")
    counts = found["counts"]
    if not isinstance(counts, dict) or set(counts) != set(_TYPES):
        raise _Bad(f"counts에는 {', '.join(_TYPES)}의 수가 있어야 합니다.")
    first_on, last_on = _day(found, "from"), _day(found, "until")
    if not dt.date(1960, 1, 1) <= first_on <= last_on:
        raise _Bad("from과 until은 1960년 이후이고 from이 앞서야 합니다.")
    return Header(
        register=register,
        name=_text(found, "name", 100),
        first_on=first_on,
        last_on=last_on,
        counts={kind: _number(counts, kind, 0, 10_000_000) for kind in _TYPES},
    )


def _record(
    line: int, found: dict[str, Any], header: Header
) -> OldPerson | OldFirm | OldOrder | OldPlacement:
    kind = found.pop("type", None)
    if not isinstance(kind, str) or kind not in _READERS:
        raise _Bad(f"type은 {', '.join(_TYPES)} 가운데 하나여야 합니다.")
    reader, fields = _READERS[kind]
    _only(found, fields)
    return reader(line, found, header)


def _person(line: int, found: dict[str, Any], header: Header) -> OldPerson:
    registered_on = _day_within(found, "registered_on", header)
    year = registered_on.year
    sex, intern = found["sex"], found["intern"]
    if sex not in ("f", "m", ""):
        raise _Bad('sex는 "f", "m", ""입니다.')
    if not isinstance(intern, bool):
        raise _Bad("intern은 true나 false입니다.")
    return OldPerson(
        line=line,
        key=_key(found, "key"),
        sex=sex,
        birth_year=_or_none(
            found, "birth_year", lambda: _number(found, "birth_year", year - OLDEST, year - YOUNGEST)
        ),
        district=_or_none(found, "district", lambda: _code(found, "district", DISTRICTS)),
        registered_on=registered_on,
        intern=intern,
    )


def _firm(line: int, found: dict[str, Any], header: Header) -> OldFirm:
    return OldFirm(
        line=line,
        key=_key(found, "key"),
        name=_text(found, "name", 100),
        district=_or_none(found, "district", lambda: _code(found, "district", DISTRICTS)),
        employees=_number(found, "employees", 0, 1_000_000),
    )


def _order(line: int, found: dict[str, Any], header: Header) -> OldOrder:
    opened_on = _day_within(found, "opened_on", header)
    closed_on = _or_none(found, "closed_on", lambda: _day_within(found, "closed_on", header))
    if found["status"] not in ("open", "closed") or (found["status"] == "open") != (closed_on is None):
        raise _Bad('status는 "open"(closed_on은 null)이나 "closed"(closed_on은 날짜)입니다.')
    if closed_on is not None and closed_on < opened_on:
        raise _Bad("closed_on이 opened_on보다 앞섭니다.")
    headcount = _number(found, "headcount", 1, 999)
    return OldOrder(
        line=line,
        key=_key(found, "key"),
        firm=_key(found, "firm"),
        title=_text(found, "title", 200),
        occupation=_or_none(found, "occupation", lambda: _code(found, "occupation", OCCUPATIONS)),
        headcount=headcount,
        opened_on=opened_on,
        closed_on=closed_on,
        filled=_number(found, "filled", 0, headcount),
    )


def _placement(line: int, found: dict[str, Any], header: Header) -> OldPlacement:
    return OldPlacement(
        line=line,
        person=_key(found, "person"),
        order=_key(found, "order"),
        hired_on=_day_within(found, "hired_on", header),
    )


_Reader = Callable[[int, dict[str, Any], Header], OldPerson | OldFirm | OldOrder | OldPlacement]
_READERS: Final[dict[object, tuple[_Reader, set[str]]]] = {
    "person": (_person, {"key", "sex", "birth_year", "district", "registered_on", "intern"}),
    "firm": (_firm, {"key", "name", "district", "employees"}),
    "order": (
        _order,
        {"key", "firm", "title", "occupation", "headcount", "opened_on", "status", "closed_on", "filled"},
    ),
    "placement": (_placement, {"person", "order", "hired_on"}),
}


def _only(found: dict[str, Any], fields: set[str]) -> None:
    missing, unknown = sorted(fields - set(found)), sorted(set(found) - fields)
    if missing:
        raise _Bad(f"{', '.join(missing)} 항목이 없습니다.")
    if unknown:
        raise _Bad(f"받지 않는 항목이 {len(unknown)}개 있습니다. 사람은 이름 없이만 들여옵니다.")


def _or_none(found: dict[str, Any], name: str, parse: Callable[[], Value]) -> Value | None:
    return None if found[name] is None else parse()


def _key(found: dict[str, Any], name: str) -> str:
    value = found[name]
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise _Bad(f"{name}는 영문, 숫자, '.', '_', '-'로 19자까지입니다.")
    return value


def _text(found: dict[str, Any], name: str, longest: int) -> str:
    value = found[name]
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= longest:
        raise _Bad(f"{name}은 1자에서 {longest}자까지입니다.")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") or sign == "\ufffd" for sign in value):
        raise _Bad(f"{name}에 깨진 글자가 있습니다.")
    return composed(value.strip())


def _number(found: dict[str, Any], name: str, least: int, most: int) -> int:
    value = found[name]
    if type(value) is not int or not least <= value <= most:
        raise _Bad(f"{name}은 {least}에서 {most} 사이의 정수입니다.")
    return value


def _code(found: dict[str, Any], name: str, known: Any) -> str:
    value = found[name]
    if not isinstance(value, str) or value not in known:
        raise _Bad(f"{name}이 코드표에 없습니다.")
    return value


def _day(found: dict[str, Any], name: str) -> dt.date:
    value = found[name]
    try:
        if isinstance(value, str) and len(value) == 10:
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise _Bad(f"{name}은 2009-08-31처럼 적은 날짜여야 합니다.")


def _day_within(found: dict[str, Any], name: str, header: Header) -> dt.date:
    day = _day(found, name)
    if not header.first_on <= day <= header.last_on:
        raise _Bad(f"{name}이 대장의 기간({header.first_on}~{header.last_on}) 밖입니다.")
    return day
