"""Signing a mandate, taking it back, and asking whether one is in force at this moment."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from foundation import confirmations
from foundation.actors import Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.documents.models import Document
from foundation.outbox.commands import put
from foundation.refusals import Invalid, NotAllowed, NotFound
from foundation.verdicts import ALLOWED, Verdict, refused
from screening.demand.mandates.contract import contract_text
from screening.demand.mandates.models import Mandate, Permission, Power
from screening.demand.mandates.queries import powers_in_force
from screening.demand.orders import queries as orders
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import WORKED, OrderStatus

LONGEST_DAYS = 366
PERMIT_DAYS = 7
KIND = "contract"


def text_for(order: JobOrder, *, center: str, powers: Collection[Power], valid_until: dt.date) -> str:
    """The contract of one order, as shown before it is signed and as signed."""
    return contract_text(
        center=center,
        firm=order.employer.name,
        order_number=order.number,
        order_title=order.title,
        powers=powers,
        valid_until=valid_until,
        return_window_days=order.return_window_days,
    )


def sign(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    powers: Collection[Power],
    valid_until: dt.date,
    typed_name: str,
    code: str,
    center: str,
    by: Actor,
    at: dt.datetime,
) -> Mandate:
    """The firm signs by typing its own name and a confirmed code; an earlier mandate of the order ends with it.

    The contract is printed by itself (effect `contract`).
    """
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER or by.account_id is None:
        raise NotAllowed("위임은 구인기업이 합니다.")
    if order.status not in WORKED:
        raise NotAllowed(f"이 구인신청은 '{order.status.ko}' 상태라서 맡길 수 없습니다.")
    today = day_in_seoul(at)
    if typed_name.strip() != by.name:
        raise Invalid(f"서명란에 본인 이름 '{by.name}'을 그대로 적어 주세요.", field="typed_name")
    if Power.SEARCH not in powers:
        raise Invalid("찾기와 서류심사는 맡겨 주셔야 센터가 일을 시작할 수 있습니다.", field="powers")
    if not today < valid_until <= today + dt.timedelta(days=LONGEST_DAYS):
        raise Invalid("위임 기간은 내일부터 1년 안의 날짜로 정해 주세요.", field="valid_until")
    text = text_for(order, center=center, powers=powers, valid_until=valid_until)
    earlier = in_force(session, order.id, at=at)
    if earlier is not None and (earlier.text, earlier.signed_by) == (text, by.account_id):
        return earlier
    confirmed_by = confirmations.check(session, code=code, about_id=order.id, by=by, at=at)
    mandate = Mandate(
        confirmed_by=confirmed_by,
        employer_id=order.employer_id,
        order_id=order.id,
        powers=[power.value for power in Power if power in powers],
        signed_at=at,
        signed_by=by.account_id,
        signed_name=typed_name.strip(),
        signed_from=by.address,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        valid_until=valid_until,
    )
    if earlier is not None:
        earlier.withdrawn_at = at
    session.add(mandate)
    record(
        session,
        "mandate.signed",
        mandate,
        also=(earlier,) if earlier else (),
        by=by,
        at=at,
        order=order.number,
        powers=mandate.powers,
        confirmed_by=confirmed_by.value,
    )
    put(session, kind=KIND, facts={"mandate": str(mandate.id)}, about_id=mandate.id, at=at)
    return mandate


def ask_for_code(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> str:
    """Mail the signer the digits that confirm a mandate of this order; returns them."""
    order = orders.get(session, order_id, viewer=by)
    if by.role is not Role.EMPLOYER or by.account_id is None:
        raise NotAllowed("위임은 구인기업이 합니다.")
    about = f"구인 {order.number} '{order.title}'의 채용대행 위임에 서명하는 번호입니다."
    return confirmations.send(session, account_id=by.account_id, about=about, about_id=order.id, at=at)


def permit(
    session: orm.Session, *, order_id: uuid.UUID, power: Power, by: Actor, at: dt.datetime
) -> Permission:
    """The firm says yes to a power it has kept, for the next seven days."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    if by.role is not Role.EMPLOYER or by.account_id is None or in_force(session, order.id, at=at) is None:
        raise NotAllowed("위임이 있는 구인에서 기업이 허락합니다.")
    permission = Permission(
        employer_id=order.employer_id,
        order_id=order.id,
        power=power,
        given_at=at,
        given_by=by.account_id,
        until=day_in_seoul(at) + dt.timedelta(days=PERMIT_DAYS),
    )
    session.add(permission)
    record(session, "mandate.permitted", permission, by=by, at=at, order=order.number, power=power.value)
    return permission


def powers_of(session: orm.Session, order_id: uuid.UUID, *, at: dt.datetime) -> frozenset[Power]:
    """What the center may do alone for an order at this moment."""
    return powers_in_force(session, [order_id], at=at).get(order_id, frozenset())


def in_force(session: orm.Session, order_id: uuid.UUID, *, at: dt.datetime) -> Mandate | None:
    """The mandate of an order that holds at this very moment, or None."""
    return session.scalars(
        sa.select(Mandate)
        .where(
            Mandate.order_id == order_id,
            Mandate.withdrawn_at.is_(None),
            Mandate.valid_until > day_in_seoul(at),
        )
        .order_by(Mandate.signed_at.desc())
        .limit(1)
    ).one_or_none()


def contract_of(session: orm.Session, order_id: uuid.UUID) -> Document:
    """The newest contract of an order the viewer may see; raises `NotFound` while it is being printed."""
    document = session.scalars(
        sa.select(Document)
        .join(Mandate, Mandate.document_id == Document.id)
        .where(Mandate.order_id == order_id)
        .order_by(Mandate.signed_at.desc())
        .limit(1)
    ).one_or_none()
    if document is None:
        raise NotFound("계약서를 만들고 있습니다. 잠시 뒤에 다시 열어 주세요.")
    return document


def may_act(session: orm.Session, order: JobOrder, power: Power, *, at: dt.datetime) -> Verdict:
    """Whether the center may use this power for this order at this moment."""
    if order.status is not OrderStatus.OPEN:
        return refused(f"이 구인신청은 '{order.status.ko}' 상태라서 지금은 할 수 없습니다.")
    mandate = in_force(session, order.id, at=at)
    if mandate is None:
        return refused("기업의 위임이 없거나 끝났습니다. 기업에 위임을 부탁해 주세요.")
    if power not in powers_of(session, order.id, at=at):
        return refused(f"기업이 '{power.ko}'를 맡기지 않았습니다. 기업에 먼저 물어봐 주세요.")
    return ALLOWED


def withdraw(session: orm.Session, *, order_id: uuid.UUID, by: Actor, at: dt.datetime) -> Mandate:
    """The firm takes its mandate back at once."""
    order = orders.get(session, order_id, viewer=by, lock=True)
    mandate = in_force(session, order.id, at=at)
    if by.role is not Role.EMPLOYER or mandate is None:
        raise NotAllowed("거둘 위임이 없습니다.")
    mandate.withdrawn_at = at
    record(session, "mandate.withdrawn", mandate, by=by, at=at, order=order.number)
    return mandate
