"""Makes the README's pictures with the project itself: a page in chromium, a certificate from the press."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import sync_playwright

from demo.accounts import printed_accounts
from demo.center import build
from employer_portal.app import create_portal
from employer_portal.operations.schema import upgrade
from employer_portal.operations.worker import Worker
from foundation.clock import day_in_seoul
from foundation.documents.models import Document
from foundation.settings import ROOT, read_settings

OUT = ROOT / "docs" / "pictures"
PORT = "5099"


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"IEUM_DEMO": "1", "IEUM_VAR": folder, "PORT": PORT}
        env["IEUM_DATABASE_URL"] = f"sqlite:///{folder}/ieum.sqlite"
        print_certificate(env, Path(folder))
        server = subprocess.Popen([sys.executable, "-m", "demo"], cwd=ROOT, env=env)
        try:
            await_ready()
            photograph()
        finally:
            server.terminate()
            server.wait()


def print_certificate(env: dict[str, str], folder: Path) -> None:
    """Load the demo, print its certificates and turn the first page of one into a picture."""
    portal = create_portal(read_settings(env))
    upgrade(portal.database)
    with portal.database.read() as session:
        today = day_in_seoul(portal.now(session))
    build(portal, people=2000, today=today)
    worker = Worker(portal, mail_port=1)
    worker.handlers = {"certificate": worker.handlers["certificate"]}
    while worker.step():
        pass
    with portal.database.read() as session:
        document = session.scalars(sa.select(Document).order_by(Document.file_name).limit(1)).one()
        (folder / "certificate.pdf").write_bytes(document.content)
    portal.press.close()
    portal.database.dispose()
    picture = [
        "pdftoppm",
        "-png",
        "-r",
        "70",
        "-singlefile",
        str(folder / "certificate.pdf"),
        str(OUT / "certificate"),
    ]
    subprocess.run(picture, check=True)


def await_ready() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not become ready")


def photograph() -> None:
    """The shortlist as the demo's firm sees it."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    account = printed_accounts()[0]
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        page = browser.new_page(viewport={"width": 1100, "height": 1250}, locale="ko-KR")
        page.goto(f"http://127.0.0.1:{PORT}/login")
        page.fill("#email", account.email)
        page.fill("#password", account.password)
        page.click("main button[type=submit]")
        page.click("text=추천 보고 답하기")
        page.screenshot(path=str(OUT / "shortlist.png"))
        browser.close()


if __name__ == "__main__":
    main()
