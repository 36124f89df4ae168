"""The same question to PostgreSQL: integer arrays with intarray, an index for every district, the same integers."""

from typing import Any, Final

import psycopg
from psycopg.rows import tuple_row

from screening.matching.pool import Segment
from tests.postgres import SETTINGS, PostgresServer, programs
from tools.bench.copying import HEADER, TRAILER, rows_of
from tools.bench.people import LISTS, NUMBERS, people_of
from tools.bench.question import Question

GENEROUS: Final = SETTINGS | {
    "shared_buffers": "6GB",
    "effective_cache_size": "12GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "autovacuum": "off",
}
"""Everything in memory, nothing made sure on disk; workers made these queries slower on two cores."""
DISTRICTS: Final = 25

FITS: Final = """
    commute & %(commute)s::int <> 0
    AND flags & %(employment)s::int <> 0
    AND flags & %(gates)s::int = %(gates)s::int
    AND wage_floor <= %(offered)s::int
    AND available <= %(starts)s::int
"""
MUSTS: Final = {
    "must_licences": " AND licences @> %(must_licences)s::int[]",
    "must_skills": " AND skills @> %(must_skills)s::int[]",
}
TOP: Final = """
SELECT score, place FROM (
    SELECT place,
        %(occupation_points)s::int * CASE
            WHEN wanted && %(same)s::int[] THEN 1000 WHEN wanted && %(minor)s::int[] THEN 700
            WHEN wanted && %(middle)s::int[] THEN 400 WHEN wanted && %(major)s::int[] THEN 150 ELSE 0 END
        + %(training_points)s::int * CASE
            WHEN trained && %(minor)s::int[] THEN 1000 WHEN trained && %(middle)s::int[] THEN 500 ELSE 0 END
        + %(experience_points)s::int * (%(curve)s::int[])[1 + months]
        + %(skills_points)s::int * CASE %(skill_count)s::int WHEN 0 THEN 1000
            ELSE icount(skills & %(skills)s::int[]) * 1000 / %(skill_count)s::int END
        + %(licences_points)s::int * CASE %(licence_count)s::int WHEN 0 THEN 1000
            ELSE icount(licences & %(licences)s::int[]) * 1000 / %(licence_count)s::int END
        + %(text_points)s::int * CASE %(text_weight)s::int WHEN 0 THEN 1000 ELSE least(1000,
            coalesce((SELECT sum((%(term_weights)s::int[])[idx(%(terms)s::int[], term)])
                      FROM unnest(terms & %(terms)s::int[]) term), 0) * 3000 / %(text_weight)s::int) END AS score
    FROM person, LATERAL (
        SELECT least(240, coalesce(sum((job & 8191) * CASE
            WHEN (job >> 13) / 10 = %(occupation)s::int / 10 THEN 1000
            WHEN (job >> 13) / 100 = %(occupation)s::int / 100 THEN 500 ELSE 0 END), 0) / 1000)::int AS months
        FROM unnest(worked) job) experience
    WHERE {fits} AND months >= %(needs_months)s::int
) scored ORDER BY score DESC, place LIMIT %(most)s::int
"""
OF_TRADE: Final = "trades && %(trade)s::int[]"


class PostgresPool:
    """A server of our own with everybody in one table."""

    def __init__(self, segment: Segment) -> None:
        found = programs()
        if found is None:
            raise RuntimeError("PostgreSQL: no initdb on this machine")
        self.server = PostgresServer(found, GENEROUS)
        try:
            self.url = self.server.create("bench")
            self.connection = psycopg.connect(
                host=str(self.server.folder),
                user="ieum",
                dbname="bench",
                autocommit=True,
                row_factory=tuple_row,
            )
            self.connection.prepare_threshold = None
            self._fill(segment)
        except BaseException:
            self.server.stop()
            raise

    def __enter__(self) -> "PostgresPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self.server.stop()

    @property
    def version(self) -> str:
        """Its version, `15.18`."""
        return str(self.connection.execute("SHOW server_version").fetchone()[0]).split()[0]  # type: ignore[index]

    def _fill(self, segment: Segment) -> None:
        self.connection.execute("CREATE EXTENSION intarray")
        columns = ", ".join([*(f"{name} int" for name in NUMBERS), *(f"{name} int[]" for name in LISTS)])
        with self.connection.transaction():
            self.connection.execute(f"CREATE TABLE person (place bigint, {columns})")
            with self.connection.cursor().copy("COPY person FROM STDIN (FORMAT binary, FREEZE)") as copy:
                copy.write(HEADER)
                for people in people_of(segment):
                    copy.write(rows_of(people))
                copy.write(TRAILER)
        for district in range(DISTRICTS):
            here = f"WHERE commute & {1 << district} <> 0"
            self.connection.execute(f"CREATE INDEX ON person (wage_floor) {here}")
            self.connection.execute(f"CREATE INDEX ON person USING gin (trades gin__int_ops) {here}")
        self.connection.execute("VACUUM ANALYZE person")

    def top(self, question: Question, most: int) -> list[tuple[int, int]]:
        """The best as (score, place)."""
        return self._rows(TOP.format(fits=_fits(question)), question, most)

    def bounded_top(self, question: Question, most: int) -> list[tuple[int, int]]:
        """The same with our own bound: those of the trade first, the others only where one of them may still enter."""
        fits = _fits(question)
        found = self._rows(TOP.format(fits=f"{fits} AND {OF_TRADE}"), question, most)
        if len(found) < most or found[-1][0] <= question["most_far"]:
            found += self._rows(TOP.format(fits=f"{fits} AND NOT ({OF_TRADE})"), question, most)
            found = sorted(found, key=lambda each: (-each[0], each[1]))[:most]
        return found

    def _rows(self, query: str, question: Question, most: int) -> list[Any]:
        return self.connection.execute(query.encode(), question | {"most": most}).fetchall()


def _fits(question: Question) -> str:
    return FITS + "".join(words for name, words in MUSTS.items() if question[name])
