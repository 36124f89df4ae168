"""Writing the digests that are due."""

import datetime as dt
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.database import behind
from foundation.messages.commands import BASE, Words, write_at_once
from foundation.notices.models import WaitingNotice
from screening.deadlines.steps.queries import steps_of
from screening.demand.orders.models import JobOrder


def due_accounts(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Accounts for whom notices wait whose digest is due, by id from `after` on."""
    due = sa.select(WaitingNotice.account_id).where(
        WaitingNotice.due_at <= at, behind(WaitingNotice.account_id, after)
    )
    return session.scalars(due.distinct().order_by(WaitingNotice.account_id).limit(limit)).all()


def write(session: orm.Session, account_ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
    """One letter to each account whose digest is due; what asked for something already done is left out.

    A digest of which nothing is left is not written at all. Returns how many letters were written.
    """
    written = 0
    for account_id in account_ids:
        waiting = session.scalars(
            sa.select(WaitingNotice)
            .where(WaitingNotice.account_id == account_id, WaitingNotice.due_at <= at)
            .order_by(WaitingNotice.waits_since, WaitingNotice.id)
            .with_for_update(skip_locked=True)
        ).all()
        account = session.get(Account, account_id)
        left = _still_true(session, waiting, at=at)
        if left and account is not None and account.disabled_at is None:
            _write(session, account, left, at=at)
            written += 1
        for notice in waiting:
            session.delete(notice)
    session.flush()
    return written


def _still_true(
    session: orm.Session, waiting: Sequence[WaitingNotice], *, at: dt.datetime
) -> list[WaitingNotice]:
    ids: set[uuid.UUID] = {notice.about_id for notice in waiting}
    found = list(session.scalars(sa.select(JobOrder).where(JobOrder.id.in_(ids))).unique())
    tasks = {each.order.id: each.step.task.value for each in steps_of(session, found, at=at)}
    said: dict[tuple[uuid.UUID, str], WaitingNotice] = {}
    for notice in waiting:
        if not notice.task or tasks.get(notice.about_id, notice.task) == notice.task:
            said[(notice.about_id, notice.task or notice.subject)] = notice
    return list(said.values())


def _write(session: orm.Session, account: Account, left: list[WaitingNotice], *, at: dt.datetime) -> None:
    lines = "\n\n".join(
        notice.subject.removeprefix("[이음] ") + (f"\n{BASE}{notice.path}" if notice.path else "")
        for notice in left
    )
    words = Words(
        kind="모아 보기",
        subject=f"[이음] 모아 보는 소식 {len(left)}건",
        text=f"{account.name} 님, 그동안의 소식입니다.\n\n{lines}\n\n알림을 바꾸려면: {BASE}/employer/notices",
    )
    write_at_once(session, account_id=account.id, words=words, about_id=account.id, at=at)
