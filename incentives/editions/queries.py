"""Reading editions: a firm its own score, a chamber its own district, the public only grades."""

import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import FIRM_ROLES, Actor, Role
from foundation.refusals import NotFound
from incentives.editions.models import Edition, EditionScore, EditionStatus, Objection
from incentives.policies.policy import CERTIFIED, Grade

CENTER = frozenset({Role.LEAD, Role.AUDITOR, Role.ADMIN})


def visible_to(viewer: Actor) -> sa.Select[EditionScore]:
    """Scores with ranks: the center all, the city chamber all published, a chamber its district, a firm its own."""
    scores = sa.select(EditionScore).join(Edition, Edition.id == EditionScore.edition_id)
    published = Edition.status != EditionStatus.DRAFT
    if viewer.role in CENTER:
        return scores
    if viewer.role is Role.CITY_CHAMBER:
        return scores.where(published)
    if viewer.role is Role.CHAMBER and viewer.district:
        return scores.where(published, EditionScore.district == viewer.district)
    if viewer.role in FIRM_ROLES:
        return scores.where(published, EditionScore.employer_id == viewer.organisation_id)
    return scores.where(sa.false())


def latest(session: orm.Session, *, viewer: Actor | None) -> Edition | None:
    """The newest edition a viewer may know of: drafts only inside the center, provisional ones not in public."""
    editions = sa.select(Edition).order_by(Edition.reference_on.desc()).limit(1)
    if viewer is None:
        editions = editions.where(Edition.status == EditionStatus.FROZEN)
    elif viewer.role not in CENTER:
        editions = editions.where(Edition.status != EditionStatus.DRAFT)
    return session.scalars(editions).one_or_none()


def listed(session: orm.Session) -> list[Edition]:
    """Every edition, newest first."""
    return list(session.scalars(sa.select(Edition).order_by(Edition.reference_on.desc())))


def get(session: orm.Session, edition_id: uuid.UUID) -> Edition:
    """One edition; raises `NotFound`."""
    edition = session.get(Edition, edition_id)
    if edition is None:
        raise NotFound("그런 평가판이 없습니다.")
    return edition


def scores(session: orm.Session, edition_id: uuid.UUID, *, viewer: Actor) -> list[EditionScore]:
    """The scores of an edition the viewer may see, best first."""
    return list(
        session.scalars(
            visible_to(viewer)
            .where(EditionScore.edition_id == edition_id)
            .order_by(EditionScore.overall_rank, EditionScore.name)
        )
    )


def score_of(
    session: orm.Session, edition_id: uuid.UUID, employer_id: uuid.UUID, *, viewer: Actor
) -> EditionScore:
    """One firm's score the viewer may see; raises `NotFound` otherwise."""
    one = visible_to(viewer).where(
        EditionScore.edition_id == edition_id, EditionScore.employer_id == employer_id
    )
    found = session.scalars(one).one_or_none()
    if found is None:
        raise NotFound("그런 점수가 없습니다.")
    return found


def own_score(session: orm.Session, edition_id: uuid.UUID, *, viewer: Actor) -> EditionScore | None:
    """The viewer's own score in an edition."""
    return session.scalars(
        visible_to(viewer).where(
            EditionScore.edition_id == edition_id, EditionScore.employer_id == viewer.organisation_id
        )
    ).one_or_none()


def objections(session: orm.Session, edition_id: uuid.UUID) -> list[Objection]:
    """The objections against an edition, oldest first."""
    return list(
        session.scalars(
            sa.select(Objection).where(Objection.edition_id == edition_id).order_by(Objection.filed_at)
        )
    )


def own_objection(session: orm.Session, edition_id: uuid.UUID, *, viewer: Actor) -> Objection | None:
    """The viewer's own objection against an edition."""
    mine = sa.select(Objection).where(Objection.edition_id == edition_id)
    return session.scalars(mine.where(Objection.employer_id == viewer.organisation_id)).one_or_none()


def objection(session: orm.Session, objection_id: uuid.UUID) -> Objection:
    """One objection, for the center; raises `NotFound`."""
    found = session.get(Objection, objection_id)
    if found is None:
        raise NotFound("그런 이의신청이 없습니다.")
    return found


def recognised(session: orm.Session) -> list[EditionScore]:
    """The firms of the newest frozen edition that carry a grade, by grade and name; never a number, never the rest."""
    edition = latest(session, viewer=None)
    if edition is None:
        return []
    order = sa.case({grade.value: place for place, grade in enumerate(Grade)}, value=EditionScore.grade)
    return list(
        session.scalars(
            sa.select(EditionScore)
            .where(EditionScore.edition_id == edition.id, EditionScore.grade.in_(CERTIFIED))
            .order_by(order, EditionScore.name)
        )
    )
