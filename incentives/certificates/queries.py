"""Reading the register."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import FIRM_ROLES, Actor, Role
from foundation.documents.models import Document
from foundation.refusals import NotFound
from incentives.certificates.models import Certificate, CertificateStatus
from incentives.certificates.verdict import RegisterStatus
from incentives.editions import queries as editions
from incentives.editions.models import EditionScore
from incentives.policies.policy import CERTIFIED
from screening.demand.employers.models import Employer
from screening.demand.firm_checks.queries import spoken_against


def by_check_number(session: orm.Session, check_number: str) -> Certificate | None:
    """The certificate of a 16-digit check number; the sequential number opens nothing."""
    return session.scalars(
        sa.select(Certificate).where(Certificate.check_number == check_number)
    ).one_or_none()


def status_on(certificate: Certificate, day: dt.date) -> RegisterStatus:
    """What the register says of a certificate on a day."""
    if certificate.status is CertificateStatus.REVOKED:
        return RegisterStatus.REVOKED
    if certificate.status is CertificateStatus.SUSPENDED:
        return RegisterStatus.SUSPENDED
    return (
        RegisterStatus.VALID
        if certificate.valid_from <= day <= certificate.valid_to
        else RegisterStatus.EXPIRED
    )


def newest(session: orm.Session, *, viewer: Actor) -> Certificate | None:
    """The newest certificate of the viewer's own firm."""
    return session.scalars(
        sa.select(Certificate)
        .where(Certificate.employer_id == viewer.organisation_id)
        .order_by(Certificate.issued_on.desc(), Certificate.sequence.desc())
        .limit(1)
    ).one_or_none()


def awaiting(session: orm.Session, edition_id: uuid.UUID) -> list[EditionScore]:
    """The graded firms of an edition that have no certificate of it yet, by name."""
    issued = sa.select(Certificate.employer_id).where(Certificate.edition_id == edition_id)
    return list(
        session.scalars(
            sa.select(EditionScore)
            .where(
                EditionScore.edition_id == edition_id,
                EditionScore.grade.in_(CERTIFIED),
                EditionScore.employer_id.not_in(issued),
            )
            .order_by(EditionScore.name, EditionScore.employer_id)
        )
    )


def held_back(session: orm.Session, edition_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """The firms waiting for a certificate against which the tax office has spoken, with its words."""
    waiting = [score.employer_id for score in awaiting(session, edition_id)]
    firms = session.scalars(sa.select(Employer).where(Employer.organisation_id.in_(waiting)))
    numbers = {firm.business_number: firm.organisation_id for firm in firms if firm.business_number}
    against = spoken_against(session, numbers.keys())
    return {numbers[number]: check.outcome.ko for number, check in against.items()}


def in_good_standing(session: orm.Session) -> list[EditionScore]:
    """The graded firms of the newest frozen edition, for the public, without those whose certificate is stopped."""
    stopped = set(
        session.scalars(
            sa.select(Certificate.employer_id).where(Certificate.status != CertificateStatus.VALID)
        )
    )
    return [score for score in editions.recognised(session) if score.employer_id not in stopped]


def register(session: orm.Session) -> list[Certificate]:
    """The register, newest first."""
    return list(
        session.scalars(sa.select(Certificate).order_by(Certificate.year.desc(), Certificate.sequence.desc()))
    )


def get(session: orm.Session, certificate_id: uuid.UUID, *, viewer: Actor) -> Certificate:
    """One certificate: the firm its own, the lead any; raises `NotFound` otherwise."""
    certificate = session.get(Certificate, certificate_id)
    allowed = certificate is not None and (
        viewer.role is Role.LEAD
        or (viewer.role in FIRM_ROLES and viewer.organisation_id == certificate.employer_id)
    )
    if certificate is None or not allowed:
        raise NotFound("그런 인증서가 없습니다.")
    return certificate


def printed(
    session: orm.Session, certificate_id: uuid.UUID, *, viewer: Actor
) -> tuple[Certificate, Document]:
    """The issued file of a certificate the viewer may see; raises `NotFound` while it is being printed."""
    certificate = get(session, certificate_id, viewer=viewer)
    if certificate.document_id is None:
        raise NotFound("인증서를 만들고 있습니다. 잠시 뒤에 다시 열어 주세요.")
    return certificate, session.get_one(Document, certificate.document_id)
