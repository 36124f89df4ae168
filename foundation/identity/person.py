"""The facts that name a person."""

import datetime as dt
import json
import re
import unicodedata
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Person:
    """Name, birth date and contact of one seeker; `sex` ('f', 'm' or '') only if given, never sent to a firm."""

    name: str
    birth_date: dt.date
    phone: str
    email: str = ""
    sex: str = ""
    address: str = ""

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, default=str).encode()

    @classmethod
    def from_bytes(cls, plain: bytes) -> "Person":
        facts = json.loads(plain)
        return cls(**{**facts, "birth_date": dt.date.fromisoformat(facts["birth_date"])})


def normal_name(name: str) -> str:
    """NFC, without spaces, lower case: the form in which names are compared."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", name)).lower()
