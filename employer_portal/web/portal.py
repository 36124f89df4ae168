"""What the running portal holds, reachable from any request."""

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

from flask import current_app
from sqlalchemy import orm

from employer_portal.web.hashing import HashingPlaces
from employer_portal.web.rate_limits import Tries
from employer_portal.web.reading_time import ReadingTime
from foundation.accounts.commands import SignInPolicy
from foundation.accounts.last_seen import LastSeen
from foundation.clock import Clock
from foundation.database import Database
from foundation.documents.press.press import Press
from foundation.settings import Settings
from screening.pool.index.index import PoolIndex


@dataclass(frozen=True)
class Portal:
    """The one object the app is built around."""

    settings: Settings
    database: Database
    clock: Clock
    press: Press
    pool: PoolIndex = field(init=False)
    last_seen: LastSeen = field(init=False)
    posts: Tries = field(default_factory=lambda: Tries(most=20, within=dt.timedelta(minutes=10)))
    checks: Tries = field(default_factory=lambda: Tries(most=30, within=dt.timedelta(minutes=1)))
    reading: ReadingTime = field(
        default_factory=lambda: ReadingTime(most=6.0, within=dt.timedelta(minutes=1))
    )
    """Files to check: a hundred honest ones a minute from one address, two hostile ones."""
    proving: HashingPlaces = field(default_factory=lambda: HashingPlaces(6))
    """Passwords being hashed: half of the server's threads, so that other pages go on."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pool", PoolIndex(self.settings.var / "pool"))
        object.__setattr__(self, "last_seen", LastSeen(self.database))

    @property
    def sign_in_policy(self) -> SignInPolicy:
        return SignInPolicy(second_factor=not self.settings.demo, password_cost=self.settings.password_cost)

    def now(self, session: orm.Session) -> dt.datetime:
        return self.clock.now(session)

    def moment(self) -> dt.datetime:
        """The present moment, for callers that hold no session."""
        with self.database.read() as session:
            return self.clock.now(session)


def portal() -> Portal:
    """The portal of the app that answers this request."""
    return cast(Portal, current_app.extensions["portal"])
