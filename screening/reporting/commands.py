"""Drawing up, freezing and correcting an edition."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.refusals import Invalid, Refusal
from screening.reporting import queries
from screening.reporting.counting import compute
from screening.reporting.figures import Figures
from screening.reporting.models import BulletinEdition, EditionFrozen, EditionStatus
from screening.reporting.period import EditionPeriod
from screening.reporting.policies import may_publish


class TooEarly(Refusal):
    """The last reference date has not passed: the figures could still change."""


class FiguresMoved(Refusal):
    """The database no longer gives the figures of the draft."""


class NotPublished(Refusal):
    """The month's newest edition is still a draft, which is counted anew rather than corrected."""


class NothingToCorrect(Refusal):
    """Counting anew gives what was published."""


def draw_up(session: orm.Session, *, period: EditionPeriod, by: Actor, at: dt.datetime) -> BulletinEdition:
    """Count a month's figures and keep them as a draft; a draft is counted anew, a correction over its own days.

    Raises `TooEarly` before the last reference date has passed and `EditionFrozen` once the month is published.
    """
    may_publish(by).or_raise()
    if day_in_seoul(at) <= period.counts_to:
        raise TooEarly(f"기준일({period.counts_to})이 지난 뒤에 낼 수 있습니다.")
    edition = session.scalars(
        sa.select(BulletinEdition)
        .where(BulletinEdition.code == period.code)
        .order_by(BulletinEdition.revision.desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()
    if edition is not None and edition.status is EditionStatus.FROZEN:
        raise EditionFrozen("이미 확정한 달입니다. 고칠 것이 있으면 정정해 주세요.")
    if edition is not None and edition.revision > 1:
        period = queries.figures_of(edition).period
    figures = compute(session, edition=period)
    if edition is None:
        edition = BulletinEdition(code=period.code, status=EditionStatus.DRAFT, revision=1, reason="")
        session.add(edition)
    _keep(edition, figures, at)
    record(session, "bulletin.drawn_up", edition, by=by, at=at, code=edition.code, sha256=edition.sha256)
    return edition


def freeze(session: orm.Session, *, code: str, by: Actor, at: dt.datetime) -> BulletinEdition:
    """Publish a month's draft for good, after counting once more that the database still gives its figures."""
    may_publish(by).or_raise()
    edition = queries.get(session, code, viewer=by, lock=True)
    if edition.status is EditionStatus.FROZEN:
        raise EditionFrozen("이미 확정한 소식입니다.")
    if not queries.reproduces(session, edition):
        raise FiguresMoved("초안을 만든 뒤 자료가 바뀌었습니다. 다시 계산한 뒤 확정해 주세요.")
    edition.status, edition.frozen_at = EditionStatus.FROZEN, at
    record(
        session,
        "bulletin.frozen",
        edition,
        by=by,
        at=at,
        code=edition.code,
        revision=edition.revision,
        sha256=edition.sha256,
    )
    return edition


def correct(session: orm.Session, *, code: str, reason: str, by: Actor, at: dt.datetime) -> BulletinEdition:
    """정정: a new draft revision of a published month, counted anew; `changes_of` shows old beside new.

    Raises `NothingToCorrect` when the database gives what was published; the published edition stays as it is.
    """
    may_publish(by).or_raise()
    if not 10 <= len(reason.strip()) <= 500:
        raise Invalid("무엇을 왜 고치는지 10자에서 500자 사이로 적어 주세요.", field="reason")
    published = queries.get(session, code, viewer=by, lock=True)
    if published.status is not EditionStatus.FROZEN:
        raise NotPublished("이 달에는 쓰고 있는 초안이 있습니다. 초안을 다시 계산한 뒤 확정해 주세요.")
    figures = compute(session, edition=queries.figures_of(published).period)
    changes = queries.changes_between(queries.figures_of(published), figures)
    if not changes:
        raise NothingToCorrect("다시 계산해도 같은 값입니다. 고칠 것이 없습니다.")
    edition = BulletinEdition(
        code=code,
        revision=published.revision + 1,
        status=EditionStatus.DRAFT,
        corrected_from=published.id,
        reason=reason.strip(),
    )
    _keep(edition, figures, at)
    session.add(edition)
    record(
        session,
        "bulletin.corrected",
        edition,
        by=by,
        at=at,
        code=code,
        revision=edition.revision,
        figures=[change.definition.code for change in changes],
    )
    return edition


def _keep(edition: BulletinEdition, figures: Figures, at: dt.datetime) -> None:
    edition.figures, edition.sha256, edition.drawn_up_at = figures.to_dict(), figures.sha256, at
