"""A small house to live in: a center, two firms, chambers, a dozen seekers; time stands still until it is moved."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from sqlalchemy import orm

from demo.demonstration import DEMONSTRATION
from demo.firms import fictional_number
from employer_portal.app import create_app
from employer_portal.operations.worker import Worker
from employer_portal.web.portal import Portal
from foundation.accounts import commands as accounts
from foundation.accounts import passwords
from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.database import SEOUL, Database, new_id
from foundation.documents.press.press import Press
from foundation.identity.person import Person
from foundation.membership import commands as membership
from foundation.messages.mailbox import MailReceiver, letters
from foundation.messages.models import DemoLetter
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from foundation.settings import Settings
from screening.demand.employers import commands as employers
from screening.demand.employers.models import EmployerSource
from screening.demand.orders.terms import OrderTerms
from screening.pool.seekers import commands as seekers
from screening.pool.seekers.profile import Profile
from tests.visitor import Visitor

GURO, MAPO = "11530", "11440"
PASSWORD = "correct horse battery"
START = dt.datetime(2026, 3, 2, 9, 30, tzinfo=SEOUL) + dt.timedelta(days=1)


@dataclass
class StandingClock:
    """A clock that stands until somebody moves it."""

    moment: dt.datetime = START

    def now(self, _session: orm.Session) -> dt.datetime:
        return self.moment


class House:
    """Everything a story needs."""

    def __init__(self, settings: Settings, database: Database, press: Press) -> None:
        self.clock = StandingClock()
        self.database = database
        self.portal = Portal(settings=settings, database=database, clock=self.clock, press=press)
        self.app: Flask = create_app(self.portal, DEMONSTRATION)
        self.app.testing = False
        self.accounts: dict[str, uuid.UUID] = {}
        self.firms: list[uuid.UUID] = []
        self.seekers: list[uuid.UUID] = []
        self.receiver = MailReceiver(database, now=self.portal.moment)
        self.receiver.start()
        self.worker = Worker(self.portal, mail_port=self.receiver.port)
        self._furnish()

    def close(self) -> None:
        self.worker.close()
        self.receiver.stop()

    @property
    def today(self) -> dt.date:
        return self.clock.moment.astimezone(SEOUL).date()

    def later(self, **span: float) -> "House":
        """Move the clock and let the worker do what falls due."""
        self.clock.moment += dt.timedelta(**span)
        return self.deliver()

    def deliver(self) -> "House":
        """Let the worker run until nothing is due."""
        for _ in range(50):
            if not self.worker.step():
                break
        return self

    def letters(self) -> list[DemoLetter]:
        with self.database.read() as session:
            return letters(session, limit=500)

    def link(self, words: str, *, to: str = "") -> str:
        """The path of the newest link in a letter that says these words."""
        for letter in self.letters():
            if words in f"{letter.subject} {letter.text}" and to in letter.recipient:
                found = re.search(r"(/l/[\w-]+)", letter.text)
                if found:
                    return found.group(1)
        raise AssertionError(f"no letter with a link says '{words}'")

    def visitor(self, who: str = "") -> Visitor:
        """Somebody signed in as one of the house's people, or a stranger."""
        visitor = Visitor(self.app)
        if who:
            visitor.open("/login").press(
                "로그인", at="/login", email=f"{who}@test.example", password=PASSWORD
            )
        return visitor

    def signing_code(self, firm: Visitor) -> str:
        """Press 'mail me the digits' on a mandate page and read them in the newest letter."""
        known = {each.id for each in self.deliver().letters()}
        firm.press("메일로 번호 받기").sees("번호 6자리를 보냈습니다")
        (letter,) = [each for each in self.deliver().letters() if each.id not in known]
        found = re.search(r"확인 번호: (\d{6})", letter.text)
        assert found is not None
        return found.group(1)

    def actor(self, who: str) -> Actor:
        with self.database.read() as session:
            return accounts.actor_of(session.get_one(accounts.Account, self.accounts[who]), "127.0.0.1")

    def _furnish(self) -> None:
        hashed = passwords.hashed(PASSWORD, cost="cheap")
        with self.database.write() as session:
            center = self._organisation(session, OrganisationKind.CENTER, "서울일자리플러스센터", None)
            guro = self._organisation(session, OrganisationKind.CHAMBER, "구로구상공회", GURO)
            mapo = self._organisation(session, OrganisationKind.CHAMBER, "마포구상공회", MAPO)
            city = self._organisation(session, OrganisationKind.CITY_CHAMBER, "서울상공회의소", None)
            agency = self._organisation(session, OrganisationKind.AGENCY, "구로여성새로일하기센터", GURO)
            people: list[tuple[str, Role, uuid.UUID]] = [
                ("officer", Role.OFFICER, center),
                ("lead", Role.LEAD, center),
                ("auditor", Role.AUDITOR, center),
                ("admin", Role.ADMIN, center),
                ("chamber", Role.CHAMBER, guro),
                ("other-chamber", Role.CHAMBER, mapo),
                ("city", Role.CITY_CHAMBER, city),
                ("agency", Role.AGENCY, agency),
            ]
            for number, (who, district) in enumerate((("firm", GURO), ("rival", MAPO))):
                firm = employers.register(
                    session,
                    firm=employers.FirmFacts(
                        name="다온밥상" if number == 0 else "미르정밀",
                        business_number=fictional_number(number),
                        representative="윤미정",
                        address="서울특별시 구로구 이음로 7",
                        district=district,
                        employees=12,
                    ),
                    source=EmployerSource.OWN,
                    by=SYSTEM,
                    at=self.clock.moment,
                )
                self.firms.append(firm.organisation_id)
                people.append((who, Role.EMPLOYER, firm.organisation_id))
            for who, role, home in people:
                account = membership.open_account(
                    session,
                    email=f"{who}@test.example",
                    name={"firm": "윤미정", "officer": "정다혜", "lead": "한지우"}.get(who, f"{who}씨"),
                    role=role,
                    organisation_id=home,
                    password_hash=hashed,
                    owner=role is Role.EMPLOYER,
                    by=SYSTEM,
                    at=self.clock.moment,
                )
                session.flush()
                self.accounts[who] = account.id
            for number in range(8):
                self.seekers.append(self._seeker(session, number))
            session.commit()

    def _organisation(
        self, session: orm.Session, kind: OrganisationKind, name: str, district: str | None
    ) -> uuid.UUID:
        row = Organisation(id=new_id(), kind=kind, name=name, district=district, created_at=self.clock.moment)
        session.add(row)
        record(session, "organisation.registered", row, by=SYSTEM, at=self.clock.moment)
        return row.id

    def _seeker(self, session: orm.Session, number: int) -> uuid.UUID:
        person = Person(
            name=f"박가람{'가나다라마바사아'[number]}",
            birth_date=dt.date(1980 + number, 5, 1),
            phone=f"0100000{number:04d}",
            email=f"seeker{number}@mail.example",
            sex="fm"[number % 2],
        )
        profile = Profile(
            district=GURO,
            occupations=("5312",),
            experience={"5312": 60 - number * 6},
            commute=(MAPO,),
            licences=("한식조리기능사",) if number < 6 else (),
            skills=("단체급식",) if number % 2 else ("반찬",),
            wage_floor=2_200_000,
            available_on=self.today,
            summary=f"한식당 주방 {5 - number // 2}년",
        )
        return seekers.register(session, person=person, profile=profile, by=SYSTEM, at=self.clock.moment).id

    def terms(self, **changed: Any) -> OrderTerms:
        """Lawful terms of an order that the house's seekers fit."""
        return replace(
            OrderTerms(
                title="한식 조리사",
                occupation_code="5312",
                duties="국과 찌개, 반찬을 만들고 주방을 정리합니다.",
                headcount=1,
                employment_type=EmploymentType.PERMANENT,
                starts_on=self.today + dt.timedelta(days=30),
                weekly_hours=40,
                work_days=5,
                work_time="06:00~15:00",
                wage_basis=WageBasis.MONTH,
                wage_won=2_600_000,
                workplace_district=GURO,
                workplace_address="서울특별시 구로구 이음로 7",
                contact_name="윤미정",
                contact_phone="025550100",
                contact_email="firm@test.example",
                licences=("한식조리기능사",),
                skills=("단체급식",),
            ),
            **changed,
        )
