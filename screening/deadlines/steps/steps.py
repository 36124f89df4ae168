"""The next step of an order: a pure function of its facts, read by the worklist, the firm's page and the clock."""

import datetime as dt
from dataclasses import dataclass

from foundation.reference.business_days import add_business_days, business_days_between
from foundation.tones import Labelled, Tone
from screening.demand.mandates.models import Power
from screening.demand.orders.states import OrderStatus

STAGES = ("신청", "승인", "인재 찾기", "추천", "면접", "채용", "고용유지")
FIRST_LIST_DAYS = 5


class Turn(Labelled):
    """Who has to act."""

    CENTER = "center", "센터"
    FIRM = "firm", "기업"
    SEEKER = "seeker", "구직자"
    NOBODY = "nobody", "–"


class Task(Labelled):
    """What has to be done next; the word is the link on the worklist."""

    SIGN = "sign", "위임 부탁하기", Tone.TURN
    RECEIVE = "receive", "접수하기", Tone.WORK
    CORRECT = "correct", "기업 보완 기다림", Tone.TURN
    APPROVE = "approve", "검토하고 승인하기", Tone.WORK
    FIX_CRITERIA = "criteria", "심사 기준 확정하기", Tone.WORK
    CHOOSE = "choose", "추천할 사람 고르기", Tone.WORK
    REVIEW = "review", "서류 심사하기", Tone.WORK
    ASK = "ask", "본인 동의 묻기", Tone.WORK
    ASK_AGAIN = "ask_again", "다시 여쭙기", Tone.WORK
    AWAIT_CONSENT = "consent", "본인 답 확인하기", Tone.TURN
    SUBMIT = "submit", "추천 보내기", Tone.WORK
    ANSWER = "answer", "기업 답 확인하기", Tone.TURN
    PERMIT = "permit", "기업 허락 기다림", Tone.TURN
    SCHEDULE = "schedule", "면접 잡기", Tone.OPEN
    INTERVIEW = "interview", "면접 확인하기", Tone.OPEN
    DECIDE = "decide", "채용 결정 확인하기", Tone.TURN
    TELL = "tell", "결과 알리기", Tone.WORK
    CLOSE = "close", "종결하기", Tone.WORK
    RETAIN = "retain", "고용유지 확인", Tone.GOOD
    NONE = "none", "할 일 없음", Tone.REST


@dataclass(frozen=True)
class Facts:
    """What is known of one order: counts of its referrals by what they wait for, and the days that matter."""

    status: OrderStatus
    submitted_on: dt.date
    received_on: dt.date | None = None
    approved_on: dt.date | None = None
    correction_due: dt.date | None = None
    mandated: bool = False
    powers: frozenset[Power] = frozenset(Power)
    criteria_fixed_on: dt.date | None = None
    suggested: int = 0
    eligible: int = 0
    asked: int = 0
    lapsed: int = 0
    consent_due: dt.date | None = None
    consented: int = 0
    submitted: int = 0
    first_list_on: dt.date | None = None
    answer_due: dt.date | None = None
    accepted: int = 0
    accepted_on: dt.date | None = None
    interviews: int = 0
    interview_on: dt.date | None = None
    interviewed: int = 0
    last_interview_on: dt.date | None = None
    untold: int = 0
    filled: int = 0
    headcount: int = 1
    next_check_on: dt.date | None = None
    check_waiting: bool = False

    def begun_on(self, due_on: dt.date) -> dt.date:
        """The day of the last thing that happened before a due day: from there its step runs."""
        happened = (
            self.submitted_on, self.received_on, self.approved_on, self.criteria_fixed_on, self.first_list_on,
            self.accepted_on, self.last_interview_on,
        )  # fmt: skip
        return max(day for day in happened if day is not None and (day <= due_on or day is self.submitted_on))


@dataclass(frozen=True)
class Step:
    """What to do next, by whom, by when, why, and at which of the seven stages the order stands."""

    task: Task
    turn: Turn
    due_on: dt.date | None
    why: str
    stage: int

    def days_left(self, today: dt.date) -> int | None:
        """Business days left; negative when late; None without a due day."""
        return None if self.due_on is None else business_days_between(today, self.due_on)


def next_step(facts: Facts) -> Step:
    """The one thing that moves an order on."""
    if facts.status is OrderStatus.SUBMITTED:
        if not facts.mandated:
            due = add_business_days(facts.submitted_on, 3)
            return Step(Task.SIGN, Turn.FIRM, due, "위임 서명을 기다립니다. 서명해야 센터가 시작합니다.", 0)
        due = add_business_days(facts.submitted_on, 1)
        return Step(Task.RECEIVE, Turn.CENTER, due, "새 구인신청입니다. 접수해 주세요.", 0)
    if facts.status is OrderStatus.NEEDS_FIX:
        return Step(
            Task.CORRECT, Turn.FIRM, facts.correction_due, "고칠 곳을 알렸고 기업의 답을 기다립니다.", 0
        )
    if facts.status is OrderStatus.RECEIVED:
        due = add_business_days(facts.received_on or facts.submitted_on, 2)
        return Step(Task.APPROVE, Turn.CENTER, due, "내용이 법에 맞고 빠짐없는지 보고 승인해 주세요.", 0)
    if facts.status is OrderStatus.OPEN:
        return _open_step(facts)
    if facts.next_check_on is not None:
        turn = Turn.FIRM if facts.check_waiting else Turn.NOBODY
        return Step(Task.RETAIN, turn, facts.next_check_on, "입사한 분이 계속 다니는지 여쭙습니다.", 6)
    return Step(Task.NONE, Turn.NOBODY, None, "끝난 구인입니다.", 6 if facts.filled else 0)


def _open_step(facts: Facts) -> Step:
    approved = facts.approved_on or facts.submitted_on
    first_list_due = add_business_days(approved, FIRST_LIST_DAYS)
    if not facts.mandated:
        return Step(
            Task.SIGN, Turn.FIRM, first_list_due, "위임이 없거나 끝났습니다. 새 위임이 필요합니다.", 2
        )
    if facts.filled >= facts.headcount:
        if facts.untold:
            due = add_business_days(facts.last_interview_on or approved, 3)
            why = f"채용이 끝났는데 {facts.untold}명이 아직 결과를 못 들었습니다. 알려야 종결됩니다."
            turn = Turn.CENTER if Power.DECLINE in facts.powers else Turn.FIRM
            return Step(Task.TELL, turn, due, why, 5)
        return Step(Task.CLOSE, Turn.CENTER, None, "모두 뽑았고 모두에게 알렸습니다. 종결해 주세요.", 5)
    if facts.interviewed:
        due = add_business_days(facts.last_interview_on or approved, 3)
        return Step(Task.DECIDE, Turn.FIRM, due, f"면접을 본 {facts.interviewed}명의 결과를 기다립니다.", 5)
    if facts.interviews:
        return Step(
            Task.INTERVIEW,
            Turn.CENTER,
            facts.interview_on,
            "면접이 잡혀 있습니다. 끝나면 결과를 적어 주세요.",
            4,
        )
    if facts.accepted:
        due = add_business_days(facts.accepted_on or approved, 2)
        return Step(
            Task.SCHEDULE,
            Turn.CENTER if Power.INTERVIEW in facts.powers else Turn.FIRM,
            due,
            f"기업이 {facts.accepted}명을 보자고 했습니다. 면접을 잡아 주세요.",
            4,
        )
    if facts.submitted:
        return Step(
            Task.ANSWER,
            Turn.FIRM,
            facts.answer_due,
            f"{facts.submitted}명을 추천했고 기업의 답을 기다립니다.",
            3,
        )
    list_due = first_list_due if facts.first_list_on is None else None
    if Power.CONTACT not in facts.powers and (facts.consented or facts.eligible):
        number = facts.consented or facts.eligible
        return Step(
            Task.PERMIT, Turn.FIRM, list_due, f"{number}명에게 연락하려면 기업의 허락이 필요합니다.", 2
        )
    if facts.consented:
        return Step(
            Task.SUBMIT, Turn.CENTER, list_due, f"{facts.consented}명이 동의했습니다. 추천을 보내 주세요.", 2
        )
    if facts.asked:
        return Step(
            Task.AWAIT_CONSENT, Turn.SEEKER, facts.consent_due, f"{facts.asked}명의 답을 기다립니다.", 2
        )
    if facts.eligible:
        return Step(Task.ASK, Turn.CENTER, list_due, f"적격 {facts.eligible}명에게 동의를 물어 주세요.", 2)
    if facts.lapsed:
        return Step(
            Task.ASK_AGAIN,
            Turn.CENTER,
            list_due,
            f"{facts.lapsed}명이 기한까지 답하지 않았습니다. 다시 여쭙거나 다른 분을 골라 주세요.",
            2,
        )
    if facts.suggested:
        return Step(
            Task.REVIEW, Turn.CENTER, list_due, f"{facts.suggested}명의 서류를 가려진 채 심사해 주세요.", 2
        )
    if facts.criteria_fixed_on is None:
        return Step(
            Task.FIX_CRITERIA,
            Turn.CENTER,
            add_business_days(approved, 1),
            "기준을 정해야 사람을 볼 수 있습니다.",
            2,
        )
    return Step(Task.CHOOSE, Turn.CENTER, list_due, "인재풀에서 추천할 사람을 골라 주세요.", 2)
