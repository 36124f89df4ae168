"""The page context: who is signed in, the menu of their role, the demo's clock."""

import datetime as dt
from dataclasses import dataclass

from flask import Flask, g, request

from employer_portal.web.portal import portal
from employer_portal.web.request import db, now, visitor
from foundation.accounts.models import Account
from foundation.actors import Actor, Role
from foundation.clock import ahead_seconds


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """The surroundings of one page."""

    visitor: Actor | None
    organisation: str
    menu: tuple[MenuItem, ...]
    home: str
    now: dt.datetime
    ahead_days: int
    demo: bool
    center: str
    telephone: str


FIRM_MENU = (
    ("내 채용", "/employer"),
    ("기업 평가", "/employer/standing"),
    ("우리 팀", "/employer/team"),
    ("알림 설정", "/employer/notices"),
)
MENUS: dict[Role | None, tuple[tuple[str, str], ...]] = {
    None: (
        ("이용 안내", "/guide"),
        ("채용공고", "/jobs"),
        ("우수 구인기업", "/excellent"),
        ("인증서 확인", "/check"),
        ("월간 소식", "/bulletins"),
    ),
    Role.EMPLOYER: FIRM_MENU,
    Role.FIRM_READER: FIRM_MENU,
    Role.OFFICER: (
        ("할 일", "/staff"),
        ("구인", "/staff/orders"),
        ("인재풀", "/staff/seekers"),
        ("공개 구인정보", "/staff/leads"),
        ("기업", "/staff/employers"),
    ),
    Role.LEAD: (
        ("할 일", "/staff"),
        ("구인", "/staff/orders"),
        ("인재풀", "/staff/seekers"),
        ("기업", "/staff/employers"),
        ("평가와 인증", "/staff/editions"),
    ),
    Role.CHAMBER: (("순위", "/partners/ranking"),),
    Role.CITY_CHAMBER: (("순위", "/partners/ranking"),),
    Role.AGENCY: (("보낸 구직자", "/agency"),),
    Role.AUDITOR: (("기록", "/audit"), ("개인정보 열람", "/audit/sightings")),
    Role.ADMIN: (("계정", "/admin"), ("기록", "/audit"), ("개인정보 열람", "/audit/sightings")),
}


def home_of(role: Role | None) -> str:
    """Where a role lands: the first item of its menu, or the public home."""
    return MENUS[role][0][1] if role else "/"


def frame() -> Frame:
    """The frame of this request's page; computed once, also for error pages when the database is away."""
    if "frame" not in g:
        g.frame = _frame()
    return g.frame  # type: ignore[no-any-return]


def _frame() -> Frame:
    settings = portal().settings
    signed_in = visitor()
    role = signed_in.role if signed_in else None
    account = db().get(Account, signed_in.account_id) if signed_in else None
    entries = MENUS[role] + ((("시연 시계", "/demo/clock"),) if settings.demo and role is Role.ADMIN else ())
    longest = max((href for _, href in entries if _inside(href)), key=len, default="")
    return Frame(
        visitor=signed_in,
        organisation=account.organisation.name if account else "",
        menu=tuple(MenuItem(name, href, href == longest) for name, href in entries),
        home=home_of(role),
        now=now(),
        ahead_days=ahead_seconds(db()) // 86400 if settings.demo else 0,
        demo=settings.demo,
        center=settings.center_name,
        telephone=settings.telephone,
    )


def _inside(href: str) -> bool:
    return request.path == href or request.path.startswith(href + "/")


def provide_page_context(app: Flask) -> None:
    """Give every template of an app its page context as `frame`."""
    app.context_processor(lambda: {"frame": frame()})
