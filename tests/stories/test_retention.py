"""Retention in two voices and a third that wins: firm, person, insurance; a mail scanner changes nothing."""

import datetime as dt
import time

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from foundation.actors import Actor, Role
from screening.casework.placements.checks import RetentionAnswer, RetentionCheck, RetentionSource
from screening.casework.placements.models import Placement
from screening.intake.insurance import import_insurance
from screening.intake.seeker_files.decoding import FileRefused
from tests.house import House
from tests.walk import order_at

A = RetentionAnswer


def hired(house: House, *, days: int = 31) -> tuple[str, str]:
    """Somebody hired, and the links of firm and person to the first check."""
    order_at(house, "closed")
    with house.database.read() as session:
        placement = session.scalars(sa.select(Placement)).one()
    house.clock.moment = dt.datetime.combine(
        placement.starts_on + dt.timedelta(days=days), dt.time(10), house.clock.moment.tzinfo
    )
    house.deliver()
    return house.link("계속 다니나요?", to="firm@"), house.link("계속 다니시나요?", to="seeker")


def first(house: House) -> RetentionCheck:
    with house.database.read() as session:
        return session.scalars(sa.select(RetentionCheck).order_by(RetentionCheck.day)).first()  # type: ignore[return-value]


def test_opening_both_links_ten_times_changes_nothing(house: House) -> None:
    firm, person = hired(house)
    for path in (firm, person) * 5:
        house.visitor().open(path)
    check = first(house)
    assert (check.answer, check.firm_answer, check.person_answer) == (None, None, None)


def test_both_say_still_and_it_counts(house: House) -> None:
    firm, person = hired(house)
    house.visitor().open(person).press("네, 계속 다닙니다").sees("고맙습니다")
    house.visitor().open(firm).press("네, 계속 다닙니다").sees("고맙습니다")
    check = first(house)
    assert (check.answer, check.source, check.disputed) == (A.STILL, RetentionSource.FIRM, False)


@pytest.mark.parametrize("person_first", [True, False])
def test_where_they_differ_neither_counts_until_an_officer_has_asked(
    house: House, person_first: bool
) -> None:
    firm, person = hired(house)
    left = (house.today - dt.timedelta(days=3)).isoformat()
    acts = [
        lambda: house.visitor().open(person).press("그만둔 것으로 알리기", left_on=left),
        lambda: house.visitor().open(firm).press("네, 계속 다닙니다"),
    ]
    for act in acts if person_first else reversed(acts):
        act()
    check = first(house)
    assert check.disputed
    assert check.answer is None
    officer = house.visitor("officer").open("/staff").follow("근무 확인과").sees("서로 다른 근무 확인 1건")
    officer.press("그만둔 것으로 정하기", left_on="", expect=422).sees("그만둔 날과 사유")
    officer.open("/staff/retention").press("그만둔 것으로 정하기", left_on=left, reason="12").sees(
        "바로잡았습니다"
    )
    check = first(house)
    assert (check.answer, check.source, check.disputed) == (A.LEFT, RetentionSource.OFFICER, False)
    with house.database.read() as session:
        assert session.scalars(sa.select(Placement)).one().ended_on is not None


def insurance(house: House, *rows: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(["사업자등록번호,성명,생년월일,취득일,상실일,상실사유", *rows]).encode(encoding)


def row_of(house: House, until: str = "", reason: str = "") -> str:
    with house.database.read() as session:
        placement = session.scalars(sa.select(Placement)).one()
        number = house.seekers.index(placement.seeker_id)
        from screening.demand.employers.models import Employer

        digits = session.get_one(Employer, placement.employer_id).business_number
    name = f"박가람{'가나다라마바사아'[number]}"
    return f"{digits},{name},{1980 + number}-05-01,{placement.starts_on},{until},{reason}"


def send(house: House, content: bytes, *, expect: int = 200) -> str:
    officer = house.visitor("officer").open("/staff/retention")
    form = next(form for form in officer.page.forms if form.action.endswith("/insurance"))
    import io

    answer = officer.client.post(
        form.action,
        data={
            **dict(form.values),
            "as_of": house.today.isoformat(),
            "file": (io.BytesIO(content), "x.csv"),
        },
        content_type="multipart/form-data",
    )
    assert answer.status_code == expect, answer.status_code
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_the_insurance_wins_over_both(house: House, encoding: str) -> None:
    firm, person = hired(house)
    house.visitor().open(person).press("네, 계속 다닙니다")
    house.visitor().open(firm).press("네, 계속 다닙니다")
    with house.database.read() as session:
        start = session.scalars(sa.select(Placement.starts_on)).one()
    content = insurance(
        house, row_of(house, until=str(start + dt.timedelta(days=20)), reason="23"), encoding=encoding
    )
    assert "채용 1건을 찾아 확인 1건을 정했습니다" in send(house, content)
    check = first(house)
    assert (check.answer, check.source) == (A.LEFT, RetentionSource.INSURANCE)
    with house.database.read() as session:
        placement = session.scalars(sa.select(Placement)).one()
        assert placement.ended_on == start + dt.timedelta(days=19), "the last day of work is the day before"
        assert placement.leaving_reason == "23"


def test_bad_rows_stay_out_and_harm_no_other(house: House) -> None:
    hired(house)
    page = send(
        house,
        insurance(
            house,
            "123,홍길동,1990-01-01,2026-01-01,,",
            "0000000000,,1990-01-01,2026-01-01,,",
            "0011234567,김없음,어제,2026-01-01,,",
            row_of(house),
        ),
    )
    assert "채용 1건을 찾아" in page
    assert "10자리가 아닙니다" in page
    assert "김없음" not in page
    assert first(house).answer is A.STILL


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2", "사업자".encode("utf-16"), b"\x00" * 50])
def test_a_file_that_is_none_is_refused_in_words(house: House, content: bytes) -> None:
    hired(house)
    send(house, content, expect=422)
    assert first(house).answer is None


TITLE = "사업자등록번호,성명,생년월일,취득일\n"
HOSTILE = {
    "larger than a file may be": b"," * 1_100_000,
    "a cell without an end": f"{TITLE}1,2,".encode() + b"12-12-" * 100_000 + b",x",
    "a row without an end": TITLE.encode() + b"," * 900_000,
    "rows without an end": b"a\n" * 400_000,
    "one quote": TITLE.encode() + b'"' * 900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_table_is_refused_before_it_costs_anything(house: House, name: str) -> None:
    page = send(house, HOSTILE[name], expect=422)
    officer = Actor(role=Role.OFFICER, name="한지원")
    began = time.thread_time()
    with house.database.read() as session, pytest.raises(FileRefused):
        import_insurance(session, payload=HOSTILE[name], as_of=house.today, by=officer, at=house.clock.moment)
    assert time.thread_time() - began < 1.0, "seconds in which nothing else was answered"
    assert any(said in page for said in ("CSV", "나누어", "너무 깁니다"))


def test_many_rows_are_looked_up_before_anything_is_locked(house: House) -> None:
    """Ten thousand honest rows held the write lock for ten seconds."""
    hired(house)
    looked_up = []

    def counts(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT identity_record"):
            looked_up.append(statement)

    rows = [f"1234567890,김하나{each % 90},19{each % 90 + 10}-01-01,2020-01-01,," for each in range(3000)]
    content = insurance(house, *rows, row_of(house))
    event.listen(house.database.engine, "before_cursor_execute", counts)
    page = send(house, content)
    event.remove(house.database.engine, "before_cursor_execute", counts)
    assert "채용 1건을 찾아" in page
    assert len(looked_up) == (0 if house.database.is_sqlite else 8), "on SQLite only the reading engine looks"
