"""The same question to DuckDB: columns and lists in memory, both cores, the same integers."""

from typing import Any, Final

import numpy as np

from screening.matching.pool import Segment
from tools.bench.people import LISTS, NUMBERS, people_of
from tools.bench.question import Question

TOP: Final = """
WITH near AS (
    SELECT * FROM person
    WHERE commute & $commute <> 0 AND flags & $employment <> 0 AND flags & $gates = $gates
        AND wage_floor <= $offered AND available <= $starts
        AND list_has_all(licences, $must_licences) AND list_has_all(skills, $must_skills)
), fit AS (
    SELECT *, least(240, coalesce(list_sum(list_transform(worked, lambda job: (job & 8191) * CASE
        WHEN (job >> 13) // 10 = $occupation // 10 THEN 1000
        WHEN (job >> 13) // 100 = $occupation // 100 THEN 500 ELSE 0 END)), 0) // 1000) AS months
    FROM near
), words AS (
    SELECT place, sum(weight) AS found
    FROM (SELECT place, unnest(terms) AS term FROM near)
    JOIN (SELECT unnest($terms::int[]) AS term, unnest($term_weights::int[]) AS weight) USING (term)
    GROUP BY place
)
SELECT
    $occupation_points * CASE
        WHEN list_has_any(wanted, $same) THEN 1000 WHEN list_has_any(wanted, $minor) THEN 700
        WHEN list_has_any(wanted, $middle) THEN 400 WHEN list_has_any(wanted, $major) THEN 150 ELSE 0 END
    + $training_points * CASE
        WHEN list_has_any(trained, $minor) THEN 1000 WHEN list_has_any(trained, $middle) THEN 500 ELSE 0 END
    + $experience_points * list_extract($curve, (months + 1)::bigint)
    + $skills_points * CASE $skill_count WHEN 0 THEN 1000
        ELSE len(list_intersect(skills, $skills)) * 1000 // $skill_count END
    + $licences_points * CASE $licence_count WHEN 0 THEN 1000
        ELSE len(list_intersect(licences, $licences)) * 1000 // $licence_count END
    + $text_points * CASE $text_weight WHEN 0 THEN 1000
        ELSE least(1000, coalesce(found, 0) * 3000 // $text_weight) END AS score, place
FROM fit LEFT JOIN words USING (place)
WHERE months >= $needs_months
ORDER BY score DESC, place LIMIT $most
"""
ASKED: Final = (
    "commute", "employment", "gates", "offered", "starts", "must_licences", "must_skills", "occupation", "terms",
    "term_weights", "same", "minor", "middle", "major", "curve", "skill_count", "skills", "licence_count",
    "licences", "text_weight", "needs_months", "occupation_points", "training_points", "experience_points",
    "skills_points", "licences_points", "text_points",
)  # fmt: skip


class DuckPool:
    """A database in memory with everybody in one table."""

    def __init__(self, segment: Segment) -> None:
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute("SET enable_progress_bar = false")
        columns = ", ".join([*(f"{name} int" for name in NUMBERS), *(f"{name} int[]" for name in LISTS)])
        self.connection.execute(f"CREATE TABLE person (place bigint, {columns})")
        for people in people_of(segment):
            relations: dict[str, dict[str, Any]] = {
                "some": {"row": np.arange(len(people)), "place": people.places} | people.numbers
            }
            for name in LISTS:
                values, counts = people.lists[name]
                relations[name] = {"row": np.repeat(np.arange(len(people)), counts), "value": values}
            self._take(relations)

    def _take(self, relations: dict[str, dict[str, Any]]) -> None:
        for name, columns in relations.items():
            self.connection.register(f"{name}_in", columns)
        lists = ", ".join(f"coalesce({name}_of.list, [])" for name in LISTS)
        joins = " ".join(
            f"LEFT JOIN (SELECT row, list(value) AS list FROM {name}_in GROUP BY row) {name}_of USING (row)"
            for name in LISTS
        )
        self.connection.execute(
            f"INSERT INTO person SELECT place, {', '.join(NUMBERS)}, {lists} FROM some_in {joins} ORDER BY row"
        )
        for name in relations:
            self.connection.unregister(f"{name}_in")

    def __enter__(self) -> "DuckPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def top(self, question: Question, most: int) -> list[tuple[int, int]]:
        """The best as (score, place)."""
        asked = {name: question[name] for name in ASKED} | {"most": most}
        return self.connection.execute(TOP, asked).fetchall()
