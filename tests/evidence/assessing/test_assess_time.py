"""Sums that hold a part of a claim's time, or more than it: by hand, 10 a month or none."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.evidence.assessing.world import claim, exports, judged, loaded, sentences
from tests.signals.conftest import Cell, months

from entrepot.engine import Engine, open_engine
from entrepot.evidence.assessing.records import Loaded


@pytest.fixture(scope="module")
def opened() -> Iterator[Engine]:
    with open_engine("duckdb") as found:
        yield found


def _cells(code: str, before: float, now: float) -> list[Cell]:
    """Until November 2022 only: 2021 at `before` a month, 2022 at `now`."""
    held = [one for one in months(2021, 2022) if one < "2022-12"]
    return [("DEU", "KGZ", code, one, before if one < "2022" else now) for one in held
            if (before if one < "2022" else now)]  # fmt: skip


@pytest.fixture(scope="module")
def held(opened: Engine) -> Loaded:
    """Chips rise from 10 to 20 a month; parts fall from 10 to none; phones end in March 2022."""
    every = [("DEU", "RUS", "8501", one, 1000.0) for one in months(2021, 2022) if one < "2022-12"]
    phones = [("DEU", "KGZ", "8517", one, 10.0) for one in months(2021, 2022) if one < "2022-04"]
    return loaded(opened, exports([*every, *phones, *_cells("8542", 10.0, 20.0),
                                   *_cells("8807", 10.0, 0.0)]))  # fmt: skip


YEAR = (date(2022, 1, 1), date(2023, 1, 1))
TWO = (date(2022, 1, 1), date(2024, 1, 1))
HELD = (date(2022, 1, 1), date(2022, 12, 1))
WEEK = (date(2022, 5, 2), date(2022, 5, 9))


@pytest.mark.parametrize(
    ("code", "predicate", "time", "parts", "verdict"),
    [
        # 220 in eleven months; December, at most 20 as the largest month, is not held
        ("8542", "value", HELD, {"quantity": 220.0}, "supported"),
        ("8542", "value", YEAR, {"quantity": 220.0}, "partly"),
        ("8542", "value", YEAR, {"quantity": 240.0}, "not_testable"),
        ("8542", "value", YEAR, {"quantity": 900.0}, "contradicted"),
        ("8542", "value", YEAR, {"quantity": 100.0}, "contradicted"),
        ("8542", "value", YEAR, {"quantity": 200.0, "bound": "at_least"}, "supported"),
        ("8542", "sells", YEAR, {"quantity": 220.0}, "partly"),
        # a week of a month at 20
        ("8542", "value", WEEK, {"quantity": 20.0}, "partly"),
        ("8542", "value", WEEK, {"quantity": 5.0}, "not_testable"),
        ("8542", "value", WEEK, {"quantity": 90.0}, "contradicted"),
        ("8542", "sells", WEEK, {"unit": None}, "partly"),
        ("8542", "none", WEEK, {"unit": None}, "not_testable"),
        ("8807", "none", WEEK, {"unit": None}, "supported"),
        # nothing in the months held, and nobody knows of the others
        ("8807", "none", HELD, {"unit": None}, "supported"),
        ("8807", "none", YEAR, {"unit": None}, "partly"),
        ("8807", "sells", YEAR, {"unit": None}, "not_testable"),
        ("8542", "none", YEAR, {"unit": None}, "contradicted"),
        # a change: eleven of twelve months tell it, eleven of 24 do not
        ("8542", "rises", YEAR, {"unit": None}, "supported"),
        ("8542", "rises", YEAR, {"quantity": 100.0, "unit": "%"}, "partly"),
        ("8542", "rises", HELD, {"quantity": 100.0, "unit": "%"}, "supported"),
        ("8542", "rises", TWO, {"unit": None}, "partly"),
        ("8542", "falls", TWO, {"unit": None}, "not_testable"),
        ("8542", "falls", YEAR, {"unit": None}, "contradicted"),
        # stops: in the time, or by its end
        ("8807", "stops", HELD, {"unit": None}, "supported"),
        ("8517", "stops", HELD, {"unit": None}, "partly"),
        ("8542", "stops", HELD, {"unit": None}, "contradicted"),
        ("8807", "stops", (date(2021, 1, 1), date(2021, 2, 1)), {"unit": None}, "partly"),
    ],
)
def test_a_part_of_the_time(
    held: Loaded, code: str, predicate: str, time: tuple[date, date], parts: dict[str, object],
    verdict: str,
) -> None:  # fmt: skip
    given = {"origin": "DEU", "destination": "KGZ", "goods": ("goods",), "goods_codes": (code,),
             "unit": "EUR", "date_from": time[0], "date_to": time[1],
             "reported_on": date(2024, 6, 1), **parts}  # fmt: skip
    made = judged(claim("German goods to Kyrgyzstan", "trade", predicate, **given), figures=held)
    assert made.verdict == verdict, (made.part, sentences(made), made.cautions)


def test_what_is_missing_is_said(held: Loaded) -> None:
    given = {"origin": "DEU", "destination": "KGZ", "goods": ("goods",), "goods_codes": ("8807",)}
    none = claim("none", "trade", "none", date_from=YEAR[0], date_to=YEAR[1],
                 reported_on=date(2023, 6, 1), **given)  # fmt: skip
    assert judged(none, figures=held).part == (
        "it holds for what is held; not in the figures: 2022-12"
    )
    # the report is of 26 August 2022, so that later months are not missed
    early = claim("none", "trade", "none", date_from=YEAR[0], date_to=YEAR[1], **given)
    assert judged(early, figures=held).verdict == "supported"


def test_trade_that_ended_within_the_time_is_said_to_have_ended(held: Loaded) -> None:
    one = claim("stopped", "trade", "stops", origin="DEU", destination="KGZ", goods=("phones",),
                goods_codes=("8517",), date_from=HELD[0], date_to=HELD[1])  # fmt: skip
    made = judged(one, figures=held)
    assert made.part == "EUR 30 went on; none is in the figures from April 2022 on"


def test_stopped_in_months_without_a_year_before_is_not_testable(held: Loaded) -> None:
    for year, verdict in ((2021, "not_testable"), (2022, "contradicted")):  # none before either
        one = claim("stopped", "trade", "stops", origin="DEU", destination="KGZ", goods=("x",),
                    goods_codes=("8501",), date_from=date(year, 5, 1),
                    date_to=date(year, 6, 1))  # fmt: skip
        assert judged(one, figures=held).verdict == verdict


def test_a_part_of_what_is_denied_is_called_so(held: Loaded) -> None:
    one = claim("did not rise by 20 %", "trade", "rises", origin="DEU", destination="KGZ",
                goods=("chips",), goods_codes=("8542",), date_from=HELD[0], date_to=HELD[1],
                quantity=20.0, unit="%", is_negated=True)  # fmt: skip
    made = judged(one, figures=held)
    assert made.part.startswith("of what is denied: the direction holds, the size does not")


def test_numbers_are_told_with_all_their_digits(held: Loaded) -> None:
    one = claim("worth", "trade", "value", origin="DEU", destination="KGZ", goods=("chips",),
                goods_codes=("8542",), date_from=HELD[0], date_to=HELD[1], quantity=1234567.0,
                unit="EUR")  # fmt: skip
    assert "1,234,567 EUR" in judged(one, figures=held).tested
