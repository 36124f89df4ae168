"""Drawing up an edition, publishing it for objections, deciding them, freezing."""

import datetime as dt
import hashlib
import json
import re
import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import SYSTEM, Actor, Role
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.messages.commands import BASE, Words, write_to_organisation
from foundation.reference.business_days import add_business_days, day_words
from foundation.refusals import Invalid, NotAllowed, Refusal
from incentives.editions import queries
from incentives.editions.models import (
    EDITION_STATES,
    Edition,
    EditionScore,
    EditionStatus,
    Objection,
    ObjectionStatus,
)
from incentives.evidence.facts import FirmFacts, gather
from incentives.policies.policy import Policy, policy_of, policy_on
from incentives.scoring.moves import Move, moves
from incentives.scoring.ranking import Ranked, rank_all
from incentives.scoring.score import band_means, score


class WindowOpen(Refusal):
    """The edition cannot be frozen while objections may come in or wait for an answer."""


EDITION_CODE = re.compile(r"20[0-9]{2}-H[12]")


def _lead(by: Actor) -> None:
    if by.role is not Role.LEAD:
        raise NotAllowed("평가판은 팀장이 만듭니다.")


def draw_up(session: orm.Session, *, code: str, reference_on: dt.date, by: Actor, at: dt.datetime) -> Edition:
    """Score and rank every firm over the window that ends at the reference date."""
    _lead(by)
    if not EDITION_CODE.fullmatch(code):
        raise Invalid("평가판 이름을 2026-H2처럼 적어 주세요.", field="code")
    if reference_on > day_in_seoul(at):
        raise Invalid("기준일이 아직 지나지 않았습니다.", field="reference_on")
    if session.scalar(sa.select(Edition.id).where(Edition.code == code)):
        raise Invalid("이 평가판은 이미 있습니다.", field="code")
    try:
        policy = policy_on(reference_on)
    except LookupError as failure:
        raise Invalid("그 날에는 평가 지침이 없었습니다.", field="reference_on") from failure
    edition = Edition(
        code=code,
        reference_on=reference_on,
        policy_version=policy.version,
        policy_sha256=policy.sha256,
        status=EditionStatus.DRAFT,
        drawn_up_at=at,
    )
    session.add(edition)
    session.flush()
    rows = [_row(edition, each, could) for each, could in _ranked(session, policy, edition)]
    session.add_all(rows)
    record(session, "edition.drawn_up", edition, also=tuple(rows), by=by, at=at, code=code, firms=len(rows))
    return edition


def _order_of_the_draw(firm: FirmFacts) -> tuple[str, str, dt.date, uuid.UUID]:
    """The luck a firm draws follows from what is known of it, not from the moment its row was stored."""
    return firm.name, firm.district or "", firm.registered_on, firm.employer_id


def _ranked(
    session: orm.Session, policy: Policy, edition: Edition
) -> Sequence[tuple[Ranked, Sequence[Move]]]:
    """Every firm's place with what would move its score."""
    firms = sorted(gather(session, policy=policy, reference_on=edition.reference_on), key=_order_of_the_draw)
    means = band_means(firms)
    scores = [score(firm, policy=policy, mean=means[firm.band]) for firm in firms]
    return [
        (each, moves(each.score.facts, policy=policy, mean=means[each.score.facts.band]))
        for each in rank_all(scores, policy=policy, means=means, seed=edition.code)
    ]


def _row(edition: Edition, each: Ranked, could: Sequence[Move]) -> EditionScore:
    row = EditionScore(edition_id=edition.id, employer_id=each.score.facts.employer_id)
    _take(row, each, could)
    return row


def _take(row: EditionScore, each: Ranked, could: Sequence[Move]) -> None:
    facts = each.score.facts
    row.name, row.district, row.band = facts.name, facts.district, facts.band
    row.total, row.verified, row.grade = each.score.total, each.score.verified, each.grade
    row.axes = [axis.to_json() for axis in each.score.axes]
    row.moves = [move.to_json() for move in could]
    row.rank, row.rank_low, row.rank_high = each.in_band.rank, each.in_band.low, each.in_band.high
    row.rank_size, row.tied = each.in_band.size, each.in_band.tied
    row.overall_rank, row.overall_low = each.overall.rank, each.overall.low
    row.overall_high, row.overall_size = each.overall.high, each.overall.size


def publish(session: orm.Session, *, edition_id: uuid.UUID, by: Actor, at: dt.datetime) -> Edition:
    """Publish provisionally: every firm is told its score and has ten business days to object."""
    _lead(by)
    edition = queries.get(session, edition_id)
    edition.status = EDITION_STATES.after("publish", edition.status)
    policy = policy_of(edition.policy_version)
    edition.published_at = at
    edition.objections_until = add_business_days(day_in_seoul(at), policy.objection_business_days)
    record(session, "edition.published", edition, by=by, at=at, until=edition.objections_until.isoformat())
    words = Words(
        kind="평가",
        subject=f"[이음] {edition.code} 우수 구인기업 평가 결과(잠정)를 보아 주세요",
        text=f"점수와 근거를 모두 볼 수 있습니다. 사실과 다르면 {day_words(edition.objections_until)}까지 "
        f"이의신청해 주세요.\n{BASE}/employer/standing",
    )
    scored = sa.select(EditionScore.employer_id, EditionScore.id).where(EditionScore.edition_id == edition.id)
    for employer_id, score_id in session.execute(scored.order_by(EditionScore.overall_rank)):
        write_to_organisation(session, organisation_id=employer_id, words=words, about_id=score_id, at=at)
    return edition


def may_object(edition: Edition | None, *, today: dt.date) -> bool:
    """Whether the objection window of an edition is open."""
    return (
        edition is not None
        and edition.status is EditionStatus.PROVISIONAL
        and edition.objections_until is not None
        and today <= edition.objections_until
    )


def object_to(
    session: orm.Session, *, edition_id: uuid.UUID, text: str, by: Actor, at: dt.datetime
) -> Objection:
    """A firm says what is wrong with its own score, within the window."""
    edition = queries.get(session, edition_id)
    own = queries.own_score(session, edition_id, viewer=by)
    if own is None or by.organisation_id is None:
        raise NotAllowed("우리 기업의 점수에만 이의신청할 수 있습니다.")
    if not may_object(edition, today=day_in_seoul(at)):
        raise NotAllowed("이의신청 기간이 아닙니다.")
    if len(text.strip()) < 10:
        raise Invalid("무엇이 사실과 다른지 10자 이상 적어 주세요.", field="text")
    if session.scalar(
        sa.select(Objection.id).where(
            Objection.edition_id == edition_id, Objection.employer_id == by.organisation_id
        )
    ):
        raise NotAllowed("이미 이의신청을 하셨습니다. 답을 기다려 주세요.")
    objection = Objection(
        edition_id=edition_id,
        employer_id=by.organisation_id,
        text=text.strip(),
        status=ObjectionStatus.OPEN,
        filed_at=at,
        score_before=own.total,
    )
    session.add(objection)
    record(session, "objection.filed", objection, by=by, at=at, edition=edition.code)
    return objection


def decide(
    session: orm.Session, *, objection_id: uuid.UUID, upheld: bool, answer: str, by: Actor, at: dt.datetime
) -> Objection:
    """Decide an objection; upholding it scores the whole edition again from the corrected facts."""
    _lead(by)
    objection = session.get_one(Objection, objection_id)
    if objection.status is not ObjectionStatus.OPEN:
        raise NotAllowed("이미 결정한 이의신청입니다.")
    if len(answer.strip()) < 10:
        raise Invalid("기업이 읽을 설명을 10자 이상 적어 주세요.", field="answer")
    edition = queries.get(session, objection.edition_id)
    changed = _score_again(session, edition) if upheld else ()
    own = session.scalars(
        sa.select(EditionScore).where(
            EditionScore.edition_id == edition.id, EditionScore.employer_id == objection.employer_id
        )
    ).one()
    objection.status = ObjectionStatus.UPHELD if upheld else ObjectionStatus.DISMISSED
    objection.decided_at, objection.decided_by, objection.answer = at, by.name, answer.strip()
    objection.score_after = own.total
    record(
        session,
        "objection.decided",
        objection,
        also=tuple(changed),
        by=by,
        at=at,
        upheld=upheld,
        before=objection.score_before,
        after=own.total,
    )
    words = Words(
        kind="이의신청",
        subject=f"[이음] 이의신청 결과: {objection.status.ko}",
        text=f"{objection.answer}\n\n{BASE}/employer/standing",
    )
    write_to_organisation(
        session, organisation_id=objection.employer_id, words=words, about_id=objection.id, at=at
    )
    return objection


def _score_again(session: orm.Session, edition: Edition) -> list[EditionScore]:
    policy = policy_of(edition.policy_version)
    rows = {
        row.employer_id: row
        for row in session.scalars(sa.select(EditionScore).where(EditionScore.edition_id == edition.id))
    }
    for each, could in _ranked(session, policy, edition):
        row = rows.get(each.score.facts.employer_id)
        if row is None:
            session.add(_row(edition, each, could))
        else:
            _take(row, each, could)
    session.flush()
    return list(session.scalars(sa.select(EditionScore).where(EditionScore.edition_id == edition.id)))


def end_objections_due(session: orm.Session, *, at: dt.datetime) -> int:
    """Mark provisional editions whose objection window has passed; returns how many."""
    due = session.scalars(
        sa.select(Edition).where(
            Edition.status == EditionStatus.PROVISIONAL,
            Edition.objections_until < day_in_seoul(at),
            Edition.window_ended_at.is_(None),
        )
    ).all()
    for edition in due:
        edition.window_ended_at = at
        record(session, "edition.window_ended", edition, by=SYSTEM, at=at, code=edition.code)
    return len(due)


def freeze(session: orm.Session, *, edition_id: uuid.UUID, by: Actor, at: dt.datetime) -> Edition:
    """Freeze an edition once its window has passed and every objection is decided."""
    _lead(by)
    edition = queries.get(session, edition_id)
    if may_object(edition, today=day_in_seoul(at)):
        raise WindowOpen(
            f"이의신청 기간이 {day_words(edition.objections_until)}까지입니다. 그 뒤에 확정할 수 있습니다."
        )
    waiting = [
        each for each in queries.objections(session, edition_id) if each.status is ObjectionStatus.OPEN
    ]
    if waiting:
        raise WindowOpen(f"결정하지 않은 이의신청이 {len(waiting)}건 있습니다.")
    status, content = EDITION_STATES.after("freeze", edition.status), fingerprint(session, edition)
    edition.status, edition.sha256 = status, content
    edition.frozen_at = at
    record(session, "edition.frozen", edition, by=by, at=at, code=edition.code, sha256=edition.sha256)
    return edition


def fingerprint(session: orm.Session, edition: Edition) -> str:
    """SHA-256 of the edition's content in canonical JSON: what was frozen can be compared at any time."""
    rows = session.scalars(
        sa.select(EditionScore)
        .where(EditionScore.edition_id == edition.id)
        .order_by(EditionScore.employer_id)
    )
    content = {
        "code": edition.code,
        "reference_on": edition.reference_on.isoformat(),
        "policy": edition.policy_sha256,
        "scores": [
            [
                str(row.employer_id),
                row.total,
                row.verified,
                row.grade.value,
                row.rank,
                row.rank_low,
                row.rank_high,
                row.axes,
            ]
            for row in rows
        ],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
