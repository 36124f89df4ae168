"""A firm joins: the tax office is asked, the firm itself proves that it asks, a team forms and dissolves."""

import re
import time
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from demo.firms import fictional_number
from foundation.accounts.models import Account
from foundation.membership import teams
from foundation.membership.teams import TeamRight
from screening.demand.employers.models import Employer
from screening.demand.firm_checks.models import CheckOutcome, FirmCheck
from screening.demand.sign_ups.models import SignUp
from tests.at_once import at_once
from tests.house import House
from tests.tax_office import TaxOfficeServer, connect
from tests.visitor import Visitor

NUMBER = fictional_number(77)
FIRM = {
    "business_number": f"{NUMBER[:3]}-{NUMBER[3:5]}-{NUMBER[5:]}",
    "name": "새벽빵집",
    "representative": "도아름",
    "opened_on": "2019-03-04",
    "district": "11440",
    "address": "서울특별시 마포구 이음로 3",
    "employees": "12",
    "person": "도아름",
    "position": "representative",
    "email": "owner@dawn.example",
    "phone": "010-0000-7001",
    "asks": "y",
}


def apply(house: House, **changed: str) -> Visitor:
    visitor = house.visitor().open("/join").press("가입 신청하기", at="/join", **{**FIRM, **changed})
    visitor.sees("메일을 열어 주세요")
    house.deliver()
    return visitor


def sign_up(house: House, email: str) -> SignUp:
    with house.database.read() as session:
        return session.scalars(sa.select(SignUp).where(SignUp.email == email)).one()


def confirmed(house: House, **changed: str) -> tuple[Visitor, SignUp]:
    apply(house, **changed)
    email = changed.get("email", FIRM["email"])
    link = house.link("기업 가입을 이어서", to=email)
    applicant = house.visitor().open(link).press("네, 제 메일이 맞습니다")
    return applicant.sees("센터가 기업에 확인하고 있습니다"), sign_up(house, email)


def test_from_the_first_page_to_the_first_order_form(house: House, tax_office: TaxOfficeServer) -> None:
    connect(house, tax_office)
    tax_office.knows(NUMBER, opened="20190304", owner="도아름")
    applicant, asked = confirmed(house)
    officer = (
        house.visitor("officer").open("/staff").follow("기업이 정말 신청했는지 확인하기").follow("새벽빵집")
    )
    officer.sees("국세청 확인").sees("대표자와 개업일이 맞습니다")
    officer.press("번호 보내기", contact="010-0000-7001", found="114", expect=422)
    officer.sees("신청한 사람이 적은 연락처입니다")
    officer.press("번호 보내기", contact="02-555-7788", found="회사 누리집").sees(
        "회사의 연락처로 번호를 보냈습니다"
    )
    house.deliver()
    sms = next(each for each in house.letters() if each.channel == "sms" and each.recipient == "025557788")
    code = re.search(r"번호 (\d{6})", sms.text)
    assert code is not None
    link = house.link("기업 가입을 이어서")
    applicant.open(link).press("번호 보내기", code="000000" if code[1] != "000000" else "000001", expect=422)
    applicant.sees("번호가 맞지 않습니다").press("번호 보내기", code=code[1]).sees("거의 다 되었습니다")
    officer.open(f"/staff/sign-ups/{asked.id}").sees("따로 찾은 연락처로 보낸 번호: 025557788")
    officer.press("가입 승인하고 초대하기").sees("새벽빵집의 가입을 승인")
    house.deliver()
    owner = house.visitor().open(house.link("계정을 시작해", to="owner@dawn.example"))
    owner.press("비밀번호", password="새벽에 굽는 빵 열두 개")
    owner.open("/login").press(
        "로그인", at="/login", email="owner@dawn.example", password="새벽에 굽는 빵 열두 개"
    )
    owner.sees("아직 구인신청이 없습니다").follow("우리 팀").sees("함께 일할 사람을 정해 주세요")


def test_without_a_key_an_officer_checks_a_paper(house: House) -> None:
    _, asked = confirmed(house)
    officer = (
        house.visitor("officer")
        .open(f"/staff/sign-ups/{asked.id}")
        .sees("확인 보류")
        .sees("형식만 보았습니다")
    )
    officer.press("통화 기록하기", call_contact="010-0000-7001", call_found="x", note="x", expect=422)
    officer.press(
        "통화 기록하기",
        call_contact="02-555-7788",
        call_found="114",
        note="대표 도아름 씨가 직접 신청했다고 답함",
    )
    officer.press("가입 승인하고 초대하기", expect=422).sees("어떤 서류로 확인했는지")
    officer.press("가입 승인하고 초대하기", paper="사업자등록증명 원본").sees("가입을 승인")
    with house.database.read() as session:
        assert (
            session.scalars(sa.select(Employer).where(Employer.business_number == NUMBER)).one().verified_at
        )


@pytest.mark.parametrize(("code", "owner"), [("03", "도아름"), ("02", "도아름"), ("01", "남의이름")])
def test_a_firm_the_tax_office_speaks_against_is_not_let_in(
    house: House, tax_office: TaxOfficeServer, code: str, owner: str
) -> None:
    connect(house, tax_office)
    tax_office.knows(NUMBER, code=code, opened="20190304", owner=owner)
    _, asked = confirmed(house)
    officer = house.visitor("officer").open(f"/staff/sign-ups/{asked.id}")
    officer.press("통화 기록하기", call_contact="02-555-7788", call_found="114", note="직접 신청했다고 답함")
    officer.press("가입 승인하고 초대하기", paper="사업자등록증", expect=403).sees("국세청 확인")
    officer.open(f"/staff/sign-ups/{asked.id}").press(
        "거절하고 알리기", explanation="국세청 확인 결과 영업 중인 사업자가 아닙니다."
    )
    house.deliver()
    assert any("영업 중인 사업자가 아닙니다" in each.text for each in house.letters())


def test_silence_is_asked_again_and_an_answer_holds_a_month(
    house: House, tax_office: TaxOfficeServer
) -> None:
    connect(house, tax_office)
    tax_office.fails_with = "INTERNAL_ERROR"
    apply(house)
    with house.database.read() as session:
        (check,) = session.scalars(sa.select(FirmCheck).where(FirmCheck.business_number == NUMBER))
        assert (check.outcome, check.failure) == (CheckOutcome.PENDING, "INTERNAL_ERROR")
    tax_office.fails_with = ""
    for number in (0, 1):
        tax_office.knows(fictional_number(number))
    house.later(hours=2)
    asked = len(tax_office.questions)
    house.later(days=3)
    assert len(tax_office.questions) == asked, "a good answer is not asked for again within the month"
    house.later(days=31)
    assert len(tax_office.questions) > asked


def test_one_person_for_many_firms_is_raised(house: House) -> None:
    confirmed(house)
    other = fictional_number(78)
    _applicant, asked = confirmed(
        house, business_number=other, name="저녁국수", email="other@dawn.example", position="delegate"
    )
    officer = house.visitor("officer").open("/staff/sign-ups").sees("여러 기업의 일을 하는 사람")
    officer.open(f"/staff/sign-ups/{asked.id}").sees("새벽빵집 (같은 전화번호)")
    officer.press("통화 기록하기", call_contact="02-555-7788", call_found="114", note="대표가 맡겼다고 답함")
    officer.press("가입 승인하고 초대하기", paper="사업자등록증명", expect=422).sees("왜 괜찮은지")
    officer.press(
        "가입 승인하고 초대하기", paper="사업자등록증명", several_firms="두 가게의 세무대리인"
    ).sees("승인")


def test_the_number_is_guessed_five_times_and_no_more(house: House) -> None:
    applicant, asked = confirmed(house)
    officer = house.visitor("officer").open(f"/staff/sign-ups/{asked.id}")
    officer.press("번호 보내기", contact="02-555-7788", found="114")
    house.deliver()
    sms = next(each for each in house.letters() if each.recipient == "025557788")
    code = re.findall(r"\d{6}", sms.text)[0]
    wrong = "111111" if code != "111111" else "222222"
    link = house.link("기업 가입을 이어서")
    for _ in range(5):
        applicant.open(link).press("번호 보내기", code=wrong, expect=422)
    applicant.open(link).press("번호 보내기", code=code, expect=422).sees("여러 번 잘못")


def test_an_address_with_an_account_gets_the_same_answer_and_no_link(house: House) -> None:
    apply(house, email="firm@test.example")
    letter = next(each for each in house.letters() if each.recipient == "firm@test.example")
    assert "이미 이음 계정이 있습니다" in letter.text
    assert "/l/" not in letter.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("business_number", "123-45-6789", "10자리"),
        ("business_number", "000-00-00000", "맞지 않습니다"),
        ("opened_on", "2199-01-01", "개업일을 오늘이나"),
        ("phone", "전화", "전화"),
        ("employees", "-3", "0명에서"),
        ("name", "가" * 300, "100자까지"),
        ("asks", "", "회사의 뜻"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(house: House, field: str, value: str, sentence: str) -> None:
    visitor = house.visitor().open("/join")
    visitor.press("가입 신청하기", at="/join", expect=422, **{**FIRM, field: value})
    visitor.sees(sentence)
    assert "서울특별시 마포구 이음로 3" in visitor.page.html, "what was typed stays"


def test_what_nobody_confirms_is_forgotten(house: House) -> None:
    apply(house)
    house.later(days=8)
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SignUp)) == 0


def test_rights_come_change_and_end_with_the_membership(house: House) -> None:
    owner = house.visitor("firm").open("/employer/team")
    owner.press("초대 메일 보내기", name="서가온", email="new@test.example", right="reader").sees(
        "초대 메일을 보냈습니다"
    )
    house.deliver()
    newcomer = house.visitor().open(house.link("계정을 시작해", to="new@test.example"))
    newcomer.press("비밀번호", password="correct horse battery")
    reader = house.visitor("new").sees("보기만 하는 권한입니다")
    assert reader.client.post("/employer/drafts").status_code in (400, 403)
    with house.database.read() as session:
        account = session.scalars(sa.select(Account).where(Account.email == "new@test.example")).one()
    owner.open("/employer/team").press("구성원 권한 주기", at=str(account.id)).sees("구성원'로 바꿨습니다")
    reader.open("/employer").misses("보기만 하는 권한입니다")
    owner.open("/employer/team").press("팀에서 나가기", expect=409).sees("관리자가 한 명뿐이라")
    owner.open("/employer/team").press("내 관리자 넘기기", at=str(account.id)).sees("관리자를 넘겼습니다")
    owner.misses("초대 메일 보내기")
    reader.open("/employer/team").press("팀에서 내보내기", at=str(house.accounts["firm"])).sees(
        "내보냈습니다"
    )
    assert owner.client.get("/employer").status_code == 303
    reader.open("/employer/team").press("초대 메일 보내기", name="윤미정", email="firm@test.example").sees(
        "초대 메일"
    )
    with house.database.read() as session:
        back = session.get_one(Account, house.accounts["firm"])
        assert (back.disabled_at, back.password_hash) == (None, None)


def test_a_stranger_to_the_team_cannot_touch_it(house: House) -> None:
    rival = house.visitor("rival").open("/employer/team")
    form = next(form for form in rival.page.forms if form.action.endswith("/team"))
    token = dict(form.values)["csrf_token"]
    path = f"/employer/team/{house.accounts['firm']}/remove"
    assert rival.client.post(path, data={"csrf_token": token}).status_code == 404


def test_two_owners_cannot_leave_at_once(house: House) -> None:
    with house.database.write() as session:
        other = teams.invite_member(
            session,
            email="second@test.example",
            name="둘째",
            right=TeamRight.OWNER,
            by=house.actor("firm"),
            at=house.clock.moment,
        )
        other.password_hash = "taken up"
        session.commit()
        house.accounts["second"] = other.id

    def leaves(who: str) -> Callable[[], object]:
        def act() -> None:
            with house.database.write() as session:
                teams.leave(session, by=house.actor(who), at=house.clock.moment)
                time.sleep(0.3)
                session.commit()

        return act

    assert at_once(leaves("firm"), leaves("second")) == ["done", "refused"]
