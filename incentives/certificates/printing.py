"""The effect that asks the tax office once more, then prints, signs and stores a certificate, once."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import orm

from foundation.actors import SYSTEM
from foundation.audit.commands import record
from foundation.database import Database
from foundation.documents.models import store
from foundation.documents.press.failures import PressFailed, PressUnavailable
from foundation.documents.press.press import Press
from foundation.outbox.commands import NotDone, NotYet, Task
from foundation.tax_office.answers import BusinessClaim
from foundation.tax_office.client import TaxOffice
from incentives.certificates.commands import hold
from incentives.certificates.models import Certificate
from incentives.certificates.sheet import CertificateFace, certificate_sheet
from screening.demand.employers.models import Employer
from screening.demand.firm_checks.commands import Answers, answered, answers_from


@dataclass(frozen=True)
class Printed:
    """The file, or none when the tax office spoke against the firm; and what the tax office said."""

    pdf: bytes | None
    claim: BusinessClaim
    answers: Answers


@dataclass(frozen=True)
class CertificatePrinting:
    """Handler of the effect `certificate`; a certificate that has its document already is left as it is.

    The firm's number is checked before every certificate: against it nothing is printed and the certificate rests;
    while the tax office says nothing, the officer's paper check stands.
    """

    database: Database
    press: Press
    tax_office: TaxOffice
    issuer: str
    public_url: str
    demo: bool
    now: Callable[[], dt.datetime]

    def perform(self, task: Task) -> Printed | None:
        with self.database.read() as session:
            certificate = session.get_one(Certificate, uuid.UUID(str(task.facts["certificate"])))
            if certificate.document_id is not None:
                return None
            employer = session.get_one(Employer, certificate.employer_id)
            face = self._face(certificate)
            claim = BusinessClaim(
                certificate.business_number, employer.opened_on, employer.representative, employer.name
            )
        answers = answers_from(self.tax_office, [claim])
        if answered(claim, answers, at=self.now()).against:
            return Printed(None, claim, answers)
        try:
            return Printed(self.press.print(certificate_sheet(face)), claim, answers)
        except PressUnavailable as missing:
            raise NotYet(missing.sentence) from missing
        except PressFailed as failure:
            raise NotDone(failure.sentence) from failure

    def finish(self, session: orm.Session, task: Task, outcome: Any, *, at: dt.datetime) -> None:
        certificate = session.get_one(
            Certificate, uuid.UUID(str(task.facts["certificate"])), with_for_update=True
        )
        if outcome is None or certificate.document_id is not None:
            return
        check = answered(outcome.claim, outcome.answers, at=at)
        session.add(check)
        if outcome.pdf is None:
            hold(session, certificate, reason=f"국세청 확인: {check.outcome.ko}", at=at)
            return
        document = store(
            session,
            about_id=certificate.id,
            file_name=f"우수구인기업인증서_{certificate.year}-{certificate.sequence:03d}.pdf",
            media_type="application/pdf",
            content=outcome.pdf,
            at=at,
        )
        session.flush()
        certificate.document_id, certificate.sha256 = document.id, document.sha256
        record(session, "certificate.printed", certificate, by=SYSTEM, at=at, sha256=document.sha256)

    def _face(self, certificate: Certificate) -> CertificateFace:
        return CertificateFace(
            number=certificate.number,
            check_number=certificate.check_number,
            employer_name=certificate.name,
            representative=certificate.representative,
            business_number=certificate.business_number,
            address=certificate.address,
            grade=certificate.grade.ko,
            valid_from=certificate.valid_from,
            valid_to=certificate.valid_to,
            basis=certificate.basis,
            issued_on=certificate.issued_on,
            edition=certificate.edition_code,
            issuer=self.issuer,
            check_url=f"{self.public_url}/check/{certificate.check_number}",
            check_site=f"{self.public_url}/check",
            demo=self.demo,
        )
