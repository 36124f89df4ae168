"""What one amount of wage is paid for: an hour, a day, a month or a year."""

from foundation.tones import Labelled


class WageBasis(Labelled):
    """The basis of a wage (임금형태), with the word users see."""

    HOUR = "hour", "시급"
    DAY = "day", "일급"
    MONTH = "month", "월급"
    YEAR = "year", "연봉"
