"""The people of one firm: an owner invites, gives rights and takes them; the last owner cannot go."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from center.accounts.commands import invite, open_account
from center.accounts.models import Account
from center.actors import FIRM_ROLES, Actor, Role
from center.audit.commands import record
from center.organisations.models import Organisation
from center.refusals import Invalid, NotAllowed, NotFound, Refusal
from center.tones import Labelled, Tone


class TeamRight(Labelled):
    """What a member of a firm's team may do."""

    OWNER = "owner", "관리자", Tone.GOOD
    MEMBER = "member", "구성원", Tone.OPEN
    READER = "reader", "열람만", Tone.REST


class LastOwner(Refusal):
    """Without this person nobody could manage the team any more."""

    def __init__(self) -> None:
        super().__init__("관리자가 한 명뿐이라 할 수 없습니다. 먼저 다른 분에게 관리자를 넘겨 주세요.")


def right_of(account: Account) -> TeamRight:
    """The right an account has in its firm."""
    if account.owner:
        return TeamRight.OWNER
    return TeamRight.READER if account.role is Role.FIRM_READER else TeamRight.MEMBER


def members(session: orm.Session, *, viewer: Actor) -> list[Account]:
    """The people who act for the viewer's own firm today, in the order in which they came."""
    if viewer.role not in FIRM_ROLES:
        return []
    team = sa.select(Account).where(
        Account.organisation_id == viewer.organisation_id, Account.disabled_at.is_(None)
    )
    return list(session.scalars(team.order_by(Account.created_at, Account.id)))


def is_owner(session: orm.Session, actor: Actor) -> bool:
    """Whether the actor manages its team right now."""
    account = session.get(Account, actor.account_id) if actor.account_id else None
    return account is not None and account.owner and account.disabled_at is None


def invite_member(
    session: orm.Session, *, email: str, name: str, right: TeamRight, by: Actor, at: dt.datetime
) -> Account:
    """Invite somebody into one's own team; who had left comes back with the right given now.

    Raises `Invalid` when the address belongs to somebody else's account.
    """
    firm = _managed(session, by)
    address = email.strip().lower()
    former = session.scalars(
        sa.select(Account).where(
            Account.email == address, Account.organisation_id == firm, Account.disabled_at.is_not(None)
        )
    ).one_or_none()
    if former is not None:
        former.disabled_at, former.password_hash, former.name = None, None, name
        account = former
    else:
        account = open_account(
            session,
            email=address,
            name=name,
            role=Role.EMPLOYER,
            organisation_id=firm,
            password_hash=None,
            by=by,
            at=at,
        )
    _give(account, right)
    record(session, "team.invited", account, by=by, at=at, right=right.value)
    invite(session, account=account, by=by, at=at)
    return account


def give_right(
    session: orm.Session, *, account_id: uuid.UUID, right: TeamRight, by: Actor, at: dt.datetime
) -> Account:
    """Change what a member may do, from the next click on."""
    account = _member(session, account_id, _managed(session, by))
    _give(account, right)
    _keep_an_owner(session, account)
    record(session, "team.right_given", account, by=by, at=at, right=right.value)
    return account


def remove(session: orm.Session, *, account_id: uuid.UUID, by: Actor, at: dt.datetime) -> Account:
    """Take somebody out of the team; sessions and links of theirs are worth nothing from the next click on."""
    account = _member(session, account_id, _managed(session, by))
    if account.id == by.account_id:
        raise Invalid("본인은 '팀에서 나가기'로 나갈 수 있습니다.")
    return _end(session, account, "team.removed", by, at)


def leave(session: orm.Session, *, by: Actor, at: dt.datetime) -> Account:
    """Leave one's own team; raises `LastOwner`."""
    if by.role not in FIRM_ROLES or by.account_id is None or by.organisation_id is None:
        raise NotAllowed("기업의 구성원만 나갈 수 있습니다.")
    session.get_one(Organisation, by.organisation_id, with_for_update=True)
    return _end(session, _member(session, by.account_id, by.organisation_id), "team.left", by, at)


def hand_over(session: orm.Session, *, account_id: uuid.UUID, by: Actor, at: dt.datetime) -> Account:
    """Make another member the owner and become a member oneself."""
    firm = _managed(session, by)
    heir, mine = _member(session, account_id, firm), _member(session, by.account_id, firm)
    if heir.id == mine.id:
        raise Invalid("다른 분을 골라 주세요.")
    _give(heir, TeamRight.OWNER)
    _give(mine, TeamRight.MEMBER)
    _keep_an_owner(session, mine)
    record(session, "team.handed_over", heir, also=(mine,), by=by, at=at)
    return heir


def _managed(session: orm.Session, by: Actor) -> uuid.UUID:
    """The firm whose team the actor manages, locked so that two owners cannot leave at once."""
    if by.role is not Role.EMPLOYER or by.organisation_id is None:
        raise NotAllowed("팀은 관리자가 바꿉니다.")
    session.get_one(Organisation, by.organisation_id, with_for_update=True)
    mine = session.get(Account, by.account_id, populate_existing=True)
    if mine is None or not mine.owner or mine.disabled_at is not None:
        raise NotAllowed("팀은 관리자가 바꿉니다. 관리자에게 부탁해 주세요.")
    return by.organisation_id


def _member(session: orm.Session, account_id: uuid.UUID | None, firm: uuid.UUID) -> Account:
    account = session.get(Account, account_id, populate_existing=True) if account_id else None
    if account is None or account.organisation_id != firm or account.disabled_at is not None:
        raise NotFound("우리 팀에 그런 분이 없습니다.")
    return account


def _give(account: Account, right: TeamRight) -> None:
    account.owner = right is TeamRight.OWNER
    account.role = Role.FIRM_READER if right is TeamRight.READER else Role.EMPLOYER


def _end(session: orm.Session, account: Account, what: str, by: Actor, at: dt.datetime) -> Account:
    account.disabled_at, account.owner = at, False
    _keep_an_owner(session, account)
    record(session, what, account, by=by, at=at)
    return account


def _keep_an_owner(session: orm.Session, changed: Account) -> None:
    """An owner is somebody who can sign in: an invitation that nobody has taken up yet does not count."""
    session.flush()
    left = session.scalar(
        sa.select(sa.func.count())
        .select_from(Account)
        .where(
            Account.organisation_id == changed.organisation_id,
            Account.owner,
            Account.disabled_at.is_(None),
            Account.password_hash.is_not(None),
        )
    )
    if not left:
        raise LastOwner
