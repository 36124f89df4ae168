"""States of a referral; seekers never see these words, only sentences."""

from foundation.states import StateTable
from foundation.tones import Labelled, Tone


class ReferralState(Labelled):
    """Where one person stands for one order."""

    SUGGESTED = "suggested", "발굴", Tone.REST
    ELIGIBLE = "eligible", "적격", Tone.GOOD
    INELIGIBLE = "ineligible", "부적격", Tone.STOP
    ASKED = "asked", "본인의사확인", Tone.TURN
    CONSENTED = "consented", "동의", Tone.GOOD
    DECLINED = "declined", "본인 사양", Tone.REST
    SUBMITTED = "submitted", "추천완료", Tone.OPEN
    ACCEPTED = "accepted", "면접 희망", Tone.GOOD
    PASSED_OVER = "passed_over", "서류탈락", Tone.STOP
    INTERVIEW = "interview", "면접예정", Tone.OPEN
    INTERVIEWED = "interviewed", "면접완료", Tone.GOOD
    NO_SHOW = "no_show", "면접불참", Tone.STOP
    HIRED = "hired", "채용확정", Tone.GOOD
    NOT_HIRED = "not_hired", "미채용", Tone.STOP
    WITHDRAWN = "withdrawn", "본인 철회", Tone.REST
    ELSEWHERE = "elsewhere", "다른 곳 취업", Tone.REST
    ENDED = "ended", "구인 종결", Tone.REST


R = ReferralState

REFERRAL_STATES = StateTable(
    thing="추천",
    moves={
        "find_eligible": (frozenset({R.SUGGESTED}), R.ELIGIBLE),
        "find_ineligible": (frozenset({R.SUGGESTED}), R.INELIGIBLE),
        "ask": (frozenset({R.ELIGIBLE}), R.ASKED),
        "consent": (frozenset({R.ASKED}), R.CONSENTED),
        "decline": (frozenset({R.ASKED}), R.DECLINED),
        "submit": (frozenset({R.CONSENTED}), R.SUBMITTED),
        "accept": (frozenset({R.SUBMITTED}), R.ACCEPTED),
        "pass_over": (frozenset({R.SUBMITTED}), R.PASSED_OVER),
        "reconsider": (frozenset({R.PASSED_OVER, R.NOT_HIRED}), R.ACCEPTED),
        "schedule": (frozenset({R.ACCEPTED}), R.INTERVIEW),
        "hold_interview": (frozenset({R.INTERVIEW}), R.INTERVIEWED),
        "cancel_interview": (frozenset({R.INTERVIEW}), R.ACCEPTED),
        "correct_absence": (frozenset({R.NO_SHOW}), R.INTERVIEWED),
        "miss_interview": (frozenset({R.INTERVIEW}), R.NO_SHOW),
        "hire": (frozenset({R.ACCEPTED, R.PASSED_OVER, R.INTERVIEW, R.INTERVIEWED, R.NOT_HIRED}), R.HIRED),
        "not_hire": (
            frozenset({R.SUBMITTED, R.ACCEPTED, R.INTERVIEW, R.INTERVIEWED, R.NO_SHOW}),
            R.NOT_HIRED,
        ),
        "withdraw": (
            frozenset({R.ASKED, R.CONSENTED, R.SUBMITTED, R.ACCEPTED, R.INTERVIEW, R.INTERVIEWED}),
            R.WITHDRAWN,
        ),
        "end": (frozenset({R.SUGGESTED, R.ELIGIBLE, R.ASKED, R.CONSENTED}), R.ENDED),
        "hire_elsewhere": (
            frozenset(
                {
                    R.SUGGESTED,
                    R.ELIGIBLE,
                    R.ASKED,
                    R.CONSENTED,
                    R.SUBMITTED,
                    R.ACCEPTED,
                    R.INTERVIEW,
                    R.INTERVIEWED,
                }
            ),
            R.ELSEWHERE,
        ),
    },
)

SHOWN_TO_FIRM = frozenset(
    {R.SUBMITTED, R.ACCEPTED, R.PASSED_OVER, R.INTERVIEW, R.INTERVIEWED, R.NO_SHOW, R.HIRED, R.NOT_HIRED}
)
"""States in which the firm may see the blind profile."""

NAMED_TO_FIRM = frozenset({R.ACCEPTED, R.INTERVIEW, R.INTERVIEWED, R.HIRED})
"""States in which both have said yes, so that name and contact are shown."""

LIVE = frozenset(
    {R.SUGGESTED, R.ELIGIBLE, R.ASKED, R.CONSENTED, R.SUBMITTED, R.ACCEPTED, R.INTERVIEW, R.INTERVIEWED}
)
"""States in which something is still expected to happen."""

TO_BE_TOLD = frozenset({R.SUBMITTED, R.PASSED_OVER, R.NOT_HIRED, R.NO_SHOW, R.HIRED, R.CONSENTED})
"""Endings (and waitings) of people who agreed to be proposed: each must be told how it went (채용절차법 제10조)."""


class PassOverReason(Labelled):
    """Why the firm says 'not this time'; never age, sex, looks, origin (domain §1.4)."""

    EXPERIENCE = "E01", "경력이 모자랍니다"
    LICENCE = "E02", "자격이 맞지 않습니다"
    SKILL = "E03", "하는 일과 거리가 있습니다"
    INTERVIEW = "E04", "면접에서 다른 분이 더 맞았습니다"
    OTHER_HIRED = "E05", "다른 분을 뽑았습니다"
    PLAN = "E06", "채용 계획이 바뀌었습니다"
    PAY = "E07", "희망임금이 맞지 않습니다"


class Judgement(Labelled):
    """What a reviewer finds for one line of the criteria sheet."""

    MET = "met", "충족", Tone.GOOD
    NOT_MET = "not", "미충족", Tone.STOP
    UNKNOWN = "unk", "확인 필요", Tone.TURN
