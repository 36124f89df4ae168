"""The real files beside the repository: read where they lie, never copied; docs/evaluation.md holds figures only."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from foundation.reference.occupations import squash
from foundation.settings import ROOT

FOLDER: Final = ROOT.parent / "shared" / "data"
NAMES: Final = FOLDER / "postings" / "kead_occupation_to_category_labels.tsv"
OPENINGS: Final = FOLDER / "postings" / "kead_disabled_jobs_2022-12_utf8.csv"
FEED: Final = FOLDER / "getjobinfo" / "getjobinfo_59.json"
TITLES: Final = FOLDER / "codes" / "keco-tree.json"
CAREERS: Final = FOLDER / "resumes" / "careernet_job_descriptions.csv"


def missing() -> list[Path]:
    """The files that are not there."""
    return [path for path in (NAMES, OPENINGS, FEED, TITLES, CAREERS) if not path.is_file()]


@dataclass(frozen=True)
class Career:
    """An occupation as a careers service describes it; `duties` line by line, without the title in them."""

    title: str
    duties: tuple[str, ...]
    certificates: tuple[str, ...]


@dataclass(frozen=True)
class Posting:
    """A real opening: the name of its occupation as written there, its text, the certificates it asks for."""

    occupation: str
    text: str
    certificates: tuple[str, ...] = ()


def categories() -> dict[str, str]:
    """The category of every occupation name that has one and only one."""
    found: dict[str, set[str]] = {}
    for row in NAMES.read_text(encoding="utf-8-sig").splitlines()[1:]:
        name, *_, category = row.split("\t")
        if name.strip() and category.strip():
            found.setdefault(name.strip(), set()).add(category.strip())
    return {name: next(iter(each)) for name, each in found.items() if len(each) == 1}


def titles() -> dict[str, str]:
    """The four-digit occupations of the tree, code → name."""
    tree = json.loads(TITLES.read_text(encoding="utf-8"))
    return {row["code"]: row["name"] for row in tree if row["level"] == 4}


@cache
def careers() -> tuple[Career, ...]:
    """Every described occupation once."""
    with CAREERS.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["job"]: row for row in csv.DictReader(file)}
    return tuple(
        Career(title, _duties(title, row["job_summary"]), _listed(row["required_certificates"]))
        for title, row in rows.items()
    )


def feed_postings() -> list[Posting]:
    """The openings of the center's own feed."""
    rows = json.loads(FEED.read_text(encoding="utf-8"))["GetJobInfo"]["row"]
    return [Posting(row["JOBCODE_NM"].strip(), f"{row['JO_SJ']} {row['DTY_CN']}") for row in rows]


def agency_openings() -> list[Posting]:
    """The openings of the disability-employment agency, one for every name of an occupation: they have no more text."""
    with OPENINGS.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["모집직종"].strip(): row for row in csv.DictReader(file)}
    return [Posting(name, name, _listed(row["요구자격증"])) for name, row in rows.items() if name]


def _duties(title: str, summary: str) -> tuple[str, ...]:
    lines = (line.strip(" -·\t\r") for line in summary.replace(title, " ").splitlines())
    return tuple(line for line in lines if len(squash(line)) >= 8)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in (text or "").replace("\n", ",").split(","))))
