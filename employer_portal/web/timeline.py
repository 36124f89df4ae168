"""The whole history of an order in sentences, read from the audit trail; no sentence names a job seeker."""

from employer_portal.web.acts import ACT_KO
from employer_portal.web.request import db
from foundation.audit.models import AuditEntry
from foundation.audit.queries import of_matter
from screening.demand.orders.models import JobOrder

TOLD = (
    "lead.claimed", "order.submitted", "mandate.signed", "order.received", "order.correction_asked", "order.corrected",
    "order.exception_decided", "order.approved",
    "application.received", "application.decided", "application.hired", "application.told",
    "posting.report_decided", "order.refused", "criteria.fixed", "consent.asked",
    "shortlist.submitted", "shortlist.answered", "interview.scheduled", "interview.moved", "interview.cancelled",
    "interview.held", "placement.hired", "outcome.told", "amendment.applied", "amendment.asked", "amendment.decided",
    "mandate.permitted", "mandate.warned", "mandate.withdrawn", "clock.paused", "clock.resumed", "clock.reminded",
    "clock.overdue", "clock.escalated", "clock.last_call", "clock.closed", "order.withdrawn", "order.closed",
    "retention.asked", "retention.confirmed",
)  # fmt: skip
"""The acts both sides may read."""


class Entry:
    """One line of an order's history; the same act of the same person within one minute is one line."""

    def __init__(self, row: AuditEntry) -> None:
        self.at, self.who, self.what = row.at, row.actor_name, row.what
        self.times = 1

    @property
    def sentence(self) -> str:
        return ACT_KO[self.what] + (f" ({self.times}건)" if self.times > 1 else "")


def timeline_of(order: JobOrder) -> list[Entry]:
    """The order's history, oldest first."""
    entries: list[Entry] = []
    for row in of_matter(db(), number=order.number, acts=TOLD):
        last = entries[-1] if entries else None
        if last and (last.what, last.who) == (row.what, row.actor_name) and (row.at - last.at).seconds < 60:
            last.times += 1
        else:
            entries.append(Entry(row))
    return entries
