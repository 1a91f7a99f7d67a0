"""Before, after, season and placebo, worked by hand."""

from datetime import date

import pytest
from tests.signals.conftest import months

from entrepot.signals.windows import placebos, window

PERIODS = months(2020, 2022)[:35]  # January 2020 to November 2022


def test_the_month_of_the_ban_belongs_to_neither_side() -> None:
    found = window(PERIODS, date(2022, 2, 26))
    assert found is not None
    assert PERIODS[found.before[-1]] == "2022-01"
    assert [PERIODS[i] for i in found.after] == [f"2022-{m:02}" for m in range(3, 12)]


def test_season_holds_the_same_calendar_months_only() -> None:
    found = window(PERIODS, date(2022, 2, 26))
    assert found is not None
    assert {PERIODS[i][5:] for i, _ in found.season} == {f"{m:02}" for m in range(3, 12)}
    assert {PERIODS[i][:4] for i, _ in found.season} == {"2020", "2021"}
    assert {round(weight, 9) for _, weight in found.season} == {round(1 / 18, 9)}


def test_a_ban_on_the_first_of_a_month_counts_that_month_as_after() -> None:
    found = window(PERIODS, date(2022, 3, 1))
    assert found is not None
    assert PERIODS[found.before[-1]] == "2022-02"
    assert PERIODS[found.after[0]] == "2022-03"


def test_since_moves_only_what_counts_as_after() -> None:
    """March to May 2022 lie after the ban and before `since`: they are on neither side."""
    found = window(PERIODS, date(2022, 2, 26), since="2022-06")
    assert found is not None
    assert PERIODS[found.before[-1]] == "2022-01"
    assert PERIODS[found.after[0]] == "2022-06"


def test_the_default_since_does_not_put_the_month_of_the_ban_before_it() -> None:
    assert window(PERIODS, date(2022, 2, 26), since="2022-03") == window(PERIODS, date(2022, 2, 26))


def test_a_ban_that_ended_is_judged_up_to_its_end() -> None:
    found = window(PERIODS, date(2022, 2, 26), banned_to=date(2022, 8, 15))
    assert found is not None
    assert [PERIODS[i] for i in found.after] == [f"2022-{m:02}" for m in range(3, 8)]


def test_months_weigh_as_often_as_they_stand_after_the_ban() -> None:
    """After: March 2022 to April 2023, so March and April stand twice and weigh twice."""
    periods = months(2020, 2023)[:40]
    found = window(periods, date(2022, 2, 26))
    assert found is not None
    weights = {periods[i]: weight for i, weight in found.season}
    assert sum(weights.values()) == pytest.approx(1.0)
    assert weights["2021-03"] == pytest.approx(2 * weights["2021-06"])
    seasonal = [float(int(period[5:])) for period in periods]
    expected = sum(seasonal[i] * weight for i, weight in found.season)
    assert expected == pytest.approx(sum(seasonal[i] for i in found.after) / len(found.after))


def test_a_missing_month_in_the_placebo_year_costs_that_month_only() -> None:
    periods = [period for period in PERIODS if period != "2021-05"]
    real = window(periods, date(2022, 2, 26))
    assert real is not None
    (found,) = placebos(periods, real)
    assert len(found.after) == 8


def test_a_placebo_of_a_long_window_is_its_first_year() -> None:
    periods = months(2018, 2024)
    real = window(periods, date(2022, 2, 26))
    assert real is not None
    assert len(real.after) == 34
    found = placebos(periods, real)
    assert [periods[one.after[0]] for one in found] == ["2020-03", "2019-03"]
    assert all(len(one.after) == 12 for one in found)


def test_too_short_a_time_since_or_a_past_gives_no_window() -> None:
    assert window(PERIODS, date(2022, 9, 1)) is None  # three months are left
    assert window(PERIODS, date(2020, 12, 1)) is None  # eleven months before


def test_placebo_is_the_same_window_a_year_earlier_with_its_own_past() -> None:
    real = window(PERIODS, date(2022, 2, 26))
    assert real is not None
    (found,) = placebos(PERIODS, real)
    assert [PERIODS[i] for i in found.after] == [f"2021-{m:02}" for m in range(3, 12)]
    assert PERIODS[found.before[-1]] == "2021-01"
    assert {PERIODS[i][:4] for i, _ in found.season} == {"2020"}


def test_a_longer_past_gives_more_placebo_years_and_none_touches_the_ban() -> None:
    periods = months(2016, 2022)
    real = window(periods, date(2022, 2, 26))
    assert real is not None
    found = placebos(periods, real)
    assert [periods[one.after[0]] for one in found] == [
        f"{y}-03" for y in (2021, 2020, 2019, 2018, 2017)
    ]
    assert all(max(one.after) <= real.before[-1] for one in found)


def test_yearly_figures() -> None:
    years = [str(year) for year in range(2016, 2025)]
    real = window(years, date(2022, 2, 26))
    assert real is not None
    assert [years[i] for i in real.after] == ["2023", "2024"]
    assert years[real.before[-1]] == "2021"
    assert all(max(one.after) <= real.before[-1] for one in placebos(years, real))
    assert placebos(years, real)


def test_a_month_without_its_own_past_is_not_compared() -> None:
    periods = [p for p in months(2020, 2022)[10:] if p != "2021-08"]
    found = window(periods, date(2022, 2, 26))
    assert found is not None
    assert "2022-08" not in [periods[i] for i in found.after]
