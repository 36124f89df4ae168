"""States of a job order and the verbs between them."""

from foundation.states import StateTable
from foundation.tones import Labelled, Tone


class OrderStatus(Labelled):
    """구인신청의 상태. A lead is an order the center only read in a public feed; nobody has asked for it yet."""

    LEAD = "lead", "공개 구인정보", Tone.REST
    SUBMITTED = "submitted", "접수대기", Tone.WORK
    RECEIVED = "received", "접수", Tone.WORK
    NEEDS_FIX = "needs_fix", "보완요청", Tone.TURN
    OPEN = "open", "모집중", Tone.OPEN
    CLOSED = "closed", "종결", Tone.REST
    REFUSED = "refused", "반려", Tone.STOP
    WITHDRAWN = "withdrawn", "신청취소", Tone.REST


S = OrderStatus

ORDER_STATES = StateTable(
    thing="구인신청",
    moves={
        "claim": (frozenset({S.LEAD}), S.SUBMITTED),
        "receive": (frozenset({S.SUBMITTED}), S.RECEIVED),
        "ask_correction": (frozenset({S.RECEIVED}), S.NEEDS_FIX),
        "correct": (frozenset({S.NEEDS_FIX}), S.RECEIVED),
        "approve": (frozenset({S.RECEIVED}), S.OPEN),
        "refuse": (frozenset({S.RECEIVED, S.NEEDS_FIX}), S.REFUSED),
        "withdraw": (frozenset({S.SUBMITTED, S.RECEIVED, S.NEEDS_FIX, S.OPEN}), S.WITHDRAWN),
        "close": (frozenset({S.OPEN}), S.CLOSED),
    },
)

WORKED = frozenset({S.SUBMITTED, S.RECEIVED, S.NEEDS_FIX, S.OPEN})
"""States in which somebody still has to do something."""


class RefusalGround(Labelled):
    """The only four grounds on which an order may be refused (직업안정법 제8조)."""

    UNLAWFUL = "unlawful", "구인신청의 내용이 법령을 위반한 경우"
    UNSUITABLE = "unsuitable", "임금, 근로시간 등이 통상에 비해 현저하게 부적당한 경우"
    SILENT = "silent", "구인자가 근로조건을 밝히기를 거부하는 경우"
    UNPAID_WAGES = "unpaid_wages", "구인자가 체불사업주로 명단이 공개 중인 경우"


class CloseReason(Labelled):
    """Why an order ended; without a hire the reason teaches the network what was missing."""

    FILLED = "filled", "모두 채용했습니다"
    PARTLY = "partly", "일부만 채용하고 마칩니다"
    PAY = "pay", "임금 등 근로조건이 구직자의 기대와 달랐습니다"
    AVOIDED = "avoided", "구직자가 꺼리는 직종이었습니다"
    QUALIFICATION = "qualification", "학력이나 자격을 갖춘 사람이 없었습니다"
    EXPERIENCE = "experience", "경력을 갖춘 사람이 없었습니다"
    COMPETITION = "competition", "다른 사업체와 경쟁이 심했습니다"
    PLAN_CHANGED = "plan_changed", "채용 계획이 바뀌었습니다"
    NO_ANSWER = "no_answer", "기업이 답하지 않았습니다"
