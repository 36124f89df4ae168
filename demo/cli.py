"""`flask ieum demo`: the invented center, of any size, on any day."""

import datetime as dt

import click
from flask.cli import with_appcontext

from demo.center import build
from employer_portal.operations.cli import this_portal
from employer_portal.operations.schema import upgrade
from foundation.clock import day_in_seoul, move_forward


@click.command("demo")
@with_appcontext
@click.option("--seekers", default=2000, show_default=True, type=click.IntRange(100, 1_000_000))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day the demo ends on.")
def demo(seekers: int, today: dt.datetime | None) -> None:
    """Load the invented center; an interrupted load goes on where it stopped."""
    house = this_portal()
    if not house.settings.demo:
        raise click.ClickException("The demo is loaded only with IEUM_DEMO=1.")
    upgrade(house.database)
    with house.database.write() as session:
        present = day_in_seoul(house.now(session))
        wanted = today.date() if today else present
        if wanted > present:
            move_forward(session, by=wanted - present)
            session.commit()
    build(house, people=seekers, today=wanted, say=click.echo)
