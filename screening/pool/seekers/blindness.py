"""Free text that is read blind must not say who somebody is."""

import re
import unicodedata

from foundation.composing import composed

REVEALING = re.compile(
    r"0\d{1,2}[-.\s)]{0,5}\d{3,4}[-.\s]{0,5}\d{4}|[^\s@]@[^\s@]{1,100}?\.[^\s@]|\d{6}\s{0,5}-\s{0,5}[1-8]\d{6}"
    r"|(?:19|20)?\d{2}\s{0,5}년\s{0,5}생|\d{2}\s{0,5}(?:세|살)(?!트)|\d0\s{0,5}대\s{0,5}(?:초|중|후|여|남)"
    r"|여성입니다|남성입니다|(?:^|\s)(?:여성|남성|여자|남자|여|남)(?:\s{0,5}$|[,.)/])"
)


MOST_UNFOLDED = 4
"""Letters that one sign may stand for on the average; U+FDFA stands for eighteen and hides what is said."""
MOBILE = re.compile(r"01[016-9]\d{7,8}")
SPOKEN = str.maketrans("공영일이삼사오육칠팔구", "00123456789")


def reveals_somebody(text: str, *, name: str = "") -> bool:
    """Whether a text holds a contact, a birth year, an age, a sex, or the person's own name, however it is spelled.

    Full-width and spelled-out digits are read, what cannot be seen is not there.
    """
    seen = composed(text, "NFKC")
    if len(seen) > MOST_UNFOLDED * len(text) + 100:
        return True
    seen = "".join(character for character in seen if unicodedata.category(character) != "Cf")
    seen = re.sub(r"\s+", " ", seen)
    told = re.sub(r"\s", "", seen)
    contacts = seen.translate(SPOKEN)
    return (
        bool(REVEALING.search(seen))
        or bool(MOBILE.search(re.sub(r"[\s.-]", "", contacts)))
        or bool(name and len(name) > 1 and re.sub(r"\s", "", name) in told)
    )
