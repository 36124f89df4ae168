"""The lines of a criteria sheet, drawn up from the order's own terms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from foundation.reference.occupations import OCCUPATIONS
from foundation.tones import Labelled
from screening.demand.orders.terms import OrderTerms


class Need(Labelled):
    """How much a line matters."""

    MUST = "must", "필수"
    PREFERRED = "preferred", "우대"


class LineKind(Labelled):
    """What a line asks about; each kind is judged from the blind profile."""

    LICENCE = "licence", "자격"
    EXPERIENCE = "experience", "경력"
    SKILL = "skill", "기술"
    HOURS = "hours", "고용형태"
    PAY = "pay", "임금"
    COMMUTE = "commute", "통근"


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: `asked` is the sentence everybody reads, `value` what is compared."""

    key: str
    kind: LineKind
    need: Need
    asked: str
    value: str = ""

    def to_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: dict[str, str]) -> "CriterionLine":
        return cls(
            key=stored["key"],
            kind=LineKind(stored["kind"]),
            need=Need(stored["need"]),
            asked=stored["asked"],
            value=stored["value"],
        )


DEFAULT_WEIGHTS: dict[str, int] = {
    "occupation": 25,
    "experience": 25,
    "skills": 20,
    "licences": 15,
    "text": 10,
    "training": 5,
}
"""Points per criterion; the reasons are in docs/matching.md."""


def drawn_from(terms: OrderTerms) -> tuple[CriterionLine, ...]:
    """The lines that an order's terms ask for: licences and experience must, skills preferred."""
    occupation = (
        OCCUPATIONS[terms.occupation_code].name if terms.occupation_code in OCCUPATIONS else terms.title
    )
    lines = [
        CriterionLine(f"licence-{index}", LineKind.LICENCE, Need.MUST, licence, licence)
        for index, licence in enumerate(terms.licences, 1)
    ]
    if terms.career_months:
        years, months = divmod(terms.career_months, 12)
        span = (f"{years}년" if years else "") + (f" {months}개월" if months else "")
        lines.append(
            CriterionLine(
                "experience",
                LineKind.EXPERIENCE,
                Need.MUST,
                f"{occupation} {span.strip()} 이상",
                str(terms.career_months),
            )
        )
    else:
        lines.append(
            CriterionLine("experience", LineKind.EXPERIENCE, Need.PREFERRED, f"{occupation} 경험", "1")
        )
    lines += [
        CriterionLine(f"skill-{index}", LineKind.SKILL, Need.PREFERRED, skill, skill)
        for index, skill in enumerate(terms.skills, 1)
    ]
    lines.append(
        CriterionLine("hours", LineKind.HOURS, Need.MUST, terms.employment_type.short, terms.employment_type)
    )
    lines.append(CriterionLine("pay", LineKind.PAY, Need.MUST, "희망임금이 제시 임금 안에 있음", ""))
    lines.append(CriterionLine("commute", LineKind.COMMUTE, Need.MUST, "근무지로 통근할 수 있음", ""))
    return tuple(lines)


def drawn_under(terms: OrderTerms, needs: Mapping[str, Need]) -> tuple[CriterionLine, ...]:
    """The same lines with what an officer says is a must and what is not; what they do not name stays as drawn up."""
    return tuple(replace(line, need=needs.get(line.key, line.need)) for line in drawn_from(terms))
