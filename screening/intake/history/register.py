"""An old register as one value; keys are the register's own, days are Asia/Seoul."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Header:
    """Which register this is, its first and last day, and how many records of each type the file promises."""

    register: str
    name: str
    first_on: dt.date
    last_on: dt.date
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class OldPerson:
    """One person, already anonymised; `line` is where the file says so."""

    line: int
    key: str
    sex: str
    birth_year: int | None
    district: str | None
    registered_on: dt.date
    intern: bool


@dataclass(frozen=True, slots=True)
class OldFirm:
    """One firm; `employees` are its regular workers."""

    line: int
    key: str
    name: str
    district: str | None
    employees: int


@dataclass(frozen=True, slots=True)
class OldOrder:
    """One order; `closed_on` None means that it was open when the register ended."""

    line: int
    key: str
    firm: str
    title: str
    occupation: str | None
    headcount: int
    opened_on: dt.date
    closed_on: dt.date | None
    filled: int


@dataclass(frozen=True, slots=True)
class OldPlacement:
    """One hire of one person for one order."""

    line: int
    person: str
    order: str
    hired_on: dt.date


@dataclass(frozen=True, slots=True)
class Register:
    """A whole register whose records fit together."""

    header: Header
    persons: tuple[OldPerson, ...]
    firms: tuple[OldFirm, ...]
    orders: tuple[OldOrder, ...]
    placements: tuple[OldPlacement, ...]
