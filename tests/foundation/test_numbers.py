"""Numbers are given once and without gaps, also to many at once."""

import threading

import sqlalchemy as sa

from foundation.database import Database
from foundation.numbers import NumberSeries, next_number


def test_eight_threads_get_numbers_without_gap_or_double(database: Database) -> None:
    given: list[int] = []

    def take() -> None:
        for _ in range(15):
            with database.write() as session:
                number = next_number(session, "order-2026")
                session.commit()
            given.append(number)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 121))


def test_a_rolled_back_number_is_given_again(database: Database) -> None:
    with database.write() as session:
        assert next_number(session, "x") == 1
        session.rollback()
    with database.write() as session:
        assert next_number(session, "x") == 1
        session.commit()
    with database.read() as session:
        assert session.scalars(sa.select(NumberSeries.last)).all() == [1]
