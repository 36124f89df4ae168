"""Asking when a check falls due, and taking the answer."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from center.accounts.models import Account
from center.actors import SYSTEM, Actor
from center.audit.commands import record
from center.calendar import day_words
from center.clock import day_in_seoul
from center.links.commands import issue
from center.links.models import LinkPurpose
from center.messages.commands import BASE, Words, write_to_account
from center.refusals import Invalid, NotFound
from screening.orders.models import JobOrder
from screening.placements.models import LeavingReason, Placement
from screening.retention.models import RetentionAnswer, RetentionCheck

LINK_DAYS = 30


def ask_due(session: orm.Session, *, at: dt.datetime, limit: int = 200) -> int:
    """Write to the firms whose checks are due; a check whose person has left is not asked. Returns how many."""
    due = session.scalars(
        sa.select(RetentionCheck)
        .join(Placement, Placement.id == RetentionCheck.placement_id)
        .where(
            RetentionCheck.due_on <= day_in_seoul(at),
            RetentionCheck.asked_at.is_(None),
            RetentionCheck.answer.is_(None),
            Placement.ended_on.is_(None),
        )
        .order_by(RetentionCheck.due_on)
        .limit(limit)
    ).all()
    for check in due:
        _ask(session, check, at)
    return len(due)


def _ask(session: orm.Session, check: RetentionCheck, at: dt.datetime) -> None:
    placement = session.get_one(Placement, check.placement_id)
    order = session.get_one(JobOrder, placement.order_id)
    check.asked_at = at
    links = []
    for account_id in session.scalars(
        sa.select(Account.id).where(
            Account.organisation_id == placement.employer_id, Account.disabled_at.is_(None)
        )
    ):
        link, path = issue(
            session,
            purpose=LinkPurpose.RETENTION,
            subject_id=check.id,
            holder_id=account_id,
            expires_at=at + dt.timedelta(days=LINK_DAYS),
            at=at,
        )
        links.append(link)
        words = Words(
            kind="고용유지",
            subject=f"[이음] {order.title} 입사 {check.day}일째, 계속 다니나요?",
            text=f"{placement.starts_on.year}년 {day_words(placement.starts_on)}에 입사한 분이 "
            "계속 다니는지 한 번만 눌러 알려 주세요."
            f"\n{BASE}{path}\n\n로그인하지 않아도 됩니다.",
        )
        write_to_account(session, account_id=account_id, words=words, about_id=order.id, at=at)
    record(session, "retention.asked", check, also=tuple(links), by=SYSTEM, at=at, day=check.day)


def of_link(session: orm.Session, check_id: uuid.UUID) -> tuple[RetentionCheck, Placement, JobOrder]:
    """What a retention link opens."""
    check = session.get(RetentionCheck, check_id)
    if check is None:
        raise NotFound
    placement = session.get_one(Placement, check.placement_id)
    return check, placement, session.get_one(JobOrder, placement.order_id)


def confirm(
    session: orm.Session,
    *,
    check_id: uuid.UUID,
    answer: RetentionAnswer,
    left_on: dt.date | None = None,
    reason: LeavingReason | None = None,
    by: Actor,
    at: dt.datetime,
) -> RetentionCheck:
    """Still there, or left on a day for a coded reason; a second click changes nothing."""
    check, placement, _order = of_link(session, check_id)
    if check.answer is not None:
        return check
    also: tuple[Placement, ...] = ()
    if answer is RetentionAnswer.LEFT:
        if left_on is None or not placement.starts_on <= left_on <= day_in_seoul(at):
            raise Invalid("그만둔 날을 입사일과 오늘 사이로 적어 주세요.", field="left_on")
        if reason is None:
            raise Invalid("그만둔 사유를 골라 주세요.", field="reason")
        placement.ended_on, placement.leaving_reason = left_on, reason
        also = (placement,)
    check.answer, check.answered_at = answer, at
    record(session, "retention.confirmed", check, also=also, by=by, at=at, day=check.day, answer=answer.value)
    return check
