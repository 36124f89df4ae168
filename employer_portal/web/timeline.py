"""The history of an order in sentences, read from the audit trail."""

from center.audit.models import AuditEntry
from center.audit.queries import history
from employer_portal.web.request import db
from screening.orders.models import JobOrder

TIMELINE_KO = {
    "order.submitted": "구인신청을 냈습니다",
    "order.received": "센터가 접수했습니다",
    "order.correction_asked": "센터가 고칠 곳을 알렸습니다",
    "order.corrected": "고쳐서 다시 냈습니다",
    "order.approved": "센터가 승인했습니다",
    "order.refused": "센터가 받지 않았습니다",
    "order.withdrawn": "구인신청을 취소했습니다",
    "order.closed": "채용을 마쳤습니다",
}


class Entry:
    """One line of an order's history."""

    def __init__(self, row: AuditEntry) -> None:
        self.at, self.who = row.at, row.actor_name
        self.sentence = TIMELINE_KO.get(row.what, row.what)


def timeline_of(order: JobOrder) -> list[Entry]:
    """The order's history, oldest first."""
    rows = history(db(), subject_kind="job_order", subject_id=str(order.id), acts=TIMELINE_KO.keys())
    return [Entry(row) for row in rows]
