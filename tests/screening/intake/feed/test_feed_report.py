"""The plain object per row."""

import json

import pytest

from screening.intake.feed.posting import parse
from screening.intake.feed.report import report_row

KEYS = {
    *("request_number", "employer", "province", "city", "wage_basis", "wage_won", "negotiable"),
    *("closes_on", "until_filled", "weekly_hours", "status", "findings"),
}
ROW = {
    "JO_REQST_NO": "H954202607010002",
    "CMPNY_NM": "가온누리",
    "JO_SJ": "홀서빙",
    "WORK_PARAR_BASS_ADRES_CN": "서울 종로구215호",
    "HOPE_WAGE": "월급 / 250만원",
    "WORK_TIME_NM": "09:00~18:00",
    "HOLIDAY_NM": "주5일근무",
    "WEEK_WORK_HR": "40",
    "RCEPT_CLOS_NM": "채용시까지 26-09-26",
    "JO_REG_DT": "2026-07-01",
}


def test_a_posting() -> None:
    reported = report_row(parse(ROW), "known")
    assert set(reported) == KEYS
    assert json.loads(json.dumps(reported)) == reported
    findings = reported.pop("findings")
    assert "headcount_assumed" in findings
    assert reported == {
        "request_number": "H954202607010002",
        "employer": "가온누리",
        "province": "서울",
        "city": "종로구",
        "wage_basis": "month",
        "wage_won": 2_500_000,
        "negotiable": False,
        "closes_on": None,
        "until_filled": True,
        "weekly_hours": 40,
        "status": "known",
    }


def test_a_day() -> None:
    reported = report_row(parse({**ROW, "RCEPT_CLOS_NM": "마감일 (2026-09-26)"}), "new")
    assert (reported["closes_on"], reported["until_filled"]) == ("2026-09-26", False)


def test_a_refused_row_is_an_object_too() -> None:
    reported = report_row(parse({**ROW, "CMPNY_NM": ""}), "new", row=7)
    assert set(reported) == KEYS | {"row", "reason"}
    assert (reported["status"], reported["row"], reported["findings"]) == ("refused", 7, ["no_employer_name"])
    assert reported["reason"] == "기업명이 없습니다."
    assert reported["request_number"] == "H954202607010002"


def test_unknown_status() -> None:
    with pytest.raises(ValueError, match="odd"):
        report_row(parse(ROW), "odd")
