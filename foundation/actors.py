"""Who does something: every command takes an actor, and the record keeps the name it acted under."""

import uuid
from dataclasses import dataclass

from foundation.tones import Labelled


class Role(Labelled):
    """What a signed-in account may be; `SEEKER` acts through a link and `SYSTEM` is the worker."""

    EMPLOYER = "employer", "구인기업"
    FIRM_READER = "firm-reader", "구인기업(열람)"
    OFFICER = "officer", "채용대행 담당자"
    LEAD = "lead", "팀장"
    CHAMBER = "chamber", "구상공회"
    CITY_CHAMBER = "city-chamber", "서울상공회의소"
    AGENCY = "agency", "협력기관"
    AUDITOR = "auditor", "감사자"
    ADMIN = "admin", "센터 관리자"
    SEEKER = "seeker", "구직자"
    SYSTEM = "system", "시스템"


FIRM_ROLES = frozenset({Role.EMPLOYER, Role.FIRM_READER})
"""Roles of a firm's own people: both see everything of the firm, only `EMPLOYER` acts for it."""

CENTER_ROLES = frozenset({Role.OFFICER, Role.LEAD, Role.ADMIN, Role.AUDITOR})
"""Roles of the center's own people; outside the demo they need a second factor."""

OFFICERS = frozenset({Role.OFFICER, Role.LEAD})
"""Roles that do the hiring work."""


@dataclass(frozen=True)
class Actor:
    """One person (or the worker) acting now: role, organisation, and the address the request came from."""

    role: Role
    name: str
    account_id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None
    district: str | None = None
    address: str = ""


SYSTEM = Actor(role=Role.SYSTEM, name="이음")
