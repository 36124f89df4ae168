"""Two people click at once: exactly one wins, the other reads a sentence, nothing is stored by half."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from foundation.reference.employment_types import EmploymentType
from screening.casework.consents import commands as consents
from screening.casework.consents.models import Consent, ConsentAnswer
from screening.casework.placements import commands as placements
from screening.casework.placements.models import Placement
from screening.casework.referrals.models import Referral
from screening.casework.shortlists.models import Shortlist
from screening.demand.orders import commands as orders
from screening.demand.orders.models import JobOrder, OrderDraft
from tests.at_once import at_once
from tests.house import House
from tests.walk import order_at


def test_two_hires_for_one_opening_are_one(house: House) -> None:
    order = order_at(house, "met", headcount=1)
    with house.database.read() as session:
        people = session.scalars(
            sa.select(Referral.id).where(Referral.order_id == order.id, Referral.state == "interviewed")
        ).all()
    assert len(people) == 2

    def hire(referral_id: object, who: str) -> Callable[[], object]:
        def act() -> None:
            with house.database.write() as session:
                placements.hire(
                    session,
                    referral_id=referral_id,  # type: ignore[arg-type]
                    starts_on=house.today,
                    explanation="바로 시작하기로 서로 정했습니다.",
                    wage_won=2_600_000,
                    employment_type=EmploymentType.PERMANENT,
                    by=house.actor(who),
                    at=house.clock.moment,
                )
                session.commit()

        return act

    assert at_once(hire(people[0], "firm"), hire(people[1], "officer")) == ["done", "refused"]
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Placement)) == 1
        assert session.get_one(JobOrder, order.id).filled == 1


def test_a_double_click_on_hire_is_one_hire(house: House) -> None:
    order = order_at(house, "met", headcount=1)
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}")
    form = next(form for form in firm.page.forms if form.action.endswith("/hire"))
    answers = [firm.client.post(form.action, data=dict(form.values)).status_code for _ in range(2)]
    assert answers == [303, 409]
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Placement)) == 1


def test_the_database_itself_refuses_to_overfill(house: House) -> None:
    order = order_at(house, "open", headcount=1)
    with house.database.engine.begin() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(
            sa.update(JobOrder.__table__).where(JobOrder.__table__.c.id == order.id).values(filled=2)
        )


def test_one_order_is_received_once(house: House) -> None:
    order = order_at(house, "signed")

    def receive(who: str) -> Callable[[], object]:
        def act() -> None:
            with house.database.write() as session:
                orders.receive(session, order_id=order.id, by=house.actor(who), at=house.clock.moment)
                session.commit()

        return act

    assert at_once(receive("officer"), receive("lead")) == ["done", "refused"]


def test_yes_and_no_at_once_is_one_answer(house: House) -> None:
    order = order_at(house, "asked")
    with house.database.read() as session:
        consent = session.scalars(sa.select(Consent.id)).first()
    seeker = consents.Actor(role=consents.Role.SEEKER, name="본인")

    def answer(says: ConsentAnswer) -> Callable[[], object]:
        def act() -> None:
            with house.database.write() as session:
                consents.answer(session, consent_id=consent, says=says, by=seeker, at=house.clock.moment)
                session.commit()

        return act

    assert at_once(answer(ConsentAnswer.YES), answer(ConsentAnswer.NO)).count("done") >= 1
    with house.database.read() as session:
        kept = session.get_one(Consent, consent)
        referral = session.get_one(Referral, kept.referral_id)
    assert (kept.answer is ConsentAnswer.YES) == (referral.state == "consented")
    assert order.id == referral.order_id


def test_submitting_twice_submits_once(house: House) -> None:
    order = order_at(house, "consented")
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}")
    form = next(form for form in officer.page.forms if form.action.endswith("/submit"))
    fields: dict[str, list[str]] = {}
    for name, value in form.values:
        fields.setdefault(name, []).append(value)
    answers = [officer.client.post(form.action, data=fields).status_code for _ in range(2)]
    assert answers[0] == 303
    assert 400 <= answers[1] < 500
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Shortlist)) == 1


def test_filing_an_order_twice_files_it_once_and_shows_its_receipt(house: House) -> None:
    firm = house.visitor("firm").press("새로 사람 구하기")
    firm.press("다음", title="한식 조리사", occupation="한식 조리사", duties="국과 반찬을 만듭니다.")
    firm.press("다음", wage_won="2,600,000", licences="한식조리기능사")
    firm.press("다음", contact_phone="02-555-0100").sees("이대로 낼까요?")
    twin = house.visitor("firm").open(firm.page.path)
    firm.press("구인신청 내기").sees("접수번호는 2026-000001")
    twin.press("구인신청 내기").sees("접수번호는 2026-000001")
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(JobOrder)) == 1


def test_two_clicks_on_one_summary_file_one_order(house: House) -> None:
    firm = house.actor("firm")
    with house.database.write() as session:
        draft = orders.start_draft(session, typed={"title": "조리"}, by=firm, at=house.clock.moment)
        draft_id = draft.id
        session.commit()

    def file() -> None:
        with house.database.write() as session:
            orders.submit(session, terms=house.terms(), draft_id=draft_id, by=firm, at=house.clock.moment)
            session.commit()

    assert at_once(file, file) == ["done", "refused"]


def test_two_clicks_on_a_new_order_begin_one_draft(house: House) -> None:
    def begin() -> None:
        with house.database.write() as session:
            orders.start_draft(
                session, typed={"title": "", "headcount": "1"}, by=house.actor("firm"), at=house.clock.moment
            )
            session.commit()

    assert at_once(begin, begin, begin) == ["done"] * 3
    with house.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(OrderDraft)) == 1
