"""Why a ban is too recent: counts by hand, the same as the window's; two ends in words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.goodlead import BASKET, GOOD

from entrepot.signals.lead import Lead
from entrepot.signals.ranges import amounts, interval, shares
from entrepot.signals.recency import counted, shortness
from entrepot.signals.windows import window
from entrepot.signals.words import explain

MONTHS = tuple(f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13))


def too_recent(banned_from: date, **changes: Any) -> Lead:
    empty = {"expected": None, "excess": None, "status": "too_recent", "periods": MONTHS}
    return replace(GOOD, banned_from=banned_from, **{**empty, **changes})


@pytest.mark.parametrize(
    ("banned_from", "since", "reason"),
    [
        (date(2022, 10, 7), "", "2 months since, 4 needed"),  # November and December
        (date(2022, 11, 30), "", "1 month since, 4 needed"),
        (date(2022, 3, 1), "2022-10", "3 months since, 4 needed"),
        (date(2021, 9, 1), "", "8 months before, 12 needed"),  # January to August
        (date(2022, 3, 1), "2022-03", ""),
    ],
)
def test_months_by_hand(banned_from: date, since: str, reason: str) -> None:
    found = shortness(too_recent(banned_from), since)
    assert found is not None
    assert found.reason() == reason


def test_years_and_a_ban_that_ended() -> None:
    yearly = too_recent(date(2022, 2, 26), periods=("2020", "2021", "2022"))
    assert shortness(yearly).reason() == "0 years since, 1 needed"  # type: ignore[union-attr]
    ended = replace(BASKET, banned_to=date(2022, 6, 1))
    short = too_recent(date(2022, 3, 1), basket=ended)  # March, April, May
    assert shortness(short).reason() == "3 months since, 4 needed"  # type: ignore[union-attr]
    assert shortness(replace(short, periods=())) is None


@given(
    st.integers(1, 30), st.integers(1, 30), st.dates(date(2020, 1, 1), date(2023, 12, 31)),
    st.sampled_from(["2021-03", "2022-03", "2022-08"]),
)  # fmt: skip
def test_a_reason_is_given_where_there_is_no_window_and_only_there(
    first: int, size: int, banned_from: date, since: str
) -> None:
    every = [f"{year}-{month:02}" for year in range(2020, 2025) for month in range(1, 13)]
    periods = every[first : first + size]
    found = shortness(too_recent(banned_from, periods=tuple(periods)), since)
    assert found is not None
    assert bool(found.reason()) == (window(periods, banned_from, since) is None)


def test_the_sentence_of_a_ban_that_is_too_recent() -> None:
    (said, *_) = explain(too_recent(date(2022, 10, 7)))
    assert said.endswith("too short in these figures to compare (2 months since, 4 needed).")
    (said, *_) = explain(too_recent(date(2022, 3, 1)), "2022-10")
    assert "(3 months since, 4 needed)" in said
    (said, *_) = explain(too_recent(date(2022, 3, 1)))
    assert said.endswith("to compare.")  # `since` was not told, so no number is made up


def test_two_ends() -> None:
    assert amounts(1e6, 2e6, "EUR") == "EUR 1.00 m to EUR 2.00 m"
    assert amounts(1_000_000.0, 1_000_400.0, "EUR") == "EUR 1.00 m"
    assert shares(0.03, 0.1) == "3 % to 10 %"
    assert shares(0.331, 0.332) == "33 %"
    assert interval(-5.0, 5.0) == "-5 to 5"
    assert interval(1_000_000.0, 1_000_400.0, "EUR") == "both ends round to EUR 1.00 m"
    assert (counted(1, "lead"), counted(1200, "lead")) == ("1 lead", "1,200 leads")


def test_an_interval_whose_ends_print_alike_is_told_once() -> None:
    narrow = replace(GOOD, excess_low=899.8, excess_high=900.2)
    assert "EUR 900 above expectation (both ends round to EUR 900)" in explain(narrow)[0]


def test_two_expectations_that_miss_alike_are_told_apart_by_words() -> None:
    alike = replace(GOOD, past_miss=0.2070, panel_miss=0.2071)
    assert any("both are usually off by a factor of 1.23, this one by a little less" in one
               for one in explain(alike))  # fmt: skip


def test_growth_that_was_not_measured_is_not_told_as_none() -> None:
    few = replace(GOOD, growth=1.0, goods_growth=1.0, free_goods=14, is_panel=True)
    assert any("14 unrestricted goods traded in the months compared, 15 needed" in one
               and "none was allowed for beside that of the panel model" in one
               for one in explain(few))  # fmt: skip
    many = replace(few, free_goods=15, is_panel=False)
    assert any("did not grow; none was allowed for." in one for one in explain(many))
