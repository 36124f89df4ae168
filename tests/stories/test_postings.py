"""A posting: found, shared, closing by itself, applied to without an account, reported; nobody left without a word."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from foundation.identity.models import Sighting
from screening.demand.orders.models import JobOrder
from screening.demand.orders.states import OrderStatus
from screening.demand.postings import commands as postings
from screening.demand.postings.models import Application, ApplicationState
from screening.pool.seekers.models import Seeker
from tests.at_once import at_once
from tests.house import House
from tests.visitor import Visitor
from tests.walk import order_at

ME = {
    "name": "차새롬",
    "phone": "010-0000-9001",
    "email": "me@mail.example",
    "text": "한식당 주방에서 3년 일했고 4월부터 일할 수 있습니다.",
    "agrees": "y",
}


def apply(house: House, order: JobOrder, *, expect: int = 200, **changed: str) -> Visitor:
    visitor = house.visitor().open(f"/jobs/{order.number}")
    return visitor.press("지원하기", at=f"/jobs/{order.number}", expect=expect, **{**ME, **changed})


def applied(house: House) -> JobOrder:
    order = order_at(house, "open", headcount=1)
    apply(house, order).sees("지원을 접수했습니다")
    house.deliver()
    return order


def test_a_posting_is_found_shared_and_structured(house: House) -> None:
    order = order_at(house, "open")
    visitor = house.visitor().open("/jobs").sees("지원할 수 있는 자리 1곳").follow("한식 조리사")
    visitor.sees("명을 찾습니다").sees("다온밥상")
    block = re.search(r'<script type="application/ld\+json">(.+?)</script>', visitor.page.html)
    assert block is not None
    data = json.loads(block.group(1))
    assert (data["@type"], data["title"], data["hiringOrganization"]["name"]) == (
        "JobPosting",
        "한식 조리사",
        "다온밥상",
    )
    assert data["baseSalary"]["value"]["unitText"] == "MONTH"
    assert 'property="og:title"' in visitor.page.html
    assert order.contact_phone not in visitor.page.html


def test_text_in_a_posting_cannot_leave_its_data_block(house: House) -> None:
    order = order_at(house, "open", duties="주방 일입니다. </script><script>alert(1)</script> & 정리")
    page = house.visitor().open(f"/jobs/{order.number}").page
    assert "<script>alert(1)" not in page.html


def test_it_closes_by_itself(house: House) -> None:
    order = order_at(house, "open", closes_on=house.today + dt.timedelta(days=10))
    house.visitor().open(f"/jobs/{order.number}").sees("명을 찾습니다")
    house.clock.moment += dt.timedelta(days=11)
    visitor = house.visitor().open(f"/jobs/{order.number}").sees("마감된 공고입니다")
    assert "ld+json" not in visitor.page.html
    house.visitor().open("/jobs").misses(order.number)
    with house.database.write() as session, pytest.raises(postings.PostingClosed):
        postings.apply(
            session,
            order_id=order.id,
            contact=postings.queries.Contact("차새롬", "01000009001", ""),
            text="열 글자가 넘는 지원입니다.",
            by=house.actor("officer"),
            at=house.clock.moment,
        )


def test_what_was_not_posted_is_not_found(house: House) -> None:
    order = order_at(house, "open", posted=False)
    house.visitor().open(f"/jobs/{order.number}", expect=404)
    filed = order_at(house, "filed")
    house.visitor().open(f"/jobs/{filed.number}", expect=404)


def test_the_receipt_comes_at_once_by_sms_and_mail(house: House) -> None:
    applied(house)
    mine = [each for each in house.letters() if "지원을 접수했습니다" in f"{each.subject} {each.text}"]
    assert {each.channel for each in mine} == {"sms", "mail"}
    assert any("채용일정" in each.text for each in mine)
    house.visitor().open(house.link("지원을 접수했습니다")).sees("지원을 살펴보고 있습니다").sees("접수번호")


def test_applicants_stay_out_of_the_pool_and_their_name_lies_sealed(house: House) -> None:
    order = applied(house)
    with house.database.read() as session:
        application = session.scalars(sa.select(Application)).one()
        assert "차새롬".encode() not in (application.sealed or b"")
        assert session.scalar(sa.select(sa.func.count()).select_from(Seeker)) == 8
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("공고로 지원한 분 1명").misses("차새롬")
    house.visitor("firm").open(f"/employer/orders/{order.id}/applicants").sees("차새롬 님")
    with house.database.read() as session:
        look = session.scalars(sa.select(Sighting).order_by(Sighting.at.desc())).first()
        assert look is not None
        assert look.purpose.startswith("지원 심사")
    assert "차새롬" not in house.visitor("rival").client.get(
        f"/employer/orders/{order.id}/applicants"
    ).get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "주민번호는 900101-1234567입니다. 열심히 하겠습니다.", "주민등록번호는 적지"),
        ("text", "네", "10자 이상"),
        ("name", "가" * 41, "40자까지"),
        ("phone", "12345", "전화"),
        ("email", "메일", "name@shop.kr"),
        ("agrees", "", "표시해 주세요"),
    ],
)
def test_a_wrong_field_is_said_there_and_nothing_typed_is_lost(
    house: House, field: str, value: str, sentence: str
) -> None:
    order = order_at(house, "open")
    visitor = apply(house, order, expect=422, **{field: value}).sees(sentence)
    kept = "차새롬" if field != "name" else ME["text"]
    assert kept in visitor.page.html
    with house.database.read() as session:
        assert session.scalars(sa.select(Application)).all() == []


def test_applying_twice_keeps_one_and_sends_its_link_again(house: House) -> None:
    order = applied(house)
    apply(house, order, text="다시 지원합니다. 잘 부탁드립니다.").sees("지원을 접수했습니다")
    with house.database.read() as session:
        assert session.scalars(sa.select(Application)).one().text.startswith("한식당 주방")


def test_a_withdrawal_deletes_name_and_contact(house: House) -> None:
    order = applied(house)
    house.visitor().open(house.link("지원을 접수했습니다")).press("지원 철회하기").sees("지웠습니다")
    with house.database.read() as session:
        gone = session.scalars(sa.select(Application)).one()
        assert (gone.sealed, gone.text, gone.state) == (None, "", ApplicationState.WITHDRAWN)
    house.visitor("firm").open(f"/employer/orders/{order.id}/applicants").misses("차새롬")


def test_delay_and_result_reach_the_applicant(house: House) -> None:
    order = applied(house)
    house.later(days=15)
    assert sum("늦어지고 있습니다" in each.subject for each in house.letters()) == 1
    house.later(days=5)
    assert sum("늦어지고 있습니다" in each.subject for each in house.letters()) == 1
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    with house.database.read() as session:
        if session.get_one(JobOrder, order.id).status is OrderStatus.OPEN:
            officer.press("종결하기", reason="plan_changed", expect=422).sees("아직 결과를 듣지 못했습니다")
            house.visitor("firm").open(f"/employer/orders/{order.id}").press(
                "모두에게 알리고 마치기", reason="plan_changed"
            )
    house.deliver()
    assert any("지원 결과를 알려 드립니다" in each.subject for each in house.letters())


def test_an_applicant_is_met_and_hired_and_fills_the_opening(house: House) -> None:
    order = applied(house)
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/applicants").press("만나 볼게요")
    firm.press("이 분을 채용하기").sees("채용을 확정")
    with house.database.read() as session:
        assert session.get_one(JobOrder, order.id).filled == 1
    house.visitor().open(f"/jobs/{order.number}").sees("마감된 공고입니다")


def test_two_applicants_at_once_do_not_overfill(house: House) -> None:
    order = applied(house)
    apply(house, order, phone="010-0000-9002", name="둘째")
    with house.database.read() as session:
        ids = session.scalars(sa.select(Application.id)).all()

    def hires(application_id: object) -> Callable[[], object]:
        def act() -> None:
            with house.database.write() as session:
                postings.hire(
                    session,
                    application_id=application_id,  # type: ignore[arg-type]
                    by=house.actor("firm"),
                    at=house.clock.moment,
                )
                session.commit()

        return act

    assert at_once(*[hires(each) for each in ids]) == ["done", "refused"]


def test_a_false_vacancy_is_reported_and_taken_down(house: House) -> None:
    order = order_at(house, "open")
    visitor = house.visitor().open(f"/jobs/{order.number}").follow("거짓 구인 신고")
    visitor.press("신고하기", category="disguised", text="짧음", expect=422).sees("10자 이상")
    visitor.press("신고하기", category="disguised", text="면접에 가니 물건을 먼저 사라고 했습니다.").sees(
        "신고를 받았습니다"
    )
    officer = house.visitor("officer").open("/staff").follow("거짓 구인 신고").sees("물건을 먼저 사라고")
    officer.press("공고 내리기").sees("공고를 내리고")
    house.visitor().open(f"/jobs/{order.number}", expect=404)
    house.deliver()
    assert any("공고를 내렸습니다" in each.subject for each in house.letters())
