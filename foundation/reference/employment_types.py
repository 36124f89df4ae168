"""고용형태: what kind of contract a job is."""

from foundation.tones import Labelled


class EmploymentType(Labelled):
    """고용형태, with the codes of the public job feed (domain §1.5)."""

    PERMANENT = "10", "기간을 정하지 않음(정규직)"
    PERMANENT_PART = "11", "기간을 정하지 않음, 시간선택제"
    FIXED = "20", "기간을 정함(계약직)"
    FIXED_PART = "21", "기간을 정함, 시간선택제"
    DISPATCHED = "4", "파견근로"
    SUBSTITUTE = "Y", "대체인력"

    @property
    def short(self) -> str:
        """The word for lists: 정규직, 정규직 시간제, 계약직, 계약직 시간제, 파견, 대체인력."""
        if self in (EmploymentType.DISPATCHED, EmploymentType.SUBSTITUTE):
            return {"4": "파견", "Y": "대체인력"}[self.value]
        return ("계약직" if self.is_fixed else "정규직") + (" 시간제" if self.value in ("11", "21") else "")

    @property
    def is_fixed(self) -> bool:
        return self in (EmploymentType.FIXED, EmploymentType.FIXED_PART, EmploymentType.SUBSTITUTE)
