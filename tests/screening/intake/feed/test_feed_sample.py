"""The real sample beside the repository, read against simple oracles of its own; skipped where it is absent."""

import re
from pathlib import Path

import pytest

from screening.intake.feed.posting import Posting, parse
from screening.intake.feed.reading import read_rows

SAMPLE = Path(__file__).parents[5] / "shared" / "data" / "getjobinfo" / "getjobinfo_59.json"

pytestmark = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the real sample of the feed is not on this machine"
)

BASES = {"시급": "hour", "월급": "month", "최소연봉": "year"}


@pytest.fixture(scope="module")
def pairs() -> list[tuple[dict[str, str], Posting]]:
    found = []
    for row in read_rows(SAMPLE.read_bytes()):
        parsed = parse(row)
        assert isinstance(parsed, Posting)
        found.append((row, parsed))
    return found


def test_all_rows_are_postings(pairs: list[tuple[dict[str, str], Posting]]) -> None:
    assert len(pairs) == 59
    assert [posting.request_number for _, posting in pairs] == [row["JO_REQST_NO"] for row, _ in pairs]
    assert all(posting.employer_key for _, posting in pairs)


def test_places(pairs: list[tuple[dict[str, str], Posting]]) -> None:
    for row, posting in pairs:
        province, rest = row["WORK_PARAR_BASS_ADRES_CN"].split(" ", 1)
        assert posting.province == province
        assert posting.city is not None
        assert rest.startswith(posting.city)
        assert posting.city.endswith("시" if province == "경기" else "구")
        assert not any(code.startswith("place_") for code in posting.findings)


def test_wages(pairs: list[tuple[dict[str, str], Posting]]) -> None:
    for row, posting in pairs:
        found = re.fullmatch(r"(시급|월급|최소연봉) / (\d+)(만?)원 (- 면접 후 협의가능 )?", row["HOPE_WAGE"])
        assert found is not None
        assert posting.wage_basis == BASES[found[1]]
        assert posting.wage_won == int(found[2]) * (10_000 if found[3] else 1)
        assert posting.negotiable is bool(found[4])


def test_closing(pairs: list[tuple[dict[str, str], Posting]]) -> None:
    for row, posting in pairs:
        assert row["RCEPT_CLOS_NM"] == f"마감일 ({posting.closes_on})"
        assert not posting.until_filled
        assert str(posting.registered_on) == row["JO_REG_DT"]


def test_hours(pairs: list[tuple[dict[str, str], Posting]]) -> None:
    assert all(posting.weekly_hours is not None for _, posting in pairs)
    kept = [row["WEEK_WORK_HR"] == f"{posting.weekly_hours:g}" for row, posting in pairs]
    declared = [row["WEEK_WORK_HR"] not in {"", "0"} for row, _ in pairs]
    assert sum(declared) - sum(kept) == 1  # the one that declares 40 and works 60


def test_nothing_private_is_left(pairs: list[tuple[dict[str, str], Posting]]) -> None:
    for _, posting in pairs:
        text = f"{posting.title}\n{posting.duties}\n{posting.work_time}\n{posting.address_detail}"
        assert not re.search(r"0\d{1,2}-\d{3,4}-\d{4}|@[a-z]|팔팔|[1-5]\s*등급|독거|거동|배우자", text)


def test_every_occupation_is_found(pairs: list[tuple[dict[str, str], Posting]]) -> None:
    assert sum(posting.occupation_code is None for _, posting in pairs) == 0
    assert sum(posting.occupation_code == "5501" for _, posting in pairs) >= 30
