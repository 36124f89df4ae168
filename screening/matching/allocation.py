"""Who is proposed to whom when all orders want people at once: an auction in which nobody is given away too often.

Orders bid for people with their scores; a person keeps the highest bids, as many as there is room for, and the lowest
of these is the price of the next. Orders that lose bid again elsewhere. When nobody bids any more, the sum of scores is
within one step of bidding per proposal of the best that any allocation can reach (Bertsekas 1988, auction algorithm;
similar persons and objects: Bertsekas & Castañón 1989). Limits of people and orders are hard.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

STEP: Final = 50
"""Step of bidding in 1/1000 point: how far from the best a single proposal can end."""
_NOTHING: Final = np.int64(-1)

Matrix = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Shortlists:
    """Per order its candidates best first: `people` int64[orders, longest] (−1: no more) and their `scores`."""

    people: Matrix
    scores: Matrix

    @property
    def longest(self) -> int:
        return int(self.people.shape[1])


def plain(lists: Shortlists, need: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The best `need` of each order without regard to anybody else; bool like the shortlists."""
    taken: NDArray[np.bool_] = (np.arange(lists.longest) < need[:, None]) & (lists.people >= 0)
    return taken


def allocate(lists: Shortlists, *, need: NDArray[np.int64], room: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which candidates each order is given, bool[orders, longest].

    No order gets more than its `need` (int64[orders]), nobody goes to more orders than there is `room` for
    (int64[people]). Equal bids fall to the order that stands first; a score of 0 is no bid.
    """
    if not len(room):
        return np.zeros(lists.people.shape, dtype=np.bool_)
    auction = _Auction(lists, need, room)
    while auction.turn():
        pass
    return auction.held


class _Auction:
    """Bids in turns; all orders that still want somebody bid at once."""

    def __init__(self, lists: Shortlists, need: NDArray[np.int64], room: NDArray[np.int64]) -> None:
        self.need, self.room = need, room
        self.people = np.maximum(lists.people, 0)
        open_ = (lists.people >= 0) & (room[self.people] > 0) & (lists.scores > 0)
        self.scores = np.where(open_, lists.scores, _NOTHING)
        self.held = np.zeros(lists.people.shape, dtype=np.bool_)
        self.bids = np.zeros(lists.people.shape, dtype=np.int64)
        self.price = np.zeros(len(room), dtype=np.int64)
        self.active = np.arange(len(need))

    def turn(self) -> bool:
        """One turn of bidding; whether anybody bid."""
        wanting = self.need[self.active] - self.held[self.active].sum(axis=1)
        self.active, wanting = self.active[wanting > 0], wanting[wanting > 0]
        if not len(self.active):
            return False
        gain = self.scores[self.active] - self.price[self.people[self.active]]
        gain[self.held[self.active]] = _NOTHING
        order = np.argsort(-gain, axis=1, kind="stable")
        sorted_gain = np.take_along_axis(gain, order, axis=1)
        longest = gain.shape[1]
        beyond = np.minimum(wanting, longest - 1)
        following = np.where(wanting < longest, np.maximum(sorted_gain[np.arange(len(beyond)), beyond], 0), 0)
        chosen = (np.arange(longest) < wanting[:, None]) & (sorted_gain > 0)
        bidder, rank = np.nonzero(chosen)
        if not len(bidder):
            self.active = self.active[:0]
            return False
        orders, places = self.active[bidder], order[bidder, rank]
        scores = self.scores[orders, places]
        bids = np.minimum(scores - following[bidder] + STEP, scores)
        losers = self._decide(orders, places, bids)
        still = np.zeros(len(self.need), dtype=np.bool_)
        still[self.active[chosen.any(axis=1)]] = True
        still[losers] = True
        self.active = np.flatnonzero(still)
        return True

    def _decide(
        self, orders: NDArray[np.int64], places: NDArray[np.int64], bids: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Everybody who was bid for keeps the highest bids; returns the orders that lost somebody."""
        wanted = np.zeros(len(self.room), dtype=np.bool_)
        wanted[self.people[orders, places]] = True
        kept_orders, kept_places = np.nonzero(self.held & wanted[self.people])
        all_orders = np.concatenate([kept_orders, orders])
        all_places = np.concatenate([kept_places, places])
        all_bids = np.concatenate([self.bids[kept_orders, kept_places], bids])
        people = self.people[all_orders, all_places]
        order = np.lexsort((all_orders, -all_bids, people))
        people, all_bids = people[order], all_bids[order]
        all_orders, all_places = all_orders[order], all_places[order]
        first = np.searchsorted(people, people, side="left")
        place = np.arange(len(people)) - first
        keeps = place < self.room[people]
        self.held[all_orders, all_places] = keeps
        self.bids[all_orders, all_places] = all_bids
        last = place == self.room[people] - 1
        self.price[people[last]] = all_bids[last]
        lost: NDArray[np.int64] = all_orders[~keeps]
        return lost
