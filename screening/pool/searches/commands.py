"""Keeping searches, judging hits, and telling of new people."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.database import behind
from foundation.messages.commands import BASE, Words, write_at_once
from foundation.refusals import Invalid, NotAllowed
from screening.pool.index.index import PoolIndex
from screening.pool.searches import queries
from screening.pool.searches.models import SavedSearch, SearchNotice, SearchVerdict, Verdict
from screening.pool.searches.queries import Sought
from screening.pool.seekers import changes
from screening.pool.seekers import queries as seekers

MOST_SEARCHES = 50
LONGEST_NAME, LONGEST_NOTE = 60, 300


def save(
    session: orm.Session, *, name: str, sought: Sought, alert: bool, by: Actor, at: dt.datetime
) -> SavedSearch:
    """Keep a search under a name of one's own; what it finds now counts as seen."""
    if by.role not in OFFICERS or by.account_id is None:
        raise NotAllowed("검색은 센터 담당자가 저장합니다.")
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid(f"검색 이름을 1자에서 {LONGEST_NAME}자 사이로 적어 주세요.", field="name")
    if sought.is_empty:
        raise Invalid("찾을 말이나 조건을 하나 이상 정하고 저장해 주세요.", field="name")
    own = queries.listed(session, viewer=by)
    if any(each.name == name for each in own):
        raise Invalid("같은 이름의 검색이 있습니다. 다른 이름으로 적어 주세요.", field="name")
    if len(own) >= MOST_SEARCHES:
        raise Invalid(f"검색은 {MOST_SEARCHES}개까지 저장합니다. 쓰지 않는 것을 지워 주세요.", field="name")
    newest = changes.latest(session)
    search = SavedSearch(
        account_id=by.account_id,
        name=name,
        text=sought.text.strip(),
        district=sought.district,
        employment=sought.employment,
        most_won=sought.most_won,
        alert=alert,
        created_at=at,
        seen_number=newest,
    )
    session.add(search)
    session.flush()
    session.add(SearchNotice(search_id=search.id, told_number=newest))
    record(session, "search.saved", search, by=by, at=at)
    return search


def forget(session: orm.Session, *, search_id: uuid.UUID, by: Actor, at: dt.datetime) -> None:
    """Drop a search with what was said of its hits; the trail keeps that it was."""
    search = queries.get(session, search_id, viewer=by, lock=True)
    verdicts = session.scalars(sa.select(SearchVerdict).where(SearchVerdict.search_id == search.id)).all()
    for each in verdicts:
        session.delete(each)
    session.delete(session.get_one(SearchNotice, search.id))
    session.flush()
    session.delete(search)
    record(session, "search.forgotten", search, also=tuple(verdicts), by=by, at=at)


def see(session: orm.Session, *, search_id: uuid.UUID, by: Actor, at: dt.datetime) -> SavedSearch:
    """Count everything a search finds now as seen."""
    search = queries.get(session, search_id, viewer=by, lock=True)
    search.seen_number = session.get_one(SearchNotice, search.id).told_number = changes.latest(session)
    record(session, "search.seen", search, by=by, at=at)
    return search


def hear(
    session: orm.Session, *, search_id: uuid.UUID, alert: bool, by: Actor, at: dt.datetime
) -> SavedSearch:
    """Be told of new people from now on, or no longer."""
    search = queries.get(session, search_id, viewer=by, lock=True)
    if alert and not search.alert:
        session.get_one(SearchNotice, search.id).told_number = changes.latest(session)
    search.alert = alert
    record(session, "search.alert_set", search, by=by, at=at, alert=alert)
    return search


def judge(
    session: orm.Session,
    *,
    search_id: uuid.UUID,
    seeker_id: uuid.UUID,
    verdict: Verdict,
    note: str = "",
    by: Actor,
    at: dt.datetime,
) -> SearchVerdict:
    """Say of a hit whether it fits; saying it again replaces the word."""
    search = queries.get(session, search_id, viewer=by, lock=True)
    seeker = seekers.get(session, seeker_id, viewer=by)
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"메모는 {LONGEST_NOTE}자까지 적을 수 있습니다.", field="note")
    said = session.get(SearchVerdict, (search.id, seeker.id)) or SearchVerdict(
        search_id=search.id, seeker_id=seeker.id
    )
    said.verdict, said.note, said.said_by, said.said_at = verdict, note.strip(), by.name, at
    session.add(said)
    record(session, "search.judged", said, by=by, at=at, verdict=verdict.value)
    return said


@dataclass(frozen=True)
class News:
    """How many new people a search finds between two changes of the pool."""

    search_id: uuid.UUID
    since: int
    until: int
    people: int


def due_searches(
    session: orm.Session, *, after: uuid.UUID | None = None, limit: int = 200, at: dt.datetime
) -> Sequence[uuid.UUID]:
    """Searches whose owner wants to hear of new people and has not since the pool changed, by id from `after` on."""
    due = sa.select(SavedSearch.id).join(SearchNotice, SearchNotice.search_id == SavedSearch.id)
    due = due.where(
        SavedSearch.alert, SearchNotice.told_number < changes.latest(session), behind(SavedSearch.id, after)
    )
    return session.scalars(due.order_by(SavedSearch.id).limit(limit)).all()


def news_of(session: orm.Session, search_id: uuid.UUID, *, index: PoolIndex, at: dt.datetime) -> News:
    """Look in the pool, which takes long: in a session that only reads."""
    search = session.get_one(SavedSearch, search_id)
    since, until = session.get_one(SearchNotice, search_id).told_number, changes.latest(session)
    new = queries.new_people(session, search, index=index, on=day_in_seoul(at), since=since)
    return News(search_id, since, until, len(new))


def tell(session: orm.Session, news: News, *, at: dt.datetime) -> int:
    """Write to the owner of a search that finds new people; returns how many letters. Nobody hears of one twice."""
    notice = session.get(SearchNotice, news.search_id, with_for_update=True)
    search = session.get(SavedSearch, news.search_id)
    if notice is None or search is None or not search.alert or notice.told_number != news.since:
        return 0
    notice.told_number = news.until
    if not news.people:
        return 0
    words = _words(search, news.people)
    write_at_once(session, account_id=search.account_id, words=words, about_id=search.id, at=at)
    return 1


def _words(search: SavedSearch, new: int) -> Words:
    return Words(
        kind="search.new",
        subject=f"저장한 검색 ‘{search.name}’에 새로 맞는 분 {new}명",
        text=f"저장한 검색 ‘{search.name}’에 새로 맞는 분이 {new}명 있습니다.\n\n"
        f"{BASE}/staff/seekers/searches/{search.id}\n\n알림은 그 화면에서 끌 수 있습니다.",
    )
