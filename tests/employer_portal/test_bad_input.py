"""Whatever is typed, the answer is a sentence: 4xx, never 5xx, nothing stored by half."""

import itertools
import unicodedata
import uuid

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from demo.firms import fictional_number
from screening.demand.orders.models import JobOrder
from screening.demand.sign_ups.models import SignUp
from tests.house import House
from tests.page import FormFound
from tests.visitor import Visitor
from tests.walk import order_at

NASTY = (
    "",
    " ",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "가" * 10_000,
    "-1",
    "999999999999999999999",
    "0000-00-00",
    "9999-12-31",
    "１２３",
    "1e309",
    "<script>alert(1)</script>",
    "{{'ieum'*3}}",
    "' OR 1=1 --",
    "=1+1",
    "💥🏳️‍🌈",
    "\u202e되돌림",
    "../../etc/passwd",
    unicodedata.normalize("NFD", "젊은 분 환영"),
    "2020-01-01",
    "0.5",
)


FIRM = {
    "business_number": fictional_number(77),
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
PERSON = {
    "name": "차새롬",
    "phone": "010-0000-9001",
    "text": "한식당 주방에서 3년 일했고 4월부터 일할 수 있습니다.",
    "agrees": "y",
}


def forms_of(visitor: Visitor) -> list[FormFound]:
    return [
        form for form in visitor.page.forms if form.method == "post" and not form.action.endswith("/logout")
    ]


def send_nasty(visitor: Visitor, form: FormFound) -> None:
    names = [name for name, _ in form.values if name != "csrf_token"] + [
        name for name in form.choices if name not in dict(form.values)
    ]
    for name, nasty in itertools.product(names or [""], NASTY):
        fields = MultiDict([pair for pair in form.values if pair[0] != name])
        if name:
            fields.add(name, nasty)
        answer = visitor.client.post(form.action, data=fields)
        assert answer.status_code < 500, (form.action, name, nasty[:30], answer.status_code)
        body = answer.get_data(as_text=True)
        assert "<script>alert(1)</script>" not in body
        assert "ieumieumieum" not in body


PAGES = {
    "firm": ("/employer", "/employer/orders/{o}", "/employer/orders/{o}/mandate", "/employer/orders/{o}/shortlist",
             "/employer/standing", "/employer/team", "/employer/firm", "/employer/notices", "/employer/drafts/paste",
             "/employer/orders/{o}/change", "/employer/orders/{o}/slots", "/employer/orders/{o}/applicants"),
    "officer": ("/staff/orders/{o}", "/staff/orders/{o}/criteria", "/staff/orders/{o}/people", "/staff/seekers/new",
                "/staff/seekers/{s}", "/staff/employers/new", "/staff/sign-ups/{j}", "/staff/retention",
                "/staff/reports"),
    "lead": ("/staff/editions",),
    "agency": ("/agency/new",),
    "admin": ("/admin", "/demo/clock"),
    "": ("/login", "/check", "/join", "/jobs/{n}", "/jobs/{n}/report"),
}  # fmt: skip


def somebody_asks_to_join(house: House) -> uuid.UUID:
    house.visitor().open("/join").press("가입 신청하기", at="/join", **FIRM)
    house.deliver()
    house.visitor().open(house.link("기업 가입을 이어서")).press("네, 제 메일이 맞습니다")
    with house.database.read() as session:
        return session.scalars(sa.select(SignUp.id)).one()


def somebody_applies_and_somebody_reports(house: House, order: JobOrder) -> None:
    posting = f"/jobs/{order.number}"
    visitor = house.visitor()
    if visitor.client.get(posting).status_code == 200:
        visitor.open(posting).press("지원하기", at=posting, **PERSON)
        visitor.open(f"{posting}/report").press(
            "신고하기", category="disguised", text="물건을 먼저 사라고 했습니다."
        )


STAGES_OF = {"firm": ("received", "submitted", "met"), "officer": ("received", "submitted", "met")}


@pytest.mark.parametrize(
    ("who", "stage"), [(who, stage) for who in PAGES for stage in STAGES_OF.get(who, ("open",))]
)
def test_no_form_can_be_made_to_fail(house: House, who: str, stage: str) -> None:
    house.portal.posts.most = 10**6
    order = order_at(house, stage)
    asked = somebody_asks_to_join(house)
    somebody_applies_and_somebody_reports(house, order)
    visitor = house.visitor(who)
    for address in PAGES[who]:
        page = address.format(o=order.id, s=house.seekers[0], j=asked, n=order.number)
        answer = visitor.client.get(page)
        if answer.status_code >= 400:
            continue
        for form in forms_of(visitor.open(page)):
            send_nasty(visitor, form)


def test_no_step_of_the_order_form_can_be_made_to_fail_and_nothing_typed_is_lost(house: House) -> None:
    firm = house.visitor("firm").press("새로 사람 구하기")
    draft = firm.page.path.rsplit("/", 1)[0]
    for step in (1, 2, 3):
        for form in forms_of(firm.open(f"{draft}/{step}")):
            send_nasty(firm, form)
            for nasty in NASTY[3:]:
                fields = MultiDict([pair for pair in form.values if pair[0] != "title"])
                fields.add("title", nasty)
                firm.client.post(form.action, data=fields)
                assert firm.client.get(f"{draft}/4").status_code == 200
    firm.open(f"{draft}/1").press("다음", headcount="세 명", occupation="없는 직종")
    firm.open(f"{draft}/1")
    typed = dict(firm.page.forms[-1].values) if firm.page.forms else {}
    values = {name: value for form in firm.page.forms for name, value in form.values}
    assert (values["headcount"], values["occupation"]) == ("세 명", "없는 직종"), typed
    firm.open(f"{draft}/4").sees("숫자로 적어 주세요").sees("목록에 있는 직종으로")


@pytest.mark.parametrize(
    "address",
    [
        "/staff/orders?after=%00",
        "/staff/orders?q=%00",
        "/staff/seekers?q=a%00b",
        "/audit?q=%00",
        "/staff/seekers?q=%25%27&d=xxxxx",
        "/staff?page=-5&f=zzz&who=all",
        "/staff/orders/not-a-uuid",
        "/l/%00",
        "/bulletins/9999-99",
        "/check?number=%F0%9F%92%A5",
        "/audit?before=99999999999999999999",
        "/audit?before=abc",
        "/partners/ranking?band=%00",
    ],
)
def test_no_address_can_be_made_to_fail(house: House, address: str) -> None:
    for who in ("", "officer", "auditor", "city"):
        answer = house.visitor(who).client.get(address)
        assert answer.status_code < 500, (who, address, answer.status_code)
