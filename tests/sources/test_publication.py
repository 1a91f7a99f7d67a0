"""When figures were out: the model by hand, its law, and what a file says of itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import write_xlsx

from entrepot.errors import RequestError
from entrepot.sources.publication import (
    DELAYS,
    LONGEST,
    NAMES,
    Edge,
    delay_of,
    due,
    edge,
    read_day,
)
from entrepot.sources.publishers import PUBLISHERS, publisher_of
from entrepot.sources.updated import updated_on

PERIODS = st.one_of(
    st.integers(1990, 2040).map(str),
    st.tuples(st.integers(1990, 2040), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}"),
)


def test_a_month_of_eurostat_is_due_fifty_days_after_it() -> None:
    """1 May and 50 days: 30 to 31 May, 20 more to 20 June."""
    eurostat = delay_of("Eurostat")
    assert due("2022-04", eurostat) == date(2022, 6, 20)
    assert edge(date(2022, 6, 19), eurostat).month == "2022-03"
    assert edge(date(2022, 6, 20), eurostat).month == "2022-04"
    assert edge(date(2022, 7, 1), eurostat) == Edge("2022-04", "2021")


def test_the_model_is_not_earlier_than_the_days_that_are_known() -> None:
    """First estimates, and the table as it stood on 13 January 2023 with November nearly whole."""
    known = {"2021-08": (2021, 10, 15), "2022-07": (2022, 9, 16), "2023-01": (2023, 3, 20)}
    for period, day in {**known, "2022-11": (2023, 1, 13)}.items():
        assert due(period, delay_of("Eurostat")) > date(*day)
    for period, day in {"2022-08": (2022, 10, 12), "2022-09": (2022, 11, 11)}.items():
        assert due(period, delay_of("HM Revenue & Customs")) > date(*day)


def test_baci_prints_years_only() -> None:
    """2018 ends; 365 days to 1 January 2020, 59 more to 29 February."""
    baci = delay_of("CEPII (BACI)")
    assert due("2018", baci) == date(2020, 2, 29)
    assert due("2018-03", baci) == due("2018", baci)


@given(PERIODS, st.dates(date(1980, 1, 1), date(2050, 1, 1)), st.sampled_from([*NAMES, None]))
def test_the_edge_holds_what_was_due_and_nothing_else(
    period: str, day: date, publisher: str | None
) -> None:
    delay = delay_of(publisher)
    assert edge(day, delay).holds(period) == (due(period, delay) <= day)


@given(st.dates(), st.sampled_from([*NAMES, None]))
def test_any_day_has_an_edge(day: date, publisher: str | None) -> None:
    found = edge(day, delay_of(publisher))
    assert found.month <= f"{day:%Y-%m}".rjust(7, "0")
    assert not found.holds("2101-01")


def test_the_last_period_that_counts() -> None:
    found = Edge("2022-04", "2021")
    assert [found.last_of(one) for one in ("2022-11", "2022-02", "2022", "2020")] == [
        "2022-04", "2022-02", "2021", "2020",
    ]  # fmt: skip


def test_an_unknown_publisher_has_the_longest_delay() -> None:
    assert delay_of(None) == delay_of("somebody") == LONGEST
    for one in DELAYS:
        assert (one.month_days or 0) <= (LONGEST.month_days or 0)
        assert one.year_days <= LONGEST.year_days
    assert LONGEST.certainty == "assumed"


def test_every_delay_names_its_source() -> None:
    for one in DELAYS:
        assert "http" in one.source or "uktradeinfo.com" in one.source
        assert one.certainty in ("text", "derived")


def test_every_publisher_of_a_layout_has_a_delay() -> None:
    assert {one.publisher for one in PUBLISHERS} - {"you"} <= set(NAMES)
    assert publisher_of("eurostat-workbook") == "Eurostat"
    assert publisher_of("flow-file") is None
    assert publisher_of("nothing") is None


def test_a_day_of_publication_is_a_day_and_not_to_come() -> None:
    today = date(2026, 1, 2)
    assert read_day(" 2026-01-02 ", today=today) == today
    with pytest.raises(RequestError, match="got 'soon' as day of publication, expected a day"):
        read_day("soon", today=today)
    with pytest.raises(RequestError, match=r"got 2026-01-03 as day .* it is still to come"):
        read_day("2026-01-03", today=today)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Last update of data: ", "", "", "13/01/2023 11:00"], date(2023, 1, 13)),
        (["Last update of data:", "02/03/2023"], date(2023, 3, 2)),
        (["Last update of data: ", "31/13/2023"], None),
        (["Last update of data: ", "soon"], None),
        (["Last update of data: "], None),
        (["Last change of data structure: ", "13/01/2023 11:00"], None),
    ],
)
def test_a_workbook_says_when_it_was_updated(tmp_path, cells, expected) -> None:
    path = write_xlsx(tmp_path / "b.xlsx", {"Summary": [[], ["Title"], cells], "Sheet 1": [["x"]]})
    assert updated_on(path, "eurostat-workbook") == expected
    assert updated_on(path, "flow-file") is None


def test_a_workbook_without_a_summary_says_nothing(tmp_path) -> None:
    path = write_xlsx(tmp_path / "b.xlsx", {"Sheet 1": [["x"]]})
    assert updated_on(path, "eurostat-workbook") is None


@pytest.mark.shared
def test_real_workbooks_were_updated_on_the_day_of_the_shipped_figures(shared) -> None:
    found = sorted((shared / "trade" / "raw_eurostat").glob("*.xlsx"))
    assert [updated_on(path, "eurostat-workbook") for path in found] == [date(2023, 1, 13)] * 2
