"""Claims about prices, on unit values worked by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from tests.evidence.assessing.world import claim, imports, judged, loaded, rows
from tests.signals.conftest import months

from entrepot.engine import Engine, open_engine
from entrepot.evidence.assessing.records import Loaded
from entrepot.evidence.claim import Claim


@pytest.fixture(scope="module")
def opened() -> Iterator[Engine]:
    with open_engine("duckdb") as found:
        yield found


@pytest.fixture(scope="module")
def oil(opened: Engine) -> Loaded:
    """Six buyers pay Russia 70 a kilogram and others 100 in 2022: a discount of 30 %."""
    buyers = ("IND", "TUR", "CHN", "BRA", "EGY", "MAR")
    cells = [
        (buyer, seller, "270900", month, value)
        for buyer in buyers
        for month in months(2022, 2022)
        for seller, value in (("RUS", 70.0), ("SAU", 100.0))
    ]
    table = imports(cells)
    mass = pa.array([1.0] * table.num_rows, pa.float64())
    return loaded(
        opened, table.set_column(table.column_names.index("net_mass_kg"), "net_mass_kg", mass)
    )


def sold(predicate: str = "discount", **parts: object) -> Claim:
    given = {"origin": "RUS", "goods": ("oil",), "goods_codes": ("2709",),
             "date_from": date(2022, 3, 1), "date_to": date(2023, 1, 1), **parts}  # fmt: skip
    return claim("Russian oil goes at a discount", "price", predicate, **given)


@pytest.mark.parametrize(
    ("claimed", "verdict"),
    [
        (sold(), "supported"),
        (sold(quantity=30.0, unit="%"), "supported"),
        (sold(quantity=10.0, unit="%"), "partly"),
        (sold(quantity=10.0, unit="%", bound="at_least"), "supported"),
        (sold("premium"), "contradicted"),
        (sold(is_negated=True), "contradicted"),
        (sold(goods_codes=("8542",)), "not_testable"),
        (sold(goods_codes=()), "not_testable"),
    ],
)
def test_discounts(oil: Loaded, claimed: Claim, verdict: str) -> None:
    made = judged(claimed, figures=oil)
    assert made.verdict == verdict
    assert any("Innocent reasons" in one for one in made.cautions) == (
        verdict != "not_testable"
    ) or (verdict == "not_testable")


@pytest.mark.parametrize(
    ("text", "parts", "verdict"),
    [
        ("the price of Russian oil fell", {}, "supported"),
        ("the price of Russian oil fell by half", {"quantity": 50.0, "unit": "%"}, "supported"),
        ("the price of Russian oil fell by 10 %", {"quantity": 10.0, "unit": "%"}, "partly"),
        ("the price of Russian oil rose", {}, "contradicted"),
        ("the price of Russian oil rose by half", {"quantity": 50.0, "unit": "%"}, "contradicted"),
        ("the price of Russian oil did not rise", {"is_negated": True}, "supported"),
        ("the price of Russian oil changed", {}, "not_testable"),
    ],
)
def test_a_change_of_price_goes_the_way_that_is_said(
    halved: Loaded, text: str, parts: dict[str, object], verdict: str
) -> None:
    one = replace(sold("price_change", **parts), text=text)
    assert judged(one, figures=halved).verdict == verdict


@pytest.fixture(scope="module")
def halved(opened: Engine) -> Loaded:
    """Six buyers pay Russia 100 a kilogram until February 2022, 50 later, and others 100."""
    cells = [
        (buyer, seller, "270900", month, 50.0 if seller == "RUS" and month > "2022-02" else 100.0)
        for buyer in ("IND", "TUR", "CHN", "BRA", "EGY", "MAR")
        for month in months(2021, 2022)
        for seller in ("RUS", "SAU")
    ]
    table = imports(cells)
    mass = pa.array([1.0] * table.num_rows, pa.float64())
    return loaded(
        opened, table.set_column(table.column_names.index("net_mass_kg"), "net_mass_kg", mass)
    )


def test_a_price_leads_back_to_the_command_that_shows_it(oil: Loaded) -> None:
    (row,) = rows(judged(sold(), figures=oil), "prices")
    assert row["command"] == "entrepot prices 2709 --from RUS --since 2022-03"
    assert (row["unit_value"], row["reference"]) == (70.0, 100.0)


def test_figures_without_mass_cannot_say_it(opened: Engine) -> None:
    bare = loaded(opened, imports([("IND", "RUS", "270900", "2022-05", 70.0)]))
    made = judged(sold(), figures=bare)
    assert made.verdict == "not_testable"
    assert "mass or quantity" in made.needed[0]
