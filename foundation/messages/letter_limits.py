"""How many letters an address gets in a day because somebody typed it into a form: the center floods nobody."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.clock import day_in_seoul
from foundation.database import vault_of
from foundation.messages.models import StrangerLetter
from foundation.refusals import Refusal

MOST_A_DAY = 3
"""Letters to an address whose owner has not asked for anything yet: a sign-up, an invitation into a team."""
MOST_RECEIPTS_A_DAY = 10
"""Receipts of applications: somebody who looks for work may apply to several postings in a day."""


DOTLESS = ("gmail.com", "googlemail.com")
ONE_MAILBOX = {"hanmail.net": "daum.net", "googlemail.com": "gmail.com"}
"""Names of one provider that lead to the same mailbox."""


class EnoughLetters(Refusal):
    """The address has had its letters for today; the same is said of every address, known or not."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            "오늘 이 주소로는 메일을 더 보낼 수 없습니다. 받은 메일을 먼저 확인하시거나 내일 다시 해 주세요.",
            field="email",
        )


def take_letter(session: orm.Session, address: str, *, at: dt.datetime) -> bool:
    """Count one more letter to an address whose owner asked for nothing; False when today (in Seoul) had enough."""
    return _take(session, "letter", address, MOST_A_DAY, at)


def take_receipt(session: orm.Session, address: str, *, at: dt.datetime) -> bool:
    """Count one more receipt to a contact that was typed with an application; False when today had enough."""
    return _take(session, "receipt", address, MOST_RECEIPTS_A_DAY, at)


def _take(session: orm.Session, sort: str, address: str, most: int, at: dt.datetime) -> bool:
    index, day = vault_of(session).blind(sort, mailbox_of(address)), day_in_seoul(at)
    sent = session.scalar(
        sa.select(sa.func.count())
        .select_from(StrangerLetter)
        .where(StrangerLetter.address_index == index, StrangerLetter.day == day)
    )
    if (sent or 0) >= most:
        return False
    session.add(StrangerLetter(address_index=index, day=day, number=(sent or 0) + 1))
    session.flush()
    return True


def mailbox_of(address: str) -> str:
    """The mailbox an address leads to: what stands behind a plus in its local part only sorts mail (RFC 5233).

    The largest provider also overlooks dots, and has two names.
    """
    local, at, domain = address.strip().lower().partition("@")
    local = local.partition("+")[0]
    if domain in DOTLESS:
        local = local.replace(".", "")
    domain = ONE_MAILBOX.get(domain, domain)
    return f"{local}{at}{domain}"


def forget_letters(session: orm.Session, *, at: dt.datetime) -> int:
    """Delete the counts of earlier days; returns how many."""
    past = session.scalars(
        sa.select(StrangerLetter).where(StrangerLetter.day < day_in_seoul(at)).limit(500)
    ).all()
    for each in past:
        session.delete(each)
    return len(past)
