"""Before, after, season and placebo, worked by hand."""

from datetime import date

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
    assert {PERIODS[i][5:] for i in found.season} == {f"{m:02}" for m in range(3, 12)}
    assert {PERIODS[i][:4] for i in found.season} == {"2020", "2021"}


def test_a_ban_on_the_first_of_a_month_counts_that_month_as_after() -> None:
    found = window(PERIODS, date(2022, 3, 1))
    assert found is not None
    assert PERIODS[found.before[-1]] == "2022-02"
    assert PERIODS[found.after[0]] == "2022-03"


def test_since_moves_an_earlier_ban() -> None:
    found = window(PERIODS, date(2021, 6, 1), since="2022-03")
    assert found is not None
    assert PERIODS[found.after[0]] == "2022-03"


def test_too_short_a_time_since_or_a_past_gives_no_window() -> None:
    assert window(PERIODS, date(2022, 9, 1)) is None  # three months are left
    assert window(PERIODS, date(2020, 12, 1)) is None  # eleven months before


def test_placebo_is_the_same_window_a_year_earlier_with_its_own_past() -> None:
    real = window(PERIODS, date(2022, 2, 26))
    assert real is not None
    (found,) = placebos(PERIODS, real)
    assert [PERIODS[i] for i in found.after] == [f"2021-{m:02}" for m in range(3, 12)]
    assert PERIODS[found.before[-1]] == "2021-01"
    assert {PERIODS[i][:4] for i in found.season} == {"2020"}


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
