"""What would change a score: the same scoring over facts that are not yet so. Points in 1/1000."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from incentives.evidence.facts import AnswerFact, FirmFacts, HireFact
from incentives.policies.policy import Policy
from incentives.scoring.score import BandMean, score


@dataclass(frozen=True)
class Move:
    """One thing that may happen and how many 1/1000 points it would move the total; signed."""

    words: str
    points: int

    def to_json(self) -> dict[str, str | int]:
        return {"words": self.words, "points": self.points}


def moves(firm: FirmFacts, *, policy: Policy, mean: BandMean) -> list[Move]:
    """What would move this firm's score, upwards first; what would move nothing is left out."""
    now = score(firm, policy=policy, mean=mean).total
    found = []
    for words, change in CHANGES:
        after = change(firm)
        if after is not None:
            points = score(after, policy=policy, mean=mean).total - now
            if points:
                found.append(Move(words, points))
    return sorted(found, key=lambda move: -move.points)


def _one_more(firm: FirmFacts) -> FirmFacts | None:
    usual = firm.counted[-1] if firm.counted else next(iter(firm.hires), None)
    if usual is None:
        return None
    return replace(firm, hires=(*firm.hires, replace(usual, counted=True, kept=None, note="")))


def _all_stay(firm: FirmFacts) -> FirmFacts | None:
    waiting = [hire for hire in firm.counted if hire.kept is None]
    if not waiting:
        return None
    return replace(firm, hires=tuple(_kept(hire) if hire in waiting else hire for hire in firm.hires))


def _kept(hire: HireFact) -> HireFact:
    return replace(hire, kept=True)


def _one_leaves(firm: FirmFacts) -> FirmFacts | None:
    staying = next((hire for hire in firm.counted if hire.kept is not False), None)
    if staying is None:
        return None
    left = replace(staying, kept=False)
    return replace(firm, hires=tuple(left if hire is staying else hire for hire in firm.hires))


def _answer(in_time: bool) -> Callable[[FirmFacts], FirmFacts | None]:
    def change(firm: FirmFacts) -> FirmFacts | None:
        last = firm.answers[-1] if firm.answers else None
        if last is None:
            return None
        one_more = AnswerFact("", last.answer_by, last.answer_by, in_time)
        return replace(firm, answers=(*firm.answers, one_more))

    return change


CHANGES: tuple[tuple[str, Callable[[FirmFacts], FirmFacts | None]], ...] = (
    ("한 분을 더 뽑아 90일이 지나면", _one_more),
    ("아직 180일이 안 된 분들이 모두 180일까지 다니면", _all_stay),
    ("다음 추천에 기한 안에 답하면", _answer(True)),
    ("다음 추천에 늦게 답하면", _answer(False)),
    ("다니던 분 한 명이 180일 전에 그만두면", _one_leaves),
)
