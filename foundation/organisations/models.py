"""Organisations and what kind they are."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.tones import Labelled


class OrganisationKind(Labelled):
    """What an organisation is in the network."""

    EMPLOYER = "employer", "구인기업"
    CENTER = "center", "일자리센터"
    CHAMBER = "chamber", "구상공회"
    CITY_CHAMBER = "city-chamber", "서울상공회의소"
    AGENCY = "agency", "협력기관"


class Organisation(Audited, Base):
    """One body of the network; `district` is the 5-digit 법정동 code of its seat in Seoul, if it has one."""

    __tablename__ = "organisation"
    __table_args__ = (check_codes("kind", OrganisationKind),)

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    kind: orm.Mapped[OrganisationKind] = orm.mapped_column(code_column(OrganisationKind))
    name: orm.Mapped[str] = orm.mapped_column(sa.String(100))
    district: orm.Mapped[str | None] = orm.mapped_column(sa.String(5), index=True)
    created_at: orm.Mapped[dt.datetime]
