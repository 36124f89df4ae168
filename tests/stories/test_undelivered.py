"""A message that never arrives is shown with whom to call, and nowhere with the address the server repeated."""

import datetime as dt
import logging
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from employer_portal.operations.worker import Worker
from foundation.messages import mailbox
from foundation.outbox.commands import MOST_ATTEMPTS
from foundation.outbox.models import Effect
from tests.house import House
from tests.walk import order_at


class Refusing:
    """A mail server that knows nobody and says so with the full address."""

    async def handle_RCPT(
        self, _server: Any, _session: Any, _envelope: Any, address: str, _options: Any
    ) -> str:
        return f"550 5.1.1 <{address}> is not known here"


def test_the_officer_learns_whom_to_call_and_no_log_learns_the_address(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    order_at(house, "asked")
    server = Controller(Refusing(), hostname="127.0.0.1", port=mailbox._free_port())
    server.start()
    try:
        worker = Worker(house.portal, mail_port=server.port)
        with caplog.at_level(logging.DEBUG):
            for _ in range(MOST_ATTEMPTS):
                while worker.step():
                    pass
                house.clock.moment += dt.timedelta(hours=1)
    finally:
        server.stop()
    page = house.visitor("officer").open("/staff/undelivered")
    page.sees("받는 주소를 메일 서버가 거절했습니다(550)").sees("구직자 K-1000").misses("mail.example")
    page.follow("K-1000").sees("이름과 연락처 보기")
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Effect.failed_at.is_not(None)))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("ieum")]
    assert any("550" in line for line in ours)
    assert not [line for line in ours if "mail.example" in line]
