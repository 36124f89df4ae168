"""Deny by default: every route is called as a stranger and as every role; forms without their token are refused."""

import dataclasses
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from demo.demonstration import DEMONSTRATION
from employer_portal.app import create_app
from employer_portal.web.areas import ANYONE, callers_of, undeclared
from foundation.actors import Role
from foundation.audit.models import AuditEntry
from tests.house import PASSWORD, House
from tests.visitor import Visitor

WHO: dict[str, Role | None] = {
    "": None,
    "firm": Role.EMPLOYER,
    "officer": Role.OFFICER,
    "lead": Role.LEAD,
    "chamber": Role.CHAMBER,
    "city": Role.CITY_CHAMBER,
    "agency": Role.AGENCY,
    "auditor": Role.AUDITOR,
    "admin": Role.ADMIN,
}
VALUES = {"uuid": str(uuid.UUID(int=7)), "int": "1", "path": "ieum.css", "default": "0000000000000000"}


def addresses(app: Flask) -> list[tuple[str, str, str]]:
    """Every (address, method, endpoint) with something in each blank."""
    found = []
    for rule in app.url_map.iter_rules():
        values = {
            name: {
                "UUIDConverter": VALUES["uuid"],
                "IntegerConverter": 1,
                "PathConverter": VALUES["path"],
            }.get(type(converter).__name__, VALUES["default"])
            for name, converter in rule._converters.items()
        }
        path = rule.build(values)[1]
        found += [(path, method, rule.endpoint) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    return sorted(found)


def test_every_route_says_who_may_call_it(house: House) -> None:
    assert undeclared(house.app) == set()
    assert len(addresses(house.app)) > 80


def test_a_route_nobody_declared_stops_the_start(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "employer_portal.web.wording.teach", lambda app: app.add_url_rule("/bare", "bare", lambda: "open")
    )
    with pytest.raises(RuntimeError, match="bare"):
        create_app(house.portal)


def test_a_route_declared_for_get_is_not_open_to_post(house: House) -> None:
    house.app.add_url_rule("/late", "late", lambda: "open", methods=["GET", "POST"])
    answer = house.app.test_client().get("/late")
    assert answer.status_code == 403


@pytest.mark.parametrize("who", WHO)
def test_every_route_as_everybody(house: House, who: str) -> None:
    client = house.visitor(who).client
    role = WHO[who]
    callers = callers_of(house.app)
    reached = 0
    for path, method, endpoint in addresses(house.app):
        if endpoint == "entrance.sign_out":
            continue
        allowed = callers[(endpoint, method)]
        answer = client.open(path, method=method, data={"csrf_token": "wrong"} if method == "POST" else None)
        if allowed is ANYONE or (role is not None and role in allowed):
            reached += answer.status_code == 200
            assert answer.status_code < 500, (who, method, path)
            if method == "POST" and endpoint == "seekers.one_click":
                assert answer.status_code == 404, "its address is its proof"
            elif method == "POST":
                assert answer.status_code == 400, (who, path, "a form without its token was taken")
            else:
                assert answer.status_code != 403, (who, path)
        elif role is None:
            assert answer.status_code == 303, (who, method, path, answer.status_code)
            assert answer.headers["Location"].startswith("/login"), (path, answer.headers["Location"])
        else:
            assert answer.status_code == 403, (who, method, path, answer.status_code)
    assert reached >= 10, "too few pages answered for the test to mean anything"


def test_every_answer_carries_the_guards(house: House) -> None:
    client = house.visitor("officer").client
    for path in ("/", "/staff", "/nowhere", "/staff/orders/x"):
        headers = client.get(path).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert "Cookie" in headers["Vary"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_signing_in_leads_nowhere_else(house: House) -> None:
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        visitor = house.visitor()
        visitor.open(f"/login?next={target}")
        assert not any(
            value and "evil" in value
            for form in visitor.page.forms
            for name, value in form.values
            if name == "next"
        )


def test_rights_end_with_the_account(house: House) -> None:
    officer = house.visitor("officer").open("/staff")
    house.visitor("admin").open("/admin").press("계정 정지", at=str(house.accounts["officer"]))
    assert officer.client.get("/staff").status_code == 303


def test_a_copied_cookie_is_worth_nothing_after_signing_out(house: House) -> None:
    officer = house.visitor("officer")
    cookie = officer.client.get_cookie("ieum-demo")
    officer.open("/staff").press("로그아웃")
    thief = house.app.test_client()
    thief.set_cookie("ieum-demo", cookie.value)
    assert thief.get("/staff").status_code == 303


def test_guessing_a_password_is_slowed_down_and_tells_nothing(house: House) -> None:
    stranger = house.visitor().open("/login")
    known, unknown = "officer@test.example", "nobody@test.example"
    answers = []
    for email in (known, unknown):
        stranger.open("/login").press(
            "로그인", at="/login", email=email, password="wrong password", expect=401
        )
        answers.append(stranger.page.text.replace(email, ""))
    assert answers[0] == answers[1]
    for _ in range(9):
        stranger.open("/login").press(
            "로그인", at="/login", email=known, password="wrong password", expect=401
        )
    stranger.open("/login").press("로그인", at="/login", email=known, password="wrong password", expect=429)


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_only_our_own_proxies_are_believed(house: House, proxies: int, seen: str) -> None:
    portal = dataclasses.replace(
        house.portal, settings=dataclasses.replace(house.portal.settings, proxies=proxies)
    )
    visitor = Visitor(create_app(portal, DEMONSTRATION))
    visitor.open("/login")
    form = next(form for form in visitor.page.forms if "/login" in form.action)
    fields = dict(form.values) | {"email": "officer@test.example", "password": PASSWORD}
    visitor.client.post(
        form.action, data=fields, headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7, 203.0.113.9"}
    )
    with house.database.read() as session:
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.what == "account.signed_in")).one()
    assert entry.address == seen
