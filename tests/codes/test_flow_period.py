from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.codes import period
from entrepot.codes.flow import Flow, parse_flow
from entrepot.errors import CodeError

MONTHS = st.builds("{:04d}-{:02d}".format, st.integers(1970, 2090), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X", Flow.X),
        ("EXPORT", Flow.X),
        ("Exports", Flow.X),
        ("2", Flow.X),
        ("M", Flow.M),
        ("import", Flow.M),
        ("1", Flow.M),
        ("Re-Export", Flow.RX),
        ("re-exports", Flow.RX),
        ("RX", Flow.RX),
        ("Re-import", Flow.RM),
        ("RM", Flow.RM),
    ],
)
def test_flow(text: str, expected: Flow) -> None:
    assert parse_flow(text) is expected


@pytest.mark.parametrize("text", ["", "3", "transit", "s", "xx"])
def test_unknown_flow(text: str) -> None:
    with pytest.raises(CodeError, match="expected X, M, RX, RM") as caught:
        parse_flow(text)
    assert caught.value.got == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", "2022"),
        ("2022-08", "2022-08"),
        ("202208", "2022-08"),
        ("2022M08", "2022-08"),
        ("2022-M08", "2022-08"),
        ("Aug. 2024", "2024-08"),
        ("Aug 2024", "2024-08"),
        ("August 2024", "2024-08"),
        ("Sept. 2024", "2024-09"),
        ("May. 2023", "2023-05"),
        (" 1962 ", "1962"),
    ],
)
def test_period(text: str, expected: str) -> None:
    assert period.parse_period(text) == expected


@pytest.mark.parametrize(
    "text",
    ["2022-13", "2022-00", "202213", "1850", "1961", "2999", "2022-1", "", "Augu 2024", "20220801"],
)
def test_no_such_period(text: str) -> None:
    with pytest.raises(CodeError, match="expected a"):
        period.parse_period(text)


def test_bounds_are_half_open() -> None:
    assert (period.start("2022"), period.end("2022")) == (date(2022, 1, 1), date(2023, 1, 1))
    assert (period.start("2022-12"), period.end("2022-12")) == (
        date(2022, 12, 1),
        date(2023, 1, 1),
    )
    assert period.is_month("2022-12")
    assert not period.is_month("2022")


@given(MONTHS, st.integers(-90, 90))
def test_shift_goes_back_and_is_measured(month: str, count: int) -> None:
    moved = period.shift(month, count)
    assert period.shift(moved, -count) == month
    assert period.months_between(month, moved) == count


@given(MONTHS)
def test_months_follow_without_gap(month: str) -> None:
    assert period.end(month) == period.start(period.shift(month, 1))
    assert period.end(month) - period.start(month) >= timedelta(days=28)
    assert period.parse_period(month.replace("-", "")) == month


def test_years_move_by_years() -> None:
    assert period.shift("2022", 12) == "2023"
    with pytest.raises(CodeError, match="whole years"):
        period.shift("2022", 1)
