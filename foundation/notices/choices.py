"""Choosing, and what a choice means for one letter."""

import datetime as dt
import secrets
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.clock import day_in_seoul
from foundation.database import SEOUL, vault_of
from foundation.notices.models import NoticeChoice, Rhythm, Scope, Topic, WaitingNotice
from foundation.refusals import NotFound

TOPICS: dict[str, Topic] = {
    **dict.fromkeys(("승인", "보완요청", "반려", "마감", "변경", "시계", "위임"), Topic.PROGRESS),
    "추천": Topic.SHORTLIST,
    "면접": Topic.INTERVIEW,
    "알림": Topic.REMINDER,
    "고용유지": Topic.RETENTION,
    **dict.fromkeys(("평가", "이의신청"), Topic.STANDING),
}
"""The topic of each sort of letter; a sort without one (invitation, code) always comes at once."""
HOUR = 9
"""When digests go out, in Seoul."""


def choices_of(session: orm.Session, account_id: uuid.UUID) -> dict[Topic, NoticeChoice]:
    """What an account chose for each topic, with the usual choice where it chose nothing."""
    kept = {
        choice.topic: choice
        for choice in session.scalars(sa.select(NoticeChoice).where(NoticeChoice.account_id == account_id))
    }
    return {
        topic: kept.get(topic)
        or NoticeChoice(account_id=account_id, topic=topic, scope=Scope.TEAM, rhythm=Rhythm.NOW)
        for topic in Topic
    }


def choose(
    session: orm.Session,
    *,
    account_id: uuid.UUID,
    topic: Topic,
    scope: Scope,
    rhythm: Rhythm,
    at: dt.datetime,
) -> NoticeChoice:
    """Keep a choice; what waits for a digest follows it at once."""
    choice = session.get(NoticeChoice, (account_id, topic))
    if choice is None:
        choice = NoticeChoice(account_id=account_id, topic=topic)
        session.add(choice)
    choice.scope, choice.rhythm = scope, rhythm
    waiting = sa.select(WaitingNotice).where(
        WaitingNotice.account_id == account_id, WaitingNotice.topic == topic
    )
    for notice in session.scalars(waiting):
        if rhythm is Rhythm.NEVER:
            session.delete(notice)
        else:
            notice.due_at = due(rhythm, at)
    session.flush()
    return choice


def due(rhythm: Rhythm, at: dt.datetime) -> dt.datetime:
    """When a letter of this rhythm goes out: now, the next nine o'clock, or that of the next Monday."""
    if rhythm is Rhythm.NOW:
        return at
    day = day_in_seoul(at)
    while True:
        moment = dt.datetime.combine(day, dt.time(HOUR), SEOUL)
        if moment > at and (rhythm is Rhythm.DAILY or day.weekday() == 0):
            return moment
        day += dt.timedelta(days=1)


def mark(session: orm.Session, account_id: uuid.UUID, topic: Topic) -> str:
    """What proves that an unsubscribe address came from a letter to this account."""
    return vault_of(session).blind("unsubscribe", f"{account_id}/{topic.value}")


def unsubscribe(
    session: orm.Session, *, account_id: uuid.UUID, topic: Topic, proof: str, at: dt.datetime
) -> Account:
    """Stop one topic for one account, by the address in a letter (RFC 8058); raises `NotFound` for a forged one."""
    account = session.get(Account, account_id)
    if account is None or not secrets.compare_digest(proof, mark(session, account_id, topic)):
        raise NotFound("이 주소로는 알림을 끊을 수 없습니다.")
    scope = choices_of(session, account_id)[topic].scope
    choose(session, account_id=account_id, topic=topic, scope=scope, rhythm=Rhythm.NEVER, at=at)
    return account
