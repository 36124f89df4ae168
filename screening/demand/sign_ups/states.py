"""States of an application to join."""

from foundation.states import StateTable
from foundation.tones import Labelled, Tone


class SignUpState(Labelled):
    """Where an application stands."""

    APPLIED = "applied", "메일 확인 전", Tone.REST
    CONFIRMED = "confirmed", "기업 확인 전", Tone.WORK
    PROVED = "proved", "승인 기다림", Tone.OPEN
    APPROVED = "approved", "가입", Tone.GOOD
    REFUSED = "refused", "거절", Tone.STOP


S = SignUpState

SIGN_UP_STATES = StateTable(
    thing="가입 신청",
    moves={
        "confirm_mail": (frozenset({S.APPLIED}), S.CONFIRMED),
        "prove": (frozenset({S.CONFIRMED}), S.PROVED),
        "approve": (frozenset({S.PROVED}), S.APPROVED),
        "refuse": (frozenset({S.APPLIED, S.CONFIRMED, S.PROVED}), S.REFUSED),
    },
)


class Proof(Labelled):
    """How the center found out that the firm itself asks."""

    CODE = "code", "따로 찾은 연락처로 보낸 번호"
    CALL = "call", "담당자 통화"


class Position(Labelled):
    """What the applicant is to the firm."""

    REPRESENTATIVE = "representative", "대표자 본인"
    EMPLOYEE = "employee", "직원"
    DELEGATE = "delegate", "위임받은 사람(세무사 등)"
