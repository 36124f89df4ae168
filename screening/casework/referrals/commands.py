"""Taking people into the suggested list and judging them blind."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.actors import Actor
from foundation.audit.commands import record
from foundation.clock import day_in_seoul
from foundation.refusals import Invalid, Refusal
from screening.casework.criteria.commands import in_force, lines_of
from screening.casework.criteria.lines import Need
from screening.casework.referrals import queries
from screening.casework.referrals.models import Referral
from screening.casework.referrals.ranked import CriteriaNotFixed, demand_under, kept_away, scored
from screening.casework.referrals.rationale import SheetLine, first_findings
from screening.casework.referrals.states import REFERRAL_STATES, Judgement, ReferralState
from screening.demand.mandates.commands import may_act
from screening.demand.mandates.models import Power
from screening.demand.orders import queries as orders
from screening.demand.orders.policies import may_work
from screening.matching.model import compiled
from screening.matching.reasons import Reason
from screening.pool.index.index import PoolIndex
from screening.pool.seekers.blindness import reveals_somebody
from screening.pool.seekers.models import Seeker, SeekerStatus

MOST_AT_ONCE = 20
MOST_FIRMS = 3
"""Firms that one person is proposed to at a time: nobody goes to fifty firms while others are never seen."""
SHORTEST_REASON = 5


class ProposedEnough(Refusal):
    """Somebody chosen is with as many firms as allowed; an officer may take them all the same and say why."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(codes)}: 이미 {MOST_FIRMS}개 기업에 추천 중입니다. 그래도 담으려면 사유를 적어 주세요.",
            field="override",
        )


class KeptAway(Refusal):
    """The law keeps somebody young away from this workplace (근로기준법 제65조, 청소년 보호법 제29조)."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(f"{', '.join(codes)}: 법이 정한 나이 제한 때문에 이 구인에는 담을 수 없습니다.")


def suggest(
    session: orm.Session,
    *,
    order_id: uuid.UUID,
    seeker_ids: Sequence[uuid.UUID],
    index: PoolIndex,
    override: str = "",
    by: Actor,
    at: dt.datetime,
) -> list[Referral]:
    """Take people from the ranked list into the suggested list, with score and reasons as they stand now.

    Raises `KeptAway` for somebody who has not passed the order's lawful gate, and `ProposedEnough` for somebody whom
    `MOST_FIRMS` other firms have already, unless `override` says why.
    """
    order = orders.get(session, order_id, viewer=by, lock=True)
    may_work(by, order).or_raise()
    may_act(session, order, Power.SEARCH, at=at).or_raise()
    sheet = in_force(session, order.id)
    if sheet is None:
        raise CriteriaNotFixed
    if not seeker_ids or len(seeker_ids) > MOST_AT_ONCE:
        raise Invalid(f"한 번에 1명에서 {MOST_AT_ONCE}명까지 고를 수 있습니다.", field="seekers")
    known = set(session.scalars(sa.select(Referral.seeker_id).where(Referral.order_id == order.id)))
    today = day_in_seoul(at)
    snapshot = index.current(session, on=today)
    asked = compiled(demand_under(session, order, sheet, on=today), snapshot.pool)
    chosen = {
        each.id: each
        for each in session.scalars(
            sa.select(Seeker).where(Seeker.id.in_(seeker_ids), Seeker.status == SeekerStatus.ACTIVE)
        )
        if each.id not in known
    }
    away = [each.code for each in chosen.values() if kept_away(snapshot, asked, each.id)]
    if away:
        raise KeptAway(sorted(away))
    firms = queries.live_firms(session, list(chosen), except_order=order.id)
    crowded = [chosen[each].code for each, count in firms.items() if count >= MOST_FIRMS]
    if crowded and len(override.strip()) < SHORTEST_REASON:
        raise ProposedEnough(sorted(crowded))
    taken = []
    for seeker_id in dict.fromkeys(seeker_ids):
        reasons = scored(snapshot, asked, seeker_id) if seeker_id in chosen else None
        if reasons is None:
            continue
        seeker = chosen[seeker_id]
        taken.append(
            Referral(
                employer_id=order.employer_id,
                order_id=order.id,
                seeker_id=seeker_id,
                seeker=seeker,
                state=ReferralState.SUGGESTED,
                score=sum(reason.points for reason in reasons),
                reasons=[reason.to_json() for reason in reasons],
                override_reason=override.strip()[:300] if seeker.code in crowded else "",
                criteria_version=sheet.version,
                sheet=[
                    line.to_json()
                    for line in first_findings(lines_of(sheet), seeker, order, months=_months(reasons))
                ],
                found_at=at,
                changed_at=at,
            )
        )
    if not taken:
        raise Invalid("고른 분들은 이미 담겨 있거나 인재풀에 없습니다.", field="seekers")
    session.add_all(taken)
    for referral in taken:
        record(
            session,
            "referral.suggested",
            referral,
            by=by,
            at=at,
            order=order.number,
            score=referral.score,
            override=referral.override_reason,
        )
    return taken


def _months(reasons: Sequence[Reason]) -> int:
    """The months of experience that matching counted for the order's occupation."""
    return next((each.months or 0 for each in reasons if each.criterion == "experience"), 0)


def review(
    session: orm.Session,
    *,
    referral_id: uuid.UUID,
    judgements: Mapping[str, Judgement],
    evidence: Mapping[str, str],
    opinion: str,
    eligible: bool,
    by: Actor,
    at: dt.datetime,
) -> Referral:
    """서류심사, blind: a person judges every line and decides; the score only assists (개인정보 보호법 제37조의2)."""
    if len(opinion) > 500:
        raise Invalid("의견은 500자까지 적을 수 있습니다.", field="opinion")
    for text in (opinion, *evidence.values()):
        if reveals_somebody(text):
            raise Invalid(
                "의견과 근거에 연락처, 생년, 나이, 성별을 적지 말아 주세요. 기업이 읽습니다.", field="opinion"
            )
    referral = queries.get(session, referral_id, viewer=by, lock=True)
    order = orders.get(session, referral.order_id, viewer=by)
    may_work(by, order).or_raise()
    may_act(session, order, Power.SEARCH, at=at).or_raise()
    lines = [SheetLine.from_json(stored) for stored in referral.sheet]
    today = day_in_seoul(at)
    source = f"{by.name} 확인 {today.month}. {today.day}."
    missing = [line.asked for line in lines if line.key not in judgements]
    if missing:
        raise Invalid(f"'{missing[0]}'을 판정해 주세요.", field="judgements")
    unmet = [
        line.asked for line in lines if line.need is Need.MUST and judgements[line.key] is Judgement.NOT_MET
    ]
    if eligible and unmet:
        raise Invalid(
            f"필수인 '{unmet[0]}'을 미충족으로 판정하셨습니다. 판정을 고치거나 부적격으로 정해 주세요.",
            field="judgements",
        )
    referral.state = REFERRAL_STATES.after("find_eligible" if eligible else "find_ineligible", referral.state)
    referral.sheet = [
        line.judged(judgements[line.key], evidence.get(line.key, ""), source).to_json() for line in lines
    ]
    referral.opinion = opinion.strip()[:500]
    referral.reviewed_at, referral.reviewed_by, referral.reviewer_name = at, by.account_id, by.name
    referral.changed_at = at
    record(
        session,
        "referral.reviewed",
        referral,
        by=by,
        at=at,
        order=order.number,
        eligible=eligible,
        criteria_version=referral.criteria_version,
    )
    return referral


def sheet_lines(referral: Referral) -> tuple[SheetLine, ...]:
    """The rationale lines of a referral as values."""
    return tuple(SheetLine.from_json(stored) for stored in referral.sheet)
