"""An edition as one plain object, for programs and for people who compare."""

from typing import Any

from screening.reporting.figures import BANDS, SEXES, exceeded
from screening.reporting.models import BulletinEdition
from screening.reporting.queries import FigureLine, figures_of, lines_of

FLAT = {
    "firms": "firms",
    "openings": "openings",
    "registered": "registered",
    "registered_change": "registered_change_percent",
    "interns": "interns",
    "hires": "hires",
    "target": "target",
    "attainment": "attainment_percent",
}
"""Code of a figure → its key in the object; the rates stand together under `success_percent`."""


def as_json(edition: BulletinEdition) -> dict[str, Any]:
    """Figures as whole numbers (null: nothing to count from), each beside its definition and reference dates."""
    values = figures_of(edition).values
    rates = {code: values[f"success_{code}"].value for code, *_ in (*BANDS, *SEXES)}
    return {
        "edition": edition.code,
        "revision": edition.revision,
        "status": edition.status.value,
        **{key: values[code].value for code, key in FLAT.items()},
        "attainment_in_words": exceeded(values["attainment"]),
        "success_percent": rates,
        "definitions": {_key(line): _definition(line) for line in lines_of(edition)},
        "sha256": edition.sha256,
        "frozen_at": edition.frozen_at.isoformat() if edition.frozen_at else None,
        "corrected": edition.reason or None,
    }


def _key(line: FigureLine) -> str:
    code = line.definition.code
    return FLAT.get(code) or f"success_percent.{code.removeprefix('success_')}"


def _definition(line: FigureLine) -> dict[str, Any]:
    found: dict[str, Any] = {
        "label": line.definition.ko,
        "label_en": line.definition.en,
        "unit": line.definition.unit.value,
        "definition": line.definition.text,
        "from": line.from_on.isoformat(),
        "reference_date": line.to_on.isoformat(),
        "value": line.figure.value,
    }
    if line.figure.whole is not None:
        found |= {"part": line.figure.part, "whole": line.figure.whole}
    return found
