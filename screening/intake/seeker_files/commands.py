"""Taking a table of applications into the pool."""

import csv
import datetime as dt
import hashlib
import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.audit.commands import record_act
from foundation.clock import day_in_seoul
from foundation.refusals import NotAllowed, Refusal
from screening.intake.seeker_files.applications import Application, read
from screening.intake.seeker_files.columns import Columns, columns_of
from screening.intake.seeker_files.decoding import FileRefused, decode
from screening.pool.seekers import commands as seekers

MOST_ROWS: Final = 10_000
PIECE: Final = 25


@dataclass(frozen=True)
class RowError:
    """Why one row (or one cell of it) stayed out: `row` as a spreadsheet counts, the title row being 1.

    `column` is the column's title in the file, '' when the whole row is meant; `duplicate` marks people who are
    registered already. The sentence never repeats a name or contact.
    """

    row: int
    column: str
    sentence: str
    duplicate: bool = False

    def __str__(self) -> str:
        return f"{self.row}번째 줄{f' {self.column}' if self.column else ''}: {self.sentence}"


@dataclass(frozen=True)
class SeekerImport:
    """What became of a file: rows with any content, people registered, what was refused, columns not understood."""

    rows: int
    registered: int
    errors: tuple[RowError, ...]
    unknown_columns: tuple[str, ...]

    @property
    def duplicates(self) -> int:
        """Rows whose person is registered already."""
        return sum(error.duplicate for error in self.errors)


def import_seekers(
    session: orm.Session,
    *,
    payload: bytes,
    by: Actor,
    at: dt.datetime,
    between: Callable[[], None] = lambda: None,
) -> SeekerImport:
    """구직신청서 명단: register every good row of a CSV file; a bad row stays out and never harms another.

    `between` is called after every `PIECE` rows: a long file may commit there. The same file can be read again, whom it
    has registered is then registered already.

    `payload` is CSV with commas in UTF-8 or CP949, at most 5 MB and 10,000 rows, titles in the first row.
    Raises `FileRefused` when the file cannot be read as a whole and `NotAllowed` for roles that do not register.
    """
    if by.role not in OFFICERS | {Role.AGENCY, Role.SYSTEM}:
        raise NotAllowed("구직등록은 센터와 협력기관이 합니다.")
    today = day_in_seoul(at)
    table = list(_records(decode(payload)))
    if not table:
        raise FileRefused("빈 파일입니다. 제목 줄과 한 줄 이상의 내용이 있어야 합니다.")
    columns = columns_of(table[0][1])
    if len(table) - 1 > MOST_ROWS:
        raise FileRefused(f"한 번에 {MOST_ROWS:,}줄까지 올릴 수 있습니다. 지금은 {len(table) - 1:,}줄입니다.")
    errors: list[RowError] = []
    registered: dict[uuid.UUID, int] = {}
    for place, (number, row) in enumerate(table[1:]):
        if place and not place % PIECE:
            between()
        found = read(row, columns, today=today)
        if not isinstance(found, Application):
            errors += [RowError(number, columns.title(error.field), error.sentence) for error in found]
            continue
        try:
            with session.begin_nested():
                seeker = seekers.register(
                    session, person=found.person, profile=found.profile, source="file", by=by, at=at
                )
            registered[seeker.id] = number
        except Refusal as refusal:
            errors.append(_error_of(refusal, number, columns, registered))
    record_act(
        session,
        "seekers.imported",
        subject_kind="file",
        subject_id=hashlib.sha256(payload).hexdigest(),
        by=by,
        at=at,
        rows=len(table) - 1,
        registered=len(registered),
        refused=len(table) - 1 - len(registered),
    )
    return SeekerImport(len(table) - 1, len(registered), tuple(errors), columns.unknown)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with its number; quotes that never close are refused."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error:
        raise FileRefused(
            f"{number + 1}번째 줄을 CSV로 읽을 수 없습니다. 큰따옴표의 짝과 너무 긴 칸이 없는지 확인해 주세요."
        ) from None


def _error_of(refusal: Refusal, number: int, columns: Columns, registered: dict[uuid.UUID, int]) -> RowError:
    if not isinstance(refusal, seekers.AlreadyRegistered):
        return RowError(number, columns.title(refusal.field), refusal.sentence)
    earlier = [registered[known] for known in refusal.seeker_ids if known in registered]
    sentence = refusal.sentence
    if earlier and isinstance(refusal, seekers.NamesakeRegistered):
        sentence = (
            f"이 파일의 {earlier[0]}번째 줄과 이름과 생년월일이 같습니다. 다른 분이면 창구에서 등록해 주세요."
        )
    elif earlier:
        sentence = f"이 파일의 {earlier[0]}번째 줄과 전화번호가 같습니다."
    return RowError(number, columns.title(refusal.field), sentence, duplicate=True)
