"""Keeping searches, judging hits, and telling of new people."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
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


def tell_new(session: orm.Session, *, index: PoolIndex, at: dt.datetime) -> int:
    """Write to the owners of searches that find new people; returns how many letters. Nobody hears of one twice."""
    newest = changes.latest(session)
    told = 0
    due = (
        sa.select(SavedSearch, SearchNotice)
        .join(SearchNotice, SearchNotice.search_id == SavedSearch.id)
        .where(SavedSearch.alert, SearchNotice.told_number < newest)
        .order_by(SavedSearch.id)
    )
    for search, notice in session.execute(due):
        new = queries.new_people(session, search, index=index, on=day_in_seoul(at), since=notice.told_number)
        notice.told_number = newest
        if new:
            words = _words(search, len(new))
            write_at_once(session, account_id=search.account_id, words=words, about_id=search.id, at=at)
            told += 1
    return told


def _words(search: SavedSearch, new: int) -> Words:
    return Words(
        kind="search.new",
        subject=f"저장한 검색 ‘{search.name}’에 새로 맞는 분 {new}명",
        text=f"저장한 검색 ‘{search.name}’에 새로 맞는 분이 {new}명 있습니다.\n\n"
        f"{BASE}/staff/seekers/searches/{search.id}\n\n알림은 그 화면에서 끌 수 있습니다.",
    )
