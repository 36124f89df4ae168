"""Reading who looked at whose identity."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.identity.models import Sighting, SightingOf


def sightings(session: orm.Session, *, most: int) -> Sequence[Sighting]:
    """Every look at personal data, newest first."""
    return session.scalars(sa.select(Sighting).order_by(Sighting.at.desc(), Sighting.id).limit(most)).all()


def sightings_of(
    session: orm.Session, seeker_id: uuid.UUID, *, by_organisation: uuid.UUID | None = None, most: int
) -> Sequence[Sighting]:
    """The looks at one person's data, newest first; with `by_organisation` only the looks of that body."""
    looks = sa.select(Sighting).join(SightingOf, SightingOf.sighting_id == Sighting.id)
    looks = looks.where(SightingOf.seeker_id == seeker_id)
    if by_organisation:
        looks = looks.where(Sighting.organisation_id == by_organisation)
    return session.scalars(looks.order_by(Sighting.at.desc(), Sighting.id).limit(most)).all()
