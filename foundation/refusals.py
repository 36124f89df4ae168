"""A command that cannot do what it was asked raises a named refusal; the edge turns it into one page."""


class Refusal(Exception):
    """The request was understood and is refused, in a sentence written for the person who asked.

    `field` names the form field the sentence belongs to, or None when it concerns the whole request.
    `status` is the HTTP status the edge answers with, `retry_after` the seconds after which it is worth trying again.
    """

    status = 409
    retry_after: int | None = None

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotFound(Refusal):
    """The row does not exist, or belongs to another organisation: both look the same from outside."""

    status = 404

    def __init__(self, sentence: str = "찾으시는 내용이 없습니다. 주소를 다시 확인해 주세요.") -> None:
        super().__init__(sentence)


class NotAllowed(Refusal):
    """The actor's role does not reach this act."""

    status = 403


class Invalid(Refusal):
    """A value that was typed cannot be accepted; `field` says which."""

    status = 422
