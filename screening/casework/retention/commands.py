"""Asking when a check falls due, and taking the answer."""

import datetime as dt
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts import queries as accounts
from foundation.actors import FIRM_ROLES, OFFICERS, SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import behind
from foundation.links.commands import issue
from foundation.links.models import Link, LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_account, write_to_seeker
from foundation.reference.business_days import day_words
from foundation.refusals import Invalid, NotAllowed, NotFound
from screening.casework.placements.checks import RetentionAnswer, RetentionCheck, RetentionSource
from screening.casework.placements.models import LeavingReason, Placement
from screening.demand.orders.letters import tell_officer
from screening.demand.orders.models import JobOrder
from screening.pool.seekers.models import Seeker, SeekerStatus

LINK_DAYS = 365
"""An answer is worth having as long as the evaluation can still use it."""


def due_checks(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Checks that are to be asked, by id from `after` on; one whose person has left is not asked."""
    due = sa.select(RetentionCheck.id).join(Placement, Placement.id == RetentionCheck.placement_id)
    due = due.where(*_due(at), behind(RetentionCheck.id, after)).order_by(RetentionCheck.id)
    return session.scalars(due.limit(limit)).all()


def ask(session: orm.Session, check_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """Write to the firms about those of the checks that are still due; returns how many."""
    due = session.scalars(
        sa.select(RetentionCheck)
        .join(Placement, Placement.id == RetentionCheck.placement_id)
        .where(*_due(at), RetentionCheck.id.in_(check_ids))
        .with_for_update(of=RetentionCheck, skip_locked=True)
    ).all()
    for check in due:
        _ask(session, check, at)
    return len(due)


def _due(at: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        RetentionCheck.due_on <= day_in_seoul(at),
        RetentionCheck.asked_at.is_(None),
        RetentionCheck.answer.is_(None),
        Placement.ended_on.is_(None),
    )


def _ask(session: orm.Session, check: RetentionCheck, at: dt.datetime) -> None:
    placement = session.get_one(Placement, check.placement_id)
    order = session.get_one(JobOrder, placement.order_id)
    check.asked_at = at
    links = []
    for account_id in accounts.acting_for(session, placement.employer_id):
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
            f"\n{BASE}{path}\n\n로그인하지 않아도 됩니다.\n로그인해서 보기: {BASE}/employer/orders/{order.id}",
            task="retain",
        )
        mine = order.filed_by in (None, account_id)
        write_to_account(session, account_id=account_id, words=words, about_id=order.id, at=at, mine=mine)
    links.append(_ask_person(session, check, placement, order, at))
    record(
        session,
        "retention.asked",
        check,
        also=tuple(links),
        by=SYSTEM,
        at=at,
        order=order.number,
        day=check.day,
    )


def _ask_person(
    session: orm.Session, check: RetentionCheck, placement: Placement, order: JobOrder, at: dt.datetime
) -> Link:
    link, path = issue(
        session,
        purpose=LinkPurpose.STAY,
        subject_id=check.id,
        holder_id=placement.seeker_id,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
        at=at,
    )
    words = Words(
        kind="고용유지",
        subject=f"[이음] {order.employer.name}에 계속 다니시나요?",
        sms=f"[이음] {order.employer.name}에 계속 다니시나요? 한 번만 눌러 알려 주세요. {BASE}{path}",
        text=f"입사하신 지 {check.day}일이 되었습니다. {order.employer.name}에 계속 다니시는지 "
        f"한 번만 눌러 알려 주세요.\n{BASE}{path}\n\n어려운 일이 있으면 언제든 센터로 전화해 주세요.",
    )
    write_to_seeker(session, seeker_id=placement.seeker_id, words=words, about_id=order.id, at=at)
    return link


def of_link(session: orm.Session, check_id: uuid.UUID) -> tuple[RetentionCheck, Placement, JobOrder]:
    """What a retention link opens."""
    check = session.get(RetentionCheck, check_id)
    if check is None:
        raise NotFound
    placement = session.get_one(Placement, check.placement_id)
    return check, placement, session.get_one(JobOrder, placement.order_id)


def _back_from_work(session: orm.Session, placement: Placement, at: dt.datetime) -> tuple[Seeker, ...]:
    """Who has left may be looked for again once somebody has asked them: until then they rest."""
    seeker = session.get_one(Seeker, placement.seeker_id, with_for_update=True)
    if seeker.status is not SeekerStatus.PLACED:
        return ()
    seeker.status, seeker.changed_at = SeekerStatus.PAUSED, at
    return (seeker,)


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
    """Still there, or left on a day for a coded reason; a second click changes nothing.

    Of a firm, only those who act for it answer; another firm's check is not found.
    """
    check, placement, order = of_link(session, check_id)
    if by.role in FIRM_ROLES and placement.employer_id != by.organisation_id:
        raise NotFound
    if by.role is Role.FIRM_READER:
        raise NotAllowed("열람만 하시는 분은 답할 수 없습니다. 회사의 구성원이 답해 주세요.")
    session.refresh(check, with_for_update=True)
    session.refresh(placement, with_for_update=True)
    if check.answer is not None or check.firm_answer is not None:
        return check
    if placement.ended_on is not None:
        raise Invalid(
            f"{day_words(placement.ended_on)}에 그만둔 것으로 이미 알려 주셨습니다. 잘못되었으면 전화해 주세요.",
            field="left_on",
        )
    also: tuple[Placement | Seeker, ...] = ()
    if answer is RetentionAnswer.LEFT:
        if left_on is None or not placement.starts_on <= left_on <= day_in_seoul(at):
            raise Invalid("그만둔 날을 입사일과 오늘 사이로 적어 주세요.", field="left_on")
        if reason is None:
            raise Invalid("그만둔 사유를 골라 주세요.", field="reason")
    check.firm_answer = answer
    if check.person_answer not in (None, answer):
        _dispute(session, check, order, by=by, at=at)
        return check
    if answer is RetentionAnswer.LEFT:
        placement.ended_on, placement.leaving_reason = left_on, reason
        also = (placement, *_back_from_work(session, placement, at))
    check.answer, check.answered_at, check.source = answer, at, RetentionSource.FIRM
    record(
        session,
        "retention.confirmed",
        check,
        also=also,
        by=by,
        at=at,
        order=order.number,
        day=check.day,
        answer=answer.value,
    )
    return check


def say_as_person(
    session: orm.Session,
    *,
    check_id: uuid.UUID,
    answer: RetentionAnswer,
    left_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> RetentionCheck:
    """The person's own word; where it differs from the firm's, neither counts until an officer has asked both."""
    check, placement, order = of_link(session, check_id)
    session.refresh(check, with_for_update=True)
    if check.person_answer is not None:
        return check
    if answer is RetentionAnswer.LEFT and (
        left_on is None or not placement.starts_on <= left_on <= day_in_seoul(at)
    ):
        raise Invalid("그만둔 날을 입사일과 오늘 사이로 적어 주세요.", field="left_on")
    check.person_answer = answer
    check.person_left_on = left_on if answer is RetentionAnswer.LEFT else None
    if check.firm_answer not in (None, answer) and check.source in (None, RetentionSource.FIRM):
        check.answer = check.answered_at = check.source = None
        _dispute(session, check, order, by=by, at=at)
    else:
        record(session, "retention.person_answered", check, by=by, at=at, order=order.number, day=check.day)
    return check


def _dispute(
    session: orm.Session, check: RetentionCheck, order: JobOrder, *, by: Actor, at: dt.datetime
) -> None:
    check.disputed = True
    record(session, "retention.disputed", check, by=by, at=at, order=order.number, day=check.day)
    words = Words(
        kind="고용유지",
        subject=f"[이음] {order.employer.name}: 근무 확인이 서로 다릅니다",
        text=f"입사 {check.day}일째 확인에서 기업과 본인의 말이 다릅니다. "
        f"양쪽에 물어 정해 주세요.\n{BASE}/staff/retention",
    )
    tell_officer(session, order, words, at=at)


def settle(
    session: orm.Session,
    *,
    check_id: uuid.UUID,
    answer: RetentionAnswer,
    left_on: dt.date | None = None,
    reason: LeavingReason | None = None,
    source: RetentionSource = RetentionSource.OFFICER,
    by: Actor,
    at: dt.datetime,
) -> RetentionCheck:
    """Whose word stands after an officer has asked both, or what the insurance says; it replaces every other word."""
    if by.role not in OFFICERS:
        raise NotFound("그런 확인이 없습니다.")
    check, placement, order = of_link(session, check_id)
    session.refresh(check, with_for_update=True)
    session.refresh(placement, with_for_update=True)
    if check.source is RetentionSource.INSURANCE and source is not RetentionSource.INSURANCE:
        raise Invalid("고용보험 자료로 정해진 확인입니다.", field="left_on")
    also: tuple[Placement | Seeker, ...] = ()
    if answer is RetentionAnswer.LEFT:
        if left_on is None or left_on < placement.starts_on or reason is None:
            raise Invalid("그만둔 날과 사유를 적어 주세요.", field="left_on")
        placement.ended_on, placement.leaving_reason = left_on, reason
        also = (placement, *_back_from_work(session, placement, at))
    elif placement.ended_on is not None and placement.ended_on < check.due_on:
        placement.ended_on = placement.leaving_reason = None
        also = (placement,)
    check.answer, check.answered_at, check.source, check.disputed = answer, at, source, False
    record(
        session,
        "retention.settled",
        check,
        also=also,
        by=by,
        at=at,
        order=order.number,
        day=check.day,
        answer=answer.value,
        source=source.value,
    )
    return check


def confirm_still(session: orm.Session, *, check_id: uuid.UUID, by: Actor, at: dt.datetime) -> JobOrder:
    """The signed-in firm says that somebody is still there; raises `NotFound` for another firm's check."""
    _check, _placement, order = of_link(session, check_id)
    confirm(session, check_id=check_id, answer=RetentionAnswer.STILL, by=by, at=at)
    return order
