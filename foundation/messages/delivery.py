"""Delivering what stands in the outbox: look the address up, write the sighting, hand over, mark done."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import orm

from foundation.accounts.models import Account
from foundation.actors import SYSTEM
from foundation.database import Database
from foundation.identity import records
from foundation.messages.commands import BASE, RECIPIENT, daytime
from foundation.messages.letter import page_of
from foundation.messages.ports import Mail, Mailer, SmsGateway
from foundation.messages.sms import fitting
from foundation.notices.choices import TOPICS, mark
from foundation.outbox.commands import TWO_DAYS, NotYet, Task


@dataclass(frozen=True)
class Delivery:
    """Handler of the effects `mail` and `sms`; a person without that kind of address is passed over."""

    gaps: ClassVar = TWO_DAYS

    database: Database
    mailer: Mailer
    gateway: SmsGateway
    public_url: str
    now: Callable[[], dt.datetime]

    def perform(self, task: Task) -> str:
        to, content = self._letter(task)
        if not to:
            return "no address"
        if task.kind == "sms":
            asked_for = task.facts["holder"] == "address"
            if not asked_for and daytime(self.now()) > self.now():
                raise NotYet("문자는 8시에서 21시 사이에 보냅니다")
            text = fitting(content.replace(BASE, self.public_url))
            self.gateway.send(message_id=str(task.effect_id), to=to, text=text)
        else:
            self.mailer.send(self._mail(task, to, content))
        return "sent"

    def _mail(self, task: Task, to: str, content: str) -> Mail:
        kept = json.loads(content)
        text = kept["text"].replace(BASE, self.public_url)
        subject, unsubscribe = str(task.facts["subject"]), self._unsubscribe(task)
        return Mail(
            message_id=str(task.effect_id),
            to=to,
            subject=subject,
            text=text,
            html=page_of(subject, text, unsubscribe=unsubscribe),
            calendar=kept["calendar"].replace(BASE, self.public_url).replace(RECIPIENT, to),
            method=kept["method"],
            unsubscribe=unsubscribe,
        )

    def _unsubscribe(self, task: Task) -> str:
        """The address with which this account ends letters of this sort by one click; none for what must come."""
        topic = TOPICS.get(str(task.facts["sort"]))
        if topic is None or task.facts["holder"] != "account":
            return ""
        with self.database.read() as session:
            proof = mark(session, uuid.UUID(str(task.facts["to"])), topic)
        return f"{self.public_url}/u/{task.facts['to']}/{topic.value}/{proof}"

    def finish(self, session: orm.Session, task: Task, outcome: Any, *, at: dt.datetime) -> None:
        """Nothing more to change: the outbox marks the row and wipes its text."""

    def _letter(self, task: Task) -> tuple[str, str]:
        """Address and text; a letter to a bare address carries it in its first line."""
        if task.facts["holder"] == "address":
            to, _, text = task.secret.decode().partition("\n")
            return to, text
        return self._address(task), task.secret.decode()

    def _address(self, task: Task) -> str:
        holder = uuid.UUID(str(task.facts["to"]))
        with self.database.write() as session:
            if task.facts["holder"] == "account":
                account = session.get(Account, holder)
                return account.email if account and account.disabled_at is None else ""
            field = "phone" if task.kind == "sms" else "email"
            people = records.look(
                session,
                seeker_ids=[holder],
                fields=(field,),
                purpose=f"{task.facts['sort']} 발송",
                viewer=SYSTEM,
            )
            records.write_sightings(session, records.pending_looks(session), at=self.now())
            session.commit()
            return str(getattr(people[holder], field)) if holder in people else ""
