"""Names of firms, all invented."""

import pytest

from screening.intake.feed.employer import read_employer


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("(주)가온누리", "(주)가온누리", "가온누리"),
        ("㈜가온누리", "(주)가온누리", "가온누리"),
        ("주식회사 가온누리", "주식회사 가온누리", "가온누리"),
        ("가온누리주식회사", "가온누리주식회사", "가온누리"),
        ("（주） 가온 누리", "(주) 가온 누리", "가온누리"),
        ("주)가온누리", "주)가온누리", "가온누리"),
        ("농업회사법인(주)가온누리", "농업회사법인(주)가온누리", "가온누리"),
        ("사)가온누리협회", "사)가온누리협회", "가온누리협회"),
        ("가온&amp;누리&#039;s", "가온&누리's", "가온누리s"),
        ("★가온누리★", "가온누리", "가온누리"),
        ("GAON Co., Ltd.", "GAON Co., Ltd", "gaon"),
        ("주식회사", "주식회사", "주식회사"),
    ],
)
def test_names(text: str, name: str, key: str) -> None:
    employer = read_employer(text)
    assert employer is not None
    assert (employer.name, employer.key) == (name, key)


@pytest.mark.parametrize("text", ["", "  ", ".", "-", "비공개", "null", "\u200b"])
def test_nobody(text: str) -> None:
    assert read_employer(text) is None
