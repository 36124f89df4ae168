"""Anyone's pages."""

import re

import sqlalchemy as sa
from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.public.area import area
from employer_portal.web.areas import ANYONE
from employer_portal.web.portal import portal
from employer_portal.web.reading_time import TooMuchReading
from employer_portal.web.request import client_address, db, machine_now, now, only_read, today
from foundation.documents.press.failures import PressBusy, PressFailed, PressUnavailable
from foundation.refusals import NotFound
from incentives.certificates import queries as register
from incentives.certificates.checkfile import record_in
from incentives.certificates.models import Certificate
from incentives.certificates.verdict import FileOutcome, RegisterStatus, judge
from incentives.editions import queries as editions
from screening.reporting import queries as bulletins
from screening.reporting.figures import exceeded


@area.reads("/healthz", by=ANYONE)
def health() -> Response:
    """200 once the portal can serve: the database answers."""
    db().execute(sa.text("SELECT 1"))
    return Response('{"status":"ok"}', mimetype="application/json")


@area.reads("/", by=ANYONE)
def home() -> str:
    """What this is, to start, and to check a certificate."""
    newest = bulletins.listed(db(), viewer=None)
    edition = bulletins.get(db(), newest[0].code, viewer=None) if newest else None
    figures = bulletins.figures_of(edition).values if edition else {}
    return render_template(
        "public/home.html", bulletin=edition, figures=figures, firms=register.in_good_standing(db())[:6]
    )


@area.reads("/guide", by=ANYONE)
def guide() -> str:
    """How the service works."""
    return render_template("public/guide.html")


@area.reads("/about/<page>", by=ANYONE)
def about(page: str) -> str:
    """Privacy, terms, accessibility."""
    if page not in ("privacy", "terms", "accessibility"):
        raise NotFound
    return render_template(f"public/{page}.html", settings=portal().settings)


@area.reads("/excellent", by=ANYONE)
def excellent() -> str:
    """The recognised firms by grade; no number, no rank, no bottom."""
    edition = editions.latest(db(), viewer=None)
    return render_template("public/excellent.html", firms=register.in_good_standing(db()), edition=edition)


@area.reads("/check", by=ANYONE)
def check_form() -> str | BaseResponse | tuple[str, int]:
    """The check; a typed number leads to its own page."""
    if "number" not in request.args:
        return render_template("public/check.html", typed="", error="", error_at="number", state=None)
    typed = request.args["number"].strip()
    digits = re.sub(r"[\s-]", "", typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 16):
        sentence = (
            "문서확인번호 16자리를 입력해 주세요. 인증서 아래쪽에 1234-5678-9012-3456처럼 적혀 있습니다."
        )
        if re.fullmatch(r"제?\s*\d{4}\s*-\s*\d{1,4}\s*호?", typed):
            sentence = (
                "제-호 번호만으로는 확인하지 않습니다. 문서확인번호 16자리, QR 또는 PDF 파일로 확인해 주세요."
            )
        page = render_template(
            "public/check.html", typed=typed[:40], error=sentence, error_at="number", state=None
        )
        return page, 422
    return redirect(url_for("public.check_number", check_number=digits), code=303)


@area.reads("/check/<check_number>", by=ANYONE)
def check_number(check_number: str) -> str | tuple[str, int]:
    """What the register says of a check number: the facts themselves, not just 'valid'."""
    portal().checks.count(client_address(), at=machine_now())
    if not re.fullmatch(r"[0-9]{16}", check_number):
        raise NotFound
    certificate = register.by_check_number(db(), check_number)
    if certificate is None:
        page = render_template(
            "public/check.html",
            typed=check_number,
            error="",
            error_at="number",
            state="unknown",
            moment=now(),
        )
        return page, 404
    return _checked(certificate)


def _checked(certificate: Certificate, **more: object) -> str:
    return render_template(
        "public/check.html",
        typed=certificate.check_number,
        error="",
        error_at="number",
        state="found",
        certificate=certificate,
        status=register.status_on(certificate, today()),
        moment=now(),
        **more,
    )


@area.writes("/check", by=ANYONE)
def check_file() -> str | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """What an uploaded PDF is worth; the file is looked at and thrown away, or not at all while others are."""
    only_read()
    upload = request.files.get("file")
    payload = upload.read() if upload else b""
    if not payload:
        return _not_checked("확인할 PDF 파일을 골라 주세요."), 422
    try:
        with portal().reading.spending(client_address()):
            facts = portal().press.inspect(payload)
    except (PressBusy, TooMuchReading) as later:
        return _not_checked(later.sentence), later.status, {"Retry-After": str(later.retry_after)}
    except (PressFailed, PressUnavailable):
        facts = None
    record = record_in(facts) if facts else None
    certificate = register.by_check_number(db(), record.check_number) if record else None
    status = register.status_on(certificate, today()) if certificate else None
    verdict = judge(
        facts,
        certificate.sha256 if certificate else None,
        status or (RegisterStatus.UNKNOWN if facts is None else RegisterStatus.VALID),
    )
    return render_template(
        "public/check.html",
        typed="",
        error="",
        error_at="number",
        state="file",
        verdict=verdict,
        outcome=FileOutcome,
        certificate=certificate,
        record=record,
        status=status,
        moment=now(),
    )


def _not_checked(sentence: str) -> str:
    return render_template("public/check.html", typed="", error=sentence, error_at="file", state=None)


@area.reads("/bulletins", by=ANYONE)
def bulletin_list() -> str:
    """The frozen monthly bulletins."""
    return render_template("public/bulletins.html", editions=bulletins.listed(db(), viewer=None))


@area.reads("/bulletins/<code>", by=ANYONE)
def bulletin(code: str) -> str:
    """One month's figures with their definitions."""
    edition = bulletins.get(db(), code[:10], viewer=None)
    lines = {line.definition.code: line for line in bulletins.lines_of(edition)}
    return render_template(
        "public/bulletin.html",
        edition=edition,
        lines=lines,
        in_words=exceeded(lines["attainment"].figure),
        changes=bulletins.changes_of(db(), edition),
        rates=[line for code, line in lines.items() if code.startswith("success_")],
        target=bulletins.figures_of(edition).period.target,
    )
