"""When a job last ran and what came of it."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base


class JobRun(Base):
    """The last run of one job; `began_at` is the center's time, `ended_at` the machine's own.

    `failure` names the kind of error that ended it, `passed_over` counts the items that failed alone.
    """

    __tablename__ = "job_run"

    name: orm.Mapped[str] = orm.mapped_column(sa.String(40), primary_key=True)
    began_at: orm.Mapped[dt.datetime]
    ended_at: orm.Mapped[dt.datetime]
    took_ms: orm.Mapped[int]
    done: orm.Mapped[int]
    passed_over: orm.Mapped[int]
    failure: orm.Mapped[str] = orm.mapped_column(sa.String(60), default="")
