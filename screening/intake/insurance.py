"""고용보험 피보험자격: a file of who is insured where, the second source that wins over firm and person."""

import csv
import datetime as dt
import io
import re
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor
from foundation.audit.commands import record_act
from foundation.identity import records
from foundation.identity.person import Person
from foundation.refusals import NotAllowed
from screening.casework.placements.checks import RetentionAnswer, RetentionCheck, RetentionSource
from screening.casework.placements.models import LeavingReason, Placement
from screening.casework.retention import commands as retention
from screening.demand.employers.models import Employer
from screening.intake.feed.dates import first_date
from screening.intake.seeker_files.decoding import FileRefused, decode

MOST_ROWS, MOST_CELLS, LONGEST_CELL = 10_000, 40, 200
MOST_BYTES = 1_000_000
"""Ten thousand honest rows are half of it."""
AT_ONCE = 400
"""Rows looked up together."""
NEAR = dt.timedelta(days=45)
"""How far the day of insurance may lie from the start that the center knows."""
TITLES = {
    "number": ("사업자등록번호", "사업자번호", "사업장등록번호"),
    "name": ("성명", "이름", "피보험자명", "근로자명"),
    "birth": ("생년월일",),
    "since": ("자격취득일", "취득일"),
    "until": ("자격상실일", "상실일"),
    "reason": ("상실사유", "상실사유코드", "이직사유"),
}


@dataclass(frozen=True)
class InsuranceImport:
    """What became of a file: rows, placements found, checks decided, and what could not be used, without names."""

    rows: int
    placements: int
    checks: int
    errors: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    number: int
    business_number: str
    person: Person
    since: dt.date
    until: dt.date | None
    reason: LeavingReason


def import_insurance(
    session: orm.Session,
    *,
    payload: bytes,
    as_of: dt.date,
    by: Actor,
    at: dt.datetime,
    looking: orm.Session | None = None,
) -> InsuranceImport:
    """Decide the checks due by `as_of` from a CSV (UTF-8 or CP949); a bad row stays out and harms no other.

    The file is read, and its hires are looked up in `looking`, before anything is locked. 상실일 is the day after the
    last day of work (고용보험법 제14조). Raises `FileRefused` for a file as a whole.
    """
    if by.role not in OFFICERS:
        raise NotAllowed("고용보험 자료는 센터 담당자가 올립니다.")
    found, decided = 0, 0
    errors: list[str] = []
    told = list(_rows(_text(payload), errors))
    rows = max((number for number, _row in told), default=0)
    for row, placement_id in _hires(looking or session, [row for _number, row in told if row is not None]):
        if placement_id is None:
            errors.append(f"{row.number}번째 줄: 센터가 소개한 채용에서 찾지 못했습니다.")
            continue
        found += 1
        placement = session.get_one(Placement, placement_id)
        decided += _decide(session, placement, row, as_of=as_of, by=by, at=at)
    record_act(
        session,
        "insurance.imported",
        subject_kind="file",
        subject_id="insurance",
        by=by,
        at=at,
        rows=rows,
        placements=found,
        checks=decided,
    )
    return InsuranceImport(rows=rows, placements=found, checks=decided, errors=tuple(errors))


def _text(payload: bytes) -> str:
    if len(payload) > MOST_BYTES:
        raise FileRefused(f"파일이 1MB보다 큽니다. {MOST_ROWS:,}줄까지 나누어 올려 주세요.")
    return decode(payload)


def _table(text: str) -> list[list[str]]:
    """The rows of a file of the insurance; what has other measures is refused as it is met."""
    table: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text)):
            if len(table) > MOST_ROWS:
                raise FileRefused(f"{MOST_ROWS:,}줄까지 올릴 수 있습니다. 나누어 올려 주세요.")
            if len(cells) > MOST_CELLS or any(len(cell) > LONGEST_CELL for cell in cells):
                raise FileRefused(
                    f"{len(table) + 1}번째 줄이 너무 깁니다. 고용보험에서 받은 표 그대로 올려 주세요."
                )
            table.append(cells)
    except csv.Error:
        raise FileRefused("표를 읽을 수 없습니다. 엑셀에서 CSV로 다시 저장해 주세요.") from None
    return table


def _rows(text: str, errors: list[str]) -> Iterator[tuple[int, _Row | None]]:
    table = _table(text)
    titles = [re.sub(r"\s", "", title) for title in table[0]]
    places = {
        name: next((titles.index(each) for each in known if each in titles), None)
        for name, known in TITLES.items()
    }
    missing = [TITLES[name][0] for name in ("number", "name", "birth", "since") if places[name] is None]
    if missing:
        raise FileRefused(f"제목 줄에 {', '.join(missing)} 칸이 없습니다.")
    for number, cells in enumerate(table[1:], 1):
        if any(cell.strip() for cell in cells):
            yield number, _row(number, cells, places, errors)


def _row(number: int, cells: list[str], places: dict[str, int | None], errors: list[str]) -> _Row | None:
    def cell(name: str) -> str:
        place = places[name]
        return cells[place].strip() if place is not None and place < len(cells) else ""

    birth, since = first_date(cell("birth")), first_date(cell("since"))
    until = first_date(cell("until")) if cell("until") else None
    digits = re.sub(r"[^0-9]", "", cell("number"))
    bad = (
        (len(digits) != 10, "사업자등록번호가 10자리가 아닙니다."),
        (not cell("name"), "이름이 없습니다."),
        (birth is None, "생년월일을 읽지 못했습니다."),
        (since is None, "취득일을 읽지 못했습니다."),
        (bool(cell("until")) and until is None, "상실일을 읽지 못했습니다."),
        (since is not None and until is not None and until <= since, "상실일이 취득일보다 앞섭니다."),
    )
    wrong = next((sentence for holds, sentence in bad if holds), "")
    if wrong or birth is None or since is None:
        errors.append(f"{number}번째 줄: {wrong}")
        return None
    code = re.sub(r"[^0-9]", "", cell("reason"))[:2]
    return _Row(
        number=number,
        business_number=digits,
        person=Person(name=cell("name")[:40], birth_date=birth, phone="", email=""),
        since=since,
        until=until,
        reason=LeavingReason(code) if code in set(LeavingReason) else LeavingReason.OWN_WISH,
    )


def _hires(session: orm.Session, rows: Sequence[_Row]) -> Iterator[tuple[_Row, uuid.UUID | None]]:
    """With each row the one hire of its firm and person that began about then; two candidates are none."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        people = records.namesakes_of(session, people=[row.person for row in some])
        hires = _hires_of(session, {seeker_id for ids in people for seeker_id in ids})
        for row, ids in zip(some, people, strict=True):
            fitting = [
                placement_id
                for seeker_id in ids
                for number, starts_on, placement_id in hires.get(seeker_id, ())
                if number == row.business_number and abs(starts_on - row.since) <= NEAR
            ]
            yield row, fitting[0] if len(fitting) == 1 else None


def _hires_of(
    session: orm.Session, seeker_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[str, dt.date, uuid.UUID]]]:
    hires: dict[uuid.UUID, list[tuple[str, dt.date, uuid.UUID]]] = {}
    wanted = (
        sa.select(Placement.seeker_id, Employer.business_number, Placement.starts_on, Placement.id)
        .join(Employer, Employer.organisation_id == Placement.employer_id)
        .where(Placement.seeker_id.in_(seeker_ids), Placement.starts_on.is_not(None))
    )
    for seeker_id, number, starts_on, placement_id in session.execute(wanted):
        hires.setdefault(seeker_id, []).append((number or "", starts_on, placement_id))
    return hires


def _decide(
    session: orm.Session, placement: Placement, row: _Row, *, as_of: dt.date, by: Actor, at: dt.datetime
) -> int:
    last_day = row.until - dt.timedelta(days=1) if row.until else None
    checks = session.scalars(
        sa.select(RetentionCheck)
        .where(RetentionCheck.placement_id == placement.id, RetentionCheck.due_on <= as_of)
        .order_by(RetentionCheck.day)
    ).all()
    for check in checks:
        stayed = last_day is None or check.due_on <= last_day
        retention.settle(
            session,
            check_id=check.id,
            answer=RetentionAnswer.STILL if stayed else RetentionAnswer.LEFT,
            left_on=None if stayed else max(last_day or placement.starts_on, placement.starts_on),
            reason=None if stayed else row.reason,
            source=RetentionSource.INSURANCE,
            by=by,
            at=at,
        )
    return len(checks)
