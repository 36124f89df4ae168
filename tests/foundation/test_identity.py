"""Who somebody is lies sealed, apart, and every look leaves a mark."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from foundation.actors import SYSTEM
from foundation.identity import records
from foundation.identity.models import IdentityRecord, Sighting, SightingOf
from screening.pool.seekers import commands as seekers
from tests.house import House


def test_nothing_that_names_a_person_is_readable_in_the_file(house: House) -> None:
    if not house.database.is_sqlite:
        with house.database.read() as session:
            dump = str(session.execute(sa.select(IdentityRecord.__table__)).all())
    else:
        with house.database.engine.begin() as connection:
            file = Path(str(connection.engine.url.database))
        dump = "".join(
            each.read_bytes().decode("utf-8", "ignore") for each in file.parent.glob("test.sqlite*")
        )
    for canary in ("박가람", "01000000003", "seeker3@mail.example"):
        assert canary not in dump


def test_a_record_moved_to_another_person_does_not_open(house: House) -> None:
    one, two = house.seekers[:2]
    with house.database.engine.begin() as connection:
        table = IdentityRecord.__table__
        sealed = connection.scalar(sa.select(table.c.sealed).where(table.c.seeker_id == one))
        connection.execute(sa.update(table).where(table.c.seeker_id == two).values(sealed=sealed))
    with house.database.read() as session, pytest.raises(InvalidTag):
        records.look(session, seeker_ids=[two], fields=("name",), purpose="시험", viewer=SYSTEM)


def test_a_look_is_written_down_with_its_purpose(house: House) -> None:
    officer = house.visitor("officer").open(f"/staff/seekers/{house.seekers[0]}").misses("박가람")
    officer.press("이름과 연락처 보기", purpose="", expect=422)
    officer.open(f"/staff/seekers/{house.seekers[0]}")
    officer.press("이름과 연락처 보기", purpose="면접 일정 통화").sees("박가람가").sees("010")
    with house.database.read() as session:
        sighting = session.scalars(sa.select(Sighting)).one()
        whose = session.scalars(sa.select(SightingOf.seeker_id)).all()
    assert (sighting.purpose, sighting.viewer_name, sighting.count) == ("면접 일정 통화", "정다혜", 1)
    assert whose == [house.seekers[0]]


def test_a_look_that_cannot_be_written_down_is_not_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("disk full")

    officer = house.visitor("officer").open(f"/staff/seekers/{house.seekers[0]}")
    monkeypatch.setattr(records, "write_sightings", broken)
    officer.press("이름과 연락처 보기", purpose="면접 일정 통화", expect=503).misses("박가람")


def test_the_same_person_is_recognised_without_being_readable(house: House) -> None:
    officer = house.visitor("officer").open("/staff/seekers/new")
    officer.press(
        "등록하기",
        expect=422,
        name="박 가람가",
        birth_date="1980-05-01",
        phone="010-9999-0000",
        occupation="한식 조리사",
        district="11530",
    ).sees("이미 등록되어 있습니다")


def test_two_people_may_share_a_name_and_a_birthday(house: House) -> None:
    officer = house.visitor("officer").open("/staff/seekers/new")
    namesake = {
        "name": "박가람가",
        "birth_date": "1980-05-01",
        "phone": "010-9999-0000",
        "occupation": "한식 조리사",
        "district": "11530",
    }
    refused = officer.press("등록하기", expect=422, **namesake)
    refused.sees("다른 분이면 확인하고 등록해 주세요").sees("이름과 생년월일이 같지만 다른 분입니다")
    refused.press("등록하기", namesake="y").sees("등록했습니다")


def test_a_telephone_number_belongs_to_one_person(house: House) -> None:
    officer = house.visitor("officer").open("/staff/seekers/new")
    with house.database.read() as session:
        known = records.look(
            session, seeker_ids=house.seekers[:1], fields=("phone",), purpose="시험", viewer=SYSTEM
        )[house.seekers[0]]
    officer.press(
        "등록하기",
        expect=422,
        name="이다른",
        birth_date="1991-02-03",
        phone=known.phone,
        occupation="한식 조리사",
        district="11530",
    ).sees("전화번호가 같은 분이 이미 등록되어 있습니다")


def test_erasing_leaves_a_profile_that_leads_to_nobody(house: House) -> None:
    with house.database.write() as session:
        seekers.erase(session, seeker_id=house.seekers[0], by=house.actor("officer"), at=house.clock.moment)
        session.commit()
    with house.database.read() as session:
        assert session.get(IdentityRecord, house.seekers[0]) is None
        assert (
            records.look(
                session, seeker_ids=house.seekers[:1], fields=("name",), purpose="시험", viewer=SYSTEM
            )
            == {}
        )
