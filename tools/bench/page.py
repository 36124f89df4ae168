"""The ranked page of an order as an officer gets it, against the simplest page with the same frame."""

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np

from employer_portal.operations.schema import upgrade
from foundation.database import Database
from foundation.documents.press.press import Press
from screening.casework.criteria import commands as criteria
from screening.casework.criteria.lines import DEFAULT_WEIGHTS
from screening.demand.mandates import commands as mandates
from screening.demand.mandates.models import Power
from screening.demand.orders import commands as orders
from tests.database_fixture import VAULT
from tests.house import House
from tests.house_fixture import settings_for
from tests.postgres import SETTINGS, PostgresServer, programs
from tests.visitor import Visitor
from tools.bench.machine import say
from tools.bench.measure import AT_MOST, Measure, interleaved, ratio_of
from tools.bench.population import CODES, OWN_SKILLS, SHARES, city
from tools.bench.seekers import settle

PEOPLE: Final = 100_000
ROUNDS: Final = 200
SIMPLEST: Final = "/about/terms"
GOAL: Final = 3.0
DATABASES: Final = {"d-page-100k": "SQLite", "d-page-postgres-100k": "PostgreSQL"}


def ids() -> list[str]:
    """The measures of the page."""
    return list(DATABASES)


def measures(wanted: Sequence[str], *, people: int = PEOPLE) -> Iterator[Measure]:
    """The wanted ones."""
    for id_, name in DATABASES.items():
        if id_ in wanted:
            with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
                opened = _sqlite(Path(folder)) if name == "SQLite" else _postgres()
                with opened as database, staffed(Path(folder), database, people) as (officer, address):
                    yield _measure(id_, name, officer, address, people)


@contextmanager
def _sqlite(folder: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{folder}/ieum.sqlite", vault=VAULT)
    yield database
    database.dispose()


@contextmanager
def _postgres() -> Iterator[Database]:
    found = programs()
    if found is None:
        raise RuntimeError("PostgreSQL: no initdb on this machine")
    server = PostgresServer(found, SETTINGS | {"shared_buffers": "1GB"})
    try:
        database = Database(server.create("bench"), vault=VAULT)
        yield database
        database.dispose()
    finally:
        server.stop()


@contextmanager
def staffed(folder: Path, database: Database, people: int) -> Iterator[tuple[Visitor, str]]:
    """A house with many seekers, an officer who has signed in, and the address of an order's ranked people."""
    upgrade(database)
    settings = settings_for(folder)
    house = House(settings, database, Press(assets_dir=settings.assets, cache_dir=folder / "faces"))
    try:
        say(f"{people:,} people into {database.engine.dialect.name} …")
        settle(database, city(people))
        order_id = _order(house)
        with database.read() as session:
            house.portal.pool.rebuild(session, on=house.today)
        yield house.visitor("officer"), f"/staff/orders/{order_id}/people"
    finally:
        house.close()


def _order(house: House) -> uuid.UUID:
    """An order for what most people do, filed, entrusted, approved and with its criteria fixed."""
    most = int(np.argmax(SHARES))
    terms = house.terms(
        occupation_code=f"{CODES[most]:04}",
        licences=(),
        skills=tuple(f"기술{number}" for number in OWN_SKILLS[most][:6].tolist()),
    )
    firm, officer, at = house.actor("firm"), house.actor("officer"), house.clock.moment
    with house.database.write() as session:
        order = orders.submit(session, terms=terms, by=firm, at=at)
        code = mandates.ask_for_code(session, order_id=order.id, by=firm, at=at)
        mandates.sign(
            session,
            order_id=order.id,
            powers=list(Power),
            valid_until=terms.starts_on or house.today,
            typed_name=firm.name,
            code=code,
            center=house.portal.settings.center_name,
            by=firm,
            at=at,
        )
        orders.receive(session, order_id=order.id, by=officer, at=at)
        orders.approve(session, order_id=order.id, by=officer, at=at)
        criteria.fix(session, order_id=order.id, weights=DEFAULT_WEIGHTS, needs={}, by=officer, at=at)
        session.commit()
        return order.id


def _measure(id_: str, name: str, officer: Visitor, address: str, people: int) -> Measure:
    say(f"the page on {name}, {ROUNDS} times …")
    tasks = {"ranked": lambda _: _get(officer, address), "simplest": lambda _: _get(officer, SIMPLEST)}
    seconds = interleaved(tasks, [None], rounds=ROUNDS)
    ranked, simplest = (1e3 * float(seconds[each].mean()) for each in tasks)
    says = (
        f"an order's ranked people out of {people:,} on {name}, with sign-in, rights, funnel and the "
        f"record of the look ÷ {SIMPLEST} with the same cookie ({ranked:.3g} ms ÷ {simplest:.3g} ms, in process)"
    )
    return Measure(id_, *ratio_of(seconds["ranked"], seconds["simplest"]), "×", says, GOAL, AT_MOST)


def _get(officer: Visitor, address: str) -> Any:
    answer = officer.client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address} answered {answer.status_code}")
    return answer.get_data()
