"""The word rules on lists of phrases: nothing bad passes, next to nothing good is stopped, real postings flow."""

import csv
import json
from pathlib import Path

import pytest

from foundation.settings import ROOT
from screening.demand.orders.lawful import findings_in_text
from screening.demand.orders.severity import Severity

LISTS = Path(__file__).parent / "phrases"
STOPS = {Severity.REFUSE, Severity.EXPLAIN}
REAL = ROOT.parent / "shared" / "data"


def phrases(name: str) -> list[tuple[str, str]]:
    with (LISTS / f"{name}.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len({row["phrase"] for row in rows}) == len(rows)
    return [(row["field"], row["phrase"]) for row in rows]


def stopped(field: str, phrase: str) -> bool:
    return any(each.severity in STOPS for each in findings_in_text(field, phrase))


def test_the_lists_are_long_enough() -> None:
    assert len(phrases("bad")) >= 300
    assert len(phrases("good")) >= 300


@pytest.mark.parametrize("name", ["bad", "bad_heldout"])
def test_no_bad_phrase_passes(name: str) -> None:
    assert [phrase for field, phrase in phrases(name) if not stopped(field, phrase)] == []


@pytest.mark.parametrize("name", ["bad", "bad_heldout"])
def test_a_bad_phrase_is_found_in_the_middle_of_a_text_too(name: str) -> None:
    missed = [
        phrase
        for field, phrase in phrases(name)
        if not stopped(
            field,
            f"{'이력서' if field == 'papers' else '주방에서 음식을 만듭니다'}. {phrase}\n성실하게 일해 주세요.",
        )
    ]
    assert missed == []


@pytest.mark.parametrize("name", ["good", "good_heldout"])
def test_hardly_a_good_phrase_is_stopped(name: str) -> None:
    wrong = [phrase for field, phrase in phrases(name) if stopped(field, phrase)]
    assert len(wrong) <= len(phrases(name)) * 0.05, wrong


def test_every_stop_has_its_law_and_says_what_to_do() -> None:
    for field, phrase in phrases("bad"):
        for each in findings_in_text(field, phrase):
            if each.severity in STOPS:
                assert each.law, phrase
                assert each.advice, phrase
                assert each.ground, phrase


def test_euphemisms_are_mostly_understood() -> None:
    """Half of this list is written to get past a checker; an officer reads every order besides."""
    bad, good = phrases("bad_euphemisms"), phrases("good_beside_them")
    missed = [phrase for field, phrase in bad if not stopped(field, phrase)]
    wrong = [phrase for field, phrase in good if stopped(field, phrase)]
    assert len(missed) <= len(bad) * 0.10, missed
    assert len(wrong) <= len(good) * 0.05, wrong


@pytest.mark.skipif(
    not REAL.exists(), reason="the real postings lie beside the project only where it is developed"
)
def test_real_postings_do_not_drown_in_alarms() -> None:
    with (REAL / "postings" / "kead_disabled_jobs_2022-12_utf8.csv").open(encoding="utf-8-sig") as file:
        titles = [("title", row["모집직종"]) for row in csv.DictReader(file)]
    rows = _rows(json.loads((REAL / "getjobinfo" / "getjobinfo_59.json").read_text("utf-8")))
    texts = [("duties", f"{row['JO_SJ']}\n{row['DTY_CN']}") for row in rows]
    for found in (titles, texts):
        assert len(found) > 50
        assert sum(stopped(field, text) for field, text in found) <= len(found) * 0.05


def _rows(tree: object) -> list[dict[str, str]]:
    if isinstance(tree, list) and tree and isinstance(tree[0], dict) and "JO_SJ" in tree[0]:
        return tree
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    return next((found for child in children if (found := _rows(child))), [])
