"""Working weeks: declared hours held against the work time."""

import pytest

from screening.intake.feed.breaks import stated_break, statutory_break
from screening.intake.feed.clocks import find_spans
from screening.intake.feed.findings import FindingCode
from screening.intake.feed.hours import WorkingWeek, is_cut, read_working_week


def week(work_time: str, days: str = "주5일근무", declared: str = "", *texts: str) -> WorkingWeek:
    return read_working_week(work_time=work_time, days=days, declared_hours=declared, texts=texts)


@pytest.mark.parametrize(
    ("text", "starts", "minutes"),
    [
        ("(근무시간) (오전) 9시 00분 ~ (정오) 12시 00분", 540, 180),
        ("(오후) 8시 30분 ~ (익일) 05시 30분", 1230, 540),
        ("(오후) 20시 00분~(익일) 05시 00분", 1200, 540),
        ("(자정) 12시 00분 ~ (오전) 6시 00분", 0, 360),
        ("09:00~13;00", 540, 240),
        ("0800-1500", 480, 420),
        ("-10:00~22:00시", 600, 720),
        ("9시~18시", 540, 540),
        ("9~18시", 540, 540),
        ("9~6시", 540, 540),
        ("오전10시부터 1시까지", 600, 180),
        ("AM 9:00 ~ PM 6:00", 540, 540),
        ("9am-6pm", 540, 540),
        ("09.30-18.00", 570, 510),
        ("22:00~07:00", 1320, 540),
        ("오후2시~6시", 840, 240),
        ("09:00~09:00", 540, 1440),
    ],
)
def test_spans(text: str, starts: int, minutes: int) -> None:
    assert [(span.starts, span.minutes) for span in find_spans(text)] == [(starts, minutes)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-27 ~ 2026-09-26",
        "010-1234-5678",
        "1~2시간",
        "25:00~26:70",
        "협의",
        "101-1205호",
        "3~5명",
        "2026~2027년",
    ],
)
def test_no_spans(text: str) -> None:
    assert find_spans(text) == []


@pytest.mark.parametrize(
    ("span", "pause"),
    [(180, 0), (240, 0), (255, 15), (270, 30), (480, 30), (510, 30), (525, 45), (540, 60), (720, 60)],
)
def test_statutory_break(span: int, pause: int) -> None:
    assert statutory_break(span) == pause


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("휴게시간1시간", 60),
        ("휴게시간1신간", 60),
        ("휴게 1.5 시간", 90),
        ("휴게시간 : 1시간", 60),
        ("휴게 60분", 60),
        ("휴게시간 1시간 30분", 90),
        ("점심 1시간 포함 2시간 휴게", 120),
        ("휴게시간: 점심 1시간 포함 2시간", 120),
        ("점심시간 12:00~13:00", 60),
        ("휴게시간(10:30-10:40 / 15:30-15:40)", 20),
        ("1시간 휴게시간", 60),
        ("휴게 한시간", 60),
        ("휴게시간 없음", 0),
        ("09:00~18:00", None),
    ],
)
def test_stated_break(text: str, minutes: int | None) -> None:
    assert stated_break(text)[0] == minutes


@pytest.mark.parametrize(
    ("work_time", "days", "hours"),
    [
        ("(오전) 9시 00분 ~ (정오) 12시 00분", "주5일근무", 15),
        ("(오전) 9시 00분 ~ (오후) 6시 00분", "주5일근무", 40),
        ("09:00~13:00", "주6일근무", 24),
        ("0800-1500(휴게시간1시간)", "주5일근무", 30),
        ("0800-1500(휴게시간1신간)", "주５일근무", 30),
        ("07:00~15:00 (휴게 2시간) / 주5일.", "기타", 30),
        ("월~금 09:00~18:00 (점심시간 12:00~13:00)", "기타", 40),
        ("화,목,토 10:00~15:00", "기타", 13.5),
        ("평일 09:00~18:00, 토 09:00~13:00", "주6일근무", 44),
        ("평일 09:00~18:00\n격주 토요일 09:00~13:00", "주5일근무", 42),
        ("09:00~18:00 연장근무 18:00~20:00", "주5일근무", 40),
        ("10:00~16:00", "주5일근무", 27.5),
    ],
)
def test_derived(work_time: str, days: str, hours: float) -> None:
    found = week(work_time, days, "0")
    assert found.weekly_hours == hours
    assert FindingCode.HOURS_DERIVED in found.findings


@pytest.mark.parametrize(
    ("work_time", "days", "declared"),
    [
        ("(오전) 8시 30분 ~ (오후) 5시 30분", "주5일근무", "40"),
        ("(오전) 7시 30분 ~ (오후) 5시 00분", "주5일근무", "45"),
        ("월~금 07:00~13:30 / 휴게 1.5 시간\n 토 07:00~10:00", "주6일근무", "28"),
        ("07:00~10:00", "주6일근무", "17"),
        ("협의", "주5일근무", "40시간"),
        ("", "주3일근무", "24.0"),
    ],
)
def test_declared_stands_when_plausible(work_time: str, days: str, declared: str) -> None:
    found = week(work_time, days, declared)
    assert found.weekly_hours == float(declared.removesuffix("시간"))
    assert not {FindingCode.HOURS_DERIVED, FindingCode.HOURS_IMPLAUSIBLE} & set(found.findings)


def test_declared_day_instead_of_week() -> None:
    found = week("10:00~19:00", "주5일근무", "9")
    assert (found.weekly_hours, found.findings) == (40, (FindingCode.HOURS_IMPLAUSIBLE,))


def test_long_week_behind_forty_declared() -> None:
    found = week("-10:00~22:00시, 주6일근무\n-휴게시간: 점심 1시간 포함 2시간", "주6일근무", "40")
    assert found.weekly_hours == 60
    assert found.findings == (FindingCode.HOURS_IMPLAUSIBLE, FindingCode.HOURS_OVER_52)


def test_several_shifts_take_the_first() -> None:
    found = week("(근무시간) (오전) 8시 30분 ~ (오후) 5시 30분\n(근무시간) (오후) 8시 30분 ~ (익일) 5시 30분")
    assert found.weekly_hours == 40
    assert FindingCode.SEVERAL_SHIFTS in found.findings


def test_cut_text() -> None:
    cut = "(근무시간) (오전) 8시 30분 ~ (오후) 5시 30분\n(근무시간) (오후) 8시 30분 ~ (오"
    assert is_cut(cut)
    assert not is_cut(cut[:40])
    assert {FindingCode.WORK_TIME_CUT, FindingCode.SEVERAL_SHIFTS} <= set(week(cut).findings)


def test_hints_from_other_texts() -> None:
    assert week("10:00~16:00", "주5일근무", "", "하루 6시간 근무").weekly_hours == 30
    assert week("10:00~16:00", "주5일근무", "", "휴게시간 1시간").weekly_hours == 25
    assert week("", "기타", "", "주 28시간 근무").weekly_hours == 28


def test_unknown() -> None:
    found = week("협의", "기타", "")
    assert (found.days, found.weekly_hours, found.daily_hours) == (None, None, None)
    assert {FindingCode.WORK_DAYS_UNKNOWN, FindingCode.HOURS_UNKNOWN} <= set(found.findings)
    assert week("09:00~익일 09:00 격일", "기타", "").weekly_hours is None
    assert week("", "주5일근무", "400").weekly_hours is None
    assert week("", "주5일근무", "8").weekly_hours is None
