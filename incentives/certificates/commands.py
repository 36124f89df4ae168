"""Issuing certificates, stopping them and lifting the stop; every act goes into the public register's log."""

import datetime as dt
import json
import secrets
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import SYSTEM, Actor, Role
from foundation.audit import sealing
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.numbers import next_number
from foundation.outbox.commands import put, try_again
from foundation.outbox.queries import is_waiting
from foundation.reference.business_days import add_months
from foundation.refusals import Invalid, NotAllowed, NotFound
from incentives.certificates import queries
from incentives.certificates.models import CERTIFICATE_STATES, Certificate, CertificateStatus
from incentives.editions import queries as editions
from incentives.editions.models import EditionScore, EditionStatus
from incentives.policies.policy import policy_of
from screening.demand.employers.models import Employer


def _lead(by: Actor) -> None:
    if by.role is not Role.LEAD:
        raise NotAllowed("인증서는 팀장이 발급합니다.")


def issue_all(
    session: orm.Session, *, edition_id: uuid.UUID, by: Actor, at: dt.datetime
) -> list[Certificate]:
    """Issue a certificate to every graded firm of a frozen edition that has none yet; printing follows by itself."""
    _lead(by)
    edition = editions.get(session, edition_id)
    if edition.status is not EditionStatus.FROZEN:
        raise NotAllowed("확정한 평가판에서만 인증서를 발급할 수 있습니다.")
    years = policy_of(edition.policy_version).certificate_years
    held_back = queries.held_back(session, edition.id)
    return [
        _issue(session, score, edition_code=edition.code, years=years, by=by, at=at)
        for score in queries.awaiting(session, edition.id)
        if score.employer_id not in held_back
    ]


def _issue(
    session: orm.Session, score: EditionScore, *, edition_code: str, years: int, by: Actor, at: dt.datetime
) -> Certificate:
    employer = session.get_one(Employer, score.employer_id)
    if employer.business_number is None:
        raise Invalid(f"{employer.name}의 사업자등록번호가 없어 발급할 수 없습니다.")
    today = day_in_seoul(at)
    certificate = Certificate(
        year=today.year,
        sequence=next_number(session, f"certificate-{today.year}"),
        check_number=f"{secrets.randbelow(10**16):016d}",
        employer_id=employer.organisation_id,
        edition_id=score.edition_id,
        edition_code=edition_code,
        grade=score.grade,
        name=employer.name,
        representative=employer.representative,
        business_number=employer.business_number,
        address=employer.address,
        basis=policy_of_edition(session, score.edition_id),
        issued_on=today,
        valid_from=today,
        valid_to=add_months(today, years * 12) - dt.timedelta(days=1),
        status=CertificateStatus.VALID,
        status_at=at,
    )
    session.add(certificate)
    record(session, "certificate.issued", certificate, by=by, at=at, number=certificate.number)
    _enter(session, certificate, "issued", at)
    put(
        session,
        kind="certificate",
        facts={"certificate": str(certificate.id)},
        about_id=certificate.id,
        at=at,
    )
    return certificate


def print_again(
    session: orm.Session, *, certificate_id: uuid.UUID, by: Actor, at: dt.datetime
) -> Certificate:
    """Put a certificate whose printing was given up back into the work; its number and its facts stay."""
    _lead(by)
    certificate = queries.get(session, certificate_id, viewer=by)
    if certificate.document_id is not None or certificate.status is not CertificateStatus.VALID:
        return certificate
    again = try_again(session, about_id=certificate.id, kind="certificate", at=at)
    if not again and not is_waiting(session, about_id=certificate.id, kind="certificate"):
        facts = {"certificate": str(certificate.id)}
        put(session, kind="certificate", facts=facts, about_id=certificate.id, at=at)
        again = 1
    if again:
        record(session, "certificate.print_again", certificate, by=by, at=at, number=certificate.number)
    return certificate


def policy_of_edition(session: orm.Session, edition_id: uuid.UUID) -> str:
    """The rule an edition's certificates rest on, as printed."""
    return policy_of(editions.get(session, edition_id).policy_version).basis


def _enter(session: orm.Session, certificate: Certificate, event: str, at: dt.datetime) -> None:
    entry = {
        "number": certificate.number,
        "event": event,
        "status": certificate.status.value,
        "grade": certificate.grade.value,
        "valid_to": certificate.valid_to.isoformat(),
        "at": at.isoformat(),
    }
    content = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    sealing.append(
        session,
        sealing.REGISTER,
        [(f"{certificate.id}:{event}:{int(at.timestamp() * 1000)}", content)],
        at=at,
    )


def _change(
    session: orm.Session, certificate: Certificate, verb: str, reason: str, by: Actor, at: dt.datetime
) -> None:
    certificate.status = CERTIFICATE_STATES.after(verb, certificate.status)
    certificate.status_reason, certificate.status_at = reason, at
    record(session, f"certificate.{verb}", certificate, by=by, at=at, number=certificate.number)
    _enter(session, certificate, verb, at)


def hold(session: orm.Session, certificate: Certificate, *, reason: str, at: dt.datetime) -> None:
    """Let a certificate rest before it was printed, because a check spoke against its firm."""
    if certificate.status is CertificateStatus.VALID:
        _change(session, certificate, "suspend", reason, SYSTEM, at)


def change_status(
    session: orm.Session, *, certificate_id: uuid.UUID, verb: str, reason: str, by: Actor, at: dt.datetime
) -> Certificate:
    """Suspend, lift or revoke with a reason; the public check shows it at once.

    It concerns the firm, so its other certificates that still run share it: an older paper opens no way round.
    """
    _lead(by)
    certificate = session.scalars(
        sa.select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    ).one_or_none()
    if certificate is None or verb not in CERTIFICATE_STATES.moves:
        raise NotFound("그런 인증서가 없습니다.")
    if len(reason.strip()) < 5:
        raise Invalid("사유를 5자 이상 적어 주세요. 진위확인 화면에 그대로 보입니다.", field="reason")
    former = certificate.status
    _change(session, certificate, verb, reason.strip(), by, at)
    others = session.scalars(
        sa.select(Certificate)
        .where(
            Certificate.employer_id == certificate.employer_id,
            Certificate.id != certificate.id,
            Certificate.status == former,
            Certificate.valid_to >= day_in_seoul(at),
        )
        .order_by(Certificate.year, Certificate.sequence)
        .with_for_update()
    ).all()
    for other in others:
        _change(session, other, verb, reason.strip(), by, at)
    return certificate
