"""Quantity: whether the kilograms rose too."""

from dataclasses import replace

import pyarrow as pa
import pytest
from tests.signals.conftest import flow_table
from tests.signals.test_innocent_measure import (
    AFTER,
    HUBS,
    KYRGYZ,
    measured,
    place,
    source_of,
    world,
)

from entrepot.engine import Engine
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent.quantity import check


def with_masses(per_euro: float, unweighed: tuple[str, ...] = ()) -> pa.Table:
    """Each row weighs a tenth of a kilogram a euro before the ban, and `per_euro` after it."""
    made = flow_table(world())
    masses = [
        None
        if row["reporter"] in unweighed
        else float(row["value_eur"]) * (per_euro if row["period"] in AFTER else 0.1)
        for row in made.to_pylist()
    ]
    at = made.schema.get_field_index("net_mass_kg")
    return made.set_column(at, "net_mass_kg", pa.array(masses, pa.float64()))


def kilograms(engine: Engine, published: pa.Table) -> tuple[float | None, float | None]:
    source = source_of(engine, published)
    row = measured(source).at(HUBS.index("KGZ"), place(source, "8542:restricted"))
    return row.kg_before, row.kg_after


def test_kilograms_by_hand(engine: Engine) -> None:
    """Nine months of EUR 1,000 at 0.1 kg before, of 50,000 at 0.002 kg after: the price rose."""
    assert kilograms(engine, with_masses(0.002)) == pytest.approx((900.0, 900.0))


def test_a_reporter_without_masses_makes_it_null(engine: Engine) -> None:
    """France holds 40 % of the value."""
    assert kilograms(engine, with_masses(0.1, ("FRA",))) == (None, None)


@pytest.mark.parametrize(
    ("after", "expected_outcome"), [(1_351.0, PASSED), (1_350.0, FAILED), (900.0, FAILED)]
)
def test_the_mass_must_rise_by_more_than_the_growth_allowed_for(
    after: float, expected_outcome: str
) -> None:
    """900 kg before and a growth of 1.5 are 1,350 kg."""
    found = check(900.0, after, KYRGYZ)
    assert found.outcome == expected_outcome
    assert "against 900 kg in the same periods before, growth of 1.50 times" in found.detail


def test_tonnes_are_printed_as_tonnes() -> None:
    found = check(12_345.0, 98_765.0, replace(KYRGYZ, expected=9_000.0))
    assert found.detail == "99 t against 12 t in the same periods before"


def test_no_masses_are_not_testable() -> None:
    assert check(None, None, KYRGYZ).outcome == NOT_TESTABLE
