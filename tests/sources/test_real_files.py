"""The publishers' own files, which are not part of the repository."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from making import RETRIEVED
from tests.published import AIRCRAFT_PARTS, CIRCUITS

from entrepot.sources.store import import_file

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def real(shared, tmp_path_factory):
    """Imports a real file and gives summary and table."""
    workspace = tmp_path_factory.mktemp("real")

    def run(name, **options):
        summary = import_file(shared / "trade" / name, workspace, retrieved_at=RETRIEVED, **options)
        return summary, pq.read_table(workspace / "flows" / f"{summary.file_id}.parquet")

    return run


@pytest.fixture(scope="module")
def cells(real):
    return real("eu_exports_monthly_cn8_2020_2022.parquet", assume_flow="X")


def millions(table, partner, headings, level, year):
    """March to November of a year; one level only, for headings contain their CN8 codes."""
    start = pc.utf8_slice_codeunits(table["commodity_code"], 0, len(headings[0]))
    goods = pc.and_(pc.is_in(start, pa.array(headings)), pc.equal(table["level"], level))
    wanted = pc.and_(
        pc.and_(pc.equal(table["partner"], partner), goods),
        pc.and_(
            pc.greater_equal(table["period"], f"{year}-03"),
            pc.less_equal(table["period"], f"{year}-11"),
        ),
    )
    return float(pc.sum(table.filter(wanted)["value_eur"]).as_py() or 0) / 1e6


def test_the_table_of_first_figures(cells):
    _, table = cells
    for partner, figures in AIRCRAFT_PARTS.items():
        for year, figure in zip((2020, 2021, 2022), figures, strict=True):
            digits = 1 if partner == "RUS" else 2
            assert round(millions(table, partner, ["8803", "8807"], 4, year), digits) == figure
    for partner, figures in CIRCUITS.items():
        for year, figure in zip((2020, 2021, 2022), figures, strict=True):
            assert round(millions(table, partner, ["85423"], 8, year), 2) == figure


def test_counts_of_the_parquet_file(cells):
    summary, table = cells
    assert (summary.rows_read, summary.kept, summary.rows_refused) == (1_141_670, 1_141_670, 0)
    assert len(summary.reporters) == 27
    assert (summary.period_from, summary.period_to) == ("2020-01", "2022-11")
    assert set(table["level"].unique().to_pylist()) == {4, 8}


@pytest.mark.parametrize(
    ("name", "sheets", "kept"),
    [("13_4593146_spreadsheet.xlsx", 110, 12_592), ("22_4624885_spreadsheet.xlsx", 33, 9_295)],
)
def test_workbooks_agree_with_the_parquet_file_cell_for_cell(real, cells, name, sheets, kept):
    summary, table = real(f"raw_eurostat/{name}")
    assert summary.rows_read == sheets * 27 * 7 * 36
    assert (summary.kept, summary.rows_refused) == (kept, 0)
    assert summary.not_available == summary.rows_read - kept
    keys = ["reporter", "partner", "flow", "commodity_code", "period"]
    both = table.select([*keys, "value_eur"]).join(
        cells[1].select([*keys, "value_eur"]), keys, right_suffix="_parquet", join_type="inner"
    )
    assert both.num_rows > 0.9 * kept
    assert pc.all(pc.equal(both["value_eur"], both["value_eur_parquet"])).as_py()


def test_the_relational_view(real):
    summary, table = real("raw_eurostat/relational_view_kyrgyzstan_2024.csv")
    assert (summary.rows_read, summary.kept, summary.totals) == (30, 26, 26)
    assert [(r.reason, r.count, r.locator) for r in summary.refused] == [
        ("a group of countries", 4, "line 28")
    ]
    assert set(table["period"].to_pylist()) == {"2024-08"}


def test_monthly_totals(real):
    summary, _ = real("eu_total_exports_monthly_2019_2024.csv")
    assert (summary.rows_read, summary.kept, summary.totals) == (10_648, 10_648, 10_648)
    assert (summary.period_from, summary.period_to) == ("2019-01", "2024-08")
