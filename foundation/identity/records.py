"""Keeping, opening and erasing identity records; opening always leaves a sighting behind."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.database import Base, new_id, vault_of
from foundation.identity.models import IdentityRecord, Sighting, SightingOf
from foundation.identity.person import Person, normal_name


@dataclass(frozen=True)
class AccessLogEntry:
    """An opening of identity records that still has to be written down before the first byte leaves."""

    viewer: Actor
    purpose: str
    fields: tuple[str, ...]
    seeker_ids: tuple[uuid.UUID, ...]


def keep(session: orm.Session, *, seeker_id: uuid.UUID, person: Person) -> IdentityRecord:
    """Seal a person's facts beside their blind indexes, replacing what was kept before."""
    vault = vault_of(session)
    record = session.get(IdentityRecord, seeker_id) or IdentityRecord(seeker_id=seeker_id)
    record.sealed = vault.seal(person.to_bytes(), bound_to=seeker_id.bytes)
    record.person_index = vault.blind("person", normal_name(person.name), person.birth_date.isoformat())
    record.phone_index = vault.blind("phone", person.phone)
    record.email_index = vault.blind("email", person.email.lower()) if person.email else None
    session.add(record)
    return record


def with_phone(session: orm.Session, *, phone: str) -> list[uuid.UUID]:
    """Seekers known by the same telephone number."""
    same = IdentityRecord.phone_index == vault_of(session).blind("phone", phone)
    return list(session.scalars(sa.select(IdentityRecord.seeker_id).where(same)))


def namesakes(session: orm.Session, *, person: Person) -> list[uuid.UUID]:
    """Seekers known by the same name and birth date: mostly the same person, among 100,000 some sixty others."""
    return namesakes_of(session, people=[person])[0]


def namesakes_of(session: orm.Session, *, people: Sequence[Person]) -> list[list[uuid.UUID]]:
    """The seekers known by the name and birth date of each person, in the order given; some hundreds at once."""
    vault = vault_of(session)
    indexes = [vault.blind("person", normal_name(each.name), each.birth_date.isoformat()) for each in people]
    known: dict[str, list[uuid.UUID]] = {}
    records = sa.select(IdentityRecord.person_index, IdentityRecord.seeker_id)
    for index, seeker_id in session.execute(records.where(IdentityRecord.person_index.in_(set(indexes)))):
        known.setdefault(index, []).append(seeker_id)
    return [known.get(index, []) for index in indexes]


def look(
    session: orm.Session,
    *,
    seeker_ids: Collection[uuid.UUID],
    fields: tuple[str, ...],
    purpose: str,
    viewer: Actor,
) -> Mapping[uuid.UUID, Person]:
    """Open the records of the given seekers; erased people are simply missing from the answer.

    The look is queued on the session; the edge writes it with `write_sightings` before it answers.
    """
    vault = vault_of(session)
    records = session.scalars(sa.select(IdentityRecord).where(IdentityRecord.seeker_id.in_(seeker_ids)))
    people = {
        record.seeker_id: Person.from_bytes(vault.open(record.sealed, bound_to=record.seeker_id.bytes))
        for record in records
    }
    if people:
        looks: list[AccessLogEntry] = session.info.setdefault("looks", [])
        looks.append(AccessLogEntry(viewer=viewer, purpose=purpose, fields=fields, seeker_ids=tuple(people)))
    return people


def note_access(
    session: orm.Session,
    *,
    subjects: Collection[uuid.UUID],
    fields: tuple[str, ...],
    purpose: str,
    viewer: Actor,
) -> None:
    """Queue a look at personal data that is kept elsewhere than in identity records."""
    looks: list[AccessLogEntry] = session.info.setdefault("looks", [])
    looks.append(AccessLogEntry(viewer=viewer, purpose=purpose, fields=fields, seeker_ids=tuple(subjects)))


def pending_looks(session: orm.Session) -> list[AccessLogEntry]:
    """Take the looks that were queued on a session."""
    looks: list[AccessLogEntry] = session.info.pop("looks", [])
    return looks


_SIGHTING = sa.insert(Base.metadata.tables[Sighting.__tablename__])
_SIGHTING_OF = sa.insert(Base.metadata.tables[SightingOf.__tablename__])


def write_sightings(
    session: orm.Session | sa.Connection, looks: list[AccessLogEntry], *, at: dt.datetime
) -> None:
    """Write one sighting per look, in the caller's transaction."""
    for each in looks:
        sighting_id = new_id()
        sighting = {
            "id": sighting_id,
            "at": at,
            "role": each.viewer.role.value,
            "viewer_name": each.viewer.name,
            "account_id": each.viewer.account_id,
            "organisation_id": each.viewer.organisation_id,
            "address": each.viewer.address,
            "purpose": each.purpose,
            "fields": list(each.fields),
            "count": len(each.seeker_ids),
            "detail": {},
        }
        session.execute(_SIGHTING, sighting)
        of = [{"sighting_id": sighting_id, "seeker_id": one} for one in each.seeker_ids]
        session.execute(_SIGHTING_OF, of)


def erase(session: orm.Session, *, seeker_id: uuid.UUID) -> IdentityRecord | None:
    """Delete a person's identity record (PIPA §36); what remains cannot be led back to them."""
    record = session.get(IdentityRecord, seeker_id)
    if record is not None:
        session.delete(record)
    return record
