"""Nobody reads or changes another organisation's rows: a stranger's row and an absent one look the same."""

import uuid

import pytest
import sqlalchemy as sa

from foundation.refusals import NotFound
from screening.casework.referrals import queries as referral_queries
from screening.casework.referrals.models import Referral
from screening.demand.employers import queries as employer_queries
from screening.demand.orders import commands as orders
from screening.demand.orders import queries as order_queries
from screening.demand.orders.models import JobOrder, OrderDraft
from screening.pool.seekers import queries as seeker_queries
from tests.house import House
from tests.visitor import Visitor
from tests.walk import order_at


def token_of(visitor: Visitor) -> str:
    visitor.open("/employer")
    return next(value for form in visitor.page.forms for name, value in form.values if name == "csrf_token")


def rows(house: House) -> list[tuple[object, ...]]:
    with house.database.read() as session:
        return [
            tuple(row)
            for table in (JobOrder, Referral, OrderDraft)
            for row in session.execute(sa.select(table.__table__).order_by(table.__table__.c.id))
        ]


def test_a_rival_firm_sees_and_changes_nothing(house: House) -> None:
    order = order_at(house, "submitted")
    house.visitor("firm").press("새로 사람 구하기")
    with house.database.read() as session:
        referral = session.scalars(sa.select(Referral.id).where(Referral.order_id == order.id)).first()
        draft = session.scalars(sa.select(OrderDraft.id)).one()
    before = rows(house)
    rival = house.visitor("rival")
    token = token_of(rival)
    absent = uuid.UUID(int=3)
    reads = ("/employer/orders/{o}", "/employer/orders/{o}/shortlist", "/employer/orders/{o}/mandate",
             "/employer/orders/{o}/correct", "/employer/orders/{o}/receipt", "/employer/drafts/{d}/1",
             "/employer/referrals/{r}/interview.ics")  # fmt: skip
    for path in reads:
        theirs = rival.client.get(path.format(o=order.id, d=draft, r=referral))
        nowhere = rival.client.get(path.format(o=absent, d=absent, r=absent))
        assert theirs.status_code == nowhere.status_code == 404, path
        assert "한식 조리사" not in theirs.get_data(as_text=True)
    writes = {
        "/employer/orders/{o}/withdraw": {},
        "/employer/orders/{o}/mandate": {
            "powers": "search",
            "valid_until": "2026-06-01",
            "typed_name": "rival씨",
        },
        "/employer/orders/{o}/mandate/withdraw": {},
        "/employer/orders/{o}/shortlist": {f"answer-{referral}": "yes"},
        "/employer/orders/{o}/correct": {"work_time": "밤새"},
        "/employer/referrals/{r}/hire": {"starts_on": "2026-06-01", "wage_won": "1", "employment_type": "10"},
        "/employer/drafts/{d}/1": {"title": "빼앗은 신청서"},
        "/employer/drafts/{d}/submit": {},
        "/employer/drafts/{d}/discard": {},
    }
    for path, fields in writes.items():
        answer = rival.client.post(
            path.format(o=order.id, d=draft, r=referral), data={**fields, "csrf_token": token}
        )
        assert answer.status_code == 404, (path, answer.status_code)
    assert (
        rival.client.post("/employer/drafts", data={"csrf_token": token, "from": str(order.id)}).status_code
        == 404
    )
    assert rows(house) == before


def test_every_query_by_id_knows_whose_a_row_is(house: House) -> None:
    order = order_at(house, "submitted")
    rival, agency = house.actor("rival"), house.actor("agency")
    with house.database.write() as session:
        draft = orders.start_draft(session, typed={}, by=house.actor("firm"), at=house.clock.moment)
        draft_id = draft.id
        session.commit()
    with house.database.read() as session:
        referral_id = session.scalars(sa.select(Referral.id).where(Referral.order_id == order.id)).first()
        assert referral_id is not None
        for ask in (
            lambda: order_queries.get(session, order.id, viewer=rival),
            lambda: order_queries.draft(session, draft_id, viewer=rival),
            lambda: referral_queries.get(session, referral_id, viewer=rival),
            lambda: employer_queries.get(session, house.firms[0], viewer=rival),
            lambda: seeker_queries.get(session, house.seekers[0], viewer=agency),
            lambda: seeker_queries.get(session, house.seekers[0], viewer=rival),
            lambda: seeker_queries.get(session, house.seekers[0], viewer=house.actor("chamber")),
        ):
            with pytest.raises(NotFound):
                ask()
        assert referral_queries.of_order(session, order.id, viewer=rival) == []
        assert referral_queries.of_seeker(session, house.seekers[0], viewer=rival) == []
        assert order_queries.drafts(session, viewer=rival) == []


def test_the_other_firms_answers_cannot_be_smuggled_into_ones_own(house: House) -> None:
    theirs, own = order_at(house, "submitted"), order_at(house, "submitted", firm="rival")
    with house.database.read() as session:
        referral = session.scalars(sa.select(Referral.id).where(Referral.order_id == theirs.id)).first()
    before = rows(house)
    rival = house.visitor("rival")
    token = token_of(rival)
    answer = rival.client.post(
        f"/employer/orders/{own.id}/shortlist", data={f"answer-{referral}": "yes", "csrf_token": token}
    )
    assert answer.status_code == 404
    assert rows(house) == before


def test_names_appear_only_after_both_yeses_and_leave_with_consent(house: House) -> None:
    order = order_at(house, "submitted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}").misses("박가람")
    firm.open(f"/employer/orders/{order.id}/shortlist").misses("박가람")
    names = sorted(name for form in firm.page.forms for name in form.choices if name.startswith("answer-"))
    firm.press("답 보내기", **{names[0]: "yes"}).sees("박가람")
    with house.database.read() as session:
        chosen = session.scalars(sa.select(Referral).where(Referral.state == "accepted")).one()
    house.deliver()
    letter = next(
        each
        for each in house.letters()
        if "추천해도 될까요" in each.text
        and each.channel == "sms"
        and each.recipient.endswith(f"{house.seekers.index(chosen.seeker_id):04d}")
    )
    path = letter.text[letter.text.index("/l/") :].split()[0]
    house.visitor().open(path).press("추천 철회하기").sees("철회하셨습니다")
    firm.open(f"/employer/orders/{order.id}").misses("박가람")


def test_an_agency_sees_the_people_it_sent_and_nobody_else(house: House) -> None:
    agency = house.visitor("agency").sees("첫 구직자를 보내 주세요")
    agency.follow("구직자 보내기").press(
        "보내기",
        name="이나래",
        birth_date="1991-04-05",
        phone="010-1234-0000",
        occupation="한식 조리사",
        district="11530",
    ).sees("보낸 구직자 1명")
    house.visitor("officer").open("/staff/seekers").sees("인재풀 9명").misses("이나래")
