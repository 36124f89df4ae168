"""Numbers that people read: counted without gaps inside the transaction that uses them."""

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.database import Base


class NumberSeries(Base):
    """The last number given in a series; the row lock makes the next one unique and gap-free."""

    __tablename__ = "number_series"

    series: orm.Mapped[str] = orm.mapped_column(sa.String(40), primary_key=True)
    last: orm.Mapped[int]


def next_number(session: orm.Session, series: str) -> int:
    """The next number of a series, starting at 1; a rolled-back transaction gives its number back."""
    given = _increment(session, series)
    if given is not None:
        return given
    try:
        with session.begin_nested():
            session.execute(sa.insert(NumberSeries).values(series=series, last=1))
        return 1
    except sa.exc.IntegrityError:
        return _increment(session, series) or 1


def _increment(session: orm.Session, series: str) -> int | None:
    return session.execute(
        sa.update(NumberSeries)
        .where(NumberSeries.series == series)
        .values(last=NumberSeries.last + 1)
        .returning(NumberSeries.last)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
