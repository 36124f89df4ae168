"""What of an order is still open, in sentences the firm can act on."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import orm

from screening.casework.outcomes.commands import untold
from screening.casework.referrals.models import Referral
from screening.casework.referrals.states import ReferralState
from screening.demand.mandates.models import Power

R = ReferralState


def open_work(session: orm.Session, order_id: uuid.UUID, *, without: Collection[Power]) -> list[str]:
    """What the firm has to go on with itself when the center lacks these powers; empty when nothing is under way."""
    counts: dict[ReferralState, int] = dict(
        session.execute(
            sa.select(Referral.state, sa.func.count())
            .where(Referral.order_id == order_id)
            .group_by(Referral.state)
        ).all()
    )
    found = []

    def say(power: Power, states: tuple[ReferralState, ...], sentence: str) -> None:
        number = sum(counts.get(state, 0) for state in states)
        if power in without and number:
            found.append(sentence.format(number=number))

    say(Power.SEARCH, (R.SUGGESTED,), "심사를 시작한 {number}명의 서류 심사가 멈춥니다.")
    say(Power.CONTACT, (R.ELIGIBLE,), "적격인 {number}명에게 연락하려면 허락해 주셔야 합니다.")
    say(Power.CONTACT, (R.ASKED,), "추천해도 될지 물은 {number}명의 답을 기다리고 있습니다.")
    say(Power.CONTACT, (R.CONSENTED,), "동의한 {number}명의 추천을 보내려면 허락해 주셔야 합니다.")
    say(Power.INTERVIEW, (R.ACCEPTED,), "보자고 하신 {number}명의 면접을 직접 잡아 주세요.")
    say(
        Power.INTERVIEW,
        (R.INTERVIEW,),
        "잡힌 면접 {number}건을 바꾸거나 마무리하는 일이 사장님께 넘어왔습니다.",
    )
    waiting = len(untold(session, order_id))
    if Power.DECLINE in without and waiting:
        found.append(f"{waiting}명에게 채용 여부를 직접 알려 주셔야 합니다(채용절차법 제10조).")
    return found
