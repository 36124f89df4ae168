"""How a state looks belongs to the state: tone and icon together, so that colour never speaks alone."""

from enum import StrEnum


class Tone(StrEnum):
    """The six tones of the visual system; each names its KRDS badge colour and its icon."""

    REST = "rest"
    WORK = "work"
    OPEN = "open"
    TURN = "turn"
    GOOD = "good"
    STOP = "stop"

    @property
    def badge(self) -> str:
        return {
            Tone.REST: "gray",
            Tone.WORK: "information",
            Tone.OPEN: "primary",
            Tone.TURN: "warning",
            Tone.GOOD: "success",
            Tone.STOP: "danger",
        }[self]

    @property
    def icon(self) -> str:
        return {
            Tone.REST: "dash",
            Tone.WORK: "clock",
            Tone.OPEN: "ring",
            Tone.TURN: "arrow",
            Tone.GOOD: "check",
            Tone.STOP: "cross",
        }[self]


class Labelled(StrEnum):
    """A state or code with the word people see (`ko`) and its tone, declared as `NAME = value, ko, tone`."""

    ko: str
    tone: Tone

    def __new__(cls, value: str, ko: str = "", tone: Tone = Tone.REST) -> "Labelled":
        member = str.__new__(cls, value)
        member._value_ = value
        member.ko = ko or value
        member.tone = tone
        return member
