"""A text is never checked while the writer's lock is held: a slow rule must not stop everybody who writes (A2)."""

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from screening.demand.orders import lawful, rules
from screening.pool.seekers import blindness
from tests.employer_portal.test_attacks import draft_of
from tests.house import House
from tests.walk import order_at


def forget() -> None:
    """Let every text be read anew: what is kept from the page before must not hide where it is read now."""
    lawful._read.cache_clear()


class Lock:
    """Whether this thread holds a transaction that writes, and what was read meanwhile."""

    def __init__(self) -> None:
        self.held = threading.local()
        self.read_under_it: list[str] = []
        self.read_free = 0

    def notes(self, sentence: str) -> None:
        if getattr(self.held, "now", False):
            self.read_under_it.append(sentence)
        else:
            self.read_free += 1


@pytest.fixture
def lock(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lock]:
    watched = Lock()

    def begins(connection: sa.Connection) -> None:
        watched.held.now = not connection.get_execution_options().get("ieum_reader")

    def ends(_connection: sa.Connection) -> None:
        watched.held.now = False

    engine = house.database.engine
    for name, listener in (("begin", begins), ("commit", ends), ("rollback", ends)):
        event.listen(engine, name, listener)
    real_hits, real_search = rules.Rule.hits, blindness.reveals_somebody

    def hits(rule: rules.Rule, field: str, sentence: str) -> list[str]:
        watched.notes(sentence)
        return real_hits(rule, field, sentence)

    def reveals(text: str, *, name: str = "") -> bool:
        watched.notes(text)
        return real_search(text, name=name)

    monkeypatch.setattr(rules.Rule, "hits", hits)
    for module in (
        "pool.seekers.profile",
        "pool.seekers.commands",
        "casework.referrals.commands",
        "casework.shortlists.commands",
    ):
        monkeypatch.setattr(f"screening.{module}.reveals_somebody", reveals)
    forget()
    yield watched
    for name, listener in (("begin", begins), ("commit", ends), ("rollback", ends)):
        event.remove(engine, name, listener)


def test_an_order_is_typed_saved_reworded_and_filed(house: House, lock: Lock) -> None:
    firm = draft_of(house)
    base = firm.page.path.rsplit("/", 1)[0]
    firm.open(f"{base}/1").press(
        "다음: 조건과 자격", duties="국과 반찬을 만듭니다. 여자만 지원해 주세요. 주방을 정리합니다."
    )
    firm.open(f"{base}/4")
    forget()
    firm.press("구인신청 내기", expect=422).sees("성별을 모집 조건으로")
    firm.open(f"{base}/1")
    form = next(form for form in firm.page.forms if form.action.endswith("/1"))
    forget()
    answer = firm.client.post(form.action, data=dict(form.values), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    forget()
    firm.client.post(form.action, data=dict(form.values) | {"reword": "duties"})
    firm.open(f"{base}/1").misses("여자만")
    firm.open(f"{base}/4")
    forget()
    firm.press("구인신청 내기").sees("접수번호")
    assert lock.read_free > 100
    assert lock.read_under_it == []


def test_corrections_changes_notes_and_words(house: House, lock: Lock) -> None:
    fixing = order_at(house, "fixing")
    accepted = order_at(house, "accepted")
    submitted = order_at(house, "submitted", firm="rival")
    lock.read_under_it.clear()
    firm = house.visitor("firm")
    firm.open(f"/employer/orders/{fixing.id}/correct")
    forget()
    firm.press("고쳐서 보내기", work_time="09:00~18:00, 쉬는 시간 12:00~13:00")
    firm.open(f"/employer/orders/{accepted.id}/change")
    forget()
    firm.press("바꾸기", wage_won="2,700,000", work_time="10:00~19:00, 젊은 분만", expect=422)
    firm.open(f"/employer/orders/{accepted.id}")
    forget()
    firm.press("이 말로 바꾸기", words="이번에는 다른 분을 모셨습니다. 고맙습니다.")
    rival = house.visitor("rival").open(f"/employer/orders/{submitted.id}/shortlist")
    form = next(form for form in rival.page.forms if "/note" in form.action)
    fields = dict(form.values) | {"kind": "question", "text": "주말에도 일할 수 있는지 궁금합니다."}
    forget()
    assert rival.client.post(form.action, data=fields).status_code == 303
    assert lock.read_free > 50
    assert lock.read_under_it == []


def test_somebody_is_registered(house: House, lock: Lock) -> None:
    agency = house.visitor("agency").open("/agency/new")
    agency.press(
        "보내기",
        name="이나래",
        birth_date="1991-04-05",
        phone="010-1234-0000",
        occupation="한식 조리사",
        months="12",
        summary="조리 1년",
    )
    assert lock.read_free
    assert lock.read_under_it == []
