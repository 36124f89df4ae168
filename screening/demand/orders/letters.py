"""Letters about an order: to the firm that filed it, to the officer who has it."""

import datetime as dt

from sqlalchemy import orm

from foundation.messages.commands import Words, write_to_account, write_to_organisation
from screening.demand.orders.models import JobOrder


def tell_firm(session: orm.Session, order: JobOrder, words: Words, *, at: dt.datetime) -> None:
    """Write to the firm's team, each as they chose to be told; whoever filed the order gets it as their own."""
    write_to_organisation(
        session,
        organisation_id=order.employer_id,
        filed_by=order.filed_by,
        words=words,
        about_id=order.id,
        at=at,
    )


def tell_officer(session: orm.Session, order: JobOrder, words: Words, *, at: dt.datetime) -> None:
    """Write to the officer in charge; an order nobody has received yet has none."""
    if order.officer_id is not None:
        write_to_account(session, account_id=order.officer_id, words=words, about_id=order.id, at=at)
