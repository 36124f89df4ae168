"""The demo center: invented, loaded once through the real commands, in steps that can be taken up again."""

import dataclasses
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from demo.accounts import printed_accounts
from demo.feed import generated_page
from demo.firms import CHAMBER_DISTRICT, DemoFirm, firm
from demo.history import generated_register
from demo.people import applicant
from demo.scenarios import BUSINESS_DAYS, STAGES, Life, answer_checks, end, terms_for, walk
from employer_portal.web.portal import Portal
from foundation.accounts import commands as accounts
from foundation.accounts import passwords
from foundation.accounts.models import Account
from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.commands import record, record_act
from foundation.audit.models import AuditEntry
from foundation.clock import day_in_seoul
from foundation.database import SEOUL, Database, new_id
from foundation.documents.press.keys import create_demo_seal
from foundation.exclusive import Exclusive
from foundation.membership import commands as membership
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.outbox.models import Effect
from foundation.reference.business_days import add_business_days, add_months, is_business_day
from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from foundation.settings import SettingsError
from incentives.certificates import commands as certificates
from incentives.editions import commands as editions
from incentives.editions import queries as edition_queries
from incentives.evidence.facts import NOT_YET
from incentives.policies.policy import Axis
from screening.demand.employers import commands as employers
from screening.demand.employers.models import EmployerSource
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Mandate
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import WORKED
from screening.demand.orders.terms import OrderTerms
from screening.intake.history.commands import import_history
from screening.intake.leads import import_postings
from screening.pool.index.index import PoolIndex
from screening.pool.seekers import commands as seekers
from screening.pool.seekers.models import Seeker
from screening.reporting import commands as bulletins
from screening.reporting.period import period_of

SEED = 20090908
SEEKERS, FIRMS, MONTHS, ORDERS_A_MONTH = 2000, 60, 24, 9
BATCH = 250
Say = Callable[[str], None]


def load_once(portal: Portal, *, say: Say = print) -> None:
    """Load the demo unless it is there; a load that was interrupted goes on where it stopped."""
    with portal.database.read() as session:
        if _done(session, "all"):
            return
        today = day_in_seoul(portal.now(session))
    build(portal, people=SEEKERS, today=today, say=say)


def refuse_real_accounts(database: Database) -> None:
    """Raise `SettingsError` for a database that is no demo's: its accounts were there before the demo, or without it.

    A demo has an open mailbox, printed passwords and no second factor.
    """
    if not sa.inspect(database.engine).has_table(Account.__tablename__):
        return
    with database.read() as session:
        is_demo = _done(session, "organisations")
        accounts = session.scalar(sa.select(Account.id).limit(1)) is not None
        centers = session.scalar(
            sa.select(sa.func.count())
            .select_from(Organisation)
            .where(Organisation.kind == OrganisationKind.CENTER)
        )
    if (accounts and not is_demo) or (centers or 0) > 1:
        raise SettingsError(
            "The database holds the accounts of a real center; the demo needs one of its own "
            "(IEUM_DATABASE_URL or IEUM_VAR)."
        )


def build(
    portal: Portal,
    *,
    people: int,
    today: dt.date,
    orders_a_month: int = ORDERS_A_MONTH,
    say: Say = print,
) -> None:
    """Load every part of the demo up to `today`; each part leaves a mark when it is done.

    Of two who load at once, the second waits and finds every mark.
    """
    refuse_real_accounts(portal.database)
    with Exclusive(portal.database, "demo"):
        if not portal.settings.seal_folder.exists():
            create_demo_seal(portal.settings.seal_folder, portal.settings.issuer, dt.datetime.now(dt.UTC))
        demo = DemoCenter(portal, today=today, orders=MONTHS * orders_a_month, say=say)
        demo.part("organisations", demo.organisations)
        demo.seekers(people)
        demo.part("history", demo.history)
        demo.past()
        demo.part("edition", demo.edition)
        demo.part("present", demo.present)
        demo.part("leads", demo.leads)
        demo.part("letters", demo.quiet_letters)
        demo.part("all", lambda session: None)


def _done(session: orm.Session, part: str) -> bool:
    return (
        session.scalar(
            sa.select(sa.func.count())
            .select_from(AuditEntry)
            .where(AuditEntry.what == "demo.loaded", AuditEntry.subject_id == part)
        )
        or 0
    ) > 0


def _hired_too_lately(axes: list[dict[str, Any]]) -> str:
    """The start date, as the evidence writes it, of a hire that the edition does not count yet; '' without one."""
    hires = next(axis for axis in axes if axis["axis"] == Axis.HIRES.value)
    return next((str(row["입사일"]) for row in hires["rows"] if row["반영"] == NOT_YET), "")


def _inviting(terms: OrderTerms) -> OrderTerms:
    """The terms of the printed employer's own orders: good enough that several people fit and agree."""
    return dataclasses.replace(
        terms,
        headcount=2,
        employment_type=EmploymentType.PERMANENT,
        contract_months=None,
        weekly_hours=40,
        work_time="09:00~18:00",
        wage_won=2_750_000,
        career_months=0,
        licences=(),
    )


class DemoCenter:
    """Builds the demo in one database."""

    def __init__(self, portal: Portal, *, today: dt.date, orders: int, say: Say) -> None:
        self.portal, self.today, self.orders, self.say = portal, today, orders, say
        self.database: Database = portal.database
        self.index = PoolIndex()
        self.start = add_months(today, -MONTHS)

    def moment(self, day: dt.date, hour: int = 9) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(hour), SEOUL)

    def part(self, name: str, load: Callable[[orm.Session], None]) -> None:
        """Load one part in one transaction, once."""
        with self.database.write() as session:
            if _done(session, name):
                return
            load(session)
            self.mark(session, name)
            session.commit()
        self.say(f"시연 자료: {name}")

    def mark(self, session: orm.Session, name: str) -> None:
        record_act(
            session,
            "demo.loaded",
            subject_kind="demo",
            subject_id=name,
            by=SYSTEM,
            at=self.moment(self.today),
        )

    # ---- organisations and accounts --------------------------------------------------------------------------------

    def organisations(self, session: orm.Session) -> None:
        at = self.moment(self.start - dt.timedelta(days=30))
        center = self._organisation(
            session, OrganisationKind.CENTER, self.portal.settings.center_name, None, at
        )
        city = self._organisation(session, OrganisationKind.CITY_CHAMBER, "서울상공회의소", None, at)
        chambers = {
            code: self._organisation(session, OrganisationKind.CHAMBER, f"{district.ko}상공회", code, at)
            for code, district in DISTRICTS.items()
        }
        agencies = [
            self._organisation(session, OrganisationKind.AGENCY, name, code, at)
            for name, code in (
                ("구로여성새로일하기센터", "11530"),
                ("마포시니어클럽", "11440"),
                ("노원취업정보센터", "11350"),
            )
        ]
        homes = {
            Role.CHAMBER: chambers[CHAMBER_DISTRICT], Role.CITY_CHAMBER: city, Role.AGENCY: agencies[0],
        }  # fmt: skip
        firms = [self._firm(session, firm(index, seed=SEED), at) for index in range(FIRMS)]
        for printed in printed_accounts():
            home = firms[0] if printed.role is Role.EMPLOYER else homes.get(printed.role, center)
            self._account(session, printed.email, printed.name, printed.role, home, printed.password, at)
        for number, name in enumerate(("임서율", "고은결", "차민재")):
            self._account(session, f"officer{number}@ieum.example", name, Role.OFFICER, center, None, at)

    def _organisation(
        self, session: orm.Session, kind: OrganisationKind, name: str, district: str | None, at: dt.datetime
    ) -> Organisation:
        organisation = Organisation(id=new_id(), kind=kind, name=name, district=district, created_at=at)
        session.add(organisation)
        record(session, "organisation.registered", organisation, by=SYSTEM, at=at)
        return organisation

    def _firm(self, session: orm.Session, demo: DemoFirm, at: dt.datetime) -> Organisation:
        employer = employers.register(session, firm=demo.facts, source=EmployerSource.OWN, by=SYSTEM, at=at)
        employers.verify(session, employer_id=employer.organisation_id, ground="시연 자료", by=SYSTEM, at=at)
        self._account(session, demo.email, demo.person, Role.EMPLOYER, employer.organisation, None, at)
        return employer.organisation

    def _account(
        self,
        session: orm.Session,
        email: str,
        name: str,
        role: Role,
        home: Organisation,
        password: str | None,
        at: dt.datetime,
    ) -> None:
        hashed = passwords.hashed(password, cost=self.portal.settings.password_cost) if password else None
        membership.open_account(
            session,
            email=email,
            name=name,
            role=role,
            organisation_id=home.id,
            password_hash=hashed,
            owner=role is Role.EMPLOYER,
            by=SYSTEM,
            at=at,
        )

    def _actor(self, session: orm.Session, email: str) -> Actor:
        account = session.scalars(sa.select(Account).where(Account.email == email)).one()
        return accounts.actor_of(account, "127.0.0.1")

    # ---- the pool --------------------------------------------------------------------------------------------------

    def seekers(self, people: int) -> None:
        """Register the invented seekers in batches; how many are there tells where to go on."""
        while True:
            with self.database.write() as session:
                there = (
                    session.scalar(
                        sa.select(sa.func.count()).select_from(Seeker).where(Seeker.source == "demo")
                    )
                    or 0
                )
                if there >= people:
                    return
                for index in range(there, min(there + BATCH, people)):
                    self._seeker(session, index)
                session.commit()
            self.say(f"시연 구직자 {min(there + BATCH, people):,} / {people:,}")

    def _seeker(self, session: orm.Session, index: int) -> None:
        one = applicant(index, seed=SEED, today=self.today)
        seekers.register(
            session,
            person=one.person,
            profile=one.profile,
            source="demo",
            by=SYSTEM,
            at=self.moment(one.registered_on, 10),
        )

    # ---- 2009 ------------------------------------------------------------------------------------------------------

    def history(self, session: orm.Session) -> None:
        lead = self._actor(session, "lead@ieum.example")
        at = self.moment(self.start)
        admin = self._actor(session, "admin@ieum.example")
        import_history(session, payload=generated_register(), by=admin, at=at)
        edition = bulletins.draw_up(session, period=period_of("2009-09"), by=lead, at=at)
        bulletins.freeze(session, code=edition.code, by=lead, at=at)

    # ---- the past 24 months ----------------------------------------------------------------------------------------

    def past(self) -> None:
        """Orders that ran from filing to closing, month by month, with their retention answered since."""
        for number in range(self.orders):
            with self.database.write() as session:
                if _done(session, f"past-{number}"):
                    continue
                self._past_order(session, number)
                self.mark(session, f"past-{number}")
                session.commit()
            if (number + 1) % 36 == 0:
                self.say(f"시연 구인 {number + 1} / {self.orders}")

    def _past_order(self, session: orm.Session, number: int) -> None:
        chance = random.Random(f"{SEED}/past/{number}")
        days = (self.today - self.start).days - 40
        day = add_business_days(self.start + dt.timedelta(days=days * number // self.orders), 1)
        busy = min(int(chance.expovariate(1 / 9)), FIRMS - 1)
        demo = firm(busy, seed=SEED)
        life = self._life(session, demo, chance, self.moment(day, 10))
        order = walk(life, self._terms(demo, life), up_to="closed")
        end(life, order)
        answer_checks(life, order, until=self.today - dt.timedelta(days=2), stay=demo.diligence * 0.6 + 0.4)

    def _life(self, session: orm.Session, demo: DemoFirm, chance: random.Random, at: dt.datetime) -> Life:
        officer = chance.choice(("officer@ieum.example", "officer0@ieum.example", "officer1@ieum.example"))
        return Life(
            session=session,
            index=self.index,
            firm=self._actor(session, demo.email),
            officer=self._actor(session, officer),
            center=self.portal.settings.center_name,
            chance=chance,
            at=at,
            diligence=demo.diligence,
        )

    def _terms(self, demo: DemoFirm, life: Life, kind: str | None = None) -> OrderTerms:
        return terms_for(
            kind or life.chance.choice(demo.kinds),
            firm_district=demo.facts.district,
            address=demo.facts.address,
            person=demo.person,
            email=demo.email,
            life=life,
        )

    # ---- the last edition ------------------------------------------------------------------------------------------

    def edition(self, session: orm.Session) -> None:
        """Last half-year's edition: drawn up, published, one objection decided, frozen, certificates issued."""
        lead = self._actor(session, "lead@ieum.example")
        reference = dt.date(self.today.year, 7 if self.today.month > 6 else 1, 1)
        code = f"{reference.year}-H1" if reference.month == 7 else f"{reference.year - 1}-H2"
        day = next(
            each
            for each in (reference + dt.timedelta(days=n) for n in range(14, 40))
            if is_business_day(each)
        )
        if day >= self.today - dt.timedelta(days=40):
            return
        edition = editions.draw_up(session, code=code, reference_on=reference, by=lead, at=self.moment(day))
        editions.publish(session, edition_id=edition.id, by=lead, at=self.moment(day, 14))
        firm_actor = self._actor(session, "employer@ieum.example")
        score = edition_queries.own_score(session, edition.id, viewer=firm_actor)
        early = _hired_too_lately(score.axes) if score else ""
        if early:
            objection = editions.object_to(
                session,
                edition_id=edition.id,
                text=f"{early} 입사한 분이 채용실적에 들어가지 않았습니다. 지금도 잘 다니고 있습니다.",
                by=firm_actor,
                at=self.moment(day + dt.timedelta(days=2)),
            )
            editions.decide(
                session,
                objection_id=objection.id,
                upheld=False,
                answer="기준일에 입사 90일이 지나지 않은 분입니다. 계속 다니시면 다음 평가판에 들어갑니다.",
                by=lead,
                at=self.moment(day + dt.timedelta(days=5)),
            )
        end = add_business_days(day, 12)
        editions.freeze(session, edition_id=edition.id, by=lead, at=self.moment(end))
        certificates.issue_all(session, edition_id=edition.id, by=lead, at=self.moment(end, 15))

    # ---- the present -----------------------------------------------------------------------------------------------

    def present(self, session: orm.Session) -> None:
        """Current orders at every stage: the printed employer's own, and those of other firms."""
        chance = random.Random(f"{SEED}/present")
        own = firm(0, seed=SEED)
        printed = self._actor(session, "employer@ieum.example")
        for kind, stage in zip(own.kinds, ("submitted", "interview", "signed"), strict=True):
            at = self.moment(self._begun(stage, spare=1), 10)
            life = self._life(session, own, random.Random(f"{SEED}/own/{kind}"), at)
            life.firm, life.officer = printed, self._actor(session, "officer@ieum.example")
            life.diligence = 1
            walk(life, _inviting(self._terms(own, life, kind)), up_to=stage)
        stages = STAGES[: STAGES.index("told") + 1]
        for number, stage in enumerate(stages * 2):
            demo = firm(1 + number, seed=SEED)
            at = self.moment(self._begun(stage, spare=1 + number % 4), 10)
            life = self._life(session, demo, chance, at)
            life.diligence = 1
            walk(life, self._terms(demo, life), up_to=stage)

    def _begun(self, stage: str, *, spare: int) -> dt.date:
        """The business day on which an order was filed that has come as far as `stage` some business days ago."""
        day, back = self.today, BUSINESS_DAYS[stage] + spare
        while back:
            day -= dt.timedelta(days=1)
            back -= is_business_day(day)
        return day

    def leads(self, session: orm.Session) -> None:
        """A page of an invented public feed, read like the real one."""
        moment = self.moment(self.today, 8)
        import_postings(session, payload=generated_page(today=self.today), by=SYSTEM, at=moment)

    def quiet_letters(self, session: orm.Session) -> None:
        """Letters of the past count as delivered: nobody wants 24 months of mail on the first day."""
        last_day = self.moment(self.today - dt.timedelta(days=3))
        session.execute(
            sa.update(Effect)
            .where(Effect.kind.in_(["mail", "sms"]), Effect.created_at < last_day, Effect.done_at.is_(None))
            .values(done_at=Effect.created_at, sealed=None)
        )
        over = (
            sa.select(Mandate.id)
            .join(JobOrder, JobOrder.id == Mandate.order_id)
            .where(JobOrder.status.not_in(WORKED))
        )
        session.execute(
            sa.update(Effect)
            .where(Effect.kind == mandates.KIND, Effect.about_id.in_(over), Effect.done_at.is_(None))
            .values(done_at=Effect.created_at)
        )
