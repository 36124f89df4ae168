"""`flask ieum …`: imports, the demo, the bulletin, the database."""

import json
import sys
from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from employer_portal.operations.schema import upgrade
from employer_portal.web.portal import Portal, portal
from foundation.actors import Actor, Role
from foundation.audit.commands import record_act
from foundation.clock import day_in_seoul
from foundation.database import let_others_write
from foundation.messages.commands import KINDS
from foundation.outbox.commands import resend
from foundation.refusals import Refusal
from screening.intake.feed.reading import FeedUnreadable
from screening.intake.history.commands import import_history
from screening.intake.leads import import_postings
from screening.intake.seeker_files.commands import import_seekers
from screening.reporting import queries as bulletins
from screening.reporting.sheet import as_json

ieum = AppGroup("ieum", help="이음: imports, demo, bulletin.")
OPERATOR = Actor(role=Role.SYSTEM, name="명령줄", address="local")


def this_portal() -> Portal:
    """The portal that the command works on."""
    assert current_app
    return portal()


@ieum.command("migrate")
def migrate() -> None:
    """Bring the database up to the newest revision."""
    upgrade(this_portal().database)
    click.echo("ok")


@ieum.command("import-orders")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write one JSON object per row."
)
def import_orders(files: tuple[Path, ...], report: Path | None) -> None:
    """Read pages of the public job feed (GetJobInfo, JSON or XML) as leads.

    A file that is no page of the feed is named and leaves the others alone; the exit code is then 1.
    """
    house, rows, unreadable = this_portal(), [], False
    upgrade(house.database)
    for file in files:
        with house.database.write() as session:
            try:
                done = import_postings(
                    session,
                    payload=file.read_bytes(),
                    by=OPERATOR,
                    at=house.now(session),
                    between=partial(let_others_write, session),
                )
            except FeedUnreadable as failure:
                click.echo(f"{file.name}: {failure}", err=True)
                unreadable = True
                continue
            session.commit()
        rows += done.rows
        counts = done.counts
        click.echo(f"{file.name}: new {counts['new']}, known {counts['known']}, refused {counts['refused']}")
        for row in done.rows:
            if row["status"] == "refused":
                click.echo(f"  row {row['row']}: {row['reason']}")
    if report:
        report.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    if unreadable:
        sys.exit(1)


@ieum.command("import-seekers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_seekers_file(file: Path) -> None:
    """Read a CSV of job seekers (UTF-8 or CP949), with an error per bad row."""
    house = this_portal()
    upgrade(house.database)
    with house.database.write() as session:
        try:
            done = import_seekers(
                session,
                payload=file.read_bytes(),
                by=OPERATOR,
                at=house.now(session),
                between=partial(let_others_write, session),
            )
        except Refusal as refused:
            click.echo(refused.sentence, err=True)
            sys.exit(1)
        session.commit()
    click.echo(f"rows {done.rows}, registered {done.registered}, errors {len(done.errors)}")
    for error in done.errors:
        click.echo(f"  {error}")


@ieum.command("import-history")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_history_file(file: Path) -> None:
    """Bring an old register in: anonymous persons, orders, placements."""
    house = this_portal()
    upgrade(house.database)
    with house.database.write() as session:
        try:
            done = import_history(session, payload=file.read_bytes(), by=OPERATOR, at=house.now(session))
        except Refusal as refused:
            click.echo(refused.sentence, err=True)
            sys.exit(1)
        session.commit()
    click.echo(str(done))


@ieum.command("resend")
@click.option("--kind", type=click.Choice(KINDS), help="Only mail, or only SMS.")
def resend_messages(kind: str | None) -> None:
    """Send again what could not be delivered; what was sent or still waits is left as it is."""
    house = this_portal()
    upgrade(house.database)
    with house.database.write() as session:
        at = house.now(session)
        count = resend(session, kinds=(kind,) if kind else KINDS, at=at)
        record_act(
            session,
            "message.resent",
            subject_kind="effect",
            subject_id=kind or "all",
            by=OPERATOR,
            at=at,
            count=count,
        )
        session.commit()
    click.echo(f"messages {count}")


@ieum.command("pool")
def build_pool() -> None:
    """Build the pool's columns anew; the processes that serve take them up by themselves."""
    house = this_portal()
    upgrade(house.database)
    with house.database.read() as session:
        snapshot = house.pool.rebuild(
            session,
            on=day_in_seoul(house.now(session)),
            say=lambda people: click.echo(f"\r{people:,}", nl=False, err=True),
        )
    click.echo(f"people {len(snapshot.pool)}, change {snapshot.number}")


@ieum.command("bulletin")
@click.argument("code")
@click.option("--format", "shape", type=click.Choice(["json"]), default="json")
def bulletin(code: str, shape: str) -> None:
    """Print a frozen bulletin's figures with their definitions."""
    with this_portal().database.read() as session:
        try:
            edition = bulletins.get(session, code, viewer=None)
        except Refusal as refused:
            click.echo(refused.sentence, err=True)
            sys.exit(1)
        click.echo(json.dumps(as_json(edition), ensure_ascii=False, indent=1))
