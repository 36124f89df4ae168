"""Finding applications, and what else the same person applies for."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.actors import CENTER_ROLES, FIRM_ROLES, Actor
from foundation.refusals import NotFound
from screening.demand.employers.models import Employer
from screening.demand.sign_ups.models import SignUp
from screening.demand.sign_ups.states import SignUpState

S = SignUpState


def visible_to(viewer: Actor) -> sa.Select[SignUp]:
    """Applications are the center's; an applicant sees their own through its link."""
    every = sa.select(SignUp)
    return every if viewer.role in CENTER_ROLES else every.where(sa.false())


def get(session: orm.Session, sign_up_id: uuid.UUID, *, viewer: Actor, lock: bool = False) -> SignUp:
    """One application; raises `NotFound` for whoever may not see it."""
    wanted = visible_to(viewer).where(SignUp.id == sign_up_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound("그런 가입 신청이 없습니다.")
    return found


def of_link(session: orm.Session, sign_up_id: uuid.UUID, *, lock: bool = False) -> SignUp:
    """The application that a link opens."""
    found = session.get(SignUp, sign_up_id, with_for_update=lock, populate_existing=lock)
    if found is None:
        raise NotFound("가입 신청이 지워졌습니다. 다시 신청해 주세요.")
    return found


def about(session: orm.Session, sign_up_id: uuid.UUID | None, *, viewer: Actor) -> SignUp | None:
    """The application a message was about, if it still exists."""
    return session.scalars(visible_to(viewer).where(SignUp.id == sign_up_id)).one_or_none()


def waiting(session: orm.Session, *, viewer: Actor) -> Sequence[SignUp]:
    """Applications that somebody still has to move, oldest first."""
    open_ones = visible_to(viewer).where(SignUp.state.in_((S.APPLIED, S.CONFIRMED, S.PROVED)))
    return session.scalars(open_ones.order_by(SignUp.applied_at, SignUp.id)).all()


def member(session: orm.Session, sign_up: SignUp) -> Employer | None:
    """The member that has this business number already: its owner invites, nobody signs it up again."""
    if sign_up.employer_id is not None:
        return None
    return session.scalars(
        sa.select(Employer).where(Employer.business_number == sign_up.business_number)
    ).one_or_none()


@dataclass(frozen=True)
class OtherFirm:
    """Another firm for which the same person acts or applies, and by what they are the same."""

    name: str
    by: str


def other_firms(session: orm.Session, sign_up: SignUp) -> list[OtherFirm]:
    """For whom else this person acts: same telephone or e-mail in another application, same e-mail in a team."""
    same = sa.select(SignUp).where(
        SignUp.id != sign_up.id,
        SignUp.business_number != sign_up.business_number,
        sa.or_(SignUp.phone == sign_up.phone, SignUp.email == sign_up.email),
    )
    found = [
        OtherFirm(other.name, "같은 전화번호" if other.phone == sign_up.phone else "같은 이메일")
        for other in session.scalars(same.order_by(SignUp.applied_at, SignUp.id))
    ]
    team = sa.select(Account).where(
        Account.email == sign_up.email,
        Account.role.in_(FIRM_ROLES),
        sa.or_(Account.password_hash.is_not(None), Account.owner),
        Account.organisation_id != sign_up.employer_id if sign_up.employer_id else sa.true(),
    )
    found += [OtherFirm(each.organisation.name, "이미 있는 계정") for each in session.scalars(team)]
    return list(dict.fromkeys(found))
