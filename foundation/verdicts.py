"""A policy answers page, template and command with the same verdict: yes, or the sentence that says why not."""

from dataclasses import dataclass

from foundation.refusals import NotAllowed


@dataclass(frozen=True)
class Verdict:
    """Truthy when the act is allowed; otherwise `why` is the sentence to show."""

    allowed: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> None:
        """Raise `NotAllowed` with the verdict's own sentence unless the act is allowed."""
        if not self.allowed:
            raise NotAllowed(self.why)


ALLOWED = Verdict(True)


def refused(why: str) -> Verdict:
    """A verdict that says no, with its reason."""
    return Verdict(False, why)
