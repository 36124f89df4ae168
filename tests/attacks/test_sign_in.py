"""Guessing hits the guesser, sessions end in time, and reading writes nothing (A13, A14, D7, D8)."""

import dataclasses
import datetime as dt
import threading
import time
from pathlib import Path

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from employer_portal.app import create_app
from employer_portal.web.hashing import HashingPlaces, TooManySignIns
from employer_portal.web.reading_time import ReadingTime, TooMuchReading
from foundation.accounts import commands as accounts
from foundation.accounts.commands import ABSOLUTE, IDLE
from foundation.accounts.last_seen import WRITE_AFTER, LastSeen
from foundation.accounts.models import Account, FailedSignIn, SignIn
from foundation.actors import SYSTEM
from foundation.audit.commands import record
from foundation.database import Database
from foundation.membership import commands as membership
from tests.house import PASSWORD, House
from tests.visitor import Visitor

OFFICER = "officer@test.example"


def tries(visitor: Visitor, email: str, password: str = "not the one", *, times: int = 1) -> int:
    for _ in range(times):
        visitor.open("/login")
        form = next(form for form in visitor.page.forms if "/login" in form.action)
        fields = dict(form.values) | {"email": email, "password": password}
        answer = visitor.client.post(form.action, data=fields)
    return int(answer.status_code)


def behind(house: House, address: str) -> Visitor:
    """A browser behind an address of its own."""
    visitor = Visitor(house.app)
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor


def test_sixty_failures_on_made_up_accounts_lock_nobody_out(house: House) -> None:
    """A14: the public computers of a center share one address."""
    for number in range(60):
        assert tries(house.visitor(), f"nobody{number}@test.example") == 401
    assert tries(house.visitor(), OFFICER, PASSWORD) == 303


def test_a_guesser_of_many_accounts_gets_three_tries_at_each(house: House) -> None:
    for number in range(60):
        tries(house.visitor(), f"nobody{number}@test.example")
    assert [tries(house.visitor(), OFFICER) for _ in range(4)] == [401, 401, 401, 429]


def test_whoever_fails_elsewhere_does_not_lock_the_owner_out(house: House) -> None:
    attacker, owner = behind(house, "203.0.113.66"), behind(house, "192.0.2.1")
    assert tries(attacker, OFFICER, times=10) == 401
    assert tries(attacker, OFFICER, PASSWORD) == 429, "the guesser is stopped, right or not"
    assert tries(owner, OFFICER, PASSWORD) == 303


def test_many_clients_at_one_account_have_one_try_each_and_a_known_browser_has_its_own(house: House) -> None:
    """Nobody can lock the owner out, from however many addresses; a guesser needs a new one for every try."""
    owner = behind(house, "192.0.2.1")
    assert tries(owner, OFFICER, PASSWORD) == 303
    for client in range(4):
        tries(behind(house, f"203.0.113.{client}"), OFFICER, times=10)
    assert [tries(behind(house, "198.51.100.9"), OFFICER) for _ in range(2)] == [401, 429]
    assert tries(behind(house, "198.51.100.10"), OFFICER, PASSWORD) == 303
    owner.open("/staff").press("로그아웃")
    assert tries(owner, OFFICER, PASSWORD) == 303


def test_a_known_browser_is_no_licence_to_guess_and_ends_with_its_password(house: House) -> None:
    thief = behind(house, "192.0.2.1")
    assert tries(thief, OFFICER, PASSWORD) == 303
    thief.open("/staff").press("로그아웃")
    assert tries(thief, OFFICER, times=10) == 401
    assert tries(thief, OFFICER, PASSWORD) == 429
    known = behind(house, "192.0.2.2")
    assert tries(known, "lead@test.example", PASSWORD) == 303
    known.open("/staff").press("로그아웃")
    with house.database.write() as session:
        lead = session.get_one(Account, house.accounts["lead"])
        lead.password_hash = None
        record(session, "test.changed", lead, by=SYSTEM, at=house.clock.moment)
        session.commit()
    mark = known.client.get_cookie("ieum-demo-device")
    assert mark is not None
    with house.database.read() as session:
        assert not accounts.is_known_device(session, "lead@test.example", mark.value)


def test_spellings_of_an_address_are_one_account(house: House) -> None:
    spellings = [" Officer@test.example", "OFFICER@TEST.EXAMPLE ", "officer@test.example"]
    for number in range(10):
        tries(house.visitor(), spellings[number % 3])
    assert tries(house.visitor(), OFFICER, PASSWORD) == 429


def test_more_sign_ins_at_once_than_places_are_told_so(house: House) -> None:
    places = HashingPlaces(2)
    with places.place(), places.place(), pytest.raises(TooManySignIns) as refused, places.place():
        pass
    assert (refused.value.status, refused.value.retry_after) == (503, 2)
    with places.place():
        pass
    object.__setattr__(house.portal, "proving", HashingPlaces(1))
    with house.portal.proving.place():
        visitor = house.visitor().open("/login")
        visitor.press("로그인", at="/login", expect=503, email=OFFICER, password=PASSWORD)
        visitor.sees("몇 초 뒤에 다시")
        assert OFFICER in visitor.page.html, "what was typed stays"
    assert tries(house.visitor(), OFFICER, PASSWORD) == 303


# ---- reading does not write (A13) ---------------------------------------------------------------------------------


def test_pages_are_read_while_somebody_holds_the_writers_lock(house: House) -> None:
    officer = house.visitor("officer")
    officer.open("/staff")
    with house.database.engine.begin() as connection:
        connection.execute(
            sa.update(SignIn).values(seen_at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5))
        )
    house.portal.last_seen._written_at -= dt.timedelta(minutes=5)
    release, held = threading.Event(), threading.Event()

    def hold() -> None:
        with house.database.write() as session:
            session.execute(sa.text("UPDATE account SET owner = owner"))
            session.execute(sa.text("UPDATE sign_in SET created_at = created_at"))
            held.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    try:
        began = time.monotonic()
        for path in ("/", "/healthz", "/staff", "/staff/orders"):
            assert officer.client.get(path).status_code == 200, path
        assert time.monotonic() - began < 10
    finally:
        release.set()
        holder.join()


def test_a_page_that_is_read_changes_no_row(house: House) -> None:
    officer = house.visitor("officer")
    before = seen(house)
    for _ in range(5):
        officer.open("/staff")
    assert seen(house) == before
    assert house.portal.last_seen.write() >= 1
    assert seen(house) > before
    assert house.portal.last_seen.write() == 0


def seen(house: House) -> dt.datetime:
    with house.database.read() as session:
        return session.scalars(
            sa.select(SignIn.seen_at).where(SignIn.account_id == house.accounts["officer"])
        ).one()


def test_a_last_use_is_never_written_backwards(house: House) -> None:
    house.visitor("officer")
    house.portal.last_seen.write()
    newest = seen(house)
    with house.database.read() as session:
        token_hash = session.scalars(sa.select(SignIn.token_hash)).one()
    house.portal.last_seen.note(token_hash, at=newest - dt.timedelta(minutes=3))
    assert house.portal.last_seen.write() == 1
    assert seen(house) == newest


def test_last_uses_are_written_in_batches(database: Database) -> None:
    last_seen = LastSeen(database)
    at = dt.datetime.now(dt.UTC)
    last_seen.note("a", at=at)
    assert last_seen.of("a") == at
    assert last_seen.write() == 1
    assert last_seen.of("a") is None
    last_seen.note("a", at=at + WRITE_AFTER + dt.timedelta(seconds=1))
    until = time.monotonic() + 10
    while last_seen.of("a") is not None and time.monotonic() < until:
        time.sleep(0.02)
    assert last_seen.of("a") is None, "a thread of its own wrote it"


def test_what_could_not_be_written_waits(database: Database, tmp_path: Path) -> None:
    broken = Database(f"sqlite:///{tmp_path / 'no-tables.sqlite'}", vault=database.vault)
    last_seen = LastSeen(broken)
    last_seen.note("a", at=dt.datetime.now(dt.UTC))
    with pytest.raises(sa.exc.OperationalError):
        last_seen.write()
    assert last_seen.of("a") is not None
    broken.dispose()


# ---- sessions end in time, cookies are ours alone, the second factor counts once (D7, D8) --------------------------


@pytest.mark.parametrize("who", ["officer", "firm"])
def test_a_session_idles_out_and_ends_after_twelve_hours(house: House, who: str) -> None:
    home = {"officer": "/staff", "firm": "/employer"}[who]
    visitor, idle = house.visitor(who), IDLE[who == "officer"]
    assert idle <= dt.timedelta(minutes=30)
    for column, span in (("seen_at", idle), ("created_at", ABSOLUTE)):
        visitor = house.visitor(who)
        assert visitor.client.get(home).status_code == 200
        house.portal.last_seen.write()
        now = dt.datetime.now(dt.UTC)
        age(house, column, now - span + dt.timedelta(seconds=30))
        house.portal.last_seen._waiting.clear()
        assert visitor.client.get(home).status_code == 200
        house.portal.last_seen._waiting.clear()
        age(house, column, now - span - dt.timedelta(seconds=30))
        assert visitor.client.get(home).status_code == 303, column


def age(house: House, column: str, moment: dt.datetime) -> None:
    with house.database.engine.begin() as connection:
        connection.execute(sa.update(SignIn).values({column: moment}))


@pytest.fixture
def https(house: House) -> Flask:
    """The house's portal as it stands behind https, outside the demo."""
    settings = dataclasses.replace(
        house.portal.settings, demo=False, public_url="https://ieum.example", proxies=1
    )
    return create_app(dataclasses.replace(house.portal, settings=settings))


def secure(app: Flask) -> Visitor:
    visitor = Visitor(app)
    visitor.client.environ_base |= {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}
    return visitor


def test_cookies_over_https_are_bound_to_this_host(https: Flask) -> None:
    visitor = secure(https).open("/login")
    form = next(form for form in visitor.page.forms if "/login" in form.action)
    fields = dict(form.values) | {"email": "firm@test.example", "password": PASSWORD}
    first = visitor.client.get("/login", base_url="https://localhost")
    answer = visitor.client.post(
        "/login",
        data=fields | {"csrf_token": token_in(first.get_data(as_text=True))},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/login"},
    )
    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie") + first.headers.getlist("Set-Cookie")
    assert {each.partition("=")[0] for each in cookies} == {
        "__Host-ieum",
        "__Host-ieum-form",
        "__Host-ieum-device",
    }
    for each in cookies:
        parts = {part.strip().lower() for part in each.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts, each
        assert not any(part.startswith("domain") for part in parts), each


def token_in(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_browsers_are_told_to_come_back_by_https_alone(https: Flask, house: House) -> None:
    for path in ("/", "/healthz", "/nowhere", "/static/ieum.css"):
        header = secure(https).client.get(path).headers["Strict-Transport-Security"]
        assert int(header.partition("max-age=")[2].partition(";")[0]) >= 31536000
        assert "Strict-Transport-Security" not in house.visitor().client.get(path).headers


def test_staff_need_their_second_factor_and_each_number_counts_once(https: Flask, house: House) -> None:
    with house.database.write() as session:
        account = session.get_one(Account, house.accounts["officer"])
        secret = membership.enrol_second_factor(session, account=account, by=SYSTEM, at=house.clock.moment)
        session.commit()

    def answer(code: str) -> int:
        visitor = secure(https)
        page = visitor.client.get("/login", base_url="https://localhost")
        fields = {
            "csrf_token": token_in(page.get_data(as_text=True)),
            "email": OFFICER,
            "password": PASSWORD,
            "code": code,
        }
        return int(
            visitor.client.post(
                "/login",
                data=fields,
                base_url="https://localhost",
                headers={"Referer": "https://localhost/login"},
            ).status_code
        )

    assert answer("") == 401
    assert answer("000000") == 401
    totp = pyotp.TOTP(secret)
    right = totp.now()
    assert answer(right) == 303
    for spelled in (right, f"{right[:3]} {right[3:]}", f" {right} ", "-".join(right)):
        assert answer(spelled) == 401, "a number that was used once is worth nothing, however it is written"
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(FailedSignIn)) == 6


# ---- time spent -----------------------------------------------------------------------------------------------


def test_time_is_charged_to_who_spent_it_and_falls_behind() -> None:
    now = 0.0
    spent = ReadingTime(most=5.0, within=dt.timedelta(seconds=60), clock=lambda: now)

    def work(client: str, seconds: float) -> None:
        nonlocal now
        with spent.spending(client):
            now += seconds

    for _ in range(100):
        work("quick", 0.01)
    work("slow", 3.0)
    work("slow", 3.0)
    with pytest.raises(TooMuchReading) as refused:
        work("slow", 1.0)
    assert refused.value.status == 429
    assert 0 < (refused.value.retry_after or 0) <= 60
    work("other", 1.0)
    now += refused.value.retry_after or 0
    work("slow", 1.0)
    now += 200
    work("other", 0.1)
    assert set(spent._spent) == {"other"}, "who stays away is forgotten"


def test_work_that_fails_is_charged_too() -> None:
    now = 0.0
    spent = ReadingTime(most=1.0, within=dt.timedelta(seconds=60), clock=lambda: now)

    def fails() -> None:
        nonlocal now
        with spent.spending("a"):
            now = 2.0
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with pytest.raises(TooMuchReading), spent.spending("a"):
        pass
