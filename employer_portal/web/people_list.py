"""The people of an order on one list, for paper and spreadsheets: named only as far as consent reaches today."""

import datetime as dt
from dataclasses import dataclass

from employer_portal.web.request import actor, db, today
from screening.casework.consents import queries as consents
from screening.casework.interviews import queries as interview_queries
from screening.casework.interviews.models import Interview
from screening.casework.placements import commands as placements
from screening.casework.placements.models import Placement
from screening.casework.referrals import queries as referrals
from screening.casework.referrals.states import SHOWN_TO_FIRM, ReferralState
from screening.casework.shortlists import commands as shortlists
from screening.demand.orders.models import JobOrder
from screening.demand.postings import queries as postings

DECIDED = frozenset(
    {ReferralState.PASSED_OVER, ReferralState.HIRED, ReferralState.NOT_HIRED, ReferralState.NO_SHOW}
)


@dataclass(frozen=True)
class Listed:
    """One person; `name`, `phone` and `email` are empty where no consent holds; `decided` says that the firm has."""

    path: str
    label: str
    summary: str
    state: str
    came_on: dt.datetime | None
    answered_on: dt.datetime | None
    interview: Interview | None
    placement: Placement | None
    decided: bool
    reason: str
    name: str = ""
    phone: str = ""
    email: str = ""


def roll_of(order: JobOrder) -> list[Listed]:
    """Whom the center proposed, then who applied to the posting; every name shown is a recorded look."""
    return [*proposed_of(order), *_applied(order)]


def proposed_of(order: JobOrder) -> list[Listed]:
    """Whom the center proposed; applicants are neither looked up nor noted as seen."""
    people = [
        each for each in referrals.of_order(db(), order.id, viewer=actor()) if each.state in SHOWN_TO_FIRM
    ]
    named = consents.named(db(), order, people, viewer=actor(), on=today())
    entries = {
        entry.referral_id: (entry.letter, shortlist.submitted_at)
        for shortlist in shortlists.of_order(db(), order.id, viewer=actor())
        for entry in shortlist.entries
    }
    meetings = interview_queries.standing(db(), people)
    hired = {each.referral_id: each for each in placements.of_order(db(), order.id)}
    rows = []
    for each in people:
        letter, submitted_at = entries.get(each.id, ("", None))
        person = named.get(each.seeker_id)
        rows.append(
            Listed(
                path="추천",
                label=f"후보 {letter}".strip(),
                summary=each.seeker.summary,
                state=each.state.ko,
                came_on=submitted_at,
                answered_on=each.firm_answered_at,
                interview=meetings.get(each.id),
                placement=hired.get(each.id),
                decided=each.state in DECIDED,
                reason=each.pass_over_reason.ko if each.pass_over_reason else "",
                name=person.name if person else "",
                phone=person.phone if person else "",
                email=person.email if person else "",
            )
        )
    return rows


def _applied(order: JobOrder) -> list[Listed]:
    found = postings.of_order(db(), order.id, viewer=actor())
    named = postings.named(db(), found, purpose=f"지원 명부({order.number})", viewer=actor())
    return [
        Listed(
            path="지원",
            label=f"지원 {each.place}",
            summary=each.text,
            state=each.state.ko,
            came_on=each.applied_at,
            answered_on=each.changed_at if each.changed_at != each.applied_at else None,
            interview=None,
            placement=None,
            decided=each.told_at is not None,
            reason="",
            name=contact.name if (contact := named.get(each.id)) else "",
            phone=contact.phone if contact else "",
            email=contact.email if contact else "",
        )
        for each in found
    ]
