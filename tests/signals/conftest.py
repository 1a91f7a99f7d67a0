"""Both engines, and a small way to write flows."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyarrow as pa
import pytest

from entrepot.engine import Engine, open_engine

SPARK = pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.xdist_group("spark")])


@pytest.fixture(params=["duckdb", SPARK])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "spark":
        yield request.getfixturevalue("spark")
        return
    with open_engine("duckdb") as opened:
        yield opened


Cell = tuple[str, str, str, str, float]
"""Reporter, partner, code, period, value in euro."""


def flow_table(cells: Iterable[Cell], *, flow: str = "X", usd: bool = False) -> pa.Table:
    """Rows of TRADE_FLOW from cells; one file, its lines numbered."""
    rows = list(cells)
    money = [Decimal(str(row[4])).quantize(Decimal("0.01")) for row in rows]
    size = len(rows)
    kind = pa.decimal128(18, 2)
    text = pa.string()
    return pa.table(
        {
            "reporter": pa.array([row[0] for row in rows], text),
            "partner": pa.array([row[1] for row in rows], text),
            "flow": pa.array([flow] * size, text),
            "commodity_code": pa.array([row[2] for row in rows], text),
            "level": pa.array([len(row[2]) for row in rows], pa.int8()),
            "hs_edition": pa.array(["2017" if r[3] < "2022" else "2022" for r in rows], text),
            "period": pa.array([row[3] for row in rows], text),
            "value_eur": pa.array([None] * size if usd else money, kind),
            "value_usd": pa.array(money if usd else [None] * size, kind),
            "net_mass_kg": pa.nulls(size, pa.float64()),
            "quantity": pa.nulls(size, pa.float64()),
            "quantity_unit": pa.nulls(size, text),
            "customs_procedure": pa.nulls(size, text),
            "file_id": pa.array(["f" * 64] * size, text),
            "locator": pa.array([f"line {i + 2}" for i in range(size)], text),
        }
    )


def months(first: int, last: int) -> list[str]:
    """Months of the years from first to last."""
    return [f"{year}-{month:02}" for year in range(first, last + 1) for month in range(1, 13)]
