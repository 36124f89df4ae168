"""Finding organisations."""

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.organisations.models import Organisation, OrganisationKind


def the_center(session: orm.Session) -> Organisation:
    """The one job center of this installation."""
    return session.scalars(sa.select(Organisation).where(Organisation.kind == OrganisationKind.CENTER)).one()
