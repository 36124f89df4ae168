"""Taking firms in and verifying them."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor, Role
from foundation.audit.commands import record
from foundation.database import new_id
from foundation.messages.free_words import plain_name
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.refusals import Invalid, NotAllowed, Refusal
from screening.demand.employers.models import CompanySize, Employer, EmployerSource
from screening.demand.employers.names import name_key

MOST_EMPLOYEES = 500_000
MOST_WON = 10**15
INSURANCE_DIGITS = 11
HOMEPAGE = re.compile(r"https?://[\w.-]+\.[^\W\d_]{2,}(:\d+)?(/[^\s<>\"']*)?")


class AlreadyKnown(Refusal):
    """A firm with this business number is already a member."""


@dataclass(frozen=True)
class FirmFacts:
    """What a firm says of itself; `district` is the 5-digit code of its seat in Seoul, or None outside."""

    name: str
    business_number: str | None
    representative: str = ""
    address: str = ""
    district: str | None = None
    industry: str = ""
    employees: int = 0
    opened_on: dt.date | None = None


def check_facts(firm: FirmFacts) -> None:
    """Raise `Invalid` for facts no firm can have."""
    if not 0 <= firm.employees <= MOST_EMPLOYEES:
        raise Invalid("상시근로자 수를 0명에서 50만 명 사이로 적어 주세요.", field="employees")


def register(
    session: orm.Session, *, firm: FirmFacts, source: EmployerSource, by: Actor, at: dt.datetime
) -> Employer:
    """Take a firm in; raises `AlreadyKnown` when its business number is taken.

    What a firm calls itself stands in letters to people (`plain_name`); leads from elsewhere write to nobody.
    """
    if firm.business_number and session.scalar(
        sa.select(Employer.organisation_id).where(Employer.business_number == firm.business_number)
    ):
        raise AlreadyKnown("이미 가입된 사업자등록번호입니다.", field="business_number")
    check_facts(firm)
    if source is EmployerSource.OWN:
        plain_name(firm.name, field="name")
    organisation = Organisation(
        id=new_id(), kind=OrganisationKind.EMPLOYER, name=firm.name, district=firm.district, created_at=at
    )
    employer = Employer(
        organisation=organisation,
        organisation_id=organisation.id,
        business_number=firm.business_number,
        name_key=name_key(firm.name),
        representative=firm.representative,
        address=firm.address,
        industry=firm.industry,
        employees=firm.employees,
        opened_on=firm.opened_on,
        source=source,
    )
    session.add_all([organisation, employer])
    record(session, "employer.registered", employer, also=(organisation,), by=by, at=at, source=source.value)
    return employer


@dataclass(frozen=True)
class FirmProfile:
    """What the 구인신청서 asks of a firm beside its register entry; all of it may be left open."""

    insurance_number: str = ""
    business: str = ""
    size: CompanySize = CompanySize.UNKNOWN
    capital_won: int | None = None
    sales_won: int | None = None
    homepage: str = ""


def describe(session: orm.Session, *, profile: FirmProfile, by: Actor, at: dt.datetime) -> Employer:
    """A firm describes itself; raises `Invalid` for what cannot be and `NotAllowed` for anybody else's firm."""
    if by.role is not Role.EMPLOYER or by.organisation_id is None:
        raise NotAllowed("회사 정보는 회사의 구성원이 적습니다.")
    digits = profile.insurance_number.replace("-", "").strip()
    if digits and not (len(digits) == INSURANCE_DIGITS and digits.isascii() and digits.isdigit()):
        raise Invalid("사업장관리번호는 숫자 11자리입니다.", field="insurance_number")
    for field, won in (("capital_won", profile.capital_won), ("sales_won", profile.sales_won)):
        if won is not None and not 0 <= won <= MOST_WON:
            raise Invalid("0원에서 1,000조 원 사이로 적어 주세요.", field=field)
    homepage = profile.homepage.strip()
    if homepage and not HOMEPAGE.fullmatch(homepage):
        raise Invalid("누리집 주소를 https://로 시작하게 적어 주세요.", field="homepage")
    employer = session.get_one(Employer, by.organisation_id, with_for_update={"of": Employer})
    employer.insurance_number, employer.homepage = digits, homepage
    employer.business, employer.size = profile.business.strip(), profile.size
    employer.capital_won, employer.sales_won = profile.capital_won, profile.sales_won
    record(session, "employer.described", employer, by=by, at=at)
    return employer


def find_by_name(session: orm.Session, *, name: str, district: str | None, place: str) -> Employer | None:
    """The one firm whose name and place agree; two candidates are none, because guessing would mix firms up.

    Inside Seoul the place is the district; outside, the province and city that the address begins with.
    """
    here = (
        Organisation.district == district if district else Employer.address.startswith(place, autoescape=True)
    )
    found = session.scalars(
        sa.select(Employer)
        .join(Organisation)
        .where(Employer.name_key == name_key(name), here, Employer.source != EmployerSource.HISTORY)
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def verify(
    session: orm.Session, *, employer_id: uuid.UUID, ground: str, by: Actor, at: dt.datetime
) -> Employer:
    """An officer has checked that the firm exists and asked; `ground` says how (paper, call, tax office)."""
    employer = session.get_one(Employer, employer_id)
    employer.verified_at = at
    record(session, "employer.verified", employer, by=by, at=at, ground=ground)
    return employer
