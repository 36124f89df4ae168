"""Asking the tax office; the question is put in a transaction, asked outside of it, and answered in another."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import SYSTEM, Actor
from foundation.audit.commands import record_act
from foundation.database import Database
from foundation.outbox.commands import Task, put
from foundation.tax_office.answers import BusinessAnswer, BusinessClaim
from foundation.tax_office.client import MOST_AT_ONCE, TaxOffice, TaxOfficeSilent
from screening.demand.employers.models import Employer
from screening.demand.firm_checks import queries
from screening.demand.firm_checks.models import FirmCheck

KIND = "firm-check"


@dataclass(frozen=True)
class Answers:
    """What came back: answers by number, or the code of the failure."""

    by_number: dict[str, BusinessAnswer]
    failure: str = ""


def ask(
    session: orm.Session, claims: Sequence[BusinessClaim], *, by: Actor, at: dt.datetime
) -> list[FirmCheck]:
    """Put questions about numbers into the outbox, a hundred in one."""
    checks = [
        FirmCheck(
            business_number=claim.number,
            representative=claim.representative,
            opened_on=claim.opened_on,
            asked_at=at,
        )
        for claim in claims
    ]
    session.add_all(checks)
    session.flush()
    for start in range(0, len(checks), MOST_AT_ONCE):
        ids = [str(check.id) for check in checks[start : start + MOST_AT_ONCE]]
        put(session, kind=KIND, facts={"checks": ids}, at=at)
        record_act(
            session,
            "firm_check.asked",
            subject_kind="firm_check",
            subject_id=ids[0],
            by=by,
            at=at,
            firms=len(ids),
        )
    return checks


def ask_again(session: orm.Session, firm_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """Ask about those of the member firms whose check is still due, once a month each; returns how many."""
    firms = session.scalars(
        sa.select(Employer).where(Employer.organisation_id.in_(firm_ids), *queries.is_due(at))
    )
    claims = [
        BusinessClaim(
            number=employer.business_number or "",
            opened_on=employer.opened_on,
            representative=employer.representative,
            name=employer.name,
        )
        for employer in firms
    ]
    ask(session, claims, by=SYSTEM, at=at)
    return len(claims)


def note(check: FirmCheck, answers: Answers, *, at: dt.datetime) -> FirmCheck:
    """Write an answer, or that there was none, into its question."""
    answer = answers.by_number.get(check.business_number)
    check.answered_at = at
    if answer is None:
        check.failure = answers.failure or "UNREADABLE"
    else:
        check.standing, check.matches = answer.standing, answer.matches
        check.tax_type, check.closed_on = answer.tax_type, answer.closed_on
    return check


def answered(claim: BusinessClaim, answers: Answers, *, at: dt.datetime) -> FirmCheck:
    """A check that was asked and answered in one go; the caller keeps it."""
    check = FirmCheck(
        business_number=claim.number,
        representative=claim.representative,
        opened_on=claim.opened_on,
        asked_at=at,
        tax_type="",
        failure="",
    )
    return note(check, answers, at=at)


def answers_from(tax_office: TaxOffice, claims: Sequence[BusinessClaim]) -> Answers:
    """The tax office's answers, or why there are none; never called inside a transaction."""
    try:
        return Answers(tax_office.ask(claims))
    except TaxOfficeSilent as silent:
        return Answers({}, failure=silent.code)


@dataclass(frozen=True)
class Asking:
    """Handler of the effect `firm-check`; silence is an outcome too, the firm is asked about again later."""

    database: Database
    tax_office: TaxOffice
    now: Callable[[], dt.datetime]

    def perform(self, task: Task) -> Answers:
        with self.database.read() as session:
            claims = [
                BusinessClaim(check.business_number, check.opened_on, check.representative)
                for check in _checks(session, task)
                if check.answered_at is None
            ]
        return answers_from(self.tax_office, claims)

    def finish(self, session: orm.Session, task: Task, outcome: Any, *, at: dt.datetime) -> None:
        for check in _checks(session, task):
            if check.answered_at is None:
                note(check, outcome, at=at)


def _checks(session: orm.Session, task: Task) -> list[FirmCheck]:
    ids = [uuid.UUID(each) for each in task.facts["checks"]]
    return list(session.scalars(sa.select(FirmCheck).where(FirmCheck.id.in_(ids))))
