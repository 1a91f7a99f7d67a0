"""The phantom split by hand, its laws, and one lead at 6, 4 and 2 digits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.conftest import Cell, months
from tests.signals.test_legs import EXPORTS, legs_of
from tests.signals.test_legs import PERIODS as TWO_YEARS

from entrepot.engine import Engine, open_engine
from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.gaps import LevelGap, changes_with_level, lead_gaps, levels_check
from entrepot.signals.lead import Lead
from entrepot.signals.legs.legs import Leg, Source
from entrepot.signals.legs.phantom import (
    arrived_check,
    both_ends,
    freight_check,
    mirror_interval,
    phantom,
    split,
)
from entrepot.signals.windows import window

NAN = np.nan


@pytest.fixture
def duckdb() -> Iterator[Engine]:
    with open_engine("duckdb") as opened:
        yield opened


def test_the_split_by_hand() -> None:
    """Exports rose by 100, imports by 60: 60 arrived without freight, 60 / 1.2 = 50 with 20 %."""
    found = split(100.0, 60.0)
    assert found.arrived == pytest.approx(50.0)
    assert found.undecidable == pytest.approx(10.0)
    assert found.missing == pytest.approx(40.0)
    assert found.missing_high == pytest.approx(50.0)
    assert (found.share_low, found.share_high) == pytest.approx((0.4, 0.5))


@pytest.mark.parametrize(
    ("rise", "bought", "parts"),
    [
        (100.0, 120.0, (100.0, 0.0, 0.0)),  # all of it, whatever the freight
        (100.0, 110.0, (110 / 1.2, 100 - 110 / 1.2, 0.0)),  # freight alone may explain it
        (100.0, 0.0, (0.0, 0.0, 100.0)),
        (100.0, -30.0, (0.0, 0.0, 100.0)),  # imports fell: no more than the rise is missing
        (0.0, 10.0, (NAN, NAN, NAN)),
        (-5.0, 10.0, (NAN, NAN, NAN)),
        (100.0, NAN, (NAN, NAN, NAN)),
        (NAN, 10.0, (NAN, NAN, NAN)),
    ],
)
def test_arrived_undecidable_missing(
    rise: float, bought: float, parts: tuple[float, float, float]
) -> None:
    found = split(rise, bought)
    np.testing.assert_allclose([found.arrived, found.undecidable, found.missing], parts, rtol=1e-12)


@given(st.floats(1e-3, 1e12), st.floats(-1e12, 1e12), st.sampled_from([0.01, 1.0, 1e3]))
def test_the_three_parts_are_the_rise_in_any_currency(
    rise: float, bought: float, scale: float
) -> None:
    found, scaled = split(rise, bought), split(rise * scale, bought * scale)
    parts = [float(one) for one in (found.arrived, found.undecidable, found.missing)]
    assert sum(parts) == pytest.approx(rise, rel=1e-12)
    assert min(parts) >= 0
    assert 0 <= found.share_low <= found.share_high <= 1
    assert scaled.share_high == pytest.approx(float(found.share_high), rel=1e-6, abs=1e-9)
    assert scaled.missing == pytest.approx(parts[2] * scale, rel=1e-6, abs=1e-9 * rise * scale)


def test_orphans_are_kept_apart_from_gaps() -> None:
    """X 100 and M 0: orphaned. X 0 and M 9: lost. X 100, M 60: a gap of 40 to 100 - 50."""
    found = both_ends([100.0, 0.0, 100.0, 0.0, 100.0], [0.0, 9.0, 60.0, 0.0, NAN])
    np.testing.assert_equal(found.orphaned, [100.0, 0.0, 0.0, 0.0, NAN])
    np.testing.assert_equal(found.lost, [0.0, 9.0, 0.0, 0.0, NAN])
    np.testing.assert_equal(found.gap_low, [0.0, 0.0, 40.0, 0.0, NAN])
    np.testing.assert_equal(found.gap_high, [0.0, 0.0, 50.0, 0.0, NAN])


def test_the_mirror_discrepancy() -> None:
    low, high = mirror_interval([100.0, 100.0, 0.0, 1.0], [50.0, 110.0, 5.0, 0.0])
    np.testing.assert_allclose(low, [np.log(2), np.log(100 / 110), NAN, NAN])
    np.testing.assert_allclose(high, [np.log(2.4), np.log(120 / 110), NAN, NAN])


PERIODS = months(2020, 2022)[:35]
REAL = window(PERIODS, date(2022, 2, 26))
assert REAL is not None


def imports(before: float, after: float, told: slice = slice(None)) -> np.ndarray:
    values = np.full((1, 1, len(PERIODS)), NAN)
    values[0, 0, told] = before
    values[0, 0, REAL.after[0] :] = after
    return values


def measured(values: np.ndarray, **more: float) -> tuple[float, ...]:
    given_ = {"actual": 900.0, "expected": 180.0, "growth": 2.0, **more}
    arrays = {key: np.array([[value]]) for key, value in given_.items()}
    leg = Leg(("KGZ",), values, (Source("KGZ", "M"),))
    found = phantom(leg, REAL, PERIODS, **arrays)
    parts = found.split
    return tuple(float(one[0, 0]) for one in (parts.arrived, parts.undecidable, parts.missing))


def test_imports_are_expected_to_grow_as_exports_are() -> None:
    """Exports 100 a month, 10 x 2 expected: 720 more. Imports 60, 12 x 2 expected: 324 more."""
    assert measured(imports(12.0, 60.0)) == pytest.approx((270.0, 54.0, 396.0))


def test_a_hub_that_reports_the_time_and_not_the_goods_has_an_orphan_and_no_gap() -> None:
    assert np.isnan(measured(imports(0.0, 0.0))).all()


def test_without_the_hubs_past_or_present_nothing_is_split() -> None:
    assert np.isnan(measured(imports(12.0, NAN))).all()
    assert np.isnan(measured(imports(12.0, 60.0, slice(20, None)))).all()
    assert np.isnan(measured(imports(12.0, 60.0), actual=180.0)).all()


def test_the_source_is_named_where_it_covers_the_window() -> None:
    ones = np.ones((1, 1))
    for values, source in ((imports(1.0, 1.0), Source("KGZ", "M")), (imports(1.0, NAN), None)):
        leg = Leg(("KGZ",), values, (Source("KGZ", "M"),))
        found = phantom(leg, REAL, PERIODS, actual=ones * 20, expected=ones, growth=ones)
        assert found.source == (source,)


BASKET = Basket(
    "8542:restricted", "8542", True, banned_from=date(2021, 1, 1), codes=("8542",),
    lines=("854231", "854239"),
)  # fmt: skip
YEAR = tuple(range(12))
LEAD = Lead(
    lead_id="lea_1", rank=1, hub="KGZ", target="RUS", commodity_code="8542", commodity="circuits",
    valid_measures=(), period_from="2021-01", period_to="2021-12", currency="EUR",
    expected=1.0, actual=2.0, excess=1.0, excess_low=None, excess_high=None, q_value=None,
    direct_loss=None, onward_excess=None, rerouted_low=None, rerouted_high=None,
    phantom_share_low=None, phantom_share_high=None, status="lead",
    basket=BASKET, score=0.5, periods=tuple(TWO_YEARS), before=YEAR, after=tuple(range(12, 24)),
    season=tuple((i, 1 / 12) for i in YEAR),
)  # fmt: skip


def sold(period: str) -> float:
    return 100.0 if period < "2021" else 300.0


WORLD: list[Cell] = [
    *[cell for cell in EXPORTS if cell[1:3] != ("KGZ", "854231")],
    *[("DEU", "KGZ", "854231", period, sold(period)) for period in TWO_YEARS],
    *[("DEU", "ARM", "850440", period, 1.0) for period in TWO_YEARS],
]
"""Kyrgyzstan: 854231 rises from 100 to 300 a month, 854239 stays at 10; 8504 goes elsewhere."""

BOUGHT: list[Cell] = [
    *[("KGZ", "DEU", "8542310000", period, 110.0) for period in TWO_YEARS],
    *[("KGZ", "DEU", "850440", period, 5.0) for period in TWO_YEARS if period >= "2021"],
    *[("KGZ", "DEU", "850440", period, 350.0) for period in TWO_YEARS if period >= "2021"],
    *[("KGZ", "DEU", "851762", period, 9e9) for period in TWO_YEARS],
]
"""Kyrgyzstan records 110 a month of 854231 and nothing of 854239; what rose is 8504."""


def test_one_lead_at_three_levels(engine: Engine) -> None:
    """At 8542: X 12 x 310, M 12 x 110. In chapter 85 Kyrgyzstan buys 12 x 355 more of 8504.

    8517 is sold to nobody by the coalition, so it is no counterpart of anything.
    """
    legs = legs_of(engine, WORLD, bought=BOUGHT)
    six, four, two = lead_gaps(LEAD, legs)
    assert [one.digits for one in (six, four, two)] == [6, 4, 2]
    assert six.codes == ("854231", "854239")
    assert (six.exported, six.imported) == (12 * 310.0, 12 * 110.0)
    assert six.ends.orphaned == 12 * 10.0  # 854239
    assert six.ends.gap_low == 12 * (300.0 - 110.0)
    assert four.ends.orphaned == 0.0  # within the heading the hub records something
    assert four.ends.gap_low == 12 * (310.0 - 110.0)
    assert six.split.missing == pytest.approx(12 * 200.0)
    assert (four.sign, six.sign) == (1, 1)
    assert (two.exported, two.imported) == (12 * 310.0, 12 * (110.0 + 355.0))
    assert two.log_low == pytest.approx(np.log(310 / 465))
    assert two.log_high == pytest.approx(np.log(310 / 465 * 1.2))
    assert two.sign == -1
    assert two.split.missing == pytest.approx(0.0)
    assert changes_with_level((six, four, two)) is True
    assert levels_check((six, four, two)).outcome == FAILED


def test_a_hub_without_import_figures_has_no_levels(duckdb: Engine) -> None:
    assert lead_gaps(LEAD, legs_of(duckdb, WORLD)) == ()
    legs = legs_of(duckdb, WORLD, bought=BOUGHT)
    assert lead_gaps(replace(LEAD, hub="ARM"), legs) == ()
    assert lead_gaps(replace(LEAD, after=()), legs) == ()


def test_a_hub_that_is_silent_after_has_null_levels(duckdb: Engine) -> None:
    early = [cell for cell in BOUGHT if cell[3] < "2021-06"]
    found = lead_gaps(LEAD, legs_of(duckdb, WORLD, bought=early))
    assert [one.exported for one in found] == [12 * 310.0] * 3
    assert np.isnan([one.imported for one in found]).all()
    assert np.isnan([one.split.missing for one in found]).all()
    assert np.isnan([one.ends.orphaned for one in found]).all()
    assert [one.sign for one in found] == [None] * 3
    assert changes_with_level(found) is None
    assert levels_check(found).outcome == NOT_TESTABLE


def test_a_lead_published_by_heading_only_has_no_six_digits(duckdb: Engine) -> None:
    coarse: list[Cell] = [("DEU", "KGZ", "8542", period, sold(period)) for period in TWO_YEARS]
    bought: list[Cell] = [("KGZ", "DEU", "854231", period, 90.0) for period in TWO_YEARS]
    lead = replace(LEAD, basket=replace(BASKET, lines=("8542",)))
    four, two = lead_gaps(lead, legs_of(duckdb, coarse, bought=bought))
    assert (four.digits, two.digits) == (4, 2)
    # what lies below the published heading is in it
    assert (four.imported, two.imported) == (12 * 90.0, 12 * 90.0)


def gap(digits: int, low: float, high: float) -> LevelGap:
    zero = np.zeros(())
    nothing = both_ends(zero, zero)
    return LevelGap(digits, ("85",), 1.0, 1.0, nothing, low, high, split(1.0, 1.0))


@pytest.mark.parametrize(
    ("gaps", "changes", "outcome"),
    [
        ([(0.5, 0.7), (0.1, 0.3)], False, PASSED),
        ([(0.5, 0.7), (-0.1, 0.1)], False, PASSED),  # freight decides: no opposite sign
        ([(0.5, 0.7), (-0.5, -0.3)], True, FAILED),
        ([(0.5, 0.7), (NAN, NAN)], None, NOT_TESTABLE),
    ],
)
def test_signs_of_levels(
    gaps: list[tuple[float, float]], changes: bool | None, outcome: str
) -> None:
    found = [gap(6 - 2 * i, low, high) for i, (low, high) in enumerate(gaps)]
    assert changes_with_level(found) is changes
    assert levels_check(found).outcome == outcome


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        (0.0, 0.0, PASSED),
        (0.3, 0.5, PASSED),
        (0.4, 0.6, NOT_TESTABLE),
        (0.51, 0.6, FAILED),
        (None, None, NOT_TESTABLE),
    ],
)
def test_most_arrived(low: float | None, high: float | None, outcome: str) -> None:
    found = arrived_check("KGZ", low, high)
    assert found.outcome == outcome
    assert found.question == "Did most of the rise arrive in Kyrgyzstan, by its own figures?"


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        (0.1, 0.28, PASSED),
        (-0.5, -0.32, PASSED),
        (-0.1, 0.08, FAILED),
        (None, None, NOT_TESTABLE),
    ],
)
def test_the_sign_under_freight(low: float | None, high: float | None, outcome: str) -> None:
    assert freight_check("KGZ", low, high).outcome == outcome
