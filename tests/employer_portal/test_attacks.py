"""What an attacker found once and must not find again."""

import pytest
import sqlalchemy as sa

from employer_portal.web.forms import MOST_TYPED, clean, one_line
from foundation.accounts.models import Account
from foundation.messages.models import DemoLetter
from screening.casework.placements.checks import RetentionCheck
from screening.pool.seekers.blindness import reveals_somebody
from screening.pool.seekers.models import Seeker
from tests.house import House
from tests.visitor import Visitor
from tests.walk import order_at


def draft_of(house: House, **typed: str) -> Visitor:
    firm = house.visitor("firm").press("새로 사람 구하기")
    base = firm.page.path.rsplit("/", 1)[0]
    firm.press("다음: 조건과 자격", title="홀서빙", occupation="홀서빙", duties="손님 응대와 자리 안내")
    firm.press("다음: 전형과 접수", **{"wage_won": "2,700,000", **typed})
    firm.press("다음: 확인과 제출", contact_phone="02-555-0100")
    return firm.open(f"{base}/4")


def test_endless_combining_marks_are_cut_before_they_are_composed() -> None:
    assert len(clean("a" + "\u0301\u0327" * 100_000)) == MOST_TYPED + 1


def test_one_line_is_one_line() -> None:
    assert one_line(" 가\r\n나\t다 ") == "가 나 다"


@pytest.mark.parametrize(
    "typed",
    [
        {"starts_on": "2008-01-01"},
        {"starts_on": "0001-01-01"},
        {"starts_on": "9999-12-31"},
        {"weekly_hours": "0"},
        {"weekly_hours": "-5"},
        {"work_days": "0"},
        {"contract_months": "-3"},
    ],
    ids=str,
)
def test_impossible_terms_are_shown_to_be_mended_not_a_dead_end(house: House, typed: dict[str, str]) -> None:
    firm = draft_of(house, **typed).sees("고칠 곳을 먼저 봐 주세요")
    firm.press("구인신청 내기", expect=422)


def test_every_field_an_officer_may_ask_about_can_be_answered(house: House) -> None:
    order = order_at(house, "received")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    form = next(form for form in officer.page.forms if form.action.endswith("/ask-correction"))
    firm = house.visitor("firm")
    for field in sorted(form.choices["field"]):
        with house.database.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM order_correction"))
            connection.execute(sa.text("UPDATE job_order SET status = 'received'"))
        officer.open(f"/staff/orders/{order.id}").press(
            "기업에 알리기", field=field, request="고쳐 주세요, 부탁합니다."
        )
        firm.open(f"/employer/orders/{order.id}/correct").sees("1곳을 고쳐서")


def test_a_disabled_account_answers_nothing(house: House) -> None:
    order_at(house, "closed")
    house.later(days=70)
    path = house.link("30일째")
    house.visitor().open(path).sees("계속 다니나요?")
    with house.database.engine.begin() as connection:
        connection.execute(
            sa.update(Account.__table__)
            .where(Account.__table__.c.id == house.accounts["firm"])
            .values(disabled_at=house.clock.moment)
        )
    house.visitor().open(path, expect=404)
    with house.database.read() as session:
        assert (
            session.scalars(sa.select(RetentionCheck.answer).where(RetentionCheck.answer.is_not(None))).all()
            == []
        )


def test_somebody_elses_failures_do_not_lock_out_a_known_browser(house: House) -> None:
    owner = house.visitor("officer").press("로그아웃")
    stranger = house.visitor()
    for _ in range(10):
        stranger.open("/login").press(
            "로그인", at="/login", email="officer@test.example", password="wrong password", expect=401
        )
    stranger.open("/login").press(
        "로그인", at="/login", email="officer@test.example", password="correct horse battery", expect=429
    )
    owner.open("/login").press(
        "로그인", at="/login", email="officer@test.example", password="correct horse battery"
    ).sees("할 일")


def test_two_clicks_on_a_switch_are_one(house: House) -> None:
    admin = house.visitor("admin").open("/admin")
    form = next(form for form in admin.page.forms if str(house.accounts["auditor"]) in form.action)
    for _ in range(2):
        admin.client.post(form.action, data=dict(form.values))
    with house.database.read() as session:
        assert session.get_one(Account, house.accounts["auditor"]).disabled_at is not None


def test_a_placed_person_is_not_put_back_by_a_click(house: House) -> None:
    order_at(house, "hired")
    with house.database.read() as session:
        placed = session.scalars(sa.select(Seeker).where(Seeker.status == "placed")).first()
    assert placed is not None
    officer = house.visitor("officer").open("/staff/seekers")
    token = next(value for form in officer.page.forms for name, value in form.values if name == "csrf_token")
    answer = officer.client.post(
        f"/staff/seekers/{placed.id}/pause", data={"csrf_token": token, "to": "active"}
    )
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "text",
    ["홍길순덕 1990년생", "010-8888-0077로 연락", "a@b.kr", "35세 경력", "900101-1234567", "조리 5년, 여성"],
)
def test_blind_text_reveals_nobody(text: str) -> None:
    assert reveals_somebody(text)


@pytest.mark.parametrize(
    "text",
    ["한식 조리사 4년 2개월", "단체급식 300식", "남성복 매장 2년", "여성 어르신 돌봄 3년", "2019년부터 선반"],
)
def test_ordinary_blind_text_passes(text: str) -> None:
    assert not reveals_somebody(text)


def test_an_impossible_career_or_a_telling_summary_is_not_registered(house: House) -> None:
    agency = house.visitor("agency").open("/agency/new")
    person = {
        "name": "이나래",
        "birth_date": "1991-04-05",
        "phone": "010-1234-0000",
        "occupation": "한식 조리사",
    }
    agency.press("보내기", **person, months="99999", expect=422)
    agency.press("보내기", **person, months="12", summary="이나래 조리 경력", expect=422).sees(
        "이름을 적지 말아"
    )
    agency.press("보내기", **person, months="12", summary="조리 1년").sees("보낸 구직자 1명")
    agency.open("/agency/new").press("보내기", **{**person, "name": "   "}, expect=422)


def test_the_subject_of_a_letter_arrives_as_written(house: House) -> None:
    order_at(house, "closed")
    house.later(days=400)
    with house.database.read() as session:
        subjects = session.scalars(
            sa.select(DemoLetter.subject).where(DemoLetter.subject.contains("365일째"))
        ).all()
    assert subjects
    assert all("365일째, 계속 다니나요?" in subject for subject in subjects)


def test_odd_addresses_after_signing_in_lead_home(house: House) -> None:
    assert house.visitor().client.get("/login?next=//[").status_code == 200
    assert house.visitor().client.get("/assets/krds/resources/css/../../package.json").status_code == 404
