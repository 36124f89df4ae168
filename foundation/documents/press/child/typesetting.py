"""From a sheet to an unsigned PDF: tagged, of the declared standard, the same bytes for the same sheet."""

import contextlib
import hashlib
import html
import logging
import os
import unicodedata
from collections.abc import Mapping
from datetime import UTC

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from foundation.documents.press.child.fetching import AddressRefused, Handed
from foundation.documents.press.child.fonts import Fonts
from foundation.documents.press.failures import PressFailed
from foundation.documents.press.fonts import FACES
from foundation.documents.press.sheet import Sheet

DOCUMENT = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>\
<meta name="author" content="{author}"><meta name="dcterms.created" content="{created}">\
<meta name="dcterms.modified" content="{created}"></head><body>{body}</body></html>"""
BASE = ".w { white-space: nowrap; }\n" + "\n".join(
    f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url(asset:{face.name}.ttf); }}'
    for face in FACES
)

NOWHERE = "asset:"
"""Where relative addresses start from: they reach the fetcher, which refuses them, instead of leaving holes."""


class _Case:
    """A set of fonts, loaded once: WeasyPrint's own memory of them and the style sheet that names them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.fonts = FontConfiguration()
        self.css = CSS(string=BASE, url_fetcher=Handed(files), font_config=self.fonts)


class _Listener(logging.Handler):
    """Hears the library's errors (a picture that cannot be read, one without words, a link to nowhere)."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage()[:200])


class Typesetter:
    """Keeps two cases, small and whole; the whole one is opened for the first sheet that needs it.

    What the library only logs as an error and leaves out is a failed job here: no page with holes.
    """

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._small = _Case(fonts.small())
        self._whole: _Case | None = None
        self._complaints: list[str] = []
        LOGGER.addHandler(_Listener(self._complaints))

    def set(self, sheet: Sheet) -> bytes:
        """The PDF's bytes; raises PressFailed with a sentence when the sheet cannot be printed as it is."""
        os.environ["SOURCE_DATE_EPOCH"] = str(int(sheet.created_at.timestamp()))
        body = self._fonts.spelled(unicodedata.normalize("NFC", sheet.html))
        text = html.unescape(body) + sheet.css + sheet.tighter_css
        if undrawn := self._fonts.undrawn(text):
            raise PressFailed(f"글꼴에 없는 글자가 있어 인쇄하지 못했습니다: {undrawn[:20]}")
        handed = Handed(sheet.images)
        self._complaints.clear()
        pdf = b""
        with contextlib.suppress(AddressRefused):
            pdf = self._print(sheet, body, self._case(text), handed)
        if handed.refused:
            raise PressFailed("문서가 밖의 자료를 불러오려 해서 멈췄습니다.", detail=handed.refused[0])
        if self._complaints:
            raise PressFailed("문서를 온전히 인쇄하지 못했습니다.", detail="; ".join(self._complaints))
        return pdf

    def _case(self, text: str) -> _Case:
        if not self._fonts.unusual(text):
            return self._small
        if self._whole is None:
            self._whole = _Case(self._fonts.whole())
        return self._whole

    def _print(self, sheet: Sheet, body: str, case: _Case, handed: Handed) -> bytes:
        choices = {
            "pdf_variant": sheet.pdf_variant,
            "pdf_tags": True,
            "pdf_identifier": hashlib.sha256(sheet.identifier.encode()).digest()[:16],
        }
        document = _laid_out(sheet, body, sheet.css, case, handed, choices)
        if sheet.tighter_css and not _fits(document, sheet):
            document = _laid_out(sheet, body, sheet.css + sheet.tighter_css, case, handed, choices)
        if not _fits(document, sheet):
            found = len(document.pages)
            raise PressFailed(f"{sheet.pages}쪽이어야 할 문서가 {found}쪽이 되었습니다. 내용을 줄여 주세요.")
        pdf: bytes = document.write_pdf(attachments=_enclosures(sheet), **choices)
        return pdf


def _laid_out(
    sheet: Sheet, body: str, css: str, case: _Case, handed: Handed, choices: Mapping[str, object]
) -> Document:
    return HTML(string=_document(sheet, body), url_fetcher=handed, base_url=NOWHERE).render(
        font_config=case.fonts,
        stylesheets=[case.css, CSS(string=css, url_fetcher=handed, base_url=NOWHERE, font_config=case.fonts)],
        **choices,
    )


def _fits(document: Document, sheet: Sheet) -> bool:
    return sheet.pages is None or len(document.pages) == sheet.pages


def _document(sheet: Sheet, body: str) -> str:
    return DOCUMENT.format(
        language=html.escape(sheet.language),
        title=html.escape(sheet.title),
        author=html.escape(sheet.author),
        created=sheet.created_at.isoformat(timespec="seconds"),
        body=body,
    )


def _enclosures(sheet: Sheet) -> list[Attachment]:
    file = sheet.attachment
    if file is None:
        return []
    moment = sheet.created_at.astimezone(UTC)
    return [
        Attachment(
            string=file.content,
            name=file.name,
            description=file.description,
            created=moment,
            modified=moment,
            relationship="Data",
        )
    ]
