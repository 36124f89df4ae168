"""What an attack found a second time, so that nobody finds it a third."""

import datetime as dt
import io

import pytest
import sqlalchemy as sa

from employer_portal.web.forms import ADDRESS, clean
from foundation.accounts.models import Account
from foundation.messages.mailbox import DemoSmsGateway
from foundation.messages.models import DemoLetter
from foundation.reference import telephone
from foundation.refusals import Invalid
from screening.casework.referrals.models import Referral
from screening.demand.mandates.models import Mandate
from screening.intake.feed.employer import read_employer
from screening.intake.feed.posting import Refused, parse
from screening.pool.seekers.blindness import reveals_somebody
from tests.house import House
from tests.visitor import Visitor
from tests.walk import order_at


def token(visitor: Visitor) -> str:
    return next(value for form in visitor.page.forms for name, value in form.values if name == "csrf_token")


@pytest.mark.parametrize("blank", [" ", "원", "\u2028", "\u200b", ",", "²"])
@pytest.mark.parametrize("field", ["weekly_hours", "work_days", "wage_won"])
def test_a_number_made_of_nothing_is_missing_and_the_draft_lives(
    house: House, field: str, blank: str
) -> None:
    firm = house.visitor("firm").press("새로 사람 구하기")
    firm.press("다음", title="한식 조리사", occupation="한식 조리사", duties="국과 반찬을 만듭니다.")
    draft = firm.page.path.rsplit("/", 1)[0]
    firm.press("다음", **{"wage_won": "2,600,000", field: blank})
    for step in (1, 2, 3, 4):
        firm.open(f"{draft}/{step}")
    firm.press("구인신청 내기", expect=422)


def test_a_file_in_place_of_a_text_is_no_value(house: House) -> None:
    agency = house.visitor("agency").open("/agency/new")
    for name in ("name", "birth_date", "months", "district", "summary"):
        fields = {"csrf_token": token(agency), name: (io.BytesIO(b"x"), "a.txt")}
        answer = agency.client.post("/agency/new", data=fields, content_type="multipart/form-data")
        assert answer.status_code == 422, name


def test_a_cookie_of_any_letters_signs_nobody_in_and_breaks_nothing(house: House) -> None:
    visitor = house.visitor().open("/login")
    answer = visitor.client.post(
        "/login",
        data={"csrf_token": token(visitor), "email": "a@b.kr", "password": "x"},
        headers={"Cookie": "ieum-device=\u00e9"},
    )
    assert answer.status_code in (400, 401, 422)


@pytest.mark.parametrize(
    "text",
    [
        "０１０-１２３４-５６７８",
        "공일공 일이삼사 오육칠팔",
        "조리 여\u200b성",
        "2\u200b5세",
        "kim＠naver.com",
    ],
)
def test_no_spelling_makes_a_text_blind_that_is_not(text: str) -> None:
    assert reveals_somebody(text)


def test_skills_and_licences_are_read_blind_too(house: House) -> None:
    agency = house.visitor("agency").open("/agency/new")
    agency.press(
        "보내기",
        expect=422,
        name="강새벽",
        birth_date="1990-03-02",
        phone="010-7733-1122",
        occupation="한식 조리사",
        skills="단체급식, 강새벽 010-7733-1122",
    ).sees("연락처, 생년, 나이, 성별을 적지 말아 주세요")


@pytest.mark.parametrize(
    "name", ["한빛식당 010-1234-5678", "한빛분식(공일공-일이삼사-오육칠팔)", "새봄상사 kim@naver.com"]
)
def test_a_firm_of_the_feed_keeps_no_contact_in_its_name(name: str) -> None:
    found = read_employer(name)
    assert found is not None
    assert not any(character.isdigit() or character == "@" for character in found.name + found.key)
    assert found.name.startswith(name[:3])


def test_a_telephone_number_is_no_request_number() -> None:
    row = {"JO_REQST_NO": "010-1234-5678", "CMPNY_NM": "한빛식당", "JO_SJ": "조리사"}
    refused = parse(row)
    assert isinstance(refused, Refused)
    assert refused.request_number is None


def test_what_cannot_be_seen_is_not_typed() -> None:
    assert clean("여\u200b성\u3164 만\u00ad") == "여성 만"
    assert clean("\u3164\u200b\u1160") == ""


@pytest.mark.parametrize("address", ["한글@한글.한국", "\uff41@b.kr", "a@b", "a@-b.kr", "a b@c.kr"])
def test_an_address_that_no_mail_reaches_is_refused(address: str) -> None:
    assert not ADDRESS.fullmatch(address)


@pytest.mark.parametrize("text", ["119", "123456", "00000000000", "1-800-FLOWERS"])
def test_what_nobody_answers_is_no_telephone(text: str) -> None:
    with pytest.raises(Invalid):
        telephone.parse(text)


def test_a_missing_word_decides_about_nobody(house: House) -> None:
    order_at(house, "interview")
    house.later(days=4)
    officer = house.visitor("officer").open("/staff/seekers")
    with house.database.read() as session:
        before = session.execute(sa.select(Referral.id, Referral.state).order_by(Referral.id)).all()
    for referral_id, _state in before:
        for act in ("held", "review"):
            answer = officer.client.post(
                f"/staff/referrals/{referral_id}/{act}", data={"csrf_token": token(officer)}
            )
            assert 400 <= answer.status_code < 500
    with house.database.read() as session:
        assert session.execute(sa.select(Referral.id, Referral.state).order_by(Referral.id)).all() == before


def test_signing_the_same_mandate_twice_signs_it_once(house: House) -> None:
    order = order_at(house, "filed")
    for _ in range(2):
        firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
        firm.press("서명하고 맡기기", code=house.signing_code(firm), typed_name="윤미정").sees("위임했습니다")
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Mandate)) == 1


def test_the_mailbox_keeps_a_letter_once_however_often_it_is_sent(house: House) -> None:
    gateway = DemoSmsGateway(house.database, lambda: house.clock.moment)
    for _ in range(2):
        gateway.send(message_id="one", to="01012345678", text="안녕하세요")
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(DemoLetter)) == 1


def test_a_switch_without_a_word_switches_nothing(house: House) -> None:
    admin = house.visitor("admin").open("/admin")
    answer = admin.client.post(
        f"/admin/accounts/{house.accounts['officer']}/disable", data={"csrf_token": token(admin)}
    )
    assert answer.status_code == 422
    with house.database.read() as session:
        assert session.get_one(Account, house.accounts["officer"]).disabled_at is None


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2999-01-01"])
def test_an_interview_in_another_age_is_said_at_its_field(house: House, day: str) -> None:
    order = order_at(house, "accepted")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    officer.press("면접 잡기", expect=422, day=day, time="10:00", place="서울")
    assert day in officer.page.html


def test_an_objection_out_of_time_is_not_lost(house: House) -> None:
    firm = house.visitor("firm").open("/employer")
    answer = firm.client.post(
        "/employer/standing/objection", data={"csrf_token": token(firm), "text": "사실과 다릅니다."}
    )
    assert 400 <= answer.status_code < 500


def test_a_withdrawal_before_any_yes_claims_nothing(house: House) -> None:
    order_at(house, "asked")
    house.deliver()
    path = house.link("추천해도 될까요")
    seeker = house.visitor().open(path)
    answer = seeker.client.post(f"{path}/withdraw", data={"csrf_token": token(seeker)})
    assert answer.status_code == 422
    house.clock.moment += dt.timedelta(minutes=1)
    house.visitor().open(path).sees("추천해도 될까요?")
