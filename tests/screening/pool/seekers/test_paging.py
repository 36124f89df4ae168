"""The pool is paged newest first, also when codes grow by a digit."""

import sqlalchemy as sa

from screening.pool.seekers import queries
from screening.pool.seekers.models import Seeker
from tests.house import House


def test_the_newest_people_come_first_beyond_five_digits(house: House, monkeypatch) -> None:
    with house.database.engine.begin() as connection:
        for number, seeker_id in enumerate(house.seekers):
            code = f"K-{99_996 + number}"
            connection.execute(sa.update(Seeker).where(Seeker.id == seeker_id).values(code=code))
    monkeypatch.setattr(queries, "PAGE", 3)
    codes, after = [], None
    with house.database.read() as session:
        for _ in range(3):
            page = queries.listed(session, viewer=house.actor("officer"), after=after)
            codes += [row.code for row in page.rows]
            after = page.next_key
    assert codes == [f"K-{number}" for number in range(100_003, 99_995, -1)]
    assert after is None
