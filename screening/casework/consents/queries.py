"""Finding consents."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.identity import records
from foundation.identity.person import Person
from foundation.refusals import NotFound
from screening.casework.consents.models import Consent
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import NAMED_TO_FIRM
from screening.demand.orders.models import JobOrder


def of_link(
    session: orm.Session, consent_id: uuid.UUID, *, lock: bool = False
) -> tuple[Consent, Referral, JobOrder]:
    """What a consent link opens: the consent with its referral and order; with `lock` nobody else changes them."""
    consent = session.get(Consent, consent_id)
    referral = session.get(Referral, consent.referral_id) if consent else None
    if consent is None or referral is None:
        raise NotFound
    if lock:
        for row in (referral.order, referral, consent):
            session.refresh(row, with_for_update={"of": type(row)})
    return consent, referral, referral.order


def of_referral(session: orm.Session, referral_id: uuid.UUID) -> Consent | None:
    """The consent that was asked for a proposal, or None."""
    return session.scalars(sa.select(Consent).where(Consent.referral_id == referral_id)).one_or_none()


def of_referrals(session: orm.Session, referral_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Consent]:
    """The consents that were asked for the given proposals, by proposal."""
    found = session.scalars(sa.select(Consent).where(Consent.referral_id.in_(referral_ids)))
    return {consent.referral_id: consent for consent in found}


def covering(session: orm.Session, referral_id: uuid.UUID, *, on: dt.date) -> Consent | None:
    """The consent that covers showing this person to the firm on this day, or None."""
    consent = of_referral(session, referral_id)
    return consent if consent is not None and consent.holds(on=on) else None


def named(
    session: orm.Session,
    order: JobOrder,
    people: Sequence[Referral],
    *,
    viewer: Actor,
    on: dt.date,
) -> Mapping[uuid.UUID, Person]:
    """Who the people are to whom firm and person have both said yes and whose consent holds; the look is recorded."""
    both_agreed = [
        each.seeker_id
        for each in people
        if each.state in NAMED_TO_FIRM and covering(session, each.id, on=on) is not None
    ]
    if not both_agreed:
        return {}
    return records.look(
        session,
        seeker_ids=both_agreed,
        fields=("name", "phone", "email"),
        purpose=f"면접과 채용({order.number})",
        viewer=viewer,
    )
