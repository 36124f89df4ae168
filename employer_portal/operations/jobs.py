"""What comes round by itself: every job, how often, and what it runs."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import orm

from foundation.clock import day_in_seoul
from foundation.jobs.running import Job, Round, in_one_transaction, in_pieces
from foundation.messages.letter_limits import forget_letters
from incentives.editions.commands import end_objections_due
from screening.casework.handovers import commands as handovers
from screening.casework.retention import commands as retention
from screening.deadlines.digests import commands as digests
from screening.deadlines.reminders import commands as reminders
from screening.demand.firm_checks import commands as firm_checks
from screening.demand.firm_checks import queries as firm_check_queries
from screening.demand.postings import commands as postings
from screening.demand.sign_ups import commands as sign_ups
from screening.pool.index import rarities
from screening.pool.index.index import PoolIndex
from screening.pool.searches import commands as searches

WHENEVER = dt.timedelta()
"""At every look: what is due is found by an index, and there is mostly nothing."""
TEN_MINUTES = dt.timedelta(minutes=10)


def jobs_of(index: PoolIndex) -> tuple[Job, ...]:
    """The jobs of a center, in the order in which they run; one that fails stops no other."""
    return (
        Job("retention.ask", WHENEVER, in_pieces(retention.due_checks, retention.ask)),
        Job("firm_checks.ask", WHENEVER, in_pieces(firm_check_queries.due, firm_checks.ask_again)),
        Job("mandates.warn", WHENEVER, in_pieces(handovers.ending_mandates, handovers.warn)),
        Job("reminders", TEN_MINUTES, in_pieces(reminders.worked_orders, reminders.remind)),
        Job("searches.tell", TEN_MINUTES, _tell_searches(index)),
        Job("rarities.count", TEN_MINUTES, _count_rarities(index)),
        Job("delays.tell", WHENEVER, in_pieces(postings.delayed_applications, postings.tell_delays)),
        Job("applications.forget", WHENEVER, in_pieces(postings.ended_applications, postings.forget)),
        Job("digests.write", WHENEVER, in_pieces(digests.due_accounts, digests.write)),
        Job("sign_ups.forget", WHENEVER, in_pieces(sign_ups.old_sign_ups, sign_ups.forget)),
        Job("letters.forget", WHENEVER, in_one_transaction(forget_letters)),
        Job("objections.end", WHENEVER, in_one_transaction(end_objections_due)),
    )


def _tell_searches(index: PoolIndex) -> Callable[[Round], int]:
    """The pool is searched in a session that only reads; the write lock is held for the letter alone."""

    def run(round: Round) -> int:
        def tell(session: orm.Session, ids: Sequence[uuid.UUID], *, at: dt.datetime) -> int:
            with round.database.read() as looking:
                found = [searches.news_of(looking, each, index=index, at=at) for each in ids]
            return sum(searches.tell(session, news, at=at) for news in found)

        return in_pieces(searches.due_searches, tell)(round)

    return run


def _count_rarities(index: PoolIndex) -> Callable[[Round], int]:
    """Once a month; counting takes seconds, writing down what was counted does not."""

    def run(round: Round) -> int:
        on = day_in_seoul(round.at)
        with round.database.read() as session:
            if not rarities.is_due(session, on=on):
                return 0
            row = rarities.count(index.current(session, on=on).pool, on=on)
        if row is None:
            return 0
        with round.database.write() as session:
            session.add(row)
            session.commit()
        return 1

    return run
