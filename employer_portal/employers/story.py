"""Where an order stands, said to the firm in one sentence."""

import datetime as dt

from employer_portal.web.wording import date_ko
from screening.deadlines.steps.queries import OrderStep
from screening.deadlines.steps.steps import Task
from screening.demand.orders.states import OrderStatus


def story_of(each: OrderStep, today: dt.date) -> str:
    """The sentence on an order's card."""
    facts, task = each.facts, each.step.task
    sentences = {
        Task.SIGN: "위임에 서명해 주시면 센터가 바로 시작합니다.",
        Task.RECEIVE: "신청을 받았습니다. 센터가 곧 접수합니다.",
        Task.CORRECT: f"고칠 곳이 있습니다. {date_ko(facts.correction_due, today)}까지 고쳐 주세요.",
        Task.APPROVE: "센터가 내용을 살펴보고 있습니다.",
        Task.FIX_CRITERIA: "승인되었습니다. 센터가 심사 기준을 정하고 있습니다.",
        Task.CHOOSE: "센터가 인재풀에서 맞는 분을 찾고 있습니다.",
        Task.REVIEW: f"{facts.suggested}명의 서류를 이름을 가린 채 심사하고 있습니다.",
        Task.ASK: f"맞는 분 {facts.eligible}명을 찾았습니다. 곧 본인에게 여쭙니다.",
        Task.ASK_AGAIN: "답이 없는 분들께 다시 여쭙거나 다른 분을 찾고 있습니다.",
        Task.AWAIT_CONSENT: f"{facts.asked}명에게 추천해도 되는지 여쭈었습니다.",
        Task.SUBMIT: f"{facts.consented}명이 좋다고 했습니다. 곧 추천을 보냅니다.",
        Task.ANSWER: f"센터가 {facts.submitted}명을 추천했습니다. 근거를 하나하나 확인했습니다.",
        Task.PERMIT: "맞는 분들께 연락해도 될지 허락해 주세요.",
        Task.SCHEDULE: f"보자고 하신 {facts.accepted}명과 면접 일정을 잡고 있습니다.",
        Task.INTERVIEW: f"{date_ko(facts.interview_on, today)}에 면접이 있습니다.",
        Task.DECIDE: f"면접을 본 {facts.interviewed}명 가운데 뽑을 분을 정해 주세요.",
        Task.TELL: "채용이 정해졌습니다. 나머지 분들께 결과를 알리고 있습니다.",
        Task.CLOSE: "모두에게 결과를 알렸습니다. 곧 마칩니다.",
        Task.RETAIN: "입사한 분이 계속 다니는지 알려 주세요."
        if facts.check_waiting
        else f"{date_ko(facts.next_check_on, today)}에 계속 다니는지 여쭙겠습니다.",
        Task.NONE: "",
    }
    if each.order.status is OrderStatus.REFUSED:
        return f"받을 수 없는 구인신청입니다. {each.order.explanation}"
    if each.order.status is OrderStatus.WITHDRAWN:
        return "취소한 구인신청입니다."
    if each.order.status is OrderStatus.CLOSED:
        if not each.order.filled:
            return "뽑지 못하고 마쳤습니다."
        return sentences[task] or f"{each.order.headcount}명 가운데 {each.order.filled}명을 뽑고 마쳤습니다."
    return sentences[task]
