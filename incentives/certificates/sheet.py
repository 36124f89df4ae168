"""The certificate as a sheet for the press: one A4 page, the record inside, the center's seal under it."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foundation.clock import start_of_day
from foundation.documents.press.sheet import Attachment, Sheet
from foundation.documents.press.words import keep_words
from foundation.reference import business_numbers
from incentives.certificates.record import CHECK_NUMBER, FILE_NAME, CertificateRecord

TEMPLATES = Path(__file__).parent / "templates"
QR_DOTS = 8
"""Pixels of one QR module: 27 mm of paper at some 300 dpi."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFace:
    """What stands on the paper.

    `number` as printed ('제 2026-012호'), `check_number` sixteen digits, `business_number` ten, `grade` the word,
    `valid_to` the last valid day, `basis` the rule it rests on ('「우수 구인기업 인증 지침」 제5조'), `issuer` who
    signs, `check_url` the address behind the QR code, `check_site` the address people type, `reissue` how often it
    was issued anew, `demo` prints the line that it has no effect.
    """

    number: str
    check_number: str
    employer_name: str
    representative: str
    business_number: str
    address: str
    grade: str
    valid_from: date
    valid_to: date
    basis: str
    issued_on: date
    edition: str
    issuer: str
    check_url: str
    check_site: str
    reissue: int = 0
    demo: bool = True

    def __post_init__(self) -> None:
        """Raises ValueError for a check number that is not sixteen digits or a period that ends before it begins."""
        if not CHECK_NUMBER.fullmatch(self.check_number):
            raise ValueError("check_number must be sixteen digits")
        if self.valid_to < self.valid_from:
            raise ValueError("the period ends before it begins")

    @property
    def record(self) -> CertificateRecord:
        """The same facts for programs; the representative's name stays on the paper."""
        return CertificateRecord(
            number=self.number,
            check_number=self.check_number,
            employer_name=self.employer_name,
            business_number=self.business_number,
            grade=self.grade,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            issued_on=self.issued_on,
            edition=self.edition,
            issuer=self.issuer,
            check_url=self.check_url,
        )


def certificate_sheet(face: CertificateFace) -> Sheet:
    """The sheet of a certificate; the same face always gives the same sheet."""
    return Sheet(
        html=_pages().get_template("certificate.html").render(face=face),
        css=_text("certificate.css"),
        tighter_css=_text("certificate_tight.css"),
        title=f"우수 구인기업 인증서 {face.number} – {face.employer_name}",
        author=face.issuer,
        created_at=start_of_day(face.issued_on),
        identifier=f"certificate {face.check_number} {face.reissue}",
        images={"qr.png": _qr(face.check_url)},
        attachment=Attachment(FILE_NAME, face.record.canonical(), "기계 판독용 인증 기록"),
        seal=True,
        pages=1,
    )


def _text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _pages() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    pages.filters |= {
        "keep_words": keep_words,
        "day": lambda day: f"{day.year}. {day.month}. {day.day}.",
        "day_in_words": lambda day: f"{day.year}년 {day.month}월 {day.day}일",
        "in_fours": lambda digits: "-".join(digits[at : at + 4] for at in range(0, len(digits), 4)),
        "business_number": business_numbers.written,
    }
    return pages


def _qr(address: str) -> bytes:
    if urlsplit(address).scheme not in ("https", "http"):
        raise ValueError("the address behind the QR code must be http(s)")
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=QR_DOTS, border=2)
    return picture.getvalue()
