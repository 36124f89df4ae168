"""What a stranger types reaches nobody in the center's name, floods nobody, and tells the stranger nothing (A11, A15)."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa

from foundation.accounts.models import Account, UnusableInvitation
from foundation.messages.free_words import leads_elsewhere, plain_name, seen_words
from foundation.messages.letter_limits import EnoughLetters, mailbox_of, take_letter, take_receipt
from foundation.messages.models import DemoLetter, StrangerLetter
from foundation.outbox.models import Effect
from foundation.refusals import Invalid
from screening.casework.amendments import commands as amendments
from screening.casework.interviews import commands as interviews
from screening.casework.interviews.models import InterviewMode
from screening.casework.outcomes import commands as outcomes
from screening.casework.placements.checks import RetentionCheck
from screening.demand.employers.models import Employer
from screening.demand.firm_checks.models import FirmCheck
from screening.demand.orders.models import JobOrder
from screening.demand.sign_ups.models import SignUp
from tests.at_once import at_once
from tests.house import PASSWORD, House
from tests.stories.test_joining import FIRM, apply, confirmed
from tests.stories.test_postings import apply as apply_to_posting
from tests.visitor import Visitor
from tests.walk import order_at

LURES = [
    "공일공 일이삼사 오육칠팔",
    "010/1234/5678",
    "evil[.]com",
    "evil.work",
    "길다 " * 2000,
    "국세청 환급 http://evil.example/tax",
    "환급은 evil.example 에서",
    "ｗｗｗ．evil．com",
    "이음은행.한국",
    "bit.ly/3abc",
    "help@evil.example",
    "담당자 010-1234-5678",
    "국민 110-234-567890",
    "e\u200bvil.com",
    "evil dot com",
    "ieum2026-01-01.com/pay 에서 확인",
    "ieum2026-000001.com/pay",
    "ieum123-45-67890.com/a",
    "ieum.co.ltd/pay",
    "pay.co.ltd",
    "evil.asp.net",
    "job.xn--3e0b707e/a",
    "evil.tk",
    "evil.kim",
    "evil.website?x=1",
    "dr.com",
    "evil.сом",
    "evilꓸcom",
    "evil·com",
    "evil점com",
    "카톡아이디 abc123",
    "오픈채팅에서 검색",
    "零一零 1234 5678",
]
NAMES = [
    "Dr.Kim 병원", "St.Mary", "Co.Ltd", "이음 Co.Ltd.", "A·B 건설", "기획.디자인", "다온밥상", "㈜케이.앤.지", "Co., Ltd.", "S.M.엔터테인먼트", "노무법인 이음·한길", "24시 해장국", "1577대리", "김 O'Brien",
]  # fmt: skip


@pytest.mark.parametrize("text", LURES)
def test_a_lure_is_known_however_it_is_spelled(text: str) -> None:
    assert leads_elsewhere(text)
    with pytest.raises(Invalid):
        plain_name(text, field="name")


@pytest.mark.parametrize("text", ["줄\n바꿈", "줄\r바꿈", "줄\u2028바꿈", "이름\x00"])
def test_a_name_is_one_line(text: str) -> None:
    with pytest.raises(Invalid):
        plain_name(text, field="name")


@pytest.mark.parametrize("name", NAMES)
def test_ordinary_names_pass(name: str) -> None:
    assert plain_name(name, field="name") == name


@pytest.mark.parametrize(
    "text",
    [
        "서울 구로구 이음로 7, 3층 1203호",
        "2026. 12. 1. 10:00에 뵙겠습니다",
        "2026-12-01 결과를 알려 드립니다",
        "월 2,600,000원",
        "오전 10시 30분~11시",
        "3.5톤 화물차로 오세요",
        "테헤란로 152 2301호",
        "역삼동 736-1 1203호, 래미안 101-1004호",
        "접수번호 2026-000142의 결과입니다",
        "월 2500000원",
        "컴퓨터를 다룰 수 있으면 우대합니다.CAD 가능자",
        "Node.js 경험자, ASP.NET 가능자",
        "기획·IT 부서, 오전 9시.",
    ],
)
def test_ordinary_words_pass(text: str) -> None:
    assert not leads_elsewhere(text)


@pytest.mark.parametrize("field", ["name", "representative", "person"])
@pytest.mark.parametrize("text", LURES[5:12])
def test_nobody_joins_under_a_name_that_leads_elsewhere(house: House, field: str, text: str) -> None:
    visitor = house.visitor().open("/join")
    visitor.press("가입 신청하기", at="/join", expect=422, **{**FIRM, field: text}).sees("적을 수 없습니다")
    house.deliver()
    assert house.letters() == []


def test_the_letter_to_an_unknown_address_repeats_nothing_that_was_typed(house: House) -> None:
    apply(house)
    (letter,) = house.letters()
    for field in ("name", "representative", "person", "address", "business_number"):
        assert FIRM[field] not in f"{letter.subject} {letter.text}", field


def test_an_address_gets_three_sign_up_letters_a_day_and_no_more(house: House) -> None:
    for _ in range(3):
        apply(house)
    visitor = house.visitor().open("/join").press("가입 신청하기", at="/join", expect=429, **FIRM)
    visitor.sees("내일 다시 해 주세요")
    assert FIRM["address"] in visitor.page.html, "what was typed stays"
    known = {**FIRM, "email": "firm@test.example"}
    for _ in range(3):
        house.visitor().open("/join").press("가입 신청하기", at="/join", **known)
    house.visitor().open("/join").press("가입 신청하기", at="/join", expect=429, **known)
    house.deliver()
    assert len([each for each in house.letters() if each.recipient == FIRM["email"]]) == 3
    assert len([each for each in house.letters() if each.recipient == "firm@test.example"]) == 3
    house.later(days=1)
    apply(house)


def test_receipts_of_applications_do_not_flood_a_telephone(house: House) -> None:
    apply_to_posting(house, order_at(house, "open"))
    with house.database.write() as session:
        taken = [take_receipt(session, "01000009001", at=house.clock.moment) for _ in range(12)]
        assert take_letter(session, "01000009001", at=house.clock.moment), "receipts are counted apart"
        session.rollback()
    assert taken == [True] * 9 + [False] * 3, "one went out with the application"


def test_many_letters_at_once_are_counted_one_by_one(house: House) -> None:
    def take() -> None:
        with house.database.write() as session:
            if not take_letter(session, "a@b.example", at=house.clock.moment):
                raise EnoughLetters
            session.commit()

    became = at_once(*[take] * 6)
    with house.database.read() as session:
        assert (
            session.scalar(sa.select(sa.func.count()).select_from(StrangerLetter))
            == became.count("done")
            <= 3
        )
    assert became.count("done") >= 1
    assert became.count("done") + became.count("refused") + became.count("constraint") == 6


@pytest.mark.parametrize("text", LURES[:12])
def test_a_firms_words_to_people_carry_no_link_or_number(house: House, text: str) -> None:
    firm = house.actor("firm")
    with pytest.raises(Invalid, match="담당자에게 알려 주시면"):
        seen_words(text, by=firm, field="words")
    assert seen_words(text, by=house.actor("officer"), field="words") == text


def test_every_way_of_a_firms_words_to_people_is_watched(house: House) -> None:
    """Where it meets, why not, and how it ended: in each of them a link stops at its field and nothing goes out."""
    order = order_at(house, "accepted")
    house.deliver()
    firm = house.visitor("firm")
    base = f"/employer/orders/{order.id}"
    before = waiting(house)
    firm.open(base).press("이 말로 바꾸기", expect=422, words="결과는 http://evil.example 에서 보세요").sees(
        LURED
    )
    firm.open(f"{base}/slots").press(
        "시간 내기",
        expect=422,
        day=(house.today + dt.timedelta(days=2)).isoformat(),
        since="10:00",
        until="12:00",
        place="010-1234-5678로 전화하세요",
    ).sees(LURED)
    acts: list[Callable[..., object]] = [
        partial(
            interviews.schedule, starts_at=house.clock.moment, mode=InterviewMode.VIDEO, place="zoom.us/j/1"
        ),
        partial(interviews.cancel, reason="자세한 것은 evil.example 에서 보세요"),
    ]
    for act in acts:
        with house.database.write() as session, pytest.raises(Invalid, match=LURED):
            act(session, referral_id=order.id, by=house.actor("firm"), at=house.clock.moment)
    with house.database.write() as session, pytest.raises(Invalid, match=LURED):
        outcomes.tell(
            session,
            order_id=order.id,
            words="문의는 help@evil.example 로",
            by=house.actor("firm"),
            at=house.clock.moment,
        )
    terms = dataclasses.replace(order.terms(), work_time="09:00~18:00, 문의 010-1234-5678")
    with house.database.write() as session, pytest.raises(Invalid, match=LURED):
        amendments.ask(session, order_id=order.id, terms=terms, by=house.actor("firm"), at=house.clock.moment)
    assert waiting(house) == before


LURED = "링크, 메일 주소, 전화번호는 빼 주세요"


def waiting(house: House) -> int:
    with house.database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Effect)) or 0


# ---- who exists is nobody's business ------------------------------------------------------------------------------


def team_page(house: House, email: str) -> tuple[int, str]:
    owner = house.visitor("firm").open("/employer/team")
    owner.press("초대 메일 보내기", name="서가온", email=email, right="member")
    text = re.sub(r"[0-9a-f-]{36}|csrf_token\" value=\"[^\"]+", "", owner.page.html)
    return owner.page.status, text.replace(email, "")


@pytest.mark.parametrize("known", ["rival@test.example", "officer@test.example", "agency@test.example"])
def test_an_invitation_tells_nobody_who_has_an_account(house: House, known: str) -> None:
    """A15: the page, its code, what can be done with it and the number of letters are the same."""
    answers = {}
    for email in ("nobody@test.example", known):
        house.clock.moment += dt.timedelta(minutes=1)
        answers[email] = team_page(house, email)
        owner = house.visitor("firm").open("/employer/team").sees("초대를 아직 받지 않았습니다")
        with house.database.read() as session:
            mine = sa.select(Account.id).where(
                Account.email == email, Account.organisation_id == house.firms[0]
            )
            dead = sa.select(UnusableInvitation.id).where(UnusableInvitation.email == email)
            assert [session.scalar(mine) is None, session.scalar(dead) is None].count(False) == 1
        again = owner.press("초대 메일 보내기", expect=422, name="서가온", email=email, right="member")
        again.sees("이미 우리 팀에 있거나 초대한 이메일입니다")
        house.deliver()
        owner.open("/employer/team").press("열람만 권한 주기").sees("열람만")
        owner.press("팀에서 내보내기").sees("내보냈습니다")
    assert answers["nobody@test.example"] == answers[known]
    house.deliver()
    for email in answers:
        assert len([each for each in house.letters() if each.recipient == email]) == 1, email
    letter = next(each for each in house.letters() if each.recipient == known)
    assert "/l/" not in letter.text
    assert "다른 메일 주소로 초대" in letter.text
    house.visitor(known.partition("@")[0])


def test_a_teams_invitation_keeps_nobody_from_joining_with_a_firm_of_their_own(house: House) -> None:
    """Inviting an address barred it from joining as long as the inviting firm liked."""
    owner = house.visitor("firm").open("/employer/team")
    owner.press("초대 메일 보내기", name="서가온", email=FIRM["email"], right="member")
    _applicant, asked = confirmed(house)
    officer = house.visitor("officer").open(f"/staff/sign-ups/{asked.id}")
    officer.press("통화 기록하기", call_contact="02-555-7788", call_found="114", note="대표가 안다고 답함")
    officer.press("가입 승인하고 초대하기", paper="사업자등록증명")
    with house.database.read() as session:
        account = session.scalars(sa.select(Account).where(Account.email == FIRM["email"])).one()
        assert account.organisation_id not in house.firms
        assert account.owner
    owner.open("/employer/team")
    assert FIRM["email"] not in owner.page.text


def test_joining_tells_nobody_which_firms_are_members(house: House) -> None:
    with house.database.read() as session:
        number = session.scalars(
            sa.select(Employer.business_number).where(Employer.organisation_id == house.firms[0])
        ).one()
    house.deliver()
    asked = sa.select(sa.func.count()).select_from(FirmCheck).where(FirmCheck.business_number == number)
    with house.database.read() as session:
        before = session.scalar(asked)
    pages = []
    for each in (FIRM["business_number"], number):
        visitor = apply(house, business_number=str(each), email=f"x{each}@dawn.example")
        pages.append((visitor.page.status, visitor.page.text))
    assert pages[0] == pages[1]
    texts = {re.sub(r"/l/\S+", "", letter.text) for letter in house.letters()}
    assert len(texts) == 1
    with house.database.read() as session:
        assert session.scalar(asked) == before, "a stranger's claim does not touch what is known of a member"


def test_an_officer_sees_that_the_firm_is_a_member_and_lets_nobody_in_twice(house: House) -> None:
    with house.database.read() as session:
        number = session.scalars(
            sa.select(Employer.business_number).where(Employer.organisation_id == house.firms[0])
        ).one()
    _applicant, asked = confirmed(house, business_number=str(number))
    officer = house.visitor("officer").open(f"/staff/sign-ups/{asked.id}").sees("이미 가입한 기업입니다")
    officer.press("통화 기록하기", call_contact="02-555-7788", call_found="114", note="대표가 모른다고 답함")
    officer.press("가입 승인하고 초대하기", expect=403, paper="사업자등록증명").sees("이미 가입한 기업입니다")
    with house.database.read() as session:
        assert session.scalars(sa.select(SignUp.state).where(SignUp.id == asked.id)).one().value == "proved"
        assert session.scalar(sa.select(Account.id).where(Account.email == FIRM["email"])) is None


def test_signing_in_says_the_same_of_everybody(house: House) -> None:
    """Known, unknown, disabled, invited: the same words, the same code, the same number of letters (none)."""
    house.visitor("firm").open("/employer/team").press(
        "초대 메일 보내기", name="서가온", email="invited@test.example", right="member"
    )
    house.visitor("admin").open("/admin").press("계정 정지", at=str(house.accounts["auditor"]))
    house.deliver()
    before = len(house.letters())
    pages = set()
    for email in ("officer", "auditor", "invited", "nobody"):
        visitor = house.visitor().open("/login")
        visitor.press(
            "로그인", at="/login", expect=401, email=f"{email}@test.example", password="not the one"
        )
        pages.add(visitor.page.text.replace(email, ""))
    visitor = house.visitor().open("/login")
    visitor.press("로그인", at="/login", expect=401, email="auditor@test.example", password=PASSWORD)
    pages.add(visitor.page.text.replace("auditor", ""))
    assert len(pages) == 1
    house.deliver()
    assert len(house.letters()) == before


def test_a_check_of_another_firm_and_one_that_is_none_look_the_same(house: House) -> None:
    order_at(house, "closed")
    with house.database.read() as session:
        check_id = session.scalars(sa.select(RetentionCheck.id)).first()
    rival = house.visitor("rival").open("/employer")
    token = next(value for form in rival.page.forms for name, value in form.values if name == "csrf_token")
    answers = {
        rival.client.post(f"/employer/checks/{each}/still", data={"csrf_token": token}).get_data(as_text=True)
        for each in (check_id, "00000000-0000-0000-0000-000000000007")
    }
    assert len({re.sub(r"csrf_token\" value=\"[^\"]+", "", each) for each in answers}) == 1


def test_letters_are_counted_by_day_and_forgotten(house: House) -> None:
    apply(house)
    with house.database.read() as session:
        assert session.execute(sa.text("SELECT count(*) FROM stranger_letter")).scalar() == 1
    house.later(days=2)
    with house.database.read() as session:
        assert session.execute(sa.text("SELECT count(*) FROM stranger_letter")).scalar() == 0
        assert session.scalars(sa.select(DemoLetter)).all()


def test_the_trail_shows_invitations_that_lead_nowhere(house: House) -> None:
    team_page(house, "rival@test.example")
    house.visitor("auditor").open("/audit").sees("팀 초대")


def test_nobody_applies_or_is_registered_under_a_name_that_leads_elsewhere(house: House) -> None:
    order = order_at(house, "open")
    apply_to_posting(house, order, expect=422, name="이나래 evil.com").sees("적을 수 없습니다")
    agency = house.visitor("agency").open("/agency/new")
    agency.press(
        "보내기", expect=422, name="이나래 www.x.kr", birth_date="1991-04-05", phone="010-1234-0000",
        occupation="한식 조리사",
    ).sees("적을 수 없습니다")  # fmt: skip


def test_a_firm_tells_people_in_the_centers_own_words_whatever_its_title_says(house: House) -> None:
    order = order_at(house, "met", title="주방 보조 월 2500000원")
    with house.database.write() as session:
        words = outcomes.default_words(session.get_one(JobOrder, order.id))
        outcomes.tell(session, order_id=order.id, words=words, by=house.actor("firm"), at=house.clock.moment)


def test_an_invitation_that_was_withdrawn_keeps_no_address(house: House) -> None:
    """Else an owner could keep a stranger's address from joining, and re-inviting would tell who has an account."""
    for email in ("owner@dawn.example", "rival@test.example"):
        for _ in range(2):
            house.clock.moment += dt.timedelta(minutes=1)
            owner = house.visitor("firm").open("/employer/team")
            owner.press("초대 메일 보내기", name="서가온", email=email, right="member").sees(email)
            house.deliver()
            owner.open("/employer/team").press("팀에서 내보내기").misses(email)
    confirmed(house)


def test_inviting_again_and_again_looks_the_same(house: House) -> None:
    orders = []
    for email in ("nobody@test.example", "rival@test.example"):
        owner = house.visitor("firm").open("/employer/team")
        house.clock.moment += dt.timedelta(minutes=1)
        owner.press("초대 메일 보내기", name="서가온", email=email, right="member")
        house.clock.moment += dt.timedelta(minutes=1)
        owner.open("/employer/team").press("초대 메일 보내기", name="다음", email=f"z{email}", right="member")
        first = ids(owner)
        owner.press("팀에서 내보내기", at=first[0])
        house.clock.moment += dt.timedelta(minutes=1)
        owner.open("/employer/team").press("초대 메일 보내기", name="서가온", email=email, right="member")
        again = ids(owner)
        orders.append((len(first), first[0] in again, again.index(first[1])))
        for each in again:
            owner.open("/employer/team").press("팀에서 내보내기", at=each)
    assert orders[0] == orders[1] == (2, False, 0)


def ids(owner: Visitor) -> list[str]:
    found = [form.action.split("/")[-2] for form in owner.page.forms if form.action.endswith("/remove")]
    return list(dict.fromkeys(found))


def test_spellings_of_a_mailbox_are_one() -> None:
    assert mailbox_of("A.b+c@Gmail.com") == mailbox_of("ab@googlemail.com")
    assert mailbox_of("han@hanmail.net") == mailbox_of("han@daum.net")
    assert mailbox_of("a.b@dawn.example") != mailbox_of("ab@dawn.example")


def test_a_plus_in_an_address_is_the_same_mailbox(house: House) -> None:
    for number in range(3):
        apply(house, email=f"victim+{number}@dawn.example")
    visitor = house.visitor().open("/join")
    visitor.press("가입 신청하기", at="/join", expect=429, **{**FIRM, "email": "Victim+x@dawn.example"})


def test_an_applicants_page_tells_nothing_of_the_member_whose_number_was_typed(house: House) -> None:
    """Its tax-office record stood there for whoever typed the number with an address of their own."""
    with house.database.read() as session:
        number = session.scalars(
            sa.select(Employer.business_number).where(Employer.organisation_id == house.firms[0])
        ).one()
    pages = []
    for each in (FIRM["business_number"], str(number)):
        applicant, _ = confirmed(house, business_number=each, email=f"x{each}@dawn.example")
        pages.append(applicant.page.text)
    assert pages[0] == pages[1]
    assert "국세청" not in pages[1]
