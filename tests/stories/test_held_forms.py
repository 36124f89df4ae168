"""A form that comes too late is not lost: it waits on the page until its writer is back."""

import sqlalchemy as sa

from employer_portal.web import kept_forms as held
from foundation.accounts.models import SignIn
from tests.house import PASSWORD, House
from tests.visitor import Visitor
from tests.walk import order_at

WORDS = "다른 회사에서 일하던 분이라도 좋으니 아침에 나올 수 있는 분을 더 찾아 주세요."


def closing_words(house: House) -> tuple[Visitor, str]:
    order = order_at(house, "met")
    return house.visitor("firm").open(f"/employer/orders/{order.id}"), f"/employer/orders/{order.id}/words"


def end_sessions(house: House) -> None:
    with house.database.engine.begin() as connection:
        connection.execute(sa.delete(SignIn))


def said(house: House, order_path: str) -> bool:
    return WORDS in house.visitor("firm").open(order_path.removesuffix("/words")).page.html


def test_who_was_signed_out_meanwhile_signs_in_and_sends_it_on(house: House) -> None:
    firm, action = closing_words(house)
    end_sessions(house)
    firm.press("이 말로 바꾸기", words=WORDS, expect=401).sees("적으신 내용은 그대로 있습니다").sees(WORDS)
    assert not said(house, action)
    firm.press("로그인하고 이어서 하기").sees("로그인해 주세요")
    firm.press("로그인", at="/login", email="firm@test.example", password="틀린 비밀번호입니다", expect=401)
    firm.press("로그인", at="/login", email="firm@test.example", password=PASSWORD)
    firm.sees(WORDS).press("이어서 보내기").sees("결과 알림의 말을 바꿨습니다")
    assert said(house, action)


def test_a_page_left_open_in_another_tab_is_sent_again_with_one_press(house: House) -> None:
    firm, action = closing_words(house)
    with firm.client.session_transaction() as cookies:
        cookies.clear()
    firm.press("이 말로 바꾸기", words=WORDS, expect=400).sees("확인하고 한 번 더 눌러 주세요").sees(WORDS)
    firm.press("이어서 보내기").sees("결과 알림의 말을 바꿨습니다")
    assert said(house, action)


def test_another_sites_form_is_never_kept(house: House) -> None:
    firm, action = closing_words(house)
    end_sessions(house)
    for origin in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"}):
        answer = firm.client.post(action, data={"words": WORDS}, headers=origin, follow_redirects=True)
        assert WORDS not in answer.get_data(as_text=True)


def test_a_password_is_never_kept_and_a_forged_form_is_never_opened(house: House) -> None:
    visitor = house.visitor().open("/login")
    with visitor.client.session_transaction() as cookies:
        cookies.clear()
    visitor.press("로그인", at="/login", email="a@test.example", password="비밀입니다", expect=400)
    visitor.misses("비밀입니다").misses("이어서 보내기")
    with house.app.test_request_context():
        form = held.HeldForm("/employer", (("words", WORDS),))
        assert held.opened(held.sealed(form)) == form
        assert held.opened(held.sealed(form) + "x") is None
        assert held.opened("") is None
