"""The story once in a real browser, at phone and desk width: `make run`'s own server, Debian's chromium, axe."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from center.clock import day_in_seoul
from center.settings import ROOT, read_settings
from employer_portal.app import create_portal
from employer_portal.demo.accounts import printed_accounts
from employer_portal.demo.center import build
from employer_portal.schema import upgrade

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
COMPLAINTS: list[str] = []
"""What the console of the page under test has said."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORDS = {account.role.value: (account.email, account.password) for account in printed_accounts()}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served demo with a small pool, started and ended as `make run` does."""
    var = tmp_path_factory.mktemp("var")
    env = os.environ | {"IEUM_DEMO": "1", "IEUM_VAR": str(var), "PORT": "0"}
    env["IEUM_DATABASE_URL"] = f"sqlite:///{var / 'ieum.sqlite'}"
    portal = create_portal(read_settings(env))
    upgrade(portal.database)
    with portal.database.read() as session:
        today = day_in_seoul(portal.now(session))
    build(portal, people=300, today=today, orders_a_month=2, say=lambda _: None)
    portal.press.close()
    portal.database.dispose()
    env["PORT"] = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "employer_portal.serve"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    base = f"http://127.0.0.1:{env['PORT']}"
    _await(base, server)
    yield base
    children = _children(server.pid)
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    assert children
    time.sleep(1)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()], "a child was left behind"


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _await(base: str, server: "subprocess.Popen[str]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2) as answer:
                if answer.read() == b'{"status":"ok"}':
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not become ready")


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[(390, 844), (1280, 900)], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh browser window whose console must stay silent."""
    context = browser.new_context(
        viewport={"width": request.param[0], "height": request.param[1]}, locale="ko-KR"
    )
    page = context.new_page()
    page.on("console", lambda message: COMPLAINTS.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: COMPLAINTS.append(str(error)))
    yield page
    assert COMPLAINTS == []
    context.close()


def sign_in(page: Page, base: str, role: str) -> None:
    email, password = PASSWORDS[role]
    page.goto(f"{base}/login")
    page.fill("#email", email)
    page.fill("#password", password)
    go(page, "main button[type=submit]")


def go(page: Page, what: str) -> None:
    """Click something that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.click(what)


def whole(page: Page) -> None:
    """Nothing is wider than the window, and axe finds nothing serious."""
    page.wait_for_load_state("load")
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, (page.url, width)
    assert COMPLAINTS == [], page.url
    window = page.viewport_size
    page.set_viewport_size(
        {"width": window["width"], "height": 4000}
    )  # so that no sticky bar covers anything
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    serious = [
        (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    COMPLAINTS.clear()  # axe itself tries inline styles, which the policy rightly blocks
    page.set_viewport_size(window)
    assert not serious, (page.url, serious)


PAGES = {
    "": ("/", "/guide", "/check", "/excellent", "/bulletins", "/bulletins/2009-09", "/login", "/about/privacy", "/demo/mailbox"),
    "employer": ("/employer", "/employer/standing"),
    "officer": ("/staff", "/staff/orders", "/staff/leads", "/staff/seekers", "/staff/seekers/new", "/staff/employers"),
    "lead": ("/staff/editions",),
    "chamber": ("/partners/ranking",),
    "city-chamber": ("/partners/ranking",),
    "agency": ("/agency", "/agency/new"),
    "auditor": ("/audit", "/audit/sightings", "/audit/verify"),
    "admin": ("/admin", "/demo/clock"),
}  # fmt: skip


@pytest.mark.parametrize("role", PAGES)
def test_every_page_is_whole(page: Page, address: str, role: str) -> None:
    if role:
        sign_in(page, address, role)
    for path in PAGES[role]:
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == 200, path
        whole(page)


def test_an_order_from_the_phone_to_the_officers_list(page: Page, address: str) -> None:
    sign_in(page, address, "employer")
    go(page, "text=새로 사람 구하기")
    page.fill("#title", "오전 홀서빙")
    page.fill("#occupation", "홀서빙")
    page.fill("#duties", "젊은 여성 우대. 손님 응대와 자리 안내를 합니다.")
    page.locator("#duties").blur()
    page.wait_for_selector("#finding-slot-duties >> text=이대로는 제출할 수 없습니다")
    whole(page)
    go(page, "text=이 문구로 바꾸기")
    assert "젊은" not in page.input_value("#duties")
    go(page, "text=다음: 조건과 자격")
    page.fill("#wage_won", "2,000,000")
    page.locator("#wage_won").blur()
    page.wait_for_selector("#finding-slot-wage_won >> text=최저임금보다")
    page.fill("#wage_won", "2,700,000")
    page.locator("#wage_won").blur()
    page.wait_for_selector("#finding-slot-wage_won >> text=많습니다")
    whole(page)
    go(page, "text=다음: 전형과 접수")
    page.fill("#contact_phone", "02-555-0100")
    go(page, "text=다음: 확인과 제출")
    whole(page)
    go(page, "text=구인신청 내기")
    number = re.search(r"\d{4}-\d{6}", page.inner_text("main"))
    assert number
    go(page, "text=위임하기")
    page.fill("#typed_name", "윤미정")
    before = mailed_codes(page, address)
    go(page, "text=메일로 번호 받기")
    page.fill("#code", mailed_code(page, address, since=before))
    whole(page)
    go(page, "text=서명하고 맡기기")
    page.wait_for_selector("text=위임했습니다")
    sign_in_again(page, address, "officer")
    page.goto(f"{address}/staff?who=all")
    page.goto(f"{address}/staff/orders?q={number.group()}")
    go(page, "text=오전 홀서빙")
    go(page, "main >> text=접수하기 >> nth=-1")
    page.wait_for_selector("text=접수했습니다")
    whole(page)


def mailed_codes(page: Page, base: str) -> list[str]:
    """The codes in the demo's mailbox, newest first."""
    mailbox = page.context.new_page()
    mailbox.goto(f"{base}/demo/mailbox")
    found = re.findall(r"확인 번호: (\d{6})", mailbox.inner_text("main"))
    mailbox.close()
    return found


def mailed_code(page: Page, base: str, *, since: list[str]) -> str:
    """The digits in the letter that came after those already there."""
    for _ in range(60):
        codes = mailed_codes(page, base)
        if len(codes) > len(since):
            return codes[0]
        time.sleep(0.5)
    raise AssertionError("no letter with a code arrived")


def sign_in_again(page: Page, base: str, role: str) -> None:
    page.context.clear_cookies()
    sign_in(page, base, role)
