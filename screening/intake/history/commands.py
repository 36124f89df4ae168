"""Taking an old register in, whole and once."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor, Role
from foundation.audit.commands import record_act
from foundation.audit.guard import BULK_RECORDED
from foundation.audit.models import AuditEntry
from foundation.clock import start_of_day
from foundation.database import new_id
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from foundation.refusals import NotAllowed, Refusal
from screening.casework.placements.models import Placement
from screening.demand.employers.models import Employer, EmployerSource
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import CloseReason, OrderStatus
from screening.demand.orders.terms import Education, Severance
from screening.intake.history.checks import check
from screening.intake.history.reading import fetch, read, unpack
from screening.intake.history.register import Header, OldOrder, Register
from screening.pool.seekers.models import EqualityFact, Seeker, SeekerStatus

SOURCE: Final = "history"
"""What the `source` of every imported seeker and order says."""

IMPORTED: Final = "history.imported"
SUBJECT: Final = "register"
BULK: Final = {BULK_RECORDED: True}
ONE_DAY: Final = dt.timedelta(days=1)


class RegisterChanged(Refusal):
    """A register of this name was taken in before, from a file that said something else."""


@dataclass(frozen=True)
class HistoryImport:
    """What became of a register's file; `already` means that it was in before and nothing changed.

    `file_sha256` is of the file as given, `sha256` of its unpacked content: the register's identity.
    """

    register: str
    name: str
    file_sha256: str
    sha256: str
    already: bool
    persons: int
    firms: int
    orders: int
    placements: int

    def __str__(self) -> str:
        """The result in one sentence for the person who started it."""
        if self.already:
            return f"'{self.name}'은 이미 들여온 대장입니다. 아무것도 바꾸지 않았습니다."
        return (
            f"'{self.name}'에서 구직자 {self.persons:,}명, 기업 {self.firms:,}곳, 구인 {self.orders:,}건, "
            f"취업 {self.placements:,}건을 들여왔습니다."
        )


def import_history(
    session: orm.Session, *, payload: bytes | Path, by: Actor, at: dt.datetime
) -> HistoryImport:
    """옛 대장 들여오기: the whole register or nothing, with one audit entry for the batch; no consent is invented.

    People become archived seekers without an identity record, firms become employers nobody works for, orders are
    never open: `approved_at` is the day an order was opened, `closed_at` the day it was closed or, when the register
    ended first, the day after its end, so that the stock of any day can be counted. The same file again changes
    nothing. Raises `RegisterRefused` (what is wrong, by line) and `RegisterChanged`.
    """
    if by.role not in (Role.ADMIN, Role.SYSTEM):
        raise NotAllowed("옛 대장은 센터 관리자가 들여옵니다.")
    file = fetch(payload)
    content = unpack(file)
    register = read(content)
    check(register)
    sha256 = hashlib.sha256(content).hexdigest()
    counts = {
        "persons": len(register.persons),
        "firms": len(register.firms),
        "orders": len(register.orders),
        "placements": len(register.placements),
    }
    result = HistoryImport(
        register=register.header.register,
        name=register.header.name,
        file_sha256=hashlib.sha256(file).hexdigest(),
        sha256=sha256,
        already=_known(session, register.header, sha256),
        **counts,
    )
    if not result.already:
        _take(session, register, at)
        record_act(
            session,
            IMPORTED,
            subject_kind=SUBJECT,
            subject_id=result.register,
            by=by,
            at=at,
            name=result.name,
            file_sha256=result.file_sha256,
            sha256=sha256,
            from_on=register.header.first_on.isoformat(),
            until_on=register.header.last_on.isoformat(),
            **counts,
        )
    return result


def _known(session: orm.Session, header: Header, sha256: str) -> bool:
    entry = session.scalars(
        sa.select(AuditEntry).where(
            AuditEntry.what == IMPORTED,
            AuditEntry.subject_kind == SUBJECT,
            AuditEntry.subject_id == header.register,
        )
    ).first()
    if entry is not None and entry.detail["sha256"] != sha256:
        raise RegisterChanged(
            f"'{header.register}' 대장은 내용이 다른 파일로 이미 들여왔습니다. 두 번 세지 않도록 받지 않습니다."
        )
    return entry is not None


def _take(session: orm.Session, register: Register, at: dt.datetime) -> None:
    header = register.header
    people = _insert_people(session, register, at)
    firms = _insert_firms(session, register, at)
    seats = {firm.key: firm.district for firm in register.firms}
    orders = {order.key: new_id() for order in register.orders}
    taken = _taken(session, JobOrder)
    _insert(
        session,
        JobOrder,
        (
            {
                "id": orders[order.key],
                "number": f"{order.opened_on.year}-H{number:06d}",
                "employer_id": firms[order.firm],
                "source": SOURCE,
                "source_number": f"{header.register}/{order.key}",
                "workplace_district": seats[order.firm],
                **_times(order, header),
                **_ended(order),
                **_terms(order, seats[order.firm]),
            }
            for number, order in enumerate(register.orders, taken + 1)
        ),
    )
    employers = {order.key: firms[order.firm] for order in register.orders}
    _insert(
        session,
        Placement,
        (
            {
                "id": new_id(),
                "employer_id": employers[placement.order],
                "order_id": orders[placement.order],
                "seeker_id": people[placement.person],
                "hired_at": start_of_day(placement.hired_on),
                "starts_on": placement.hired_on,
                "employment_type": EmploymentType.PERMANENT,
                "wage_basis": WageBasis.MONTH,
                "wage_won": 0,
                "weekly_hours": 0,
                "provenance": f"옛 대장 {header.register} {placement.line}행. 고용형태, 임금, 근로시간은 대장에 없음",
            }
            for placement in register.placements
        ),
    )


def _insert_people(session: orm.Session, register: Register, at: dt.datetime) -> dict[str, uuid.UUID]:
    people = {person.key: new_id() for person in register.persons}
    taken = _taken(session, Seeker)
    _insert(
        session,
        Seeker,
        (
            {
                "id": people[person.key],
                "code": f"H-{number:07d}",
                "status": SeekerStatus.ARCHIVED,
                "registered_on": person.registered_on,
                "district": person.district,
                "available_on": person.registered_on,
                "source": SOURCE,
                "summary": f"옛 대장 {register.header.register} {person.line}행",
                "changed_at": at,
            }
            for number, person in enumerate(register.persons, taken + 1)
        ),
    )
    _insert(
        session,
        EqualityFact,
        (
            {
                "seeker_id": people[person.key],
                "sex": person.sex,
                "birth_year": person.birth_year,
                "intern": person.intern,
            }
            for person in register.persons
        ),
    )
    return people


def _insert_firms(session: orm.Session, register: Register, at: dt.datetime) -> dict[str, uuid.UUID]:
    """The key under which feed rows find firms holds the provenance instead: an archived firm is never found so."""
    firms = {firm.key: new_id() for firm in register.firms}
    _insert(
        session,
        Organisation,
        (
            {
                "id": firms[firm.key],
                "kind": OrganisationKind.EMPLOYER,
                "name": firm.name,
                "district": firm.district,
                "created_at": at,
            }
            for firm in register.firms
        ),
    )
    _insert(
        session,
        Employer,
        (
            {
                "organisation_id": firms[firm.key],
                "name_key": f"{SOURCE}:{register.header.register}/{firm.key}",
                "employees": firm.employees,
                "source": EmployerSource.HISTORY,
            }
            for firm in register.firms
        ),
    )
    return firms


def _times(order: OldOrder, header: Header) -> dict[str, dt.datetime]:
    opened_at = start_of_day(order.opened_on)
    closed_at = start_of_day(order.closed_on or header.last_on + ONE_DAY)
    return {
        "submitted_at": opened_at,
        "received_at": opened_at,
        "approved_at": opened_at,
        "closed_at": closed_at,
    }


def _ended(order: OldOrder) -> dict[str, Any]:
    """How an order ended, as far as the register knows; a reason it does not give is not made up."""
    if order.filled == order.headcount:
        return {"status": OrderStatus.CLOSED, "close_reason": CloseReason.FILLED, "explanation": ""}
    if order.closed_on is not None and order.filled:
        return {"status": OrderStatus.CLOSED, "close_reason": CloseReason.PARTLY, "explanation": ""}
    explanation = (
        "옛 대장이 끝날 때까지 모집 중이었고 그 뒤는 알 수 없습니다."
        if order.closed_on is None
        else "옛 대장에 마감 사유가 없습니다."
    )
    return {"status": OrderStatus.WITHDRAWN, "close_reason": None, "explanation": explanation}


def _terms(order: OldOrder, district: str | None) -> dict[str, Any]:
    return {
        "title": order.title,
        "occupation_code": order.occupation,
        "duties": "",
        "headcount": order.headcount,
        "filled": order.filled,
        "employment_type": EmploymentType.PERMANENT,
        "work_days": 0,
        "work_time": "",
        "workplace_region": "서울" if district else "",
        "workplace_city": DISTRICTS[district].ko if district else "",
        "workplace_address": "",
        "education": Education.ANY,
        "severance": Severance.NONE,
        "accompany": False,
    }


def _taken(session: orm.Session, kind: type[Seeker] | type[JobOrder]) -> int:
    """How many rows earlier registers brought: the next number follows them."""
    return session.scalar(sa.select(sa.func.count()).select_from(kind).where(kind.source == SOURCE)) or 0


def _insert(session: orm.Session, kind: Any, rows: Iterable[dict[str, Any]]) -> None:
    values: Sequence[dict[str, Any]] = list(rows)
    if values:
        session.execute(sa.insert(kind), values, execution_options=BULK)
