"""Telling a person of the orders that fit them, by a link to a page of their own."""

import datetime as dt
import uuid

from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor
from foundation.audit.commands import record
from foundation.links.commands import issue
from foundation.links.models import Link, LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_seeker
from foundation.refusals import Invalid, NotAllowed
from screening.pool.seekers import queries as seekers
from screening.pool.seekers.models import SeekerStatus

LINK_DAYS = 14


def send_opportunities(session: orm.Session, *, seeker_id: uuid.UUID, by: Actor, at: dt.datetime) -> Link:
    """Send somebody in the pool a link to the open orders that fit them; it shows what fits on the day it is opened."""
    if by.role not in OFFICERS:
        raise NotAllowed("링크는 센터 담당자가 보냅니다.")
    seeker = seekers.get(session, seeker_id, viewer=by)
    if seeker.status is not SeekerStatus.ACTIVE:
        raise Invalid(f"지금은 '{seeker.status.ko}' 상태라서 보낼 수 없습니다.")
    link, path = issue(
        session,
        purpose=LinkPurpose.OPPORTUNITIES,
        subject_id=seeker_id,
        holder_id=seeker_id,
        expires_at=at + dt.timedelta(days=LINK_DAYS),
        at=at,
    )
    session.flush()
    text = f"지금 맞는 일자리를 골라 두었습니다. {LINK_DAYS}일 동안 볼 수 있습니다.\n{BASE}{path}"
    write_to_seeker(
        session,
        seeker_id=seeker_id,
        words=Words(
            kind="opportunities", subject="나에게 맞는 일자리", text=text, sms=f"[일자리센터] {text}"
        ),
        about_id=seeker_id,
        at=at,
    )
    record(session, "opportunities.sent", link, by=by, at=at, seeker=seeker.code)
    return link
