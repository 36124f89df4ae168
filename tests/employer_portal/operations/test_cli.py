"""The commands of `flask ieum`, as an operator calls them."""

import dataclasses
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result

from demo.cli import demo
from demo.feed import generated_page
from employer_portal.app import create_app
from employer_portal.operations.cli import ieum
from screening.demand.orders.models import JobOrder
from screening.pool.seekers.models import Seeker
from tests.house import House

REPORT = {
    "request_number", "employer", "province", "city", "wage_basis", "wage_won", "negotiable", "closes_on",
    "until_filled", "weekly_hours", "status", "findings",
}  # fmt: skip


def call(house: House, *words: object) -> Result:
    app = create_app(house.portal)
    app.cli.add_command(ieum)
    return app.test_cli_runner().invoke(args=["ieum", *map(str, words)])


@pytest.fixture
def page(house: House, tmp_path: Path) -> Path:
    file = tmp_path / "page.json"
    file.write_bytes(generated_page(today=house.today))
    return file


def test_the_feed_is_read_once_and_every_row_is_reported(house: House, page: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    first = call(house, "import-orders", page, "--report", report)
    assert first.exit_code == 0, first.output
    rows = json.loads(report.read_text())
    assert rows
    assert all(set(row) >= REPORT for row in rows)
    assert {row["status"] for row in rows} == {"new"}
    with house.database.read() as session:
        before = session.scalars(sa.select(JobOrder.id).order_by(JobOrder.id)).all()
    assert call(house, "import-orders", page, "--report", report).exit_code == 0
    assert {row["status"] for row in json.loads(report.read_text())} == {"known"}
    with house.database.read() as session:
        assert session.scalars(sa.select(JobOrder.id).order_by(JobOrder.id)).all() == before


def test_a_file_that_is_no_page_is_named_and_leaves_the_others_alone(
    house: House, page: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"codes": [1, 2]}')
    done = call(house, "import-orders", other, page)
    assert done.exit_code == 1
    assert "other.json: GetJobInfo 응답이 아닙니다" in done.output
    assert "page.json: new" in done.output


def test_seekers_are_read_with_an_error_for_each_bad_row(house: House, tmp_path: Path) -> None:
    file = tmp_path / "seekers.csv"
    text = (
        "성명,생년월일,연락처,거주자치구,희망직종\n"
        "이가온,1990-03-02,010-1234-0001,구로구,한식 조리사\n"
        ",1990-03-02,전화없음,구로구,없는일\n"
    )
    file.write_bytes(text.encode("cp949"))
    done = call(house, "import-seekers", file)
    assert done.exit_code == 0
    assert "rows 2, registered 1" in done.output
    assert "3번째 줄" in done.output
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Seeker.source == "file")) == 1


def test_an_unknown_bulletin_is_said_in_words(house: House) -> None:
    done = call(house, "bulletin", "2031-01")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert done.output.strip()


def test_the_demo_is_for_demos(house: House) -> None:
    real = dataclasses.replace(house.portal, settings=dataclasses.replace(house.portal.settings, demo=False))
    app = create_app(real)
    done = app.test_cli_runner().invoke(demo)
    assert done.exit_code == 1
    assert "only with IEUM_DEMO=1" in done.output
