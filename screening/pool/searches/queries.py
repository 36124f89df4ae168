"""Finding people in the pool by words and filters, and what is new in a kept search."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy import orm

from foundation.actors import OFFICERS, Actor, Role
from foundation.identity.records import note_access
from foundation.reference import licences, skills
from foundation.reference.occupations import OCCUPATIONS, squash
from foundation.refusals import NotFound
from screening.matching.finding import Word, find, word
from screening.matching.pool import NOBODY, Pool
from screening.matching.search import closest
from screening.pool.index import rarities
from screening.pool.index.bits import DISTRICT_BITS, EMPLOYMENT_BITS
from screening.pool.index.index import PoolIndex
from screening.pool.index.snapshot import Snapshot
from screening.pool.searches.models import SavedSearch, SearchVerdict
from screening.pool.seekers.models import Seeker
from screening.pool.seekers.queries import SeekerRow, lines_of

PAGE = 20
SHORTEST = 2
"""Syllables of a word that is looked for."""
MOST_WORDS = 6
MOST_NEAR = 40
"""People shown where nobody has every word."""


@dataclass(frozen=True)
class Sought:
    """What is looked for: words, all of which must be found, a district to work in, a contract, a pay at most."""

    text: str = ""
    district: str = ""
    employment: str = ""
    most_won: int | None = None

    @property
    def words(self) -> list[str]:
        """The words that are long enough, in the order typed."""
        return [each for each in self.text.split() if len(squash(each)) >= SHORTEST][:MOST_WORDS]

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.district or self.employment or self.most_won)


@dataclass(frozen=True)
class Hit:
    """One person found; `is_new` since the search was last seen."""

    seeker: SeekerRow
    summary: str
    is_new: bool
    verdict: SearchVerdict | None


@dataclass(frozen=True)
class FoundPage:
    """One page of hits; `new` counts those since the search was last seen.

    `near` says that nobody has every word and these are the people whose own words come closest.
    """

    hits: tuple[Hit, ...]
    total: int
    new: int
    page: int
    near: bool

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def found(
    session: orm.Session,
    sought: Sought,
    *,
    index: PoolIndex,
    viewer: Actor,
    on: dt.date,
    page: int = 1,
    search: SavedSearch | None = None,
) -> FoundPage:
    """The people in the pool who have what is sought, best hits first; the look at their profiles is recorded."""
    if viewer.role not in OFFICERS:
        return FoundPage((), 0, 0, 1, False)
    snapshot = index.current(session, on=on)
    rows = rows_of(snapshot, sought)
    near = not len(rows) and bool(sought.words) and search is None
    if near:
        rows = closest(
            snapshot.pool,
            sought.text,
            rarity=rarities.in_force(session, on=on),
            among=_filtered(snapshot, sought),
            most=MOST_NEAR,
        )
    new = _new_ids(session, snapshot, rows, search.seen_number) if search else frozenset()
    page = min(max(page, 1), max(1, -(-len(rows) // PAGE)))
    ids = snapshot.seeker_ids(rows[(page - 1) * PAGE : page * PAGE])
    lines = lines_of(session, ids, viewer=viewer)
    verdicts = verdicts_of(session, search, ids) if search else {}
    hits = tuple(Hit(*lines[each], each in new, verdicts.get(each)) for each in ids if each in lines)
    if hits:
        note_access(
            session,
            subjects=[each.seeker.id for each in hits],
            fields=("profile",),
            purpose="인재풀 검색",
            viewer=viewer,
        )
    return FoundPage(hits=hits, total=len(rows), new=len(new), page=page, near=near)


def rows_of(snapshot: Snapshot, sought: Sought) -> NDArray[np.int64]:
    """The rows of everybody who has what is sought."""
    everybody = _filtered(snapshot, sought)
    return find(snapshot.pool, [_word(each, snapshot.pool) for each in sought.words], among=everybody)


def _filtered(snapshot: Snapshot, sought: Sought) -> NDArray[np.int64]:
    found = [NOBODY]
    for first, segment in snapshot.pool.placed():
        keep = segment.flags > 0
        if sought.employment in EMPLOYMENT_BITS:
            keep &= (segment.flags & EMPLOYMENT_BITS[sought.employment]) > 0
        if sought.district in DISTRICT_BITS:
            keep &= (segment.commute & np.uint32(DISTRICT_BITS[sought.district])) > 0
        if sought.most_won is not None:
            keep &= segment.wage_floor <= min(sought.most_won, np.iinfo(np.int32).max)
        found.append(np.flatnonzero(keep) + first)
    return np.concatenate(found)


def _word(text: str, pool: Pool) -> Word:
    plain = squash(text)
    codes = [
        int(each.code)
        for each in OCCUPATIONS.values()
        if any(plain in squash(name) for name in (each.name, *each.synonyms))
    ]
    return word(
        text,
        pool=pool,
        codes=codes,
        licences=[licences.canonical(name) for name in licences.found_in(text)],
        skills=[skills.canonical(name) for name in skills.found_in(text)],
        plain=plain,
    )


def _new_ids(
    session: orm.Session, snapshot: Snapshot, rows: NDArray[np.int64], since: int
) -> frozenset[uuid.UUID]:
    """Those of the rows whose people came or changed after a change of the pool."""
    if since >= snapshot.number:
        return frozenset()
    changed = session.scalars(sa.select(Seeker.id).where(Seeker.change_number > since))
    positions = {row: each for each in changed if (row := snapshot.position(each)) is not None}
    return frozenset(positions[row] for row in rows.tolist() if row in positions)


def new_people(
    session: orm.Session, search: SavedSearch, *, index: PoolIndex, on: dt.date, since: int
) -> frozenset[uuid.UUID]:
    """The people whom a kept search finds and who came or changed after a change of the pool."""
    snapshot = index.current(session, on=on)
    return _new_ids(session, snapshot, rows_of(snapshot, sought_by(search)), since)


def sought_by(search: SavedSearch) -> Sought:
    """What a kept search looks for."""
    return Sought(search.text, search.district, search.employment, search.most_won)


def visible_to(viewer: Actor) -> sa.Select[SavedSearch]:
    """An officer's own searches, nobody else's."""
    searches = sa.select(SavedSearch)
    if viewer.role is Role.SYSTEM:
        return searches
    if viewer.role in OFFICERS:
        return searches.where(SavedSearch.account_id == viewer.account_id)
    return searches.where(sa.false())


def listed(session: orm.Session, *, viewer: Actor) -> list[SavedSearch]:
    """The viewer's searches by name."""
    return list(session.scalars(visible_to(viewer).order_by(SavedSearch.name)))


def get(session: orm.Session, search_id: uuid.UUID, *, viewer: Actor, lock: bool = False) -> SavedSearch:
    """One search of the viewer's; raises `NotFound`."""
    wanted = visible_to(viewer).where(SavedSearch.id == search_id)
    search = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if search is None:
        raise NotFound("그런 검색이 없습니다.")
    return search


def verdicts_of(
    session: orm.Session, search: SavedSearch, seeker_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, SearchVerdict]:
    """What was said of these hits."""
    said = sa.select(SearchVerdict).where(
        SearchVerdict.search_id == search.id, SearchVerdict.seeker_id.in_(seeker_ids)
    )
    return {each.seeker_id: each for each in session.scalars(said)}
