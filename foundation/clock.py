"""The edge asks a clock for the moment; the domain only ever receives one."""

import datetime as dt
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import SEOUL, Base


class Clock(Protocol):
    """Anything that can say what moment it is, in aware UTC."""

    def now(self, session: orm.Session) -> dt.datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self, session: orm.Session) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class DemoTime(Base):
    """How far the demo's clock runs ahead of the machine's, in seconds; one row, only in the demo."""

    __tablename__ = "demo_time"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    ahead_seconds: orm.Mapped[int] = orm.mapped_column(sa.BigInteger)


class DemoClock:
    """The machine's clock plus what the demo's administrator has moved it forward; it never runs back."""

    def now(self, session: orm.Session) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=ahead_seconds(session))


def ahead_seconds(session: orm.Session) -> int:
    """Seconds the demo's clock is ahead; 0 before it was ever moved."""
    row = session.get(DemoTime, 1)
    return row.ahead_seconds if row else 0


def move_forward(session: orm.Session, *, by: dt.timedelta) -> None:
    """Move the demo's clock forward; a negative move raises ValueError."""
    if by < dt.timedelta(0):
        raise ValueError("the demo clock never runs back")
    row = session.get(DemoTime, 1)
    if row is None:
        session.add(DemoTime(id=1, ahead_seconds=int(by.total_seconds())))
    else:
        row.ahead_seconds += int(by.total_seconds())


def day_in_seoul(moment: dt.datetime) -> dt.date:
    """The calendar day a moment falls on in Asia/Seoul."""
    return moment.astimezone(SEOUL).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Midnight in Asia/Seoul at which a day begins, in UTC."""
    return dt.datetime.combine(day, dt.time(), SEOUL).astimezone(dt.UTC)


def closing_time(day: dt.date) -> dt.datetime:
    """18:00 in Asia/Seoul of a day: the hour by which a promise of that day must be kept."""
    return dt.datetime.combine(day, dt.time(18), SEOUL).astimezone(dt.UTC)
