"""How the press says that there is no PDF: this once, or not on this machine."""

from foundation.refusals import Refusal


class PressFailed(Refusal):
    """This one job came to nothing; the next may succeed. `detail` is for the log, never for the page."""

    status = 500

    def __init__(self, sentence: str, *, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


class PressUnavailable(Refusal):
    """Nothing can be printed (or read) until the machine has what is missing; said in Korean and English."""

    status = 503


class PressBusy(PressUnavailable):
    """As many jobs as may wait are waiting already, or the answer would come too late."""

    retry_after = 5

    def __init__(self) -> None:
        super().__init__("지금 다른 문서를 다루고 있습니다. 몇 초 뒤에 다시 해 주세요.")
