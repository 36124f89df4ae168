"""The demo is the same for the same day, goes on where it was interrupted, and its trail is real."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from demo import center as demo
from employer_portal.web.portal import Portal
from foundation.audit import sealing
from foundation.clock import day_in_seoul
from foundation.database import Database
from foundation.documents.press.press import Press
from foundation.outbox.models import Effect
from foundation.settings import ROOT
from incentives.editions.models import EditionScore
from screening.casework.placements.models import Placement
from screening.casework.referrals.models import Referral
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.pool.seekers.models import Seeker
from screening.reporting import queries as bulletins
from screening.reporting.sheet import as_json
from tests.database_fixture import VAULT
from tests.house import StandingClock
from tests.house_fixture import settings_for

TODAY = dt.date(2026, 11, 20)


def portal_in(folder: Path) -> Portal:
    settings = settings_for(folder)
    return Portal(
        settings=settings,
        database=Database(f"sqlite:///{folder / 'ieum.sqlite'}", vault=VAULT),
        clock=StandingClock(dt.datetime.combine(TODAY, dt.time(9), dt.UTC)),
        press=Press(assets_dir=settings.assets, cache_dir=folder),
    )


def loaded_by_another_process(folder: Path) -> None:
    """Load the demo where sets and hashes come in another order."""
    code = (
        "import sys, pathlib; from tests.employer_portal.test_demo import load, portal_in; "
        "load(portal_in(pathlib.Path(sys.argv[1])))"
    )
    env = os.environ | {"PYTHONHASHSEED": "4711"}
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, env=env, check=True, timeout=300)


def load(portal: Portal) -> None:
    demo.build(portal, people=150, today=TODAY, orders_a_month=1, say=lambda _: None)


def facts(portal: Portal) -> list[list[tuple[object, ...]]]:
    columns = (
        (JobOrder, ("number", "title", "status", "filled", "headcount", "wage_won", "close_reason")),
        (Seeker, ("code", "district", "occupations", "licences", "commute", "wage_floor", "status")),
        (Placement, ("starts_on", "wage_won", "ended_on", "leaving_reason")),
        (EditionScore, ("name", "total", "rank", "rank_low", "rank_high", "grade")),
    )
    with portal.database.read() as session:
        return [
            sorted(
                (
                    tuple(str(getattr(row, name)) for name in names)
                    for row in session.scalars(sa.select(table)).unique()
                ),
            )
            for table, names in columns
        ]


def too_early(portal: Portal) -> list[Referral]:
    """Proposals that are older than the registration of the person proposed."""
    with portal.database.read() as session:
        found = session.execute(
            sa.select(Referral, Seeker.registered_on).join(Seeker, Seeker.id == Referral.seeker_id)
        ).all()
    return [referral for referral, registered_on in found if day_in_seoul(referral.found_at) < registered_on]


def test_same_day_same_facts_also_after_an_interruption(
    tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("straight", "broken"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ieum.sqlite").write_bytes(empty_sqlite.read_bytes())
    loaded_by_another_process(tmp_path / "straight")
    straight, broken = portal_in(tmp_path / "straight"), portal_in(tmp_path / "broken")
    real = demo.DemoCenter._past_order

    def dies_at_seven(self: demo.DemoCenter, session: object, number: int) -> None:
        if number == 7:
            raise KeyboardInterrupt
        real(self, session, number)  # type: ignore[arg-type]

    monkeypatch.setattr(demo.DemoCenter, "_past_order", dies_at_seven)
    with pytest.raises(KeyboardInterrupt):
        load(broken)
    monkeypatch.undo()
    load(broken)
    load(broken)
    assert facts(broken) == facts(straight)
    assert not too_early(straight), "nobody is proposed before they registered"
    with straight.database.read() as session:
        assert {status for (status,) in session.execute(sa.select(JobOrder.status).distinct())} > {
            OrderStatus.LEAD, OrderStatus.SUBMITTED, OrderStatus.NEEDS_FIX, OrderStatus.RECEIVED, OrderStatus.OPEN,
            OrderStatus.CLOSED,
        }  # fmt: skip
        waiting = session.scalar(
            sa.select(sa.func.count())
            .select_from(Effect)
            .where(Effect.done_at.is_(None), Effect.kind != "certificate")
        )
        assert waiting is not None
        assert waiting < 200, "the letters of the past are not sent again"
        figures = as_json(bulletins.get(session, "2009-09", viewer=None))
    assert (figures["firms"], figures["openings"], figures["registered"], figures["hires"]) == (
        792,
        2320,
        1408,
        4022,
    )
    assert (figures["registered_change_percent"], figures["interns"], figures["attainment_percent"]) == (
        12,
        430,
        201,
    )
    rates = figures["success_percent"]
    assert (rates["age_15_29"], rates["age_55_59"], rates["women"], rates["men"]) == (49, 37, 45, 42)
    with straight.database.write() as session:
        while sealing.seal(session, at=dt.datetime.now(dt.UTC)):
            pass
        session.commit()
    with straight.database.read() as session:
        assert sealing.verify_audit(session).sound
