"""What a seeker says of themselves when registering (구직신청서), as one value."""

import datetime as dt
from dataclasses import dataclass, field

from foundation.reference.occupations import OCCUPATIONS
from foundation.refusals import Invalid
from screening.pool.seekers.blindness import reveals_somebody

LONGEST_MONTHS = 720


@dataclass(frozen=True)
class Profile:
    """The blind part of a 구직신청; see `Seeker` for units."""

    district: str | None
    occupations: tuple[str, ...]
    available_on: dt.date
    experience: dict[str, int] = field(default_factory=dict)
    commute: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    trainings: tuple[str, ...] = ()
    employment_types: tuple[str, ...] = ("10", "20")
    wage_floor: int = 0
    summary: str = ""
    intern: bool = False
    guardian_agreed: bool = False

    @property
    def told(self) -> dict[str, tuple[str, ...]]:
        """The texts a person says in their own words, by field; all of them are read blind."""
        return {"summary": (self.summary,), "skills": tuple(self.skills), "licences": tuple(self.licences)}

    def checked(self) -> "Profile":
        """The profile itself; raises `Invalid` when it could not be matched with anything."""
        if not self.occupations or len(self.occupations) > 3:
            raise Invalid("희망 직종을 한 개에서 세 개까지 골라 주세요.", field="occupations")
        unknown = [code for code in (*self.occupations, *self.experience) if code not in OCCUPATIONS]
        if unknown:
            raise Invalid("직종을 목록에서 골라 주세요.", field="occupations")
        if any(not 0 <= months <= LONGEST_MONTHS for months in self.experience.values()):
            raise Invalid("경력은 0개월에서 720개월 사이로 적어 주세요.", field="months")
        for field_name, texts in self.told.items():
            if any(reveals_somebody(text) for text in texts):
                raise Invalid(
                    "연락처, 생년, 나이, 성별을 적지 말아 주세요. 가려진 채 심사합니다.", field=field_name
                )
        if not 0 <= self.wage_floor <= 100_000_000:
            raise Invalid("희망임금을 한 달 기준 원 단위로 적어 주세요.", field="wage_floor")
        return self
