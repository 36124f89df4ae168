"""No change without a record, and no record changed unnoticed."""

import datetime as dt

import pytest
import sqlalchemy as sa

from foundation.actors import SYSTEM
from foundation.audit import sealing
from foundation.audit.commands import record
from foundation.audit.guard import Unrecorded
from foundation.audit.models import AuditEntry, LogHead, LogLeaf
from foundation.database import Database, new_id
from foundation.organisations.models import Organisation, OrganisationKind

AT = dt.datetime(2026, 3, 3, 1, tzinfo=dt.UTC)


def organisation() -> Organisation:
    return Organisation(
        id=new_id(), kind=OrganisationKind.AGENCY, name="마포시니어클럽", district=None, created_at=AT
    )


def filled(database: Database, count: int = 20) -> str:
    with database.write() as session:
        for _ in range(count):
            row = organisation()
            session.add(row)
            record(session, "organisation.registered", row, by=SYSTEM, at=AT)
        session.commit()
    with database.write() as session:
        head = sealing.seal(session, at=AT)
        session.commit()
        assert head is not None
        return head.root


def test_a_change_nobody_recorded_cannot_commit(database: Database) -> None:
    with database.write() as session:
        session.add(organisation())
        with pytest.raises(Unrecorded):
            session.commit()
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 0


def test_a_second_change_of_the_same_row_needs_its_own_record(database: Database) -> None:
    filled(database, 1)
    with database.write() as session:
        session.scalars(sa.select(Organisation)).one().name = "다른 이름"
        with pytest.raises(Unrecorded):
            session.commit()


@pytest.mark.parametrize("statement", [sa.update(Organisation).values(name="x"), sa.delete(Organisation)])
def test_a_bulk_change_needs_a_batch_record(database: Database, statement: sa.Update | sa.Delete) -> None:
    filled(database, 1)
    with database.write() as session, pytest.raises(Unrecorded):
        session.execute(statement)


def test_a_reader_cannot_write(database: Database) -> None:
    with database.read() as session:
        row = organisation()
        session.add(row)
        with pytest.raises(sa.exc.DBAPIError):
            record(session, "organisation.registered", row, by=SYSTEM, at=AT)


def test_an_untouched_log_is_sound_and_grows_by_appending(database: Database) -> None:
    filled(database)
    root = filled(database, 7)
    with database.read() as session:
        found = sealing.verify_audit(session)
    assert (found.sound, found.size, found.root) == (True, 27, root)


@pytest.mark.parametrize(
    "tampering",
    [
        sa.update(AuditEntry).where(AuditEntry.id == 5).values(actor_name="누군가"),
        sa.update(AuditEntry).where(AuditEntry.id == 5).values(at=AT + dt.timedelta(seconds=1)),
        sa.delete(AuditEntry).where(AuditEntry.id == 5),
        sa.delete(LogLeaf).where(LogLeaf.position == 19),
        sa.update(LogLeaf).where(LogLeaf.position == 3).values(leaf_hash="0" * 64),
    ],
    ids=["name", "time", "deleted", "tail cut", "leaf"],
)
def test_tampering_shows(database: Database, tampering: sa.Update | sa.Delete) -> None:
    filled(database)
    with database.engine.begin() as connection:
        connection.execute(tampering)
    with database.read() as session:
        assert not sealing.verify_audit(session).sound


def test_a_tail_cut_with_its_head_shows_against_a_head_kept_outside(database: Database) -> None:
    filled(database, 10)
    kept = filled(database, 10)
    with database.engine.begin() as connection:
        connection.execute(sa.delete(LogLeaf).where(LogLeaf.position >= 10))
        connection.execute(sa.delete(LogHead).where(LogHead.size > 10))
    with database.read() as session:
        assert sealing.verify_audit(session).root != kept
