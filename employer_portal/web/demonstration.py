"""What stands above the portal and joins it in a demo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from employer_portal.web.areas import Area
from employer_portal.web.portal import Portal
from foundation.database import Database


@dataclass(frozen=True)
class Demonstration:
    """More pages, a load, sign-ins to print, and a refusal.

    `refuse` raises `SettingsError` for a database that holds the accounts of a real center.
    """

    areas: tuple[Area, ...]
    refuse: Callable[[Database], None]
    load: Callable[[Portal], None]
    sign_ins: Callable[[], Sequence[str]]
