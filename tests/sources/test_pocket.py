"""The figures that ship: what they are, that they are a fresh build, and the published table."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.published import AIRCRAFT_PARTS, ALL_PRODUCTS, CIRCUIT_CODES, CIRCUITS
from tools.build_pocket import main as build

from entrepot.errors import SourceError
from entrepot.records.trade import TRADE_FLOW
from entrepot.sources import pocket


@pytest.fixture(scope="module")
def flows() -> pa.Table:
    return pocket.flows()


def million(flows: pa.Table, partner: str, code: str, year: int) -> float:
    """EUR million of March to November; by prefix where the code is not published itself."""
    months = pa.array([f"{year}-{month:02}" for month in range(3, 12)])
    kept = flows.filter(
        pc.and_(pc.equal(flows["partner"], partner), pc.is_in(flows["period"], months))
    )
    own = kept.filter(pc.equal(kept["commodity_code"], code))
    lines = kept.filter(
        pc.and_(pc.starts_with(kept["commodity_code"], code), pc.equal(kept["level"], 6))
    )
    counted = own if own.num_rows else lines
    return float(pc.sum(counted["value_eur"]).as_py() or 0) / 1e6


def test_it_has_the_columns_of_a_trade_flow(flows: pa.Table) -> None:
    assert flows.column_names == list(TRADE_FLOW)
    assert flows.num_rows == pocket.about().rows
    assert set(flows["partner"].unique().to_pylist()) == set(pocket.PARTNERS)
    assert len(flows["reporter"].unique()) == 27
    assert pc.min(flows["period"]).as_py() == "2020-01"
    assert pc.max(flows["period"]).as_py() == "2022-11"
    assert set(flows["level"].unique().to_pylist()) == {4, 6}
    assert flows["value_eur"].null_count == 0


@pytest.mark.parametrize("partner", AIRCRAFT_PARTS)
def test_aircraft_parts_as_eurostat_published_them(flows: pa.Table, partner: str) -> None:
    """Headings 8803 and 8807 of Eurostat table DS-045409, to the rounding of the table."""
    digits = 1 if partner == "RUS" else 2
    found = [
        round(million(flows, partner, "8807" if year == 2022 else "8803", year), digits)
        for year in (2020, 2021, 2022)
    ]
    assert tuple(found) == AIRCRAFT_PARTS[partner]


@pytest.mark.parametrize("partner", CIRCUITS)
def test_integrated_circuits(flows: pa.Table, partner: str) -> None:
    found = tuple(
        round(sum(million(flows, partner, code, year) for code in CIRCUIT_CODES), 2)
        for year in (2020, 2021, 2022)
    )
    assert found == CIRCUITS[partner]


def test_all_products_of_kyrgyzstan(flows: pa.Table) -> None:
    six = flows.filter(pc.and_(pc.equal(flows["level"], 6), pc.equal(flows["partner"], "KGZ")))
    for year, expected in zip((2020, 2021, 2022), ALL_PRODUCTS["KGZ"], strict=True):
        months = pa.array([f"{year}-{month:02}" for month in range(3, 12)])
        total = pc.sum(six.filter(pc.is_in(six["period"], months))["value_eur"]).as_py()
        assert round(float(total) / 1e6) == expected


def test_every_row_has_a_way_back(flows: pa.Table) -> None:
    stored = pq.read_table(pocket.path())
    row = 123_456
    assert flows["locator"][row].as_py() == f"row {row + 1}"
    assert flows["value_eur"][row].as_py() == stored["value_eur"][row].as_py()
    assert flows["file_id"][row].as_py() == pocket.about().sha256


def test_it_is_small_and_says_what_it_is() -> None:
    assert pocket.path().stat().st_size < 3_000_000
    about = json.loads(pocket.path().with_suffix(".json").read_text(encoding="utf-8"))
    assert {"source", "licence", "command", "sha256", "lacks", "extracted_on"} <= set(about)


def test_a_damaged_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / pocket.path().name
    damaged.write_bytes(pocket.path().read_bytes()[:-1] + b"x")
    monkeypatch.setattr(pocket, "path", lambda: damaged)
    pocket.about.cache_clear()
    damaged.with_suffix(".json").write_text(
        (Path(pocket.__file__).parent / "data" / f"{pocket.NAME}.json").read_text("utf-8"), "utf-8"
    )
    with pytest.raises(SourceError, match="got sha256"):
        pocket.flows()


@pytest.mark.shared
def test_the_shipped_file_equals_a_fresh_build(shared: Path) -> None:
    source = shared / "trade" / "eu_exports_monthly_cn8_2020_2022.parquet"
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / "pocket.parquet"
        build(source, fresh)
        assert fresh.read_bytes() == pocket.path().read_bytes()
        made, shipped = (p.with_suffix(".json").read_text("utf-8") for p in (fresh, pocket.path()))
        assert made == shipped
