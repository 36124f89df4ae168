"""The people of one firm: an owner invites, gives rights and takes them; the last owner cannot go."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.accounts.models import Account, UnusableInvitation
from foundation.actors import FIRM_ROLES, Actor, Role
from foundation.audit.commands import record
from foundation.membership.commands import end_rights, invite, open_account
from foundation.messages.commands import BASE, Channel, Words, write_to_address
from foundation.messages.free_words import plain_name
from foundation.messages.letter_limits import EnoughLetters, take_letter
from foundation.organisations.models import Organisation
from foundation.refusals import Invalid, NotAllowed, NotFound, Refusal
from foundation.tones import Labelled, Tone


class TeamRight(Labelled):
    """What a member of a firm's team may do."""

    OWNER = "owner", "관리자", Tone.GOOD
    MEMBER = "member", "구성원", Tone.OPEN
    READER = "reader", "열람만", Tone.REST


NOBODY = "removed.invalid"
"""A domain that never exists (RFC 2606)."""


class LastOwner(Refusal):
    """Without this person nobody could manage the team any more."""

    def __init__(self) -> None:
        super().__init__("관리자가 한 명뿐이라 할 수 없습니다. 먼저 다른 분에게 관리자를 넘겨 주세요.")


Member = Account | UnusableInvitation


def right_of(account: Member) -> TeamRight:
    """The right somebody has in the firm, or is invited to."""
    if account.owner:
        return TeamRight.OWNER
    return TeamRight.READER if account.role is Role.FIRM_READER else TeamRight.MEMBER


def members(session: orm.Session, *, viewer: Actor) -> list[Member]:
    """The people who act for the viewer's own firm today or are invited to, in the order in which they came."""
    if viewer.role not in FIRM_ROLES:
        return []
    team = sa.select(Account).where(
        Account.organisation_id == viewer.organisation_id, Account.disabled_at.is_(None)
    )
    dead = sa.select(UnusableInvitation).where(UnusableInvitation.organisation_id == viewer.organisation_id)
    found: list[Member] = [*session.scalars(team), *session.scalars(dead)]
    return sorted(found, key=lambda each: (each.created_at, each.id))


def waits(member: Member) -> bool:
    """Whether somebody has not taken up their invitation yet."""
    return isinstance(member, UnusableInvitation) or member.password_hash is None


def is_owner(session: orm.Session, actor: Actor) -> bool:
    """Whether the actor manages its team right now."""
    account = session.get(Account, actor.account_id) if actor.account_id else None
    return account is not None and account.owner and account.disabled_at is None


def invite_member(
    session: orm.Session, *, email: str, name: str, right: TeamRight, by: Actor, at: dt.datetime
) -> Member:
    """Invite somebody into one's own team; who had left comes back with the right given now.

    The answer, the team's list and the number of letters are the same whether or not the address has an account
    elsewhere. Raises `Invalid` for a name that leads elsewhere and for an address of the own team, `EnoughLetters`.
    """
    firm = _managed(session, by)
    address = email.strip().lower()
    plain_name(name, field="name")
    if _is_in_team(session, address, firm):
        raise Invalid(
            "이미 우리 팀에 있거나 초대한 이메일입니다. 메일을 받지 못했으면 내보낸 뒤 다시 초대해 주세요.",
            field="email",
        )
    if not take_letter(session, address, at=at):
        raise EnoughLetters
    known = session.scalars(sa.select(Account).where(Account.email == address)).one_or_none()
    if known is not None and known.organisation_id != firm:
        return _invite_in_vain(session, known, name=name, right=right, by=by, at=at)
    if known is not None:
        known.disabled_at, known.password_hash, known.name = None, None, name
        account = known
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


def _is_in_team(session: orm.Session, address: str, firm: uuid.UUID) -> bool:
    member = sa.select(Account.id).where(
        Account.email == address, Account.organisation_id == firm, Account.disabled_at.is_(None)
    )
    dead = sa.select(UnusableInvitation.id).where(
        UnusableInvitation.email == address, UnusableInvitation.organisation_id == firm
    )
    return session.scalar(member) is not None or session.scalar(dead) is not None


def _invite_in_vain(
    session: orm.Session, known: Account, *, name: str, right: TeamRight, by: Actor, at: dt.datetime
) -> UnusableInvitation:
    """Tell the owner of an account elsewhere that one account is for one organisation (decision 0004)."""
    firm = session.get_one(Organisation, by.organisation_id)
    invited = UnusableInvitation(
        organisation_id=firm.id, email=known.email, name=name, role=Role.EMPLOYER, created_at=at
    )
    _give(invited, right)
    session.add(invited)
    record(session, "team.invited", invited, by=by, at=at, right=right.value)
    words = Words(
        kind="초대",
        subject="[이음] 팀에 초대받으셨습니다",
        text=f"{firm.name}의 팀에 초대받으셨습니다. 그런데 이 메일에는 이미 다른 곳의 이음 계정이 있어, "
        "이 메일로는 함께할 수 없습니다.\n\n함께하시려면 다른 메일 주소로 초대해 달라고 해 주세요.\n"
        f"로그인: {BASE}/login",
    )
    write_to_address(
        session, channel=Channel.MAIL, address=known.email, words=words, about_id=invited.id, at=at
    )
    return invited


def give_right(
    session: orm.Session, *, account_id: uuid.UUID, right: TeamRight, by: Actor, at: dt.datetime
) -> Member:
    """Change what a member may do, from the next click on."""
    account = _member_or_dead(session, account_id, _managed(session, by))
    _give(account, right)
    if isinstance(account, Account):
        _keep_an_owner(session, account)
    record(session, "team.right_given", account, by=by, at=at, right=right.value)
    return account


def remove(session: orm.Session, *, account_id: uuid.UUID, by: Actor, at: dt.datetime) -> Member:
    """Take somebody out of the team; sessions and links of theirs are worth nothing for ever."""
    account = _member_or_dead(session, account_id, _managed(session, by))
    if isinstance(account, UnusableInvitation):
        record(session, "team.removed", account, by=by, at=at)
        session.delete(account)
        return account
    if account.id == by.account_id:
        raise Invalid("본인은 '팀에서 나가기'로 나갈 수 있습니다.")
    return _end(session, account, "team.removed", by, at)


def is_bare_invitation(session: orm.Session, account: Account) -> bool:
    """Whether all there is of an account is that a team, which goes on without it, has invited the address."""
    if account.password_hash is not None or account.role not in FIRM_ROLES or account.disabled_at is not None:
        return False
    return _owners(session, account.organisation_id) > 0


def give_way(session: orm.Session, *, email: str, by: Actor, at: dt.datetime) -> None:
    """End a team's invitation that nobody took up: whom the address belongs to joins with a firm of their own."""
    account = session.scalar(sa.select(Account).where(Account.email == email))
    if account is not None and is_bare_invitation(session, account):
        _end(session, account, "team.removed", by, at)


def leave(session: orm.Session, *, by: Actor, at: dt.datetime) -> Account:
    """Leave one's own team; raises `LastOwner`."""
    if by.role not in FIRM_ROLES or by.account_id is None or by.organisation_id is None:
        raise NotAllowed("기업의 구성원만 나갈 수 있습니다.")
    session.get_one(Organisation, by.organisation_id, with_for_update=True)
    return _end(session, _member(session, by.account_id, by.organisation_id), "team.left", by, at)


def hand_over(session: orm.Session, *, account_id: uuid.UUID, by: Actor, at: dt.datetime) -> Member:
    """Make another member the owner and become a member oneself."""
    firm = _managed(session, by)
    heir, mine = _member_or_dead(session, account_id, firm), _member(session, by.account_id, firm)
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


def _member_or_dead(session: orm.Session, member_id: uuid.UUID, firm: uuid.UUID) -> Member:
    dead = session.get(UnusableInvitation, member_id, populate_existing=True)
    if dead is not None and dead.organisation_id == firm:
        return dead
    return _member(session, member_id, firm)


def _give(account: Member, right: TeamRight) -> None:
    account.owner = right is TeamRight.OWNER
    account.role = Role.FIRM_READER if right is TeamRight.READER else Role.EMPLOYER


def _end(session: orm.Session, account: Account, what: str, by: Actor, at: dt.datetime) -> Account:
    """End a membership; an invitation that nobody took up gives its address back to whoever it belongs to."""
    account.disabled_at, account.owner = at, False
    if account.password_hash is None:
        account.email = f"{account.id}@{NOBODY}"
    _keep_an_owner(session, account)
    ended = end_rights(session, account, at=at)
    record(session, what, account, also=ended, by=by, at=at)
    return account


def _keep_an_owner(session: orm.Session, changed: Account) -> None:
    """An owner is somebody who can sign in: an invitation that nobody has taken up yet does not count."""
    session.flush()
    if not _owners(session, changed.organisation_id):
        raise LastOwner


def _owners(session: orm.Session, firm: uuid.UUID) -> int:
    owners = sa.select(sa.func.count()).where(
        Account.organisation_id == firm,
        Account.owner,
        Account.disabled_at.is_(None),
        Account.password_hash.is_not(None),
    )
    return session.scalar(owners) or 0
