"""One plain object per row of a feed, for reports and for people who compare."""

from enum import StrEnum
from typing import Any

from screening.intake.feed.posting import Posting, Refused


class RowStatus(StrEnum):
    """What became of a row."""

    NEW = "new"
    KNOWN = "known"
    REFUSED = "refused"


def report_row(item: Posting | Refused, status: str, row: int | None = None) -> dict[str, Any]:
    """Twelve keys for a posting; a refused row has them too, with nulls, and also its `row` and `reason`.

    Keys: request_number, employer, province, city, wage_basis (hour, day, month, year or None), wage_won,
    negotiable, closes_on ('YYYY-MM-DD' or None), until_filled, weekly_hours, status, findings (codes).
    """
    if isinstance(item, Refused):
        return {
            "request_number": item.request_number,
            "employer": item.employer_name,
            "province": None,
            "city": None,
            "wage_basis": None,
            "wage_won": None,
            "negotiable": False,
            "closes_on": None,
            "until_filled": False,
            "weekly_hours": None,
            "status": RowStatus.REFUSED.value,
            "findings": [code.value for code in item.findings],
            "row": row,
            "reason": item.reason,
        }
    return {
        "request_number": item.request_number,
        "employer": item.employer_name,
        "province": item.province,
        "city": item.city,
        "wage_basis": None if item.wage_basis is None else item.wage_basis.value,
        "wage_won": item.wage_won,
        "negotiable": item.negotiable,
        "closes_on": None if item.closes_on is None else item.closes_on.isoformat(),
        "until_filled": item.until_filled,
        "weekly_hours": _plain(item.weekly_hours),
        "status": RowStatus(status).value,
        "findings": [code.value for code in item.findings],
    }


def _plain(hours: float | None) -> float | int | None:
    """40 rather than 40.0."""
    return int(hours) if hours is not None and hours == int(hours) else hours
