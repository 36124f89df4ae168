"""Finding seekers, blind; opening one identity is another query with a purpose."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, SYSTEM, Actor, Role
from foundation.identity import records
from foundation.identity.person import Person
from foundation.reference.districts import place_name
from foundation.reference.occupations import OCCUPATIONS
from foundation.refusals import NotFound
from screening.pool.seekers.models import Seeker, SeekerStatus

PAGE = 20


def visible_to(viewer: Actor) -> sa.Select[Seeker]:
    """The seekers a viewer may know of: officers the pool, an agency the people it sent, nobody else any."""
    seekers = sa.select(Seeker).where(Seeker.status.not_in([SeekerStatus.ERASED, SeekerStatus.ARCHIVED]))
    if viewer.role in OFFICERS or viewer.role is Role.SYSTEM:
        return seekers
    if viewer.role is Role.AGENCY:
        return seekers.where(Seeker.agency_id == viewer.organisation_id)
    return seekers.where(sa.false())


def get(session: orm.Session, seeker_id: uuid.UUID, *, viewer: Actor) -> Seeker:
    """One seeker the viewer may know of; raises `NotFound` otherwise."""
    seeker = session.scalars(visible_to(viewer).where(Seeker.id == seeker_id)).one_or_none()
    if seeker is None:
        raise NotFound("그런 구직자가 없습니다.")
    return seeker


def code_of(session: orm.Session, seeker_id: uuid.UUID) -> str:
    """The code by which staff speak of a person, also after they have left."""
    return session.get_one(Seeker, seeker_id).code


def named(session: orm.Session, seeker_id: uuid.UUID, *, purpose: str, viewer: Actor) -> Person | None:
    """Who a seeker is, for a stated purpose; the look is recorded. None when the person was erased."""
    get(session, seeker_id, viewer=viewer)
    fields = ("name", "birth_date", "phone", "email", "address")
    return records.look(session, seeker_ids=[seeker_id], fields=fields, purpose=purpose, viewer=viewer).get(
        seeker_id
    )


@dataclass(frozen=True)
class SeekerRow:
    """One line of the pool, blind."""

    id: uuid.UUID
    code: str
    occupation: str
    district: str
    experience_months: int
    licences: tuple[str, ...]
    status: SeekerStatus


@dataclass(frozen=True)
class SeekerPage:
    """One page of the pool and the key of the next one."""

    rows: tuple[SeekerRow, ...]
    total: int
    next_key: str | None


def listed(session: orm.Session, *, viewer: Actor, text: str = "", after: str | None = None) -> SeekerPage:
    """Everybody the viewer may know of by code, newest first; `text` is (part of) a code."""
    wanted = visible_to(viewer)
    if text.strip():
        wanted = wanted.where(Seeker.code.ilike(f"%{text.strip().removeprefix('K').removeprefix('-')}%"))
    total = session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    digits = sa.func.length(Seeker.code)
    if after:
        key = sa.tuple_(sa.literal(len(after)), sa.literal(after))
        wanted = wanted.where(sa.tuple_(digits, Seeker.code) < key)
    found = session.scalars(wanted.order_by(digits.desc(), Seeker.code.desc()).limit(PAGE + 1)).all()
    rows = tuple(row_of(seeker) for seeker in found[:PAGE])
    return SeekerPage(rows=rows, total=total, next_key=rows[-1].code if len(found) > PAGE else None)


_LINES = (
    visible_to(SYSTEM)
    .with_only_columns(
        Seeker.id,
        Seeker.code,
        Seeker.occupations,
        Seeker.district,
        Seeker.experience,
        Seeker.licences,
        Seeker.status,
        Seeker.summary,
    )
    .where(Seeker.id.in_(sa.bindparam("people", expanding=True)))
)


def lines_of(
    session: orm.Session, seeker_ids: Collection[uuid.UUID], *, viewer: Actor
) -> dict[uuid.UUID, tuple[SeekerRow, str]]:
    """Blind lines of some people, for officers, each with what they say of themselves."""
    if viewer.role not in OFFICERS:
        return {}
    rows = session.execute(_LINES, {"people": list(seeker_ids)})
    return {each.id: (row_of(each), each.summary) for each in rows}


def row_of(seeker: Any) -> SeekerRow:
    """A seeker, or these columns of one, as one blind line."""
    first = seeker.occupations[0] if seeker.occupations else ""
    return SeekerRow(
        id=seeker.id,
        code=seeker.code,
        occupation=OCCUPATIONS[first].name if first in OCCUPATIONS else "미정",
        district=place_name(seeker.district),
        experience_months=max(seeker.experience.values(), default=0),
        licences=tuple(seeker.licences),
        status=seeker.status,
    )
