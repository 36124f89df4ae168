"""Who may do what with an order: one answer for page, template and command."""

from foundation.actors import OFFICERS, Actor, Role
from foundation.verdicts import ALLOWED, Verdict, refused
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus

NOT_YOURS = "이 일은 센터 담당자가 합니다."


def may_work(actor: Actor, order: JobOrder) -> Verdict:
    """Officers, and the clock in their name, work any order but a lead: nobody has asked for that one."""
    if actor.role not in OFFICERS | {Role.SYSTEM}:
        return refused(NOT_YOURS)
    if order.status is OrderStatus.LEAD:
        return refused("기업이 아직 맡기지 않은 공개 구인정보입니다. 기업에 먼저 연락해 주세요.")
    return ALLOWED


def may_close(actor: Actor, order: JobOrder) -> Verdict:
    """Whoever works an order may close it, and its own firm may end its search."""
    if actor.role is Role.EMPLOYER and actor.organisation_id == order.employer_id:
        return ALLOWED
    return may_work(actor, order)


def may_correct(actor: Actor, order: JobOrder) -> Verdict:
    """The firm itself answers what it was asked to correct."""
    if actor.role is not Role.EMPLOYER or actor.organisation_id != order.employer_id:
        return refused("구인신청을 낸 기업만 고칠 수 있습니다.")
    if order.status is not OrderStatus.NEEDS_FIX:
        return refused("지금은 고칠 내용이 없습니다.")
    return ALLOWED


def may_withdraw(actor: Actor, order: JobOrder) -> Verdict:
    """A firm may take its order back at any time before it ends or somebody is hired; the clock ends a silent one."""
    if actor.role is Role.SYSTEM:
        return ALLOWED
    if actor.role is not Role.EMPLOYER or actor.organisation_id != order.employer_id:
        return refused("구인신청을 낸 기업만 거둘 수 있습니다.")
    if order.filled:
        return refused("이미 채용하신 분이 있어 취소할 수 없습니다. 담당 상담사에게 마감을 부탁해 주세요.")
    return ALLOWED
