"""Files out: names in Korean, never opened in place, spreadsheets that cannot carry a formula."""

import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

import xlsxwriter
from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """A download under its Korean name (RFC 6266)."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


class Sheet(NamedTuple):
    """One sheet of a spreadsheet: its name, the headings, the rows."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[str | int | float]]


def spreadsheet(*sheets: Sheet) -> bytes:
    """An XLSX of the sheets; text stays text whatever it begins with, headings stay in sight."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True})
        for title, header, rows in sheets:
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(header):
                sheet.write_string(0, column, name, bold)
                sheet.set_column(column, column, max(10, len(name) * 2))
            for line, values in enumerate(rows, 1):
                for column, value in enumerate(values):
                    if isinstance(value, str):
                        sheet.write_string(line, column, value)
                    else:
                        sheet.write_number(line, column, value)
    return buffer.getvalue()
