"""Percentages in whole numbers, periods of editions, and the words of an attainment."""

import datetime as dt

import pytest

from foundation.refusals import Invalid
from screening.reporting.figures import DEFINITIONS, Figure, Figures, exceeded, figures_from, percent
from screening.reporting.period import period_of


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [
        (1, 200, 1),
        (1, 201, 0),
        (3, 200, 2),
        (5, 200, 3),
        (0, 7, 0),
        (7, 7, 100),
        (-1, 8, -12),
        (-151, 1257, -12),
    ],
)
def test_percentages_are_rounded_half_up(part, whole, value):
    assert percent(part, whole) == Figure(value, part, whole)


def test_nothing_to_count_from_is_no_zero():
    assert percent(0, 0).value is None


@pytest.mark.parametrize(
    ("hires", "words"),
    [(4_022, "200\u00a0% 초과"), (4_000, "200\u00a0% 달성"), (2_001, "100\u00a0% 초과"), (1_999, "")],
)
def test_an_attainment_in_words(hires, words):
    assert exceeded(percent(hires, 2_000)) == words


def test_september_2009_has_a_day_for_every_figure():
    period = period_of("2009-09")
    assert period.counts_from == dt.date(2009, 1, 1)
    assert (period.month_from, period.stock_on) == (dt.date(2009, 8, 1), dt.date(2009, 8, 31))
    assert (period.counts_to, period.target) == (dt.date(2009, 9, 3), 2_000)


def test_january_closes_the_year_before():
    period = period_of("2027-01")
    assert (period.counts_from, period.counts_to) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert period.target is None


def test_days_and_target_can_be_set():
    period = period_of("2026-11", counts_to=dt.date(2026, 11, 20), target=300)
    assert (period.counts_to, period.target) == (dt.date(2026, 11, 20), 300)


@pytest.mark.parametrize("code", ["2009-13", "2009-9", "09-09", "2009-09-01", "20０９-09", ""])
def test_a_code_that_is_no_month_is_refused(code):
    with pytest.raises(Invalid):
        period_of(code)


def test_a_day_outside_the_year_is_refused():
    with pytest.raises(Invalid):
        period_of("2009-09", counts_to=dt.date(2009, 8, 30))


def test_figures_come_back_as_they_were_kept():
    figures = Figures(period_of("2026-11"), {each.code: percent(1, 3) for each in DEFINITIONS})
    assert figures_from(figures.to_dict()) == figures
    assert figures_from(figures.to_dict()).sha256 == figures.sha256
