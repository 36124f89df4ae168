"""The score of one firm: five axes, each a sum that can be followed; small numbers lean on their size band."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from incentives.evidence.facts import AnswerFact, FirmFacts
from incentives.policies.policy import Axis, Policy
from screening.demand.employers.models import SizeBand

PERMILLE = 1000


@dataclass(frozen=True)
class AxisScore:
    """One axis: points of at most `most` (1/1000 point), the sum in words, and the rows behind it."""

    axis: Axis
    points: int
    most: int
    summary: str
    calculation: tuple[str, ...]
    rows: tuple[dict[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "axis": self.axis.value}


@dataclass(frozen=True)
class FirmScore:
    """The whole score of a firm; `verified` is the number of hires that count."""

    facts: FirmFacts
    axes: tuple[AxisScore, ...]
    verified: int
    kept: int
    judged: int

    @property
    def total(self) -> int:
        return sum(axis.points for axis in self.axes)


@dataclass(frozen=True)
class BandMean:
    """What firms of one size band do on average: retention in permille, over all firms when the band is empty."""

    retention: int


def band_means(firms: Sequence[FirmFacts]) -> dict[SizeBand, BandMean]:
    """Mean retention per size band, to which small samples are shrunk."""

    def mean(chosen: Sequence[FirmFacts], otherwise: int) -> int:
        judged = [hire for firm in chosen for hire in firm.judged_for_keeping]
        return sum(bool(hire.kept) for hire in judged) * PERMILLE // len(judged) if judged else otherwise

    everywhere = mean(firms, 750)
    return {
        band: BandMean(retention=mean([firm for firm in firms if firm.band is band], everywhere))
        for band in SizeBand
    }


def score(firm: FirmFacts, *, policy: Policy, mean: BandMean) -> FirmScore:
    """The score of one firm under a policy; better facts never lower it."""
    judged = firm.judged_for_keeping
    kept = sum(bool(hire.kept) for hire in judged)
    return FirmScore(
        facts=firm,
        axes=(
            _hires(firm, policy),
            _retention(firm, kept, len(judged), policy, mean),
            _quality(firm, policy),
            _inclusion(policy),
            _procedure(firm, policy),
        ),
        verified=len(firm.counted),
        kept=kept,
        judged=len(judged),
    )


def hires_points(verified: int, firm_band: SizeBand, policy: Policy) -> int:
    """Points for verified hires: a straight line up to the band's full number."""
    full = policy.hires_for_full_points[firm_band.value]
    return min(verified, full) * policy.most(Axis.HIRES) // full


def retention_points(rate_permille: int, policy: Policy) -> int:
    """Points for a retention rate: nothing up to the floor, everything from the full rate."""
    floor, full = policy.retention_floor_percent * 10, policy.retention_full_percent * 10
    return max(0, min(rate_permille, full) - floor) * policy.most(Axis.RETENTION) // (full - floor)


def _day(day: dt.date) -> str:
    return f"{day.year}. {day.month}. {day.day}."


def _answered(answer: AnswerFact) -> str:
    if answer.answered_on is None:
        return "아직"
    return _day(answer.answered_on) + ("" if answer.in_time else ", 늦음")


def _points(thousandths: int) -> str:
    tenths = (thousandths + 50) // 100
    return f"{tenths // 10}.{tenths % 10}"


def _hires(firm: FirmFacts, policy: Policy) -> AxisScore:
    counted = len(firm.counted)
    points = hires_points(counted, firm.band, policy)
    full = policy.hires_for_full_points[firm.band.value]
    most = policy.most(Axis.HIRES)
    return AxisScore(
        axis=Axis.HIRES,
        points=points,
        most=most,
        summary=f"확인된 채용 {counted}명",
        calculation=(
            f"{firm.band.ko} 기업은 24개월에 {full}명이면 {most // 1000}점",
            f"{min(counted, full)} ÷ {full} × {most // 1000} = {_points(points)}점"
            + (f"(많아야 {most // 1000}점)" if points in (0, most) else ""),
        ),
        rows=tuple(
            {
                "구인": hire.order_number,
                "직무": hire.occupation,
                "입사일": _day(hire.starts_on),
                "반영": "반영" if hire.counted else hire.note,
            }
            for hire in firm.hires
        ),
    )


def _retention(firm: FirmFacts, kept: int, judged: int, policy: Policy, mean: BandMean) -> AxisScore:
    weight = policy.shrink_towards_band
    rate = (kept * PERMILLE + weight * mean.retention) // (judged + weight)
    points = retention_points(rate, policy)
    most = policy.most(Axis.RETENTION)
    return AxisScore(
        axis=Axis.RETENTION,
        points=points,
        most=most,
        summary=f"180일이 지난 {judged}명 중 {kept}명 근무",
        calculation=(
            f"같은 규모 평균 {mean.retention / 10:.1f}%를 {weight}명만큼 더해 작은 수의 흔들림을 줄입니다",
            f"({kept} + {weight} × {mean.retention / PERMILLE:.3f}) ÷ ({judged} + {weight}) = {rate / 10:.1f}%",
            f"({rate / 10:.1f} − {policy.retention_floor_percent}) ÷ "
            f"{policy.retention_full_percent - policy.retention_floor_percent} × {most // 1000} = {_points(points)}점",
        ),
        rows=tuple(
            {
                "구인": hire.order_number,
                "입사일": _day(hire.starts_on),
                "180일": "근무" if hire.kept else "그만둠",
            }
            for hire in firm.judged_for_keeping
        ),
    )


def _quality(firm: FirmFacts, policy: Policy) -> AxisScore:
    hires = firm.counted
    number = len(hires)
    permanent = sum(hire.permanent for hire in hires)
    insured = sum(hire.insured for hire in hires)
    paid = sum(min(hire.hourly_won, policy.living_wage_won) for hire in hires)
    parts = (
        policy.quality["permanent"] * permanent // number if number else 0,
        policy.quality["wage"] * paid // (policy.living_wage_won * number) if number else 0,
        policy.quality["insured"] * insured // number if number else 0,
    )
    return AxisScore(
        axis=Axis.QUALITY,
        points=sum(parts),
        most=policy.most(Axis.QUALITY),
        summary=f"정규직 {permanent}명, 4대 보험과 퇴직급여 {insured}명",
        calculation=(
            f"정규직 {permanent}/{number} × {policy.quality['permanent'] // 1000} = {_points(parts[0])}점",
            f"시간당 임금 ÷ 생활임금 {policy.living_wage_won:,}원 × {policy.quality['wage'] // 1000}"
            f" = {_points(parts[1])}점",
            f"4대 보험과 퇴직급여 {insured}/{number} × {policy.quality['insured'] // 1000} = {_points(parts[2])}점",
        ),
        rows=tuple(
            {
                "구인": hire.order_number,
                "고용형태": "정규직" if hire.permanent else "계약직",
                "시간당 임금": f"{hire.hourly_won:,}원",
            }
            for hire in hires
        ),
    )


def _inclusion(policy: Policy) -> AxisScore:
    most = policy.most(Axis.INCLUSION)
    return AxisScore(
        axis=Axis.INCLUSION,
        points=most // 2,
        most=most,
        summary="아직 재지 않아 모든 기업에 중간 점수",
        calculation=(
            "이 항목은 본인이 이 쓰임에 따로 동의한 경우에만 셉니다. 그때까지 모두 같은 중간 점수입니다.",
        ),
    )


def _procedure(firm: FirmFacts, policy: Policy) -> AxisScore:
    number, in_time = len(firm.answers), sum(answer.in_time for answer in firm.answers)
    most = policy.most(Axis.PROCEDURE)
    points = most * in_time // number if number else most // 2
    return AxisScore(
        axis=Axis.PROCEDURE,
        points=points,
        most=most,
        summary=f"추천 {number}번 중 {in_time}번 기한 안에 답함",
        calculation=(f"{in_time} ÷ {number} × {most // 1000} = {_points(points)}점",)
        if number
        else ("추천을 받은 적이 없어 중간 점수입니다.",),
        rows=tuple(
            {
                "구인": answer.order_number,
                "답할 날": _day(answer.answer_by),
                "답한 날": _answered(answer),
            }
            for answer in firm.answers
        ),
    )
