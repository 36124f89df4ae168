"""An old register comes in whole and once, in one audit entry, and disturbs nobody who works today."""

import datetime as dt
import gzip
import hashlib
import json
import time

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from demo.history import generated_register
from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.models import AuditEntry
from foundation.clock import start_of_day
from foundation.database import Base
from foundation.identity.models import IdentityRecord
from foundation.refusals import NotAllowed
from screening.casework.consents.models import Consent
from screening.casework.placements.models import Placement
from screening.demand.employers.commands import find_by_name
from screening.demand.employers.models import Employer, EmployerSource
from screening.demand.mandates.models import Mandate
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import WORKED, CloseReason, OrderStatus
from screening.intake.history.commands import RegisterChanged, import_history
from screening.intake.history.reading import RegisterRefused
from screening.pool.index.index import PoolIndex
from screening.pool.seekers import queries as seekers
from screening.pool.seekers.models import EqualityFact, Seeker, SeekerStatus

AT = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
OFFICER = Actor(role=Role.OFFICER, name="한지원")

HEADER = {
    "format": "ieum-history",
    "version": 1,
    "register": "old-1",
    "name": "옛 대장 하나",
    "from": "2009-01-28",
    "until": "2009-09-03",
    "counts": {"person": 2, "firm": 1, "order": 4, "placement": 2},
}
PERSON = {
    "type": "person",
    "key": "P1",
    "sex": "f",
    "birth_year": 1982,
    "district": "11215",
    "registered_on": "2009-02-02",
    "intern": False,
}
OTHER = PERSON | {"key": "P2", "sex": "", "birth_year": None, "district": None, "intern": True}
FIRM = {"type": "firm", "key": "F1", "name": "(주)가온누리식품", "district": "11140", "employees": 12}
ORDER = {
    "type": "order",
    "key": "O1",
    "firm": "F1",
    "title": "경리 사무원 모집",
    "occupation": "0272",
    "headcount": 1,
    "opened_on": "2009-02-01",
    "status": "closed",
    "closed_on": "2009-03-02",
    "filled": 1,
}
OPEN = ORDER | {"key": "O2", "headcount": 3, "status": "open", "closed_on": None, "filled": 1}
PARTLY = ORDER | {"key": "O3", "headcount": 3, "filled": 0, "occupation": None}
LAST = ORDER | {"key": "O4", "filled": 0, "status": "open", "closed_on": None}
HIRE = {"type": "placement", "person": "P1", "order": "O1", "hired_on": "2009-03-02"}
AGAIN = {"type": "placement", "person": "P1", "order": "O2", "hired_on": "2009-06-01"}
RECORDS = [AGAIN, HIRE, PERSON, OTHER, ORDER, OPEN, PARTLY, LAST, FIRM]


def file(*records, header=HEADER):
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in (header, *records)).encode()


def changed(record, **values):
    """The records, one of them with other values."""
    return [each | values if each is record else each for each in RECORDS]


def run(database, payload, by=SYSTEM):
    with database.write() as session:
        result = import_history(session, payload=payload, by=by, at=AT)
        session.commit()
    return result


def everything(database):
    """Every row of every table, to compare."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(sa.select(table))))
            for table in Base.metadata.sorted_tables
        }


def refused(*records, header=HEADER):
    """What is said of a file, by line; no database is needed to say it."""
    with pytest.raises(RegisterRefused) as refusal:
        import_history(orm.Session(), payload=file(*records, header=header), by=SYSTEM, at=AT)
    return [(error.line, error.sentence) for error in refusal.value.errors]


class TestWhatComesIn:
    def test_people_are_archived_and_nameless(self, database):
        run(database, file(*RECORDS))
        with database.read() as session:
            first, second = session.scalars(sa.select(Seeker).order_by(Seeker.code)).all()
            assert (first.code, first.status, first.source) == ("H-0000001", SeekerStatus.ARCHIVED, "history")
            assert (first.registered_on, first.district) == (dt.date(2009, 2, 2), "11215")
            assert first.summary == "옛 대장 old-1 4행"
            fact = session.get_one(EqualityFact, first.id)
            assert (fact.sex, fact.birth_year, fact.intern) == ("f", 1982, False)
            unknown = session.get_one(EqualityFact, second.id)
            assert (unknown.sex, unknown.birth_year, unknown.intern) == ("", None, True)
            for invented in (IdentityRecord, Mandate, Consent):
                assert session.scalars(sa.select(invented)).all() == []

    def test_firms_are_nobody_the_center_works_for(self, database):
        run(database, file(*RECORDS))
        with database.read() as session:
            firm = session.scalars(sa.select(Employer)).one()
            assert (firm.name, firm.source, firm.employees) == (
                "(주)가온누리식품",
                EmployerSource.HISTORY,
                12,
            )
            assert firm.business_number is None
            assert firm.verified_at is None
            assert find_by_name(session, name=firm.name, district="11140", place="서울 중구") is None
            assert firm.name_key == "history:old-1/F1"

    def test_orders_keep_their_days_and_are_never_open(self, database):
        run(database, file(*RECORDS))
        with database.read() as session:
            found = session.scalars(sa.select(JobOrder).order_by(JobOrder.number)).unique().all()
        filled, open_, partly, last = found
        assert [order.number for order in found] == [f"2009-H00000{n}" for n in (1, 2, 3, 4)]
        assert [order.source_number for order in found] == ["old-1/O1", "old-1/O2", "old-1/O3", "old-1/O4"]
        assert not any(order.status in WORKED for order in found)
        assert (filled.status, filled.close_reason) == (OrderStatus.CLOSED, CloseReason.FILLED)
        assert filled.approved_at == start_of_day(dt.date(2009, 2, 1))
        assert filled.closed_at == start_of_day(dt.date(2009, 3, 2))
        assert (open_.status, open_.close_reason) == (OrderStatus.WITHDRAWN, None)
        assert open_.closed_at == start_of_day(dt.date(2009, 9, 4))
        assert "그 뒤는 알 수 없습니다" in open_.explanation
        assert (open_.headcount, open_.filled) == (3, 1)
        assert partly.occupation_code is None
        assert "마감 사유가 없습니다" in partly.explanation
        assert last.closed_at == open_.closed_at

    def test_hires_say_where_they_come_from(self, database):
        run(database, file(*RECORDS))
        with database.read() as session:
            second, first = session.scalars(sa.select(Placement).order_by(Placement.hired_at.desc())).all()
        assert first.hired_at == start_of_day(dt.date(2009, 3, 2))
        assert first.starts_on == dt.date(2009, 3, 2)
        assert first.referral_id is None
        assert first.provenance.startswith("옛 대장 old-1 3행")
        assert second.seeker_id == first.seeker_id

    def test_one_audit_entry_for_the_batch(self, database):
        payload = gzip.compress(file(*RECORDS))
        result = run(database, payload)
        with database.read() as session:
            [entry] = session.scalars(sa.select(AuditEntry)).all()
        assert (entry.what, entry.subject_kind, entry.subject_id) == ("history.imported", "register", "old-1")
        assert entry.detail["sha256"] == result.sha256 == hashlib.sha256(file(*RECORDS)).hexdigest()
        assert entry.detail["file_sha256"] == hashlib.sha256(payload).hexdigest()
        counts = {"persons": 2, "firms": 1, "orders": 4, "placements": 2}
        assert counts.items() <= entry.detail.items()

    def test_a_path_does_as_well_as_bytes(self, database, tmp_path):
        path = tmp_path / "old.jsonl.gz"
        path.write_bytes(gzip.compress(file(*RECORDS)))
        assert run(database, path).persons == 2


class TestOnce:
    def test_the_same_file_again_changes_nothing_and_says_so(self, database):
        first = run(database, file(*RECORDS))
        before = everything(database)
        again = run(database, gzip.compress(file(*RECORDS)))
        assert everything(database) == before
        assert (first.already, again.already) == (False, True)
        assert "이미 들여온 대장" in str(again)
        assert "구직자 2명, 기업 1곳, 구인 4건, 취업 2건" in str(first)

    def test_the_same_register_with_other_content_is_refused(self, database):
        run(database, file(*RECORDS))
        before = everything(database)
        with pytest.raises(RegisterChanged):
            run(database, file(*changed(PERSON, sex="m")))
        assert everything(database) == before

    def test_another_register_follows_with_its_own_numbers(self, database):
        run(database, file(*RECORDS))
        run(database, file(*RECORDS, header=HEADER | {"register": "old-2"}))
        with database.read() as session:
            assert session.scalars(sa.select(Seeker.code).order_by(Seeker.code)).all()[-1] == "H-0000004"
            assert (
                session.scalars(sa.select(JobOrder.number).order_by(JobOrder.number)).all()[-1]
                == "2009-H000008"
            )

    def test_only_the_administrator_and_the_system(self):
        with pytest.raises(NotAllowed):
            import_history(orm.Session(), payload=file(*RECORDS), by=OFFICER, at=AT)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("record", "values", "words"),
        [
            (PERSON, {"name": "김하나"}, "이름 없이만"),
            (PERSON, {"sex": "여"}, "sex는"),
            (PERSON, {"birth_year": 2009}, "birth_year은 1909에서 1995"),
            (PERSON, {"birth_year": "1982"}, "정수"),
            (PERSON, {"birth_year": True}, "정수"),
            (PERSON, {"district": "26110"}, "코드표에 없습니다"),
            (PERSON, {"registered_on": "2009-01-27"}, "기간"),
            (PERSON, {"registered_on": "2009-02-30"}, "날짜여야"),
            (PERSON, {"registered_on": "20090202"}, "날짜여야"),
            (PERSON, {"intern": 0}, "intern은"),
            (PERSON, {"key": "김"}, "key는"),
            (FIRM, {"name": " "}, "1자에서"),
            (FIRM, {"name": "가\x00나"}, "깨진 글자"),
            (FIRM, {"name": "가\ufffd"}, "깨진 글자"),
            (FIRM, {"employees": -1}, "employees은"),
            (ORDER, {"headcount": 0}, "headcount은"),
            (ORDER, {"filled": 2}, "filled은 0에서 1"),
            (ORDER, {"closed_on": "2009-01-30"}, "앞섭니다"),
            (ORDER, {"closed_on": None}, "status는"),
            (ORDER, {"status": "open"}, "status는"),
            (ORDER, {"occupation": "9"}, "코드표에 없습니다"),
            (ORDER, {"firm": "F9"}, "F9이 이 파일에 없습니다"),
            (ORDER, {"filled": 0}, "취업은 1건입니다"),
            (OTHER, {"key": "P1"}, "이미 있습니다"),
            (OTHER, {"type": "human"}, "type은"),
            (HIRE, {"person": "P9"}, "P9이 이 파일에 없습니다"),
            (HIRE, {"order": "O9"}, "O9이 이 파일에 없습니다"),
            (HIRE, {"hired_on": "2009-02-01"}, "구직등록을 하기 전에"),
            (HIRE, {"hired_on": "2009-03-03"}, "열려 있지 않던 날"),
        ],
    )
    def test_a_bad_line_is_named_by_its_number(self, record, values, words):
        found = refused(*changed(record, **values))
        line = RECORDS.index(record) + 2
        assert any(where == line and words in sentence for where, sentence in found)

    def test_one_person_is_hired_once_for_one_order(self):
        found = refused(*changed(AGAIN, order="O1", hired_on="2009-03-01"))
        assert (3, "같은 사람이 같은 구인에 두 번 취업했습니다.") in found

    def test_half_a_sign_written_as_an_escape_is_refused(self):
        payload = file(*RECORDS).replace("가온".encode(), b"\\ud800")
        with pytest.raises(RegisterRefused, match="깨진 글자"):
            import_history(orm.Session(), payload=payload, by=SYSTEM, at=AT)

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"format": "other"}, "머리말"),
            ({"version": 2}, "1판"),
            ({"register": "Seoul 2009"}, "register는"),
            ({"counts": {"person": 2}}, "counts에는"),
            ({"counts": HEADER["counts"] | {"order": 3}}, "order 3건이라고 하지만 4건"),
            ({"until": "2008-01-01"}, "from이 앞서야"),
            ({"extra": 1}, "받지 않는 항목"),
        ],
    )
    def test_the_header_is_checked(self, values, words):
        [(line, sentence)] = refused(*RECORDS, header=HEADER | values)
        assert line == 1
        assert words in sentence

    @pytest.mark.parametrize(
        ("payload", "words"),
        [
            (b"", "빈 파일"),
            (b"\xff\xfe", "1번째 줄: UTF-8이 아닌"),
            (b"[]", "1번째 줄"),
            (b"[" * 9_000, "JSON으로 읽을 수 없습니다"),
            (b"{}", "머리말"),
            (b'{"format": NaN}', "NaN는 값이 아닙니다"),
            (b"\x1f\x8bnot gzip", "gzip 파일"),
            (gzip.compress(file(*RECORDS))[:-9], "gzip 파일"),
            (gzip.compress(b" " * (64 * 1024 * 1024 + 1)), "64MB보다 큰"),
            (file(*RECORDS) + b"\n" + file(PERSON, header=PERSON)[:-1], "JSON으로 읽을 수 없습니다"),
            (file(*RECORDS) + b'\n{"type": "firm", "type": "firm"}', "11번째 줄: 같은 항목이 두 번"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_refused_in_words(self, payload, words):
        with pytest.raises(RegisterRefused) as refusal:
            import_history(orm.Session(), payload=payload, by=SYSTEM, at=AT)
        assert words in refusal.value.sentence

    def test_a_missing_file_is_refused_in_words(self, tmp_path):
        with pytest.raises(RegisterRefused, match=r"none\.jsonl 파일을 열 수 없습니다"):
            import_history(orm.Session(), payload=tmp_path / "none.jsonl", by=SYSTEM, at=AT)

    def test_a_refused_file_leaves_nothing_behind(self, database):
        before = everything(database)
        with pytest.raises(RegisterRefused):
            run(database, file(*changed(HIRE, person="P9")))
        assert everything(database) == before


class TestTheYear2009:
    def test_it_is_the_same_every_time(self):
        assert generated_register() == generated_register()

    def test_it_comes_in_within_seconds_and_live_pages_do_not_see_it(self, database):
        payload = generated_register()
        started = time.monotonic()
        result = run(database, payload)
        assert time.monotonic() - started < 20
        assert (result.persons, result.already) == (9_322, False)
        with database.read() as session:
            assert len(PoolIndex().current(session, on=AT.date()).pool) == 0
            assert seekers.listed(session, viewer=OFFICER).total == 0
            assert session.scalars(sa.select(JobOrder.id).where(JobOrder.status.in_(WORKED))).all() == []
            districts = session.scalars(sa.select(Seeker.district).distinct()).all()
            assert len(districts) == 25
