"""A table of job seekers becomes people in the pool, whatever program wrote it, and no row is lost to another."""

import datetime as dt
import threading
import time
import unicodedata
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.audit.models import AuditEntry
from foundation.database import Database, let_others_write
from foundation.identity import records
from foundation.organisations.models import Organisation, OrganisationKind
from foundation.refusals import NotAllowed
from screening.intake.seeker_files.applications import read
from screening.intake.seeker_files.columns import columns_of
from screening.intake.seeker_files.commands import import_seekers
from screening.intake.seeker_files.decoding import FileRefused, decode
from screening.pool.seekers.models import EqualityFact, Seeker, SeekerStatus

AT = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
OFFICER = Actor(role=Role.OFFICER, name="한지원")
HEADER = (
    "성명,생년월일,성별(선택),연락처,이메일(선택),주소(선택),거주 자치구,희망직종,경력(직종:개월),자격면허,기술,훈련,"
    "희망고용형태,희망임금(월 원),통근 가능 자치구,취업가능일,한 줄 소개"
)
FULL = (
    "똠방각하,1990-03-02,여,010-2345-6789,hana@example.com,서울시 광진구 광장로 1,광진구,한식 조리사;단체급식 조리사,"
    "한식 조리사:36;주방 보조원:2년 6개월,한식조리기능사;지게차운전기능사,위생관리;엑셀,한식 조리사,정규직;계약직,"
    '"2,500,000",광진구;성동구,2026-12-01,"꼼꼼합니다, 아침이 편합니다"'
)


def short(
    name="김하나", phone="010-1111-2222", birth="1980-01-02", district="중구", wanted="경비원", tail=""
):
    return f"{name},{birth},{phone},{district},{wanted}{tail}"


SHORT_HEADER = "성명,생년월일,연락처,거주자치구,희망직종"


def table(*rows, header=SHORT_HEADER):
    return "\n".join((header, *rows)).encode()


def run(database, payload, by=OFFICER):
    """Import and commit; the result, and the people in the pool as (seeker, person, equality fact)."""
    with database.write() as session:
        result = import_seekers(session, payload=payload, by=by, at=AT)
        session.commit()
    with database.read() as session:
        seekers = session.scalars(sa.select(Seeker).order_by(Seeker.code)).all()
        people = records.look(
            session,
            seeker_ids=[each.id for each in seekers],
            fields=("name",),
            purpose="시험",
            viewer=OFFICER,
        )
        return result, [(each, people[each.id], session.get_one(EqualityFact, each.id)) for each in seekers]


def errors_of(database, *rows, header=SHORT_HEADER):
    result, _ = run(database, table(*rows, header=header))
    return [(error.row, error.column, error.sentence) for error in result.errors]


class TestAFullRow:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
    def test_every_field_arrives(self, database, encoding):
        result, [(seeker, person, fact)] = run(database, f"{HEADER}\r\n{FULL}\r\n".encode(encoding))
        assert (result.rows, result.registered, result.errors, result.unknown_columns) == (1, 1, (), ())
        assert person.name == "똠방각하"
        assert (person.birth_date, person.phone) == (dt.date(1990, 3, 2), "01023456789")
        assert (person.email, person.address) == ("hana@example.com", "서울시 광진구 광장로 1")
        assert (fact.sex, fact.birth_year) == ("f", 1990)
        assert seeker.status is SeekerStatus.ACTIVE
        assert (seeker.registered_on, seeker.source) == (dt.date(2026, 11, 23), "file")
        assert seeker.district == "11215"
        assert seeker.commute == ["11200", "11215"]
        assert seeker.occupations == ["5312", "5318"]
        assert seeker.experience == {"5312": 36, "5323": 30}
        assert seeker.licences == ["한식조리기능사", "지게차운전기능사"]
        assert seeker.skills == ["위생관리", "엑셀"]
        assert seeker.trainings == ["5312"]
        assert seeker.employment_types == ["10", "20"]
        assert seeker.wage_floor == 2_500_000
        assert seeker.available_on == dt.date(2026, 12, 1)
        assert seeker.summary == "꼼꼼합니다, 아침이 편합니다"

    def test_syllables_only_cp949_knows(self, database):
        payload = f"{SHORT_HEADER}\n{short(name='펲뢔')}".encode("cp949")
        assert run(database, payload)[1][0][1].name == "펲뢔"

    def test_syllables_that_an_euc_kr_writer_spelled_out(self, database):
        payload = f"{SHORT_HEADER}\n{short(name='똠방각하')}".encode("euc_kr")
        assert payload.decode("cp949").count("똠") == 0
        assert run(database, payload)[1][0][1].name == "똠방각하"

    @pytest.mark.parametrize("syllable", ["가", "힣", "똠", "뢔", "펲", "쀍", "각"])
    def test_every_spelled_syllable_is_put_together(self, syllable):
        assert decode(f"성명,{syllable}".encode("euc_kr")) == f"성명,{syllable}"

    def test_decomposed_names_are_composed_and_meet_the_composed_ones(self, database):
        name = unicodedata.normalize("NFD", "김철수")
        result, people = run(database, table(short(name=name), short(name="김철수", phone="010-3333-4444")))
        assert [person.name for _, person, _ in people] == ["김철수"]
        assert result.duplicates == 1

    def test_a_formula_stays_text(self, database):
        row = short(tail=",=1+1;@SUM(A1),=HYPERLINK")
        _, [(seeker, _, _)] = run(database, table(row, header=f"{SHORT_HEADER},기술,한 줄 소개"))
        assert seeker.skills == ["=1+1", "@SUM(A1)"]
        assert seeker.summary == "=HYPERLINK"


class TestTheTitleRow:
    def test_order_is_free_and_spellings_are_understood(self, database):
        payload = table(
            "웹 개발자,강남,19801105,m,이몽룡,01044445555,지난달",
            header="희망 직종(이름 또는 코드),거주지(구),생년월일,성 별,이름*,휴대폰 번호,상담일",
        )
        result, [(seeker, person, fact)] = run(database, payload)
        assert result.unknown_columns == ("상담일",)
        assert (person.name, person.phone, fact.sex) == ("이몽룡", "01044445555", "m")
        assert (seeker.occupations, seeker.district) == (["1333"], "11680")
        assert seeker.available_on == dt.date(2026, 11, 23)

    @pytest.mark.parametrize(
        ("header", "words"),
        [
            ("성명,생년월일,연락처", "'거주 자치구', '희망직종' 열이 없습니다"),
            ("성명,이름,생년월일,연락처,거주자치구,희망직종", "'성명' 열과 '이름' 열이 같은 내용"),
            ("name,birth,phone", "열이 없습니다"),
            (f"{SHORT_HEADER},희망임금(시급)", "한 달 임금으로 바꾸어"),
        ],
    )
    def test_a_title_row_that_cannot_be_used_is_refused(self, header, words):
        with pytest.raises(FileRefused) as refused:
            import_seekers(orm.Session(), payload=f"{header}\n".encode(), by=OFFICER, at=AT)
        assert words in refused.value.sentence

    def test_wages_in_ten_thousands_when_the_title_says_so(self, database):
        _, [(seeker, _, _)] = run(
            database, table(short(tail=",250"), header=f"{SHORT_HEADER},희망임금(만원)")
        )
        assert seeker.wage_floor == 2_500_000

    def test_trailing_empty_columns_are_no_columns(self, database):
        result, people = run(database, table(short(tail=",,"), header=f"{SHORT_HEADER},,"))
        assert len(people) == 1
        assert result.unknown_columns == ()


class TestRowErrors:
    def test_good_rows_stay_when_others_are_bad(self, database):
        result, people = run(
            database,
            table(
                short(name="가나다", phone="010-1000-0001"),
                short(name="라마바", phone="전화없음"),
                "",
                short(name="사아자", phone="010-1000-0003"),
                short(name="차카타", phone="010-1000-0004", birth="2020-01-01"),
                short(name="파하거", phone="010-1000-0005"),
            ),
        )
        assert [person.name for _, person, _ in people] == ["가나다", "사아자", "파하거"]
        assert [seeker.code for seeker, _, _ in people] == ["K-10001", "K-10002", "K-10003"]
        assert (result.rows, result.registered) == (5, 3)
        assert [(error.row, error.column) for error in result.errors] == [(3, "연락처"), (6, "생년월일")]
        assert str(result.errors[0]).startswith("3번째 줄 연락처: 연락처는")

    def test_every_cell_of_a_row_is_judged(self, database):
        found = errors_of(database, ",1990-13-02,010,강남규,직원")
        assert [column for _, column, _ in found] == SHORT_HEADER.split(",")

    @pytest.mark.parametrize(
        ("column", "cell", "words"),
        [
            ("생년월일", "90-03-02", "1990-03-02처럼"),
            ("생년월일", "1990-02-30", "달력에 없는"),
            ("생년월일", "900302-2345678", "주민등록번호"),
            ("한 줄 소개", "900302 2345678", "주민등록번호"),
            ("한 줄 소개", "김하나입니다", "이름과 연락처는 빼고"),
            ("한 줄 소개", "연락은 010 1234 5678", "이름과 연락처는 빼고"),
            ("기술", "me@example.com", "이름과 연락처는 빼고"),
            ("한 줄 소개", "가" * 501, "500자까지"),
            ("성명", "김" * 61, "60자까지"),
            ("성명", "김\ufffd나", "깨진 글자"),
            ("성명", "김\x01나", "깨진 글자"),
            ("성별", "X", "'여', '남'"),
            ("이메일", "hana@", "name@example.com"),
            ("희망임금", "250", "단위를"),
            ("희망임금", "200~300만원", "원 단위로"),
            ("경력", "한식 조리사", "직종과 개월 수"),
            ("경력", "한식 조리사:오래", "직종과 개월 수"),
            ("희망직종", "경비원, 한식 조리사", "';'로 나누어"),
            ("희망고용형태", "프리랜서", "정규직, 계약직"),
            ("자격면허", ";".join(f"자격{n}" for n in range(21)), "20개까지"),
            ("통근 가능 자치구", "종로구;한강구", "광진구처럼"),
            ("취업가능일", "1999-01-01", "취업가능일은"),
        ],
    )
    def test_what_cannot_be_read_is_said_in_a_sentence(self, column, cell, words):
        row = dict(zip(SHORT_HEADER.split(","), short().split(","), strict=True)) | {column: cell}
        columns = columns_of(list(row))
        [error] = read(list(row.values()), columns, today=dt.date(2026, 11, 23))
        assert columns.title(error.field) == column
        assert words in error.sentence

    def test_what_only_the_pool_knows_names_its_column_too(self, database):
        [(row, column, sentence)] = errors_of(database, short(wanted="경비원;한식 조리사;용접원;택배원"))
        assert (row, column) == (2, "희망직종")
        assert "세 개까지" in sentence

    def test_people_known_already_are_reported_as_such(self, database):
        run(database, table(short()))
        result, people = run(
            database,
            table(
                short(name="다른이", birth="1970-01-01"),
                short(name="성춘향", phone="010-7777-8888"),
                short(name="성춘향", phone="010-9999-8888"),
            ),
        )
        assert len(people) == 2
        assert [(error.row, error.duplicate) for error in result.errors] == [(2, True), (4, True)]
        assert "이미 등록" in result.errors[0].sentence
        assert "3번째 줄과 이름과 생년월일이 같습니다" in result.errors[1].sentence

    def test_the_same_file_twice_registers_nobody_again(self, database):
        payload = table(short(), short(name="성춘향", phone="010-7777-8888"))
        run(database, payload)
        result, people = run(database, payload)
        assert (result.registered, result.duplicates, len(people)) == (0, 2, 2)

    def test_more_cells_than_titles_are_a_shifted_row(self, database):
        [(_, column, sentence)] = errors_of(database, short(tail=",더"))
        assert column == ""
        assert "제목 줄보다 칸이 많습니다" in sentence

    def test_no_sentence_repeats_who_somebody_is(self, database):
        found = errors_of(
            database, short(name="홍길동", phone="010-9753-1", birth="홍길동"), short("홍길동", "0")
        )
        assert not any("홍길동" in sentence or "9753" in sentence for _, _, sentence in found)


class TestPlacesAndTypes:
    @pytest.mark.parametrize(
        ("district", "code"),
        [
            ("서울특별시 강남구 역삼동", "11680"),
            ("서울시중구", "11140"),
            ("강서", "11500"),
            ("부산 강서구", None),
            ("경기도 성남시 분당구", None),
            ("성남시", None),
            ("서울 외", None),
        ],
    )
    def test_the_district_of_a_place(self, database, district, code):
        _, [(seeker, _, _)] = run(database, table(short(district=district)))
        assert seeker.district == code

    @pytest.mark.parametrize(
        ("written", "codes"),
        [
            ("", ["10", "20"]),
            ("시간선택제", ["11", "21"]),
            ("정규직, 시간제", ["10", "11", "21"]),
            ("상관없음", ["10", "11", "20", "21", "4", "Y"]),
            ("기간을 정함(계약직)", ["20"]),
            ("11", ["11"]),
        ],
    )
    def test_types_of_contract(self, database, written, codes):
        row = short(tail=f',"{written}",서울 전체')
        _, [(seeker, _, _)] = run(database, table(row, header=f"{SHORT_HEADER},희망고용형태,통근가능자치구"))
        assert seeker.employment_types == codes
        assert len(seeker.commute) == 25

    def test_an_occupation_by_code_and_by_its_head_noun(self, database):
        _, [(seeker, _, _)] = run(database, table(short(wanted="5312;주간 아파트 경비원(교대)")))
        assert seeker.occupations == ["5312", "5420"]


class TestWholeFiles:
    @pytest.mark.parametrize(
        ("payload", "words"),
        [
            (b"", "빈 파일"),
            (b"\xef\xbb\xbf", "빈 파일"),
            (b",,\n,\n", "빈 파일"),
            (f"{SHORT_HEADER}\n{short()}".encode("utf-16"), "UTF-16"),
            (f"{SHORT_HEADER}\n{short()}".encode("utf-16-le"), "UTF-16"),
            (b"\x50\x4b\x03\x04\x00\x00", "CSV가 아닙니다"),
            (f"{SHORT_HEADER}\n".encode() + b"\xff\xff,1", "2번째 줄"),
            ("\ufeff성명".encode() + b"\xff", "UTF-8이나 CP949"),
            (f'{SHORT_HEADER}\n"닫지 않은'.encode(), "큰따옴표"),
            (f"{SHORT_HEADER}\n{'가' * 131_073}".encode(), "너무 긴 칸"),
            (b"a" * (5 * 1024 * 1024 + 1), "5MB보다"),
            ((SHORT_HEADER + "\n,,,,x" * 10_001).encode(), "10,000줄까지"),
        ],
    )
    def test_what_cannot_be_read_as_a_whole_is_refused(self, payload, words):
        with pytest.raises(FileRefused) as refused:
            import_seekers(orm.Session(), payload=payload, by=OFFICER, at=AT)
        assert words in refused.value.sentence

    def test_utf8_with_one_broken_byte_never_becomes_other_text(self):
        payload = f"{SHORT_HEADER}\n{short()}".encode().replace("김".encode(), b"\xea\xb9")
        with pytest.raises(FileRefused):
            import_seekers(orm.Session(), payload=payload, by=OFFICER, at=AT)

    def test_roles_that_do_not_register_are_refused(self):
        with pytest.raises(NotAllowed):
            import_seekers(orm.Session(), payload=table(), by=Actor(role=Role.EMPLOYER, name="사장"), at=AT)

    def test_the_trail_holds_each_person_and_the_file_and_no_name(self, database):
        run(database, table(short(), short(phone="?")), by=SYSTEM)
        with database.read() as session:
            entries = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [entry.what for entry in entries] == ["seeker.registered", "seekers.imported"]
        assert entries[1].detail == {"rows": 2, "registered": 1, "refused": 1}
        assert "김하나" not in str([entry.detail for entry in entries])

    def test_an_agency_keeps_whom_it_sent(self, database):
        with database.write() as session:
            agency = Organisation(kind=OrganisationKind.AGENCY, name="여성인력센터", created_at=AT)
            session.add(agency)
            record(session, "organisation.made", agency, by=SYSTEM, at=AT)
            session.commit()
            agency_id = agency.id
        by = Actor(role=Role.AGENCY, name="기관", organisation_id=agency_id)
        _, [(seeker, _, _)] = run(database, table(short()), by=by)
        assert seeker.agency_id == agency_id


def test_a_long_file_lets_others_write_and_can_be_read_again(database: Database) -> None:
    """A12: five thousand rows held SQLite's write lock for 38 seconds."""
    rows = [short(name=f"김{chr(0xAC00 + each)}하", phone=f"010-{each:04}-2222") for each in range(200)]
    waits: list[float] = []
    ended = threading.Event()

    def write_meanwhile() -> None:
        while not ended.is_set():
            began = time.monotonic()
            with database.write() as session:
                session.execute(sa.select(1))
                session.rollback()
            waits.append(time.monotonic() - began)
            time.sleep(0.02)

    other = threading.Thread(target=write_meanwhile)
    with database.write() as session:
        other.start()
        done = import_seekers(
            session, payload=table(*rows), by=OFFICER, at=AT, between=partial(let_others_write, session)
        )
        session.commit()
    ended.set()
    other.join()
    assert done.registered == 200
    assert len(waits) > 4
    assert max(waits) < 1.0
    again, _people = run(database, table(*rows))
    assert (again.registered, again.duplicates) == (0, 200)
