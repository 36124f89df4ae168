"""A mandate is confirmed, printed, warned about, narrowed and taken back; what is under way goes to the firm."""

import datetime as dt

import sqlalchemy as sa

from foundation.accounts.models import Confirmation
from screening.demand.mandates.models import Mandate
from tests.house import House
from tests.walk import order_at


def letters(house: House, words: str) -> list[str]:
    house.deliver()
    return [each.text for each in house.letters() if words in f"{each.subject} {each.text}"]


def test_a_name_alone_signs_nothing(house: House) -> None:
    order = order_at(house, "filed")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    firm.press("서명하고 맡기기", typed_name="윤미정", expect=422).sees("먼저 '메일로 번호 받기'")
    code = house.signing_code(firm)
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(5):
        firm.press("서명하고 맡기기", typed_name="윤미정", code=wrong, expect=422)
    firm.press("서명하고 맡기기", typed_name="윤미정", code=code, expect=422)
    with house.database.read() as session:
        assert session.scalars(sa.select(Mandate)).all() == []
        assert session.scalars(sa.select(Confirmation)).one().tries == 5


def test_a_code_is_old_after_half_an_hour_and_counts_once(house: House) -> None:
    order = order_at(house, "filed")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    code = house.signing_code(firm)
    house.clock.moment += dt.timedelta(minutes=31)
    firm.press("서명하고 맡기기", typed_name="윤미정", code=code, expect=422)
    code = house.signing_code(firm)
    firm.press("서명하고 맡기기", typed_name="윤미정", code=code).sees("위임했습니다")
    firm.open(f"/employer/orders/{order.id}/mandate")
    firm.press("서명하고 맡기기", typed_name="윤미정", code=code, powers=["search"], expect=422)


def test_the_contract_is_a_sealed_pdf(house: House) -> None:
    order = order_at(house, "filed")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    firm.press("서명하고 맡기기", typed_name="윤미정", code=house.signing_code(firm))
    house.deliver()
    answer = firm.download(f"/employer/orders/{order.id}/mandate/contract.pdf")
    assert answer.data.startswith(b"%PDF")
    facts = house.portal.press.inspect(answer.data)
    assert facts.signature is not None
    assert facts.signature.intact
    assert (
        house.visitor("rival").client.get(f"/employer/orders/{order.id}/mandate/contract.pdf").status_code
        == 404
    )


def test_the_end_is_announced_14_7_and_1_days_before_and_work_comes_back(house: House) -> None:
    order = order_at(house, "filed")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    last = house.today + dt.timedelta(days=20)
    firm.press(
        "서명하고 맡기기", typed_name="윤미정", valid_until=last.isoformat(), code=house.signing_code(firm)
    )
    seen = []
    for _day in range(22):
        house.later(days=1)
        seen.append(len(letters(house, "위임")))
    left = [20 - day for day in range(1, 23)]
    grew = [left[n] for n in range(1, 22) if seen[n] > seen[n - 1]]
    assert grew == [14, 7, 1, -1]
    assert letters(house, "위임 기간이 끝났습니다")


def test_narrowing_hands_the_interviews_and_the_telling_to_the_firm(house: House) -> None:
    order = order_at(house, "accepted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    code = house.signing_code(firm)
    firm.press("서명하고 맡기기", typed_name="윤미정", powers=["search", "contact"], code=code)
    told = "\n".join(letters(house, "맡기신 일이 줄었습니다"))
    assert "면접을 직접 잡아 주세요" in told
    assert "채용 여부를 직접 알려" in told
    firm.open("/employer").follow("면접 잡기")
    house.visitor("officer").open(f"/staff/orders/{order.id}").sees("맡기지 않았습니다")


def test_what_was_kept_back_waits_for_a_yes_of_seven_days(house: House) -> None:
    order = order_at(house, "reviewed")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate")
    code = house.signing_code(firm)
    firm.press("서명하고 맡기기", typed_name="윤미정", powers=["search"], code=code)
    officer = house.visitor("officer").open(f"/staff/orders/{order.id}").sees("기업의 허락이 필요")
    officer.press("동의 묻기", expect=403)
    firm.open("/employer").follow("허락하기").sees("허락을 기다립니다").press("7일 동안 허락하기").sees(
        "7일 동안 허락했습니다"
    )
    officer.open(f"/staff/orders/{order.id}").press("동의 묻기").sees("문자를 보냈습니다")


def test_withdrawing_lists_what_is_open(house: House) -> None:
    order = order_at(house, "accepted")
    firm = house.visitor("firm").open(f"/employer/orders/{order.id}/mandate").press("위임 철회하기")
    firm.sees("이제 사장님이 이어서 하실 일").sees("면접을 직접 잡아 주세요")
    assert letters(house, "위임을 철회하셨습니다")
