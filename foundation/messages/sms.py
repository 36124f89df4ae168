"""The lengths of Korean text messages: 90 bytes of EUC-KR are one SMS, 2,000 an LMS."""

SHORT, LONG = 90, 2000


def size(text: str) -> int:
    """Bytes as the carriers count them."""
    return len(text.encode("cp949", "replace"))


def kind(text: str) -> str:
    """`SMS` or `LMS`."""
    return "SMS" if size(text) <= SHORT else "LMS"


def fitting(text: str) -> str:
    """The text, shortened to what an LMS holds; an address in its last line stays whole."""
    if size(text) <= LONG:
        return text
    body, _, last = text.rpartition("\n")
    while size(f"{body}…\n{last}") > LONG and body:
        body = body[:-20]
    return f"{body}…\n{last}" if body else text[: LONG // 2]
