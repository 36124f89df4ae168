"""Links in messages: one address, and for each purpose one page, found while the link holds."""

from collections.abc import Callable
from typing import TypeVar

from flask import render_template
from sqlalchemy import orm

from employer_portal.web.areas import ANYONE, Area
from employer_portal.web.portal import portal
from employer_portal.web.request import client_address, db, now, today, visitor
from foundation.accounts.commands import actor_of
from foundation.accounts.queries import active
from foundation.actors import Actor, Role
from foundation.clock import day_in_seoul
from foundation.links import commands as links
from foundation.links.models import Link, LinkPurpose
from foundation.refusals import NotAllowed, NotFound

area = Area("seekers", __name__)
LinkPage = Callable[..., str]
_PAGES: dict[LinkPurpose, LinkPage] = {}


Opened = TypeVar("Opened", bound=LinkPage)


def opens(purpose: LinkPurpose) -> Callable[[Opened], Opened]:
    """The page that links of a purpose open."""

    def register(page: Opened) -> Opened:
        _PAGES[purpose] = page
        return page

    return register


@area.reads("/l/<token>", by=ANYONE)
def open_link(token: str) -> str:
    """One page for each purpose; opening it changes nothing."""
    link = links.find(db(), token)
    if link.purpose is LinkPurpose.SHORTLIST and now() > link.expires_at:
        return render_template("seekers/expired.html", token=token, link=link, today=today())
    return _PAGES[link.purpose](token, _live(link))


def usable(token: str, purpose: LinkPurpose, *, session: orm.Session | None = None) -> Link:
    """The link behind a button; raises `NotFound` when it is over or was given out for something else."""
    link = _live(links.find(session or db(), token))
    if link.purpose is not purpose:
        raise NotFound("이 링크로는 할 수 없는 일입니다.")
    return link


def expired(token: str, purpose: LinkPurpose) -> Link:
    """A link of a purpose whose time is over and which may be renewed; raises `NotFound` otherwise."""
    link = links.find(db(), token)
    if link.purpose is not purpose or now() <= link.expires_at:
        raise NotFound("새로 보낼 링크가 아닙니다.")
    return link


def _live(link: Link) -> Link:
    if now() > link.expires_at:
        raise NotFound(
            f"이 링크는 {day_in_seoul(link.expires_at).isoformat()}에 닫혔습니다. "
            f"{portal().settings.telephone}로 전화해 주세요."
        )
    return link


def the_member(link: Link) -> Actor:
    """Whoever holds a firm's link acts as that member, with the rights the member has now.

    Raises `NotFound` for who left the firm, `NotAllowed` for who only reads and in a browser that is signed in as
    somebody else: a forwarded link lends nobody the rights of a colleague.
    """
    account = active(db(), link.holder_id)
    signed_in = visitor()
    if signed_in is not None and signed_in.account_id != account.id:
        raise NotAllowed("다른 분에게 보낸 링크입니다. 본인의 화면에서 열어 주세요.")
    if account.role is not Role.EMPLOYER:
        raise NotAllowed("열람만 하시는 분은 답할 수 없습니다. 로그인해서 보실 수 있습니다.")
    return actor_of(account, client_address())


def the_seeker() -> Actor:
    """Whoever holds a seeker's link acts as that seeker."""
    return Actor(role=Role.SEEKER, name="본인", address=client_address())
