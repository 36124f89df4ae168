"""Finding accounts."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.actors import FIRM_ROLES, Role
from foundation.refusals import NotFound


def get(session: orm.Session, account_id: uuid.UUID) -> Account:
    """One account; raises `NotFound`."""
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("그런 계정이 없습니다.")
    return account


def active(session: orm.Session, account_id: uuid.UUID | None) -> Account:
    """An account that still has its rights; raises `NotFound` otherwise."""
    account = session.get(Account, account_id) if account_id else None
    if account is None or account.disabled_at is not None:
        raise NotFound("이 계정은 더 쓸 수 없습니다.")
    return account


def of_organisation(session: orm.Session, organisation_id: uuid.UUID) -> Sequence[Account]:
    """The people who act for an organisation, in the order in which they came."""
    members = sa.select(Account).where(Account.organisation_id == organisation_id)
    return session.scalars(members.order_by(Account.created_at, Account.id)).all()


def belonging_to(session: orm.Session, organisation_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The accounts of an organisation that have their rights today, in the order in which they came."""
    return session.scalars(_today(organisation_id)).all()


def acting_for(session: orm.Session, organisation_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The accounts that may act for an organisation today: not those who left, not those who only read."""
    return session.scalars(_today(organisation_id).where(Account.role != Role.FIRM_READER)).all()


def _today(organisation_id: uuid.UUID) -> sa.Select[uuid.UUID]:
    members = sa.select(Account.id).where(
        Account.organisation_id == organisation_id, Account.disabled_at.is_(None)
    )
    return members.order_by(Account.created_at, Account.id)


def beside_firms(session: orm.Session) -> Sequence[Account]:
    """Everybody of the center and its partners, by name."""
    people = sa.select(Account).where(Account.role.not_in(FIRM_ROLES))
    return session.scalars(people.order_by(Account.name, Account.id)).all()
