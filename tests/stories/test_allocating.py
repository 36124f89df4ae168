"""All open orders look for people at once: nobody goes to more firms than allowed, and a killed run goes on."""

import os
import random
import subprocess
import sys
import time
import uuid
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from foundation.outbox.commands import run_due
from foundation.outbox.models import Effect
from foundation.settings import ROOT
from screening.casework.allocations import commands as allocations
from screening.casework.allocations import queries
from screening.casework.allocations.models import (
    AllocatedOrder,
    AllocationBlock,
    AllocationRun,
    Allotment,
    Shortage,
)
from screening.casework.referrals.commands import MOST_FIRMS
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import LIVE
from tests.house import House
from tests.walk import order_at


def four_orders(house: House) -> list[Any]:
    """Two firms' orders with fixed criteria that all want the same cooks."""
    return [
        order_at(house, "fixed", firm=firm, title=f"한식 조리사 {number}", headcount=2)
        for number, firm in enumerate(("firm", "rival", "firm", "rival"))
    ]


def run_of(house: House) -> AllocationRun:
    with house.database.read() as session:
        return session.scalars(sa.select(AllocationRun).order_by(AllocationRun.number.desc())).first()


def allotted(house: House) -> list[tuple[uuid.UUID, uuid.UUID]]:
    with house.database.read() as session:
        return [
            (each.order_id, each.seeker_id)
            for each in session.scalars(
                sa.select(Allotment).order_by(Allotment.order_id, Allotment.seeker_id)
            )
        ]


def test_nobody_is_allotted_to_more_firms_than_allowed_and_the_short_have_a_reason(house: House) -> None:
    orders = four_orders(house)
    page = house.visitor("officer").open("/staff/orders/allocations")
    page.press("일괄 배정 시작").sees("구인 4건의 일괄 배정을 시작했습니다").sees("돌고 있습니다")
    house.deliver()
    run = run_of(house)
    counts = Counter(seeker for _, seeker in allotted(house))
    assert counts
    assert max(counts.values()) <= MOST_FIRMS
    assert run.figures["after"]["most"] <= MOST_FIRMS
    with house.database.read() as session:
        rows = {each.order_id: each for each in session.scalars(sa.select(AllocatedOrder))}
        assert set(rows) == {order.id for order in orders}
        assert all(row.wanted == 6 for row in rows.values())
        assert sum(row.given for row in rows.values()) == len(allotted(house)) == 18
        short = [row for row in rows.values() if row.given < row.wanted]
        assert short
        assert all(row.shortage is Shortage.ALL_TAKEN for row in short)
        assert session.scalars(sa.select(AllocationBlock.candidates)).all() == [None]
    page.open(f"/staff/orders/allocations/{run.id}").sees("다 채우지 못한 구인").sees("한도까지 추천됩니다")
    chosen = next(iter({order for order, _ in allotted(house)}))
    page.open(f"/staff/orders/{chosen}/people?part=allotted").sees("배정 추천").press(
        "고른 분 담기", seeker=[str(seeker) for order, seeker in allotted(house) if order == chosen][:1]
    ).sees("1명을 담았습니다")


def test_who_is_with_firms_already_has_less_room(house: House) -> None:
    order = order_at(house, "submitted", headcount=2)
    with house.database.read() as session:
        mine = sa.select(Referral.seeker_id).where(Referral.order_id == order.id, Referral.state.in_(LIVE))
        busy = set(session.scalars(mine))
    four_orders(house)
    house.visitor("officer").open("/staff/orders/allocations").press("일괄 배정 시작", per_opening=3)
    house.deliver()
    counts = Counter(seeker for _, seeker in allotted(house))
    assert busy & set(counts)
    assert all(counts[seeker] <= MOST_FIRMS - 1 for seeker in busy)


def test_a_run_killed_anywhere_ends_like_one_that_was_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allocations, "ORDERS_A_BLOCK", 1)
    four_orders(house)
    officer = house.visitor("officer").open("/staff/orders/allocations")
    officer.press("일괄 배정 시작")
    house.deliver()
    straight, run = allotted(house), run_of(house)
    officer.open("/staff/orders/allocations").press("일괄 배정 시작").sees("돌고 있습니다")
    again = run_of(house)
    assert again.number == run.number + 1

    class Killed(BaseException):
        """Stands for a kill -9: no handler of ours sees it, nothing is tidied up."""

    for kind in (allocations.BLOCK_KIND, allocations.BLOCK_KIND, allocations.SETTLE_KIND):
        handler = house.worker.handlers[kind]

        class Dying:
            def __init__(self, inner: Any) -> None:
                self.inner = inner

            def perform(self, task: Any) -> Any:
                self.inner.perform(task)
                raise Killed

            def finish(self, *_rest: Any, **_named: Any) -> None:
                raise AssertionError("a killed worker finishes nothing")

        handlers = {**house.worker.handlers, kind: Dying(handler)}
        with pytest.raises(Killed):
            run_due(house.database, handlers, now=house.portal.moment)
        with house.database.engine.begin() as connection:
            connection.execute(sa.update(Effect).values(leased_until=None))
        if kind == allocations.BLOCK_KIND:
            run_due(house.database, house.worker.handlers, now=house.portal.moment, limit=1)
            with house.database.read() as session:
                assert 0 < queries.progress(session, again).share < 1
    house.deliver()
    assert run_of(house).done_at is not None
    assert allotted(house) == straight


def test_one_run_at_a_time_and_nothing_without_orders(house: House) -> None:
    officer = house.visitor("officer").open("/staff/orders/allocations")
    officer.press("일괄 배정 시작", expect=409).sees("배정할 구인이 없습니다")
    four_orders(house)
    first, second = (house.visitor("officer").open("/staff/orders/allocations") for _ in range(2))
    first.press("일괄 배정 시작")
    second.press("일괄 배정 시작", expect=409).sees("이미 일괄 배정이 돌고 있습니다")
    house.deliver()
    for typed, sentence in (
        ("", "숫자로"),
        ("세 명", "숫자로"),
        ("0", "1명에서"),
        ("11", "10명 사이"),
        ("-3", "숫자로"),
    ):
        first.open("/staff/orders/allocations").press("일괄 배정 시작", expect=422, per_opening=typed).sees(
            sentence
        )


def test_a_run_that_gave_up_goes_on_by_a_button(house: House) -> None:
    four_orders(house)
    officer = house.visitor("officer").open("/staff/orders/allocations")
    officer.press("일괄 배정 시작")
    run = run_of(house)
    with house.database.engine.begin() as connection:
        connection.execute(
            sa.update(Effect)
            .where(Effect.about_id == run.id)
            .values(failed_at=house.clock.moment, attempts=8)
        )
    officer.open(f"/staff/orders/allocations/{run.id}").sees("마치지 못했습니다").press("이어서 다시 하기")
    house.deliver()
    officer.open(f"/staff/orders/allocations/{run.id}").sees("구인마다 배정된 분을")


@pytest.mark.proof
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_real_workers_killed_at_random_moments_end_like_one_that_was_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kill -9` of the worker's own process, again and again, until the run is done."""
    monkeypatch.setattr(allocations, "ORDERS_A_BLOCK", 1)
    four_orders(house)
    officer = house.visitor("officer").open("/staff/orders/allocations")
    officer.press("일괄 배정 시작")
    house.deliver()
    straight = allotted(house)
    officer.open("/staff/orders/allocations").press("일괄 배정 시작")
    chance, kills = random.Random(7), 0
    var = house.portal.settings.var
    env = os.environ | {"IEUM_DEMO": "1", "IEUM_VAR": str(var), "IEUM_DATABASE_URL": house.database.url}
    while run_of(house).done_at is None:
        assert kills < 60
        worker = subprocess.Popen(
            [sys.executable, "-m", "employer_portal.operations.worker"], cwd=ROOT, env=env
        )
        time.sleep(chance.uniform(2.0, 4.0))
        worker.kill()
        worker.wait()
        kills += 1
        with house.database.engine.begin() as connection:
            connection.execute(sa.update(Effect).values(leased_until=None))
    assert allotted(house) == straight
