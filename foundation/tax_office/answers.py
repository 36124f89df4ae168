"""What the tax office says of one business number."""

import datetime as dt
from dataclasses import dataclass

from foundation.tones import Labelled, Tone


class BusinessStanding(Labelled):
    """`b_stt_cd` of the API; an unregistered number comes back with an empty code."""

    ACTIVE = "01", "계속사업자", Tone.GOOD
    SUSPENDED = "02", "휴업자", Tone.STOP
    CLOSED = "03", "폐업자", Tone.STOP
    UNREGISTERED = "none", "국세청에 등록되지 않은 번호", Tone.STOP


TAX_TYPES = {
    "01": "일반과세자",
    "02": "간이과세자",
    "03": "과세특례자",
    "04": "면세사업자",
    "05": "비영리법인·국가기관",
    "06": "고유번호 단체",
    "07": "간이과세자(세금계산서 발급)",
}
"""`tax_type_cd` in words."""


@dataclass(frozen=True)
class BusinessClaim:
    """What somebody says of a business: number, opening day and representative are compared by the tax office."""

    number: str
    opened_on: dt.date | None = None
    representative: str = ""
    name: str = ""

    @property
    def complete(self) -> bool:
        """Whether there is enough to ask for authenticity (`b_no`, `start_dt`, `p_nm`), not only for the status."""
        return self.opened_on is not None and bool(self.representative)


@dataclass(frozen=True)
class BusinessAnswer:
    """The answer to one claim; `matches` is None when only the status was asked."""

    number: str
    standing: BusinessStanding
    tax_type: str = ""
    closed_on: dt.date | None = None
    matches: bool | None = None
