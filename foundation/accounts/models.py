"""Accounts, their sessions and the attempts that failed."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Role
from foundation.audit.guard import Audited
from foundation.database import Base, check_codes, code_column, new_id
from foundation.organisations.models import Organisation


class Account(Audited, Base):
    """A person who signs in, for one organisation in one role; without a password until the invitation is taken up.

    An `owner` manages the team of a firm; see `teams`.
    """

    __tablename__ = "account"
    __table_args__ = (
        check_codes("role", Role),
        sa.CheckConstraint("NOT owner OR role = 'employer'", name="owner_acts_for_a_firm"),
    )

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    email: orm.Mapped[str] = orm.mapped_column(sa.String(254), unique=True)
    name: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    role: orm.Mapped[Role] = orm.mapped_column(code_column(Role))
    owner: orm.Mapped[bool] = orm.mapped_column(default=False)
    organisation_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("organisation.id"), index=True)
    password_hash: orm.Mapped[str | None] = orm.mapped_column(sa.String(200))
    second_factor: orm.Mapped[bytes | None]
    second_factor_used: orm.Mapped[int] = orm.mapped_column(default=0)
    created_at: orm.Mapped[dt.datetime]
    disabled_at: orm.Mapped[dt.datetime | None]

    organisation: orm.Mapped[Organisation] = orm.relationship(lazy="joined")


class UnusableInvitation(Audited, Base):
    """An invitation into a team that nobody can take up: its address has an account elsewhere.

    The team sees it as any other that waits, so that inviting somebody tells nobody who has an account.
    """

    __tablename__ = "unusable_invitation"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "email"),)

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    organisation_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("organisation.id"))
    email: orm.Mapped[str] = orm.mapped_column(sa.String(254))
    name: orm.Mapped[str] = orm.mapped_column(sa.String(60))
    owner: orm.Mapped[bool] = orm.mapped_column(default=False)
    role: orm.Mapped[Role] = orm.mapped_column(code_column(Role))
    created_at: orm.Mapped[dt.datetime]


class Confirmation(Base):
    """Six digits mailed to an account to confirm one act about one thing; only their keyed hash is kept."""

    __tablename__ = "confirmation"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    account_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"), index=True)
    about_id: orm.Mapped[uuid.UUID]
    code_hash: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    until: orm.Mapped[dt.datetime]
    tries: orm.Mapped[int] = orm.mapped_column(default=0)
    used_at: orm.Mapped[dt.datetime | None]


class SignIn(Base):
    """One signed-in browser: the hash of its cookie, and when it was last seen; times are the machine's own."""

    __tablename__ = "sign_in"

    token_hash: orm.Mapped[str] = orm.mapped_column(sa.String(64), primary_key=True)
    account_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("account.id"), index=True)
    created_at: orm.Mapped[dt.datetime]
    seen_at: orm.Mapped[dt.datetime]
    ended_at: orm.Mapped[dt.datetime | None]


class FailedSignIn(Base):
    """An attempt that did not succeed, by keyed hash of the address tried and by client address.

    `known_device`: it came from a browser that had signed in to this account before.
    """

    __tablename__ = "failed_sign_in"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id)
    at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    account_index: orm.Mapped[str] = orm.mapped_column(sa.String(64), index=True)
    address: orm.Mapped[str] = orm.mapped_column(sa.String(45), index=True)
    known_device: orm.Mapped[bool] = orm.mapped_column(default=False)
