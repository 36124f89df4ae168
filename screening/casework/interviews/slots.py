"""Times a firm offers, from which people choose by link: never two for one time."""

import datetime as dt
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.audit.commands import record
from foundation.links.commands import issue
from foundation.links.models import LinkPurpose
from foundation.messages.commands import BASE, Words, write_to_seeker
from foundation.messages.free_words import seen_words
from foundation.refusals import Invalid, NotAllowed, NotFound, Refusal
from screening.casework.interviews.commands import MOST_AHEAD_DAYS, Appointment, appoint
from screening.casework.interviews.models import Interview, InterviewMode, InterviewSlot
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from screening.demand.mandates.commands import may_act
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as orders
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus

MOST_AT_ONCE = 40
LINK_DAYS = 14


class SlotTaken(Refusal):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__("방금 다른 분이 고른 시간입니다. 다른 시간을 골라 주세요.")


class TooFewSlots(Refusal):
    """More people than times; the firm may go on knowingly."""

    status = 422


def offer(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    first: dt.datetime,
    last: dt.datetime,
    minutes: int,
    place: str,
    mode: InterviewMode,
    by: Actor,
    at: dt.datetime,
) -> list[InterviewSlot]:
    """Offer back-to-back times from `first` until `last` (the end of the last one); known times stay as they are."""
    seen_words(place, by=by, field="place")
    order = _open_order(session, order_id, by, at)
    if not 10 <= minutes <= 240:
        raise Invalid("한 사람에 10분에서 240분 사이로 적어 주세요.", field="minutes")
    if first <= at or first > at + dt.timedelta(days=MOST_AHEAD_DAYS):
        raise Invalid(f"지금보다 뒤이고 {MOST_AHEAD_DAYS}일 안의 날로 적어 주세요.", field="day")
    if last < first + dt.timedelta(minutes=minutes):
        raise Invalid("끝나는 시각을 한 사람을 만날 만큼 뒤로 적어 주세요.", field="until")
    if not place.strip():
        raise Invalid("면접 장소를 적어 주세요.", field="place")
    number = int((last - first) / dt.timedelta(minutes=minutes))
    if number > MOST_AT_ONCE:
        raise Invalid(f"한 번에 {MOST_AT_ONCE}개까지 낼 수 있습니다.", field="until")
    known = set(session.scalars(sa.select(InterviewSlot.starts_at).where(InterviewSlot.order_id == order.id)))
    times = [first + dt.timedelta(minutes=minutes * each) for each in range(number)]
    offered = [
        InterviewSlot(
            employer_id=order.employer_id,
            order_id=order.id,
            starts_at=time,
            minutes=minutes,
            place=place.strip()[:200],
            mode=mode,
        )
        for time in times
        if time not in known
    ]
    session.add_all(offered)
    for slot in offered:
        record(session, "interview.slot_offered", slot, by=by, at=at, order=order.number)
    return offered


def withdraw(session: orm.Session, *, slot_id: uuid.UUID, by: Actor, at: dt.datetime) -> JobOrder:
    """Take a time back that nobody has chosen yet."""
    slot = session.get(InterviewSlot, slot_id)
    if slot is None:
        raise NotFound("그런 시간이 없습니다.")
    order = _open_order(session, slot.order_id, by, at)
    session.refresh(slot, with_for_update=True)
    if session.scalar(sa.select(Interview.id).where(Interview.slot_id == slot.id)):
        raise NotAllowed("이미 고른 분이 있습니다. 면접을 취소하면 시간도 비워집니다.")
    record(session, "interview.slot_withdrawn", slot, by=by, at=at, order=order.number)
    session.delete(slot)
    session.flush()
    return order


def free(session: orm.Session, order_id: uuid.UUID, *, at: dt.datetime) -> list[InterviewSlot]:
    """The times of an order that nobody has chosen and that are still to come."""
    taken = sa.select(Interview.slot_id).where(Interview.slot_id.is_not(None))
    wanted = sa.select(InterviewSlot).where(
        InterviewSlot.order_id == order_id, InterviewSlot.starts_at > at, InterviewSlot.id.not_in(taken)
    )
    return list(session.scalars(wanted.order_by(InterviewSlot.starts_at)))


def invite(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    knowing: bool = False,
    by: Actor,
    at: dt.datetime,
) -> list[Referral]:
    """Ask everyone the firm wants to see to choose a time by link; raises `TooFewSlots` unless `knowing`."""
    order = _open_order(session, order_id, by, at)
    people = [
        each
        for each in referrals.of_order(session, order.id, viewer=by)
        if each.state is ReferralState.ACCEPTED
    ]
    times = free(session, order.id, at=at)
    if not people or not times:
        raise Invalid("먼저 만날 분과 면접 시간이 있어야 합니다.")
    if len(people) > len(times) and not knowing:
        raise TooFewSlots(
            f"만날 분은 {len(people)}명인데 시간은 {len(times)}개입니다. "
            f"{len(people) - len(times)}명은 고를 시간이 없습니다. "
            "시간을 더 내거나, 그래도 보내려면 아래에 표시해 주세요.",
            field="knowing",
        )
    for referral in people:
        link, path = issue(
            session,
            purpose=LinkPurpose.SLOT,
            subject_id=referral.id,
            holder_id=referral.seeker_id,
            expires_at=at + dt.timedelta(days=LINK_DAYS),
            at=at,
        )
        record(session, "interview.invited", referral, also=(link,), by=by, at=at, order=order.number)
        words = Words(
            kind="면접",
            subject=f"[이음] {order.employer.name} 면접 시간을 골라 주세요",
            sms=f"[이음] {order.employer.name}에서 면접을 보자고 합니다. 시간을 골라 주세요. {BASE}{path}",
            text=f"{order.employer.name}에서 '{order.title}' 면접을 보자고 합니다.\n편한 시간을 골라 주세요. "
            f"먼저 고르신 분부터 정해집니다.\n{BASE}{path}",
        )
        write_to_seeker(session, seeker_id=referral.seeker_id, words=words, about_id=order.id, at=at)
    return people


def book(
    session: orm.Session, *, referral_id: uuid.UUID, slot_id: uuid.UUID, by: Actor, at: dt.datetime
) -> Interview:
    """The person takes one of the times, or changes to another; raises `SlotTaken` when somebody was faster."""
    referral = referrals.of_link(session, referral_id)
    order = session.get_one(JobOrder, referral.order_id, with_for_update={"of": JobOrder})
    session.refresh(referral, with_for_update={"of": Referral})
    if order.status is not OrderStatus.OPEN or referral.state not in (
        ReferralState.ACCEPTED,
        ReferralState.INTERVIEW,
    ):
        raise NotAllowed("지금은 시간을 고를 수 없습니다. 상담사에게 전화해 주세요.")
    slot = session.get(InterviewSlot, slot_id, with_for_update=True)
    if slot is None or slot.order_id != order.id:
        raise NotFound("그런 시간이 없습니다.")
    holder = session.scalar(sa.select(Interview.referral_id).where(Interview.slot_id == slot.id))
    if holder is not None and holder != referral.id:
        raise SlotTaken
    when = Appointment(slot.starts_at, slot.minutes, slot.place, slot.mode, slot)
    return appoint(session, referral, order, when, by=by, at=at)


def _open_order(session: orm.Session, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> JobOrder:
    if by.role not in OFFICERS | {Role.EMPLOYER}:
        raise NotAllowed("면접 시간은 센터와 기업이 정합니다.")
    order = orders.get(session, order_id, viewer=by, lock=True)
    if order.status is not OrderStatus.OPEN:
        raise NotAllowed(f"이 구인은 '{order.status.ko}' 상태입니다.")
    if by.role in OFFICERS:
        may_act(session, order, Power.INTERVIEW, at=at).or_raise()
    return order


def of_order(session: orm.Session, order_id: uuid.UUID, *, viewer: Actor) -> Sequence[InterviewSlot]:
    """Every time offered for an order the viewer may see."""
    orders.get(session, order_id, viewer=viewer)
    mine = sa.select(InterviewSlot).where(InterviewSlot.order_id == order_id)
    return session.scalars(mine.order_by(InterviewSlot.starts_at)).all()
