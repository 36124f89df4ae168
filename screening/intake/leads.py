"""The center's own public feed as leads: orders nobody has asked for yet, searchable, matchable, never worked."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.audit.commands import record
from foundation.reference.districts import by_name
from foundation.reference.employment_types import EmploymentType
from screening.demand.employers import commands as employers
from screening.demand.employers.models import Employer, EmployerSource
from screening.demand.orders.commands import next_order_number
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.demand.orders.terms import Education, Severance
from screening.intake.feed.findings import FindingCode
from screening.intake.feed.posting import Posting, Refused, parse
from screening.intake.feed.reading import read_rows
from screening.intake.feed.report import RowStatus, report_row
from screening.intake.feed.terms import Education as FeedEducation
from screening.intake.feed.terms import EmploymentType as FeedEmployment
from screening.intake.feed.terms import Severance as FeedSeverance

SOURCE = "getjobinfo"
PIECE = 25
EDUCATIONS = {
    FeedEducation.MIDDLE: Education.MIDDLE,
    FeedEducation.HIGH: Education.HIGH,
    FeedEducation.COLLEGE: Education.COLLEGE,
    FeedEducation.UNIVERSITY: Education.UNIVERSITY,
    FeedEducation.MASTER: Education.UNIVERSITY,
    FeedEducation.DOCTOR: Education.UNIVERSITY,
}


@dataclass
class PostingImport:
    """What became of every row, in the order of the file; `rows` are the objects of the report."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return Counter(row["status"] for row in self.rows)


def import_postings(
    session: orm.Session,
    *,
    payload: bytes,
    by: Actor,
    at: dt.datetime,
    between: Callable[[], None] = lambda: None,
) -> PostingImport:
    """Take a page of the feed in; a row is a new lead, a known one, or listed with its reason.

    `between` is called after every `PIECE` rows: a long page may commit there, reading it again finds its rows known.

    Raises `FeedUnreadable` when the page itself cannot be read. The payload is not kept, only each row's hash.
    """
    done = PostingImport()
    for number, row in enumerate(read_rows(payload), 1):
        if not number % PIECE:
            between()
        item = parse(row)
        if isinstance(item, Refused):
            done.rows.append(report_row(item, RowStatus.REFUSED, number))
            continue
        status, findings = _take(session, item, by, at)
        done.rows.append({**report_row(item, status), "findings": findings})
    return done


def _take(session: orm.Session, posting: Posting, by: Actor, at: dt.datetime) -> tuple[str, list[str]]:
    known = session.scalars(
        sa.select(JobOrder).where(JobOrder.source == SOURCE, JobOrder.source_number == posting.request_number)
    ).one_or_none()
    if known is not None:
        if known.source_hash != posting.source_hash and known.status is OrderStatus.LEAD:
            _write(known, posting, known.source_findings)
            record(session, "lead.refreshed", known, by=by, at=at, request_number=posting.request_number)
        return RowStatus.KNOWN, list(known.source_findings)
    findings = [code.value for code in posting.findings]
    reposted = session.scalar(
        sa.select(JobOrder.number)
        .where(JobOrder.source == SOURCE, JobOrder.repost_key == posting.repost_key)
        .limit(1)
    )
    if reposted:
        findings.append(FindingCode.REPOST.value)
    employer = _employer(session, posting, by, at)
    lead = JobOrder(
        number=next_order_number(session, at=at),
        employer_id=employer.organisation_id,
        employer=employer,
        status=OrderStatus.LEAD,
        source=SOURCE,
        source_number=posting.request_number,
    )
    _write(lead, posting, findings)
    session.add(lead)
    record(
        session,
        "lead.read",
        lead,
        by=by,
        at=at,
        request_number=posting.request_number,
        repost_of=reposted or "",
    )
    return RowStatus.NEW, findings


def _write(lead: JobOrder, posting: Posting, findings: Sequence[str]) -> None:
    district = by_name(posting.city) if posting.province == "서울" and posting.city else None
    fixed = posting.employment_type is FeedEmployment.FIXED_TERM
    kinds = {
        (False, False): EmploymentType.PERMANENT,
        (False, True): EmploymentType.PERMANENT_PART,
        (True, False): EmploymentType.FIXED,
        (True, True): EmploymentType.FIXED_PART,
    }
    lead.source_hash, lead.repost_key, lead.source_findings = (
        posting.source_hash,
        posting.repost_key,
        list(findings),
    )
    lead.title = posting.title[:200] or posting.occupation_name or "제목 없음"
    lead.occupation_code, lead.duties, lead.headcount = (
        posting.occupation_code,
        posting.duties,
        posting.headcount,
    )
    lead.employment_type = kinds[fixed, posting.part_time]
    lead.weekly_hours = None if posting.weekly_hours is None else round(posting.weekly_hours)
    lead.work_days = round(posting.work_days_per_week or 5)
    lead.work_time = posting.work_time[:300]
    lead.wage_basis, lead.wage_won = posting.wage_basis, posting.wage_won
    lead.wage_max_won, lead.wage_negotiable = posting.wage_max_won, posting.negotiable
    lead.workplace_region = posting.province or ""
    lead.workplace_district = district.code if district else None
    lead.workplace_city = posting.city or ""
    place = (posting.province, posting.city, posting.address_detail)
    lead.workplace_address = " ".join(filter(None, place))[:200]
    lead.education = EDUCATIONS.get(posting.education, Education.ANY) if posting.education else Education.ANY
    lead.insurances = sorted(each.value for each in posting.insurances)
    severances = {FeedSeverance.NONE: Severance.NONE, FeedSeverance.PENSION: Severance.PENSION}
    lead.severance = severances.get(posting.severance, Severance.PAY) if posting.severance else Severance.NONE
    lead.papers = ", ".join(paper.ko for paper in posting.papers)[:200]
    lead.closes_on = None if posting.until_filled else posting.closes_on


def _employer(session: orm.Session, posting: Posting, by: Actor, at: dt.datetime) -> Employer:
    """The firm of a posting: the one known by this name in this place, or a new, unverified one."""
    district = by_name(posting.city) if posting.province == "서울" and posting.city else None
    place = " ".join(filter(None, (posting.province, posting.city)))
    found = employers.find_by_name(
        session, name=posting.employer_name, district=district.code if district else None, place=place
    )
    if found is not None:
        return found
    firm = employers.FirmFacts(
        name=posting.employer_name[:100],
        business_number=None,
        address=place,
        district=district.code if district else None,
    )
    return employers.register(session, firm=firm, source=EmployerSource.FEED, by=by, at=at)
