"""The signed contract as a sealed PDF."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import orm

from foundation.actors import SYSTEM
from foundation.audit.commands import record
from foundation.database import SEOUL, Database
from foundation.documents.models import store
from foundation.documents.press.failures import PressFailed, PressUnavailable
from foundation.documents.press.press import Press
from foundation.documents.press.sheet import Sheet
from foundation.documents.press.words import keep_words
from foundation.outbox.commands import NotDone, NotYet, Task
from screening.demand.mandates.models import Mandate
from screening.demand.orders.models import JobOrder

TEMPLATES = Path(__file__).parent / "templates"


def contract_sheet(mandate: Mandate, *, number: str, issuer: str, demo: bool) -> Sheet:
    """The signed text with who signed it, when, from where, how it was confirmed, and the hash of its bytes."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    pages.filters["keep_words"] = keep_words
    title, *paragraphs = mandate.text.strip().splitlines()
    html = pages.get_template("contract.html").render(
        title=title,
        paragraphs=paragraphs,
        mandate=mandate,
        signed_at=mandate.signed_at.astimezone(SEOUL),
        number=number,
        issuer=issuer,
        demo=demo,
    )
    return Sheet(
        html=html,
        css=(TEMPLATES / "contract.css").read_text(encoding="utf-8"),
        title=f"채용대행 위탁계약서 {number}",
        author=issuer,
        created_at=mandate.signed_at,
        identifier=f"contract {mandate.id}",
        seal=True,
    )


@dataclass(frozen=True)
class ContractPrinting:
    """Handler of the effect `contract`; a mandate that has its document already is left as it is."""

    database: Database
    press: Press
    issuer: str
    demo: bool
    now: Callable[[], dt.datetime]

    def perform(self, task: Task) -> bytes | None:
        with self.database.read() as session:
            mandate = session.get_one(Mandate, uuid.UUID(str(task.facts["mandate"])))
            if mandate.document_id is not None:
                return None
            number = session.get_one(JobOrder, mandate.order_id).number
            sheet = contract_sheet(mandate, number=number, issuer=self.issuer, demo=self.demo)
        try:
            return self.press.print(sheet)
        except PressUnavailable as missing:
            raise NotYet(missing.sentence) from missing
        except PressFailed as failure:
            raise NotDone(failure.sentence) from failure

    def finish(self, session: orm.Session, task: Task, outcome: Any, *, at: dt.datetime) -> None:
        mandate = session.get_one(Mandate, uuid.UUID(str(task.facts["mandate"])), with_for_update=True)
        if outcome is None or mandate.document_id is not None:
            return
        document = store(
            session,
            about_id=mandate.id,
            file_name=f"위탁계약서_{mandate.signed_at.astimezone(SEOUL):%Y%m%d}.pdf",
            media_type="application/pdf",
            content=outcome,
            at=at,
        )
        session.flush()
        mandate.document_id = document.id
        record(session, "mandate.printed", mandate, by=SYSTEM, at=at, sha256=document.sha256)
