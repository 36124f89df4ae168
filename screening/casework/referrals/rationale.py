"""The rationale sheet (근거표): per line of the criteria what was found in the blind profile, and who judged it."""

from dataclasses import asdict, dataclass, replace

from foundation.reference import licences, skills
from foundation.reference.districts import DISTRICTS
from foundation.reference.employment_types import EmploymentType
from foundation.reference.occupations import OCCUPATIONS
from screening.casework.criteria.lines import CriterionLine, LineKind, Need
from screening.casework.demands import monthly_won
from screening.casework.referrals.states import Judgement
from screening.demand.orders.models import JobOrder
from screening.matching.sentences import months_ko
from screening.pool.seekers.models import Seeker

FORM = "구직신청서"


@dataclass(frozen=True)
class SheetLine:
    """One judged line: asked, found, met / not / unknown, and where the fact comes from."""

    key: str
    asked: str
    need: Need
    judgement: Judgement
    evidence: str
    source: str

    def to_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: dict[str, str]) -> "SheetLine":
        return cls(
            key=stored["key"],
            asked=stored["asked"],
            need=Need(stored["need"]),
            judgement=Judgement(stored["judgement"]),
            evidence=stored["evidence"],
            source=stored["source"],
        )

    def judged(self, judgement: Judgement, evidence: str, source: str) -> "SheetLine":
        """The line as a person judged it."""
        return replace(self, judgement=judgement, evidence=evidence or self.evidence, source=source)


def _experience(line: CriterionLine, seeker: Seeker, order: JobOrder, months: int) -> tuple[Judgement, str]:
    code = order.occupation_code or ""
    own = seeker.experience.get(code, 0)
    needed = int(line.value) if line.value.isdigit() else 1
    name = OCCUPATIONS[code].name if code in OCCUPATIONS else order.title
    found = f"{name} {months_ko(own)}" if own >= months else f"비슷한 일을 합쳐 {months_ko(months)}"
    return (Judgement.MET if max(own, months) >= needed else Judgement.NOT_MET), found


def first_findings(
    lines: tuple[CriterionLine, ...], seeker: Seeker, order: JobOrder, *, months: int
) -> tuple[SheetLine, ...]:
    """What the blind profile alone says about each line; a reviewer confirms or corrects it.

    `months` is the experience that matching counted, so that sheet and score never disagree.
    """
    found: list[SheetLine] = []
    for line in lines:
        if line.kind is LineKind.LICENCE:
            held = licences.canonical(line.value) in map(licences.canonical, seeker.licences)
            judged = (Judgement.MET, line.value) if held else (Judgement.NOT_MET, "등록된 자격에 없음")
        elif line.kind is LineKind.SKILL:
            held = skills.canonical(line.value) in map(skills.canonical, seeker.skills)
            judged = (Judgement.MET, line.value) if held else (Judgement.UNKNOWN, "적지 않음, 물어볼 것")
        elif line.kind is LineKind.EXPERIENCE:
            judged = _experience(line, seeker, order, months)
        elif line.kind is LineKind.HOURS:
            wanted = " · ".join(EmploymentType(code).short for code in seeker.employment_types)
            holds = order.employment_type.value in seeker.employment_types
            judged = (Judgement.MET if holds else Judgement.NOT_MET, f"희망: {wanted}")
        elif line.kind is LineKind.PAY:
            offered = monthly_won(order)
            holds = offered is None or seeker.wage_floor <= offered
            judged = (Judgement.MET if holds else Judgement.NOT_MET, f"월 {seeker.wage_floor:,}원부터")
        else:
            names = [DISTRICTS[code].ko for code in seeker.commute if code in DISTRICTS]
            holds = (
                order.workplace_district in seeker.commute if order.workplace_district else not seeker.commute
            )
            judged = (
                Judgement.MET if holds else Judgement.UNKNOWN,
                f"통근 가능: {', '.join(names) or '서울 밖'}",
            )
        found.append(SheetLine(line.key, line.asked, line.need, judged[0], judged[1], FORM))
    return tuple(found)
