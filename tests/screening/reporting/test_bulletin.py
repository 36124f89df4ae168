"""The edition of September 2009 prints the notice's figures; a frozen edition stays and can be counted again."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from demo.history import generated_register
from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.guard import BULK_RECORDED, Unrecorded
from foundation.audit.models import AuditEntry
from foundation.clock import start_of_day
from foundation.identity.person import Person
from foundation.organisations.models import Organisation
from foundation.reference.employment_types import EmploymentType
from foundation.reference.wage_basis import WageBasis
from foundation.refusals import NotAllowed, NotFound
from screening.casework.placements.models import Placement
from screening.demand.employers.models import Employer
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.intake.history.commands import import_history
from screening.pool.seekers.commands import register
from screening.pool.seekers.models import EqualityFact, Seeker
from screening.pool.seekers.profile import Profile
from screening.reporting import commands, queries
from screening.reporting.counting import compute
from screening.reporting.models import BulletinEdition, EditionFrozen, EditionStatus
from screening.reporting.period import period_of
from screening.reporting.sheet import as_json

AT = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
LEAD = Actor(role=Role.LEAD, name="오세윤")
OFFICER = Actor(role=Role.OFFICER, name="한지원")
CHAMBER = Actor(role=Role.CHAMBER, name="광진구상공회")
PERIOD = period_of("2009-09")
BULK = {BULK_RECORDED: True}

NOTICE = {
    "firms": 792,
    "openings": 2_320,
    "registered": 1_408,
    "registered_change_percent": 12,
    "interns": 430,
    "hires": 4_022,
    "target": 2_000,
    "attainment_percent": 201,
    "success_percent": {
        "age_15_29": 49,
        "age_30_39": 42,
        "age_40_54": 41,
        "age_55_59": 37,
        "age_60_plus": 40,
        "women": 45,
        "men": 42,
    },
}

CELLS = {
    ("f", 15): (1_400, 703),
    ("m", 15): (1_390, 664),
    ("f", 30): (980, 429),
    ("m", 30): (940, 385),
    ("f", 40): (1_180, 503),
    ("m", 40): (1_160, 462),
    ("f", 55): (500, 193),
    ("m", 55): (645, 231),
    ("f", 60): (490, 204),
    ("m", 60): (637, 248),
}


@pytest.fixture(scope="module")
def register_of_2009():
    return generated_register()


@pytest.fixture
def year(database, register_of_2009):
    """A database with the register of 2009 in it."""
    return _with_history(database, register_of_2009)


@pytest.fixture
def few(database):
    """A database with a register of five people in it, two of them interns, three hired, one of these twice."""
    registered = ("2009-07-01", "2009-07-20", "2009-08-03", "2009-08-31", "2009-08-31")
    people = [
        {"type": "person", "key": f"P{n}", "sex": "fm"[n % 2], "birth_year": 1975 + 5 * n, "district": None}
        | {"registered_on": day, "intern": n > 2}
        for n, day in enumerate(registered)
    ]
    firm = {"type": "firm", "key": "F", "name": "가온누리식품", "district": "11140", "employees": 12}
    order = {
        "type": "order",
        "key": "A",
        "firm": "F",
        "title": "경비원 모집",
        "occupation": "5420",
        "headcount": 5,
    }
    orders = [
        order | {"opened_on": "2009-07-01", "status": "open", "closed_on": None, "filled": 3},
        order
        | {"key": "B", "opened_on": "2009-07-01", "status": "closed", "closed_on": "2009-08-20", "filled": 1},
    ]
    hires = [
        {"type": "placement", "person": person, "order": key, "hired_on": day}
        for person, key, day in (
            ("P0", "A", "2009-07-09"),
            ("P0", "B", "2009-08-20"),
            ("P1", "A", "2009-08-31"),
            ("P2", "A", "2009-09-01"),
        )
    ]
    header = {"format": "ieum-history", "version": 1, "register": "few", "name": "작은 대장"} | {
        "from": "2009-01-28",
        "until": "2009-09-03",
        "counts": {"person": 5, "firm": 1, "order": 2, "placement": 4},
    }
    return _with_history(
        database, "\n".join(map(json.dumps, [header, *people, firm, *orders, *hires])).encode()
    )


def _with_history(database, payload):
    with database.write() as session:
        import_history(session, payload=payload, by=SYSTEM, at=AT)
        session.commit()
    return database


def act(database, command, **arguments):
    with database.write() as session:
        made = command(session, **({"by": LEAD, "at": AT} | arguments))
        session.commit()
        return made


def published(database):
    act(database, commands.draw_up, period=PERIOD)
    return act(database, commands.freeze, code="2009-09")


def counted(database, code="2009-09", **more):
    with database.read() as session:
        return {
            code: figure.value
            for code, figure in compute(session, edition=period_of(code, **more)).values.items()
        }


class TestTheNotice:
    def test_every_figure_of_the_notice_stands_beside_its_definition_and_day(self, year):
        shown = as_json(published(year))
        assert {key: shown[key] for key in NOTICE} == NOTICE
        assert shown["attainment_in_words"] == "200\u00a0% 초과"
        assert (shown["edition"], shown["revision"], shown["status"]) == ("2009-09", 1, "frozen")

        definitions = shown["definitions"]
        assert set(definitions) == (set(NOTICE) - {"success_percent"}) | {
            f"success_percent.{code}" for code in NOTICE["success_percent"]
        }
        days = {key: each["reference_date"] for key, each in definitions.items()}
        assert {days["firms"], days["openings"], days["registered"], days["interns"]} == {"2009-08-31"}
        assert {days["hires"], days["success_percent.women"], days["success_percent.age_15_29"]} == {
            "2009-09-03"
        }
        assert definitions["registered"]["from"] == "2009-08-01"
        assert all(len(each["definition"]) > 10 for each in definitions.values())

        cells = {key: (each["part"], each["whole"]) for key, each in definitions.items() if "whole" in each}
        assert cells == {
            "registered_change_percent": (151, 1_257),
            "attainment_percent": (4_022, 2_000),
            "success_percent.age_15_29": (1_367, 2_790),
            "success_percent.age_30_39": (814, 1_920),
            "success_percent.age_40_54": (965, 2_340),
            "success_percent.age_55_59": (424, 1_145),
            "success_percent.age_60_plus": (452, 1_127),
            "success_percent.women": (2_032, 4_550),
            "success_percent.men": (1_990, 4_772),
        }

    def test_the_population_is_one(self, year):
        assert counted(year, "2009-08", counts_to=dt.date(2009, 7, 31))["hires"] == 3_338
        assert counted(year, "2009-03", counts_to=dt.date(2009, 3, 29))["hires"] == 521
        july = counted(year, "2009-08")
        assert july["registered"] == 1_257
        assert july["openings"] < 2_320
        with year.read() as session:
            assert _registered_until(session, dt.date(2009, 7, 31)) == 7_714
            assert _registered_until(session, dt.date(2009, 9, 3)) == 9_322
            interns = sa.select(sa.func.count()).join(
                EqualityFact, EqualityFact.seeker_id == Placement.seeker_id
            )
            assert session.scalar(interns.select_from(Placement).where(EqualityFact.intern)) == 0
            assert _cells(session) == CELLS
            hires, people = session.execute(
                sa.select(sa.func.count(), sa.func.count(Placement.seeker_id.distinct()))
            ).one()
            assert (hires > people + 30, people) == (True, 4_022)
            gone = sa.select(sa.func.count()).where(
                JobOrder.filled < JobOrder.headcount, JobOrder.closed_at < start_of_day(dt.date(2009, 8, 31))
            )
            assert session.scalar(gone) > 50
            assert _firms_by_openings(session, dt.date(2009, 8, 31)) == {
                1: 300, 2: 200, 3: 120, 4: 67, 5: 40, 8: 39, 15: 20, 30: 6,
            }  # fmt: skip


def _cells(session):
    """Registered and hired by sex and age band, counted without the code under test."""
    hired = set(session.scalars(sa.select(Placement.seeker_id)))
    found = {}
    for fact in session.scalars(sa.select(EqualityFact)):
        youngest = max(start for start in (15, 30, 40, 55, 60) if 2009 - fact.birth_year >= start)
        count, placed = found.get((fact.sex, youngest), (0, 0))
        found[fact.sex, youngest] = (count + 1, placed + (fact.seeker_id in hired))
    return found


def _registered_until(session, day):
    return session.scalar(sa.select(sa.func.count()).select_from(Seeker).where(Seeker.registered_on <= day))


def _firms_by_openings(session, day):
    end = start_of_day(day + dt.timedelta(days=1))
    filled = sa.select(sa.func.count()).where(Placement.order_id == JobOrder.id, Placement.hired_at < end)
    orders = session.execute(
        sa.select(JobOrder.employer_id, JobOrder.headcount - filled.scalar_subquery()).where(
            JobOrder.approved_at < end, JobOrder.closed_at >= end
        )
    )
    firms = {}
    for firm, openings in orders:
        firms[firm] = firms.get(firm, 0) + openings
    sizes = [size for size in firms.values() if size]
    return {size: sizes.count(size) for size in set(sizes)}


class TestDays:
    def test_each_figure_has_its_own_reference_date(self, few):
        assert counted(few) == {
            "firms": 1,
            "openings": 3,  # the hire of 1 September does not count yet
            "registered": 3,
            "registered_change": 50,
            "interns": 2,
            "hires": 3,  # the one of 1 September does; the second placement of one person does not
            "target": 2_000,
            "attainment": 0,
            "success_age_15_29": 67,
            "success_age_30_39": 100,
            "success_age_40_54": None,
            "success_age_55_59": None,
            "success_age_60_plus": None,
            "success_women": 67,
            "success_men": 50,
        }
        assert counted(few, counts_to=dt.date(2009, 8, 31))["hires"] == 2

    def test_after_its_end_the_register_counts_nowhere(self, few):
        assert counted(few, "2009-10")["openings"] == 0
        assert set(counted(few, "2026-11").values()) == {0, None}


class TestLiveRowsBeside:
    def test_current_people_and_orders_leave_2009_alone_and_are_counted_in_their_own_month(self, few):
        before = counted(few)
        with few.write() as session:
            for number in range(3):
                seeker = _live_seeker(session, number)
            order = _live_order(session)
            _live_hire(session, order, seeker)
            session.commit()
        assert counted(few) == before
        now = counted(few, "2026-12", target=4)
        assert (now["firms"], now["openings"], now["registered"], now["registered_change"]) == (1, 1, 3, None)
        assert (now["hires"], now["attainment"]) == (1, 25)
        assert (now["success_women"], now["success_men"], now["success_age_30_39"]) == (33, None, 33)

    def test_an_order_counts_from_its_approval_and_a_lead_never(self, few):
        with few.write() as session:
            order = _live_order(session)
            order.status, order.approved_at, order.received_at = OrderStatus.LEAD, None, None
            _recorded(session, order)
            session.commit()
        assert counted(few, "2026-12")["firms"] == 0


def _recorded(session, *rows):
    session.flush()
    covered = session.info.setdefault("recorded_keys", set())
    covered.update((type(row).__tablename__, str(sa.inspect(row).identity[0])) for row in rows)


def _live_seeker(session, number):
    person = Person(
        name=f"시험{number}", birth_date=dt.date(1990, 1, 1), phone=f"0101234000{number}", sex="f"
    )
    profile = Profile(district="11215", occupations=("5420",), available_on=dt.date(2026, 11, 23))
    return register(session, person=person, profile=profile, by=OFFICER, at=AT)


def _live_order(session):
    """An order of an old firm, as if it had come back: whose it is does not matter to the stock."""
    firm = session.scalars(sa.select(Employer).join(Organisation).order_by(Organisation.name).limit(1)).one()
    order = JobOrder(
        number="2026-000001",
        employer_id=firm.organisation_id,
        status=OrderStatus.OPEN,
        received_at=AT,
        approved_at=AT,
        title="경비원",
        duties="순찰",
        headcount=2,
        filled=1,
        employment_type=EmploymentType.PERMANENT,
        work_days=5,
        work_time="09:00~18:00",
        workplace_region="서울",
        workplace_address="광진구",
        education="00",
        severance="pay",
    )
    session.add(order)
    _recorded(session, order)
    return order


def _live_hire(session, order, seeker):
    hire = Placement(
        employer_id=order.employer_id,
        order_id=order.id,
        seeker_id=seeker.id,
        hired_at=AT,
        starts_on=dt.date(2026, 12, 1),
        employment_type=EmploymentType.PERMANENT,
        wage_basis=WageBasis.MONTH,
        wage_won=2_500_000,
        weekly_hours=40,
    )
    session.add(hire)
    _recorded(session, hire)


class TestEditions:
    def test_a_draft_is_counted_anew_until_it_is_frozen(self, few):
        first = act(few, commands.draw_up, period=PERIOD)
        again = act(few, commands.draw_up, period=PERIOD)
        assert (first.id, first.sha256, again.status) == (again.id, again.sha256, EditionStatus.DRAFT)
        frozen = act(few, commands.freeze, code="2009-09")
        assert (frozen.id, frozen.status, frozen.frozen_at) == (first.id, EditionStatus.FROZEN, AT)
        with few.read() as session:
            entries = session.scalars(sa.select(AuditEntry.what).order_by(AuditEntry.id)).all()
            assert entries == [
                "history.imported",
                "bulletin.drawn_up",
                "bulletin.drawn_up",
                "bulletin.frozen",
            ]
            assert queries.reproduces(session, queries.get(session, "2009-09", viewer=None))

    def test_the_public_sees_frozen_editions_only(self, few):
        act(few, commands.draw_up, period=PERIOD)
        with few.read() as session:
            for viewer in (None, CHAMBER):
                assert queries.listed(session, viewer=viewer) == ()
                with pytest.raises(NotFound):
                    queries.get(session, "2009-09", viewer=viewer)
            [row] = queries.listed(session, viewer=OFFICER)
            assert (row.code, row.status, row.hires) == ("2009-09", EditionStatus.DRAFT, 3)
        act(few, commands.freeze, code="2009-09")
        with few.read() as session:
            [row] = queries.listed(session, viewer=None)
            assert (row.code, row.revision, row.registered) == ("2009-09", 1, 3)

    @pytest.mark.parametrize("code", ["2009-10", "2009-09\x00", "\ud800", "x" * 5_000, ""])
    def test_what_is_no_month_is_not_found(self, database, code):
        with database.read() as session, pytest.raises(NotFound):
            queries.get(session, code, viewer=None)

    def test_a_frozen_edition_never_changes(self, few):
        published(few)
        for command, arguments in (
            (commands.draw_up, {"period": PERIOD}),
            (commands.freeze, {"code": "2009-09"}),
        ):
            with pytest.raises(EditionFrozen):
                act(few, command, **arguments)
        for change in (
            lambda edition: setattr(edition, "sha256", "0" * 64),
            lambda edition: setattr(edition, "status", EditionStatus.DRAFT),
            orm.object_session,
        ):
            with few.write() as session:
                edition = queries.get(session, "2009-09", viewer=LEAD)
                if change is orm.object_session:
                    session.delete(edition)
                else:
                    change(edition)
                with pytest.raises(EditionFrozen):
                    session.flush()
                session.rollback()
        with few.write() as session, pytest.raises(Unrecorded):
            session.execute(sa.update(BulletinEdition).values(sha256="0" * 64))

    def test_a_correction_shows_old_and_new_side_by_side(self, few):
        first = published(few)
        with pytest.raises(commands.NothingToCorrect):
            act(few, commands.correct, code="2009-09", reason="등록자 한 명이 빠졌습니다.")
        _move_one_registration(few)
        with few.read() as session:
            assert not queries.reproduces(session, queries.get(session, "2009-09", viewer=None))
        second = act(few, commands.correct, code="2009-09", reason="등록일을 잘못 옮긴 한 명을 바로잡습니다.")
        with few.read() as session:
            assert queries.get(session, "2009-09", viewer=None).id == first.id
            changes = {
                change.definition.code: (change.old.value, change.new.value)
                for change in queries.changes_of(session, session.get_one(BulletinEdition, second.id))
            }
            assert changes["registered"] == (3, 2)
            assert "hires" not in changes
        act(few, commands.freeze, code="2009-09")
        with few.read() as session:
            newest = queries.get(session, "2009-09", viewer=None)
            assert (newest.revision, newest.corrected_from) == (2, first.id)
            assert as_json(newest)["corrected"] == "등록일을 잘못 옮긴 한 명을 바로잡습니다."
            assert queries.get(session, "2009-09", viewer=None, revision=1).sha256 == first.sha256
            assert len(queries.listed(session, viewer=None)) == 1

    def test_a_draft_that_no_longer_fits_cannot_be_frozen(self, few):
        act(few, commands.draw_up, period=PERIOD)
        _move_one_registration(few)
        with pytest.raises(commands.FiguresMoved):
            act(few, commands.freeze, code="2009-09")

    def test_nothing_is_drawn_up_before_its_last_day_has_passed(self, database):
        with pytest.raises(commands.TooEarly):
            act(database, commands.draw_up, period=period_of("2026-12"))
        with pytest.raises(commands.TooEarly):
            act(database, commands.draw_up, period=period_of("2026-11", counts_to=dt.date(2026, 11, 23)))

    @pytest.mark.parametrize("by", [OFFICER, CHAMBER, Actor(role=Role.AUDITOR, name="감사")])
    def test_only_lead_administrator_and_system_publish(self, by):
        for command, arguments in (
            (commands.draw_up, {"period": PERIOD}),
            (commands.freeze, {"code": "2009-09"}),
            (commands.correct, {"code": "2009-09", "reason": "열 글자가 넘는 까닭입니다."}),
        ):
            with pytest.raises(NotAllowed):
                command(orm.Session(), by=by, at=AT, **arguments)

    def test_an_empty_center_has_figures_too(self, database):
        edition = act(database, commands.draw_up, period=period_of("2026-10"))
        shown = as_json(edition)
        assert (shown["firms"], shown["hires"], shown["attainment_percent"]) == (0, 0, None)
        assert set(shown["success_percent"].values()) == {None}


def _move_one_registration(database):
    with database.write() as session:
        one = sa.select(sa.func.max(Seeker.code)).where(Seeker.registered_on == dt.date(2009, 8, 31))
        moved = sa.update(Seeker).where(Seeker.code == one.scalar_subquery())
        session.execute(moved.values(registered_on=dt.date(2009, 7, 31)), execution_options=BULK)
        session.commit()
