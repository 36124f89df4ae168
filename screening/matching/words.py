"""Korean text as hashed character bigrams: compounds and spacing variants meet without a dictionary."""

import re
import unicodedata
import zlib

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 18


def plain(text: str) -> str:
    """NFKC, lower case, only letters and digits."""
    return re.sub(r"[^0-9a-z가-힣]", "", unicodedata.normalize("NFKC", text).lower())


def bigrams(text: str) -> NDArray[np.int32]:
    """Sorted distinct bucket numbers of a text's character bigrams."""
    letters = plain(text)
    found = {zlib.crc32(letters[i : i + 2].encode()) % BUCKETS for i in range(len(letters) - 1)}
    return np.array(sorted(found), dtype=np.int32)
