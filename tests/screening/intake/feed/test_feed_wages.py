"""Wage cells in all their variants."""

import pytest

from foundation.reference.wage_basis import WageBasis
from screening.intake.feed.findings import FindingCode
from screening.intake.feed.wages import find_amounts, read_wage

HOUR, DAY, MONTH, YEAR = WageBasis


@pytest.mark.parametrize(
    ("text", "basis", "won"),
    [
        ("시급 / 10320원 ", HOUR, 10_320),
        ("시급 / １０３２０원", HOUR, 10_320),
        ("시급/10,320", HOUR, 10_320),
        ("시급 / 1만320원", HOUR, 10_320),
        ("시급 / 1.1만원", HOUR, 11_000),
        ("시급 13.000원", HOUR, 13_000),
        ("시급 만이천원", HOUR, 12_000),
        ("시간당 10,320원", HOUR, 10_320),
        ("시급 / ₩10,320", HOUR, 10_320),
        ("일급 / 100000원", DAY, 100_000),
        ("일당 15만원", DAY, 150_000),
        ("일급 / 82,560원 / 8시간", DAY, 82_560),
        ("월급 / 216만원 ", MONTH, 2_160_000),
        ("월급／２１６만원", MONTH, 2_160_000),
        ("월급 / 2,160,000원", MONTH, 2_160_000),
        ("월급 2 160 000원", MONTH, 2_160_000),
        ("월급 / 216만 5천원", MONTH, 2_165_000),
        ("월급 / 216.5만원", MONTH, 2_165_000),
        ("월급/2백16만원", MONTH, 2_160_000),
        ("월급 이백십육만원", MONTH, 2_160_000),
        ("월 216만원", MONTH, 2_160_000),
        ("216만원/월", MONTH, 2_160_000),
        ("월급 / 216만원 + 상여금 300%", MONTH, 2_160_000),
        ("월급:2,156,880 원(209시간 기준)", MONTH, 2_156_880),
        ("월급 3개월 수습 후 250만원", MONTH, 2_500_000),
        ("최소연봉 / 3000만원 ", YEAR, 30_000_000),
        ("최저연봉/3,120만원", YEAR, 31_200_000),
        ("연봉 / 3천5백만원", YEAR, 35_000_000),
        ("연봉 / 삼천만원", YEAR, 30_000_000),
        ("연봉 / 1억 2천만원", YEAR, 120_000_000),
        ("연봉 30,000천원", YEAR, 30_000_000),
        ("연봉 2,588만2,560원", YEAR, 25_882_560),
        ("연 3000만원", YEAR, 30_000_000),
    ],
)
def test_amounts(text: str, basis: WageBasis, won: int) -> None:
    wage = read_wage(text)
    assert (wage.basis, wage.won, wage.max_won, wage.negotiable, wage.findings) == (
        basis,
        won,
        None,
        False,
        (),
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("연봉 / 3,000만원 ~ 3,500만원", 30_000_000, 35_000_000),
        ("연봉 3000~3500만원", 30_000_000, 35_000_000),
        ("연봉 / 3000만원-3500만원", 30_000_000, 35_000_000),
        ("연봉 / 3000만원 이상 3500만원 이하", 30_000_000, 35_000_000),
        ("월급 / 2,156,880 ~ 2,500,000원", 2_156_880, 2_500_000),
        ("시급 10,320원∼13,500원", 10_320, 13_500),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    wage = read_wage(text)
    assert (wage.won, wage.max_won, wage.findings) == (low, high, ())


def test_negotiable() -> None:
    for text in (
        "최소연봉 / 3000만원 - 면접 후 협의가능 ",
        "연봉 / 3000만원 (협의)",
        "연봉 3000만원, 면접 시 결정",
    ):
        wage = read_wage(text)
        assert (wage.won, wage.max_won, wage.negotiable, wage.findings) == (30_000_000, None, True, ())
    assert not read_wage("월급 / 216만원 협의불가").negotiable


def test_talk_without_an_amount() -> None:
    wage = read_wage("면접 후 협의")
    assert (wage.basis, wage.won, wage.negotiable) == (None, None, True)
    assert wage.findings == (FindingCode.WAGE_MISSING, FindingCode.WAGE_BASIS_UNKNOWN)
    assert read_wage("월급 / 회사내규").basis is MONTH
    assert read_wage("월급 / 0원").findings == (FindingCode.WAGE_MISSING,)


@pytest.mark.parametrize(
    ("text", "basis", "won", "code"),
    [
        ("월급 / 216", MONTH, 2_160_000, FindingCode.WAGE_UNIT_GUESSED),
        ("연봉 / 3000", YEAR, 30_000_000, FindingCode.WAGE_UNIT_GUESSED),
        ("2,156,880원", MONTH, 2_156_880, FindingCode.WAGE_BASIS_GUESSED),
        ("10320", HOUR, 10_320, FindingCode.WAGE_BASIS_GUESSED),
        ("주급 / 50만원", None, None, FindingCode.WAGE_BASIS_UNKNOWN),
        ("건별 / 3만원", None, None, FindingCode.WAGE_BASIS_UNKNOWN),
        ("시급 / 216만원", HOUR, 2_160_000, FindingCode.WAGE_IMPLAUSIBLE),
        ("월급 / 216원", MONTH, 216, FindingCode.WAGE_IMPLAUSIBLE),
        ("시급 / 10,320원 (주휴수당 포함 12,384원)", HOUR, 10_320, FindingCode.WAGE_SEVERAL_AMOUNTS),
        ("월급 / 216만원 (식대 20만원 별도)", MONTH, 2_160_000, FindingCode.WAGE_SEVERAL_AMOUNTS),
        ("월급 / 300만원 이하", MONTH, None, FindingCode.WAGE_ONLY_MAXIMUM),
    ],
)
def test_in_doubt(text: str, basis: WageBasis | None, won: int | None, code: FindingCode) -> None:
    wage = read_wage(text)
    assert (wage.basis, wage.won) == (basis, won)
    assert wage.findings == (code,)


def test_rounded_to_ten_thousand() -> None:
    assert read_wage("월급 / 216만원").in_ten_thousands
    assert not read_wage("월급 / 2,160,000원").in_ten_thousands
    assert not read_wage("월급 / 216만 5천원").in_ten_thousands


def test_numbers_that_are_no_money() -> None:
    assert [amount.won for amount in find_amounts("주 40시간, 2명, 3개월, 10% 급여 200만원")] == [2_000_000]
