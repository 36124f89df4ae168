"""From candidates to allotments: the auction, a second pass for those left short, and the figures of both."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.casework.allocations.candidates import Candidates, shortlists
from screening.casework.allocations.models import Shortage
from screening.matching.allocation import Shortlists, allocate, plain
from screening.matching.evenness import evenness


@dataclass(frozen=True)
class Settled:
    """Per order (by place) the people allotted with their scores, best first, why it is short, and the figures."""

    allotted: tuple[tuple[tuple[uuid.UUID, int], ...], ...]
    shortages: tuple[Shortage | None, ...]
    figures: dict[str, Any]


def settle(
    candidates: Candidates,
    *,
    wanted: Sequence[int],
    busy: Mapping[uuid.UUID, int],
    most_firms: int,
    longer: Callable[[Sequence[int]], Candidates],
) -> Settled:
    """Allot candidates to orders that want `wanted` people each; `busy` are the firms somebody is with already.

    `longer` ranks more candidates for the orders (by place) that were left short; whoever was allotted stays.
    """
    need = np.array(wanted, dtype=np.int64)
    lists, people = shortlists(candidates, len(need))
    room = _room(people, busy, most_firms)
    taken = allocate(lists, need=need, room=room)
    given: list[list[tuple[bytes, int]]] = [
        _chosen(lists, people, taken, place) for place in range(len(need))
    ]
    short = [place for place in range(len(need)) if len(given[place]) < need[place]]
    seen = (
        np.bincount(candidates["order"], minlength=len(need)) if len(candidates) else np.zeros(len(need), int)
    )
    if short:
        more = longer(short)
        seen[short] = np.bincount(more["order"], minlength=len(short)) if len(more) else 0
        _second_pass(given, more, short, need, busy, most_firms)
    shortages = tuple(
        None
        if len(given[place]) == need[place]
        else Shortage.TOO_FEW
        if seen[place] < need[place]
        else Shortage.ALL_TAKEN
        for place in range(len(need))
    )
    allotted = tuple(
        tuple((uuid.UUID(bytes=seeker), score) for seeker, score in sorted(each, key=lambda one: -one[1]))
        for each in given
    )
    return Settled(allotted, shortages, _figures(lists, need, given, people))


def _room(people: NDArray[Any], busy: Mapping[uuid.UUID, int], most_firms: int) -> NDArray[np.int64]:
    by_key = {seeker.bytes: count for seeker, count in busy.items()}
    taken = [by_key.get(_whole(key), 0) for key in people.tolist()]
    return np.maximum(most_firms - np.array(taken, dtype=np.int64), 0)


def _whole(key: bytes) -> bytes:
    """NumPy's byte strings lose zeros at their end."""
    return key.ljust(16, b"\0")


def _chosen(
    lists: Shortlists, people: NDArray[Any], taken: NDArray[np.bool_], place: int
) -> list[tuple[bytes, int]]:
    columns = np.flatnonzero(taken[place])
    return [
        (_whole(people[lists.people[place, column]]), int(lists.scores[place, column])) for column in columns
    ]


def _second_pass(
    given: list[list[tuple[bytes, int]]],
    more: Candidates,
    short: Sequence[int],
    need: NDArray[np.int64],
    busy: Mapping[uuid.UUID, int],
    most_firms: int,
) -> None:
    """Longer lists for the orders left short, over the room that the first pass left."""
    load = {seeker.bytes: count for seeker, count in busy.items()}
    for each in given:
        for seeker, _ in each:
            load[seeker] = load.get(seeker, 0) + 1
    own = {(place, seeker) for place, order in enumerate(short) for seeker, _ in given[order]}
    keeps = [(int(one["order"]), _whole(one["seeker"])) not in own for one in more]
    lists, people = shortlists(more[keeps], len(short))
    room = np.array(
        [max(most_firms - load.get(_whole(key), 0), 0) for key in people.tolist()], dtype=np.int64
    )
    missing = np.array([need[order] - len(given[order]) for order in short], dtype=np.int64)
    taken = allocate(lists, need=missing, room=room)
    for place, order in enumerate(short):
        given[order] += _chosen(lists, people, taken, place)


def _figures(
    lists: Shortlists,
    need: NDArray[np.int64],
    given: Sequence[Sequence[tuple[bytes, int]]],
    people: NDArray[Any],
) -> dict[str, Any]:
    by_score = plain(lists, need)
    places = {_whole(key): place for place, key in enumerate(people.tolist())}
    for each in given:
        for seeker, _ in each:
            places.setdefault(seeker, len(places))
    after = np.zeros(len(places), dtype=np.int64)
    for each in given:
        for seeker, _ in each:
            after[places[seeker]] += 1
    before = np.bincount(lists.people[by_score], minlength=len(places))
    best = int(lists.scores[by_score].sum())
    reached = sum(score for each in given for _, score in each)
    return {
        "before": asdict(evenness(before)),
        "after": asdict(evenness(after)),
        "kept": reached / best if best else 1.0,
        "proposals": sum(len(each) for each in given),
        "wanted": int(need.sum()),
    }
