"""Finding editions, reading them with their definitions, and comparing them with the database and each other."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.refusals import NotFound
from screening.reporting.counting import compute
from screening.reporting.figures import DEFINITIONS, Definition, Figure, Figures, Reference, figures_from
from screening.reporting.models import BulletinEdition, EditionStatus
from screening.reporting.period import MONTH, EditionPeriod
from screening.reporting.policies import sees_drafts

MOST_LISTED = 120
_NO_EDITION = "그 달의 소식이 없습니다."


def visible_to(viewer: Actor | None) -> sa.Select[BulletinEdition]:
    """The editions a viewer may know of: the center all of them, everyone else (None: a stranger) the frozen ones."""
    editions = sa.select(BulletinEdition)
    if sees_drafts(viewer):
        return editions
    return editions.where(BulletinEdition.status == EditionStatus.FROZEN)


def get(
    session: orm.Session, code: str, *, viewer: Actor | None, revision: int | None = None, lock: bool = False
) -> BulletinEdition:
    """A month's newest edition the viewer may see, or one revision of it; raises `NotFound` otherwise."""
    if not MONTH.fullmatch(code):
        raise NotFound(_NO_EDITION)
    wanted = visible_to(viewer).where(BulletinEdition.code == code).order_by(BulletinEdition.revision.desc())
    if revision is not None:
        wanted = wanted.where(BulletinEdition.revision == revision)
    found = session.scalars((wanted.with_for_update() if lock else wanted).limit(1)).one_or_none()
    if found is None:
        raise NotFound(_NO_EDITION)
    return found


@dataclass(frozen=True)
class EditionRow:
    """One line of the list of editions: the newest the viewer may see of each month."""

    code: str
    revision: int
    status: EditionStatus
    frozen_at: dt.datetime | None
    hires: int | None
    registered: int | None


def listed(session: orm.Session, *, viewer: Actor | None) -> tuple[EditionRow, ...]:
    """Months newest first, at most ten years of them."""
    seen: dict[str, BulletinEdition] = {}
    order = (BulletinEdition.code.desc(), BulletinEdition.revision.desc())
    for edition in session.scalars(visible_to(viewer).order_by(*order)):
        seen.setdefault(edition.code, edition)
    return tuple(_row(edition) for edition in list(seen.values())[:MOST_LISTED])


def _row(edition: BulletinEdition) -> EditionRow:
    values = figures_of(edition).values
    return EditionRow(
        code=edition.code,
        revision=edition.revision,
        status=edition.status,
        frozen_at=edition.frozen_at,
        hires=values["hires"].value,
        registered=values["registered"].value,
    )


def figures_of(edition: BulletinEdition) -> Figures:
    """The figures an edition keeps."""
    return figures_from(edition.figures)


@dataclass(frozen=True)
class FigureLine:
    """One figure beside its definition; it counts the days from `from_on` to `to_on` (a stock: that one day)."""

    definition: Definition
    figure: Figure
    from_on: dt.date
    to_on: dt.date

    @property
    def days(self) -> str:
        """'2009-08-31', or '2009-08-01~2009-08-31' for a figure that counts over days."""
        return f"{self.to_on}" if self.from_on == self.to_on else f"{self.from_on}~{self.to_on}"


def lines_of(edition: BulletinEdition) -> tuple[FigureLine, ...]:
    """Every figure of an edition with its definition and reference dates, in the order of the bulletin."""
    figures = figures_of(edition)
    return tuple(
        FigureLine(definition, figures.values[definition.code], *_days(definition, figures.period))
        for definition in DEFINITIONS
    )


def _days(definition: Definition, period: EditionPeriod) -> tuple[dt.date, dt.date]:
    return {
        Reference.STOCK: (period.stock_on, period.stock_on),
        Reference.MONTH: (period.month_from, period.stock_on),
        Reference.YEAR: (period.counts_from, period.counts_to),
    }[definition.reference]


@dataclass(frozen=True)
class CellChange:
    """One figure that a correction changed: what it said and what it says now."""

    definition: Definition
    old: Figure
    new: Figure


def changes_of(session: orm.Session, edition: BulletinEdition) -> tuple[CellChange, ...]:
    """What a corrected edition changed, old beside new; nothing for a first edition."""
    if edition.corrected_from is None:
        return ()
    old = figures_of(session.get_one(BulletinEdition, edition.corrected_from))
    return changes_between(old, figures_of(edition))


def changes_between(old: Figures, new: Figures) -> tuple[CellChange, ...]:
    """The figures that differ between two countings of one period."""
    pairs: Sequence[tuple[Definition, Figure, Figure]] = [
        (definition, old.values[definition.code], new.values[definition.code]) for definition in DEFINITIONS
    ]
    return tuple(CellChange(*pair) for pair in pairs if pair[1] != pair[2])


def reproduces(session: orm.Session, edition: BulletinEdition) -> bool:
    """Whether counting anew in the database gives exactly the figures that were kept."""
    return compute(session, edition=figures_of(edition).period).sha256 == edition.sha256
