"""Data Browser workbooks, in the orders of dimensions that occur."""

import zipfile
from decimal import Decimal

import pytest
from making import text_file, write_xlsx

from entrepot.errors import SourceError
from entrepot.sources.workbook import column_letters

TOP = [["Data extracted on 21/01/2023"], ["Dataset: ", "EU trade"], []]


def sheet(code="[88073000]", indicator="VALUE_IN_EUROS", cells=((10, ":"), (":", 2.5))):
    return [
        *TOP,
        ["PRODUCT [PRODUCT]", "", f"Parts of aeroplanes {code}"],
        ["FLOW", "", "EXPORT"],
        ["INDICATORS", "", indicator],
        [],
        ["TIME", "TIME", "2022-07", "", "2022-08", ""],
        ["FREQ (Labels)", "FREQ (Labels)", "Monthly", "", "Monthly", ""],
        ["REPORTER (Labels)", "PARTNER (Labels)"],
        ["Austria", "Belarus (Belorussia)", cells[0][0], "", cells[0][1], "c"],
        ["Austria", "Kyrgyzstan", cells[1][0], "", cells[1][1], "p"],
        [],
        ["Special value"],
        [":", "not available"],
    ]


def test_figures_with_columns_of_flags(tmp_path, bring, kept):
    path = write_xlsx(tmp_path / "b.xlsx", {"Summary": [["Contents"]], "Sheet 1": sheet()})
    summary = bring(path)
    assert (summary.rows_read, summary.kept, summary.not_available) == (4, 2, 2)
    assert [
        (r["partner"], r["period"], r["value_eur"], r["commodity_code"], r["locator"])
        for r in kept(summary)
    ] == [
        ("BLR", "2022-07", Decimal("10.00"), "88073000", "Sheet 1!C11"),
        ("KGZ", "2022-08", Decimal("2.50"), "88073000", "Sheet 1!E12"),
    ]


def test_partner_as_a_fixed_dimension(tmp_path, bring, kept):
    rows = [
        *TOP,
        ["PARTNER", "Armenia"],
        ["FLOW", "IMPORT"],
        ["PRODUCT [PRODUCT]", "Total"],
        ["INDICATORS", "VALUE_IN_EUROS"],
        [],
        ["TIME", "2021", "2022"],
        ["REPORTER (Labels)"],
        ["France", 7, ":"],
    ]
    summary = bring(write_xlsx(tmp_path / "b.xlsx", {"Sheet 1": rows}))
    [row] = kept(summary)
    assert (row["reporter"], row["partner"], row["flow"]) == ("FRA", "ARM", "M")
    assert (row["period"], row["commodity_code"], row["locator"]) == (
        "2021",
        "TOTAL",
        "Sheet 1!B11",
    )
    assert summary.totals == 1


def test_products_in_rows_and_partners_in_columns(tmp_path, bring, kept):
    rows = [
        *TOP,
        ["TIME", "", "2022-08"],
        ["REPORTER", "", "Italy"],
        ["FLOW", "", "EXPORT"],
        ["INDICATORS", "", "VALUE_IN_EUROS"],
        [],
        ["PARTNER (Labels)", "Georgia", "Armenia"],
        ["PRODUCT (Labels)"],
        ["Turbojets [84111280]", 1, 2],
    ]
    rows = kept(bring(write_xlsx(tmp_path / "b.xlsx", {"Sheet 1": rows})))
    assert [(r["partner"], r["commodity_code"]) for r in rows] == [
        ("GEO", "84111280"),
        ("ARM", "84111280"),
    ]


def test_mass_joins_money_and_stands_alone_without_it(tmp_path, bring, kept):
    path = write_xlsx(
        tmp_path / "b.xlsx",
        {
            "Sheet 1": sheet(),
            "Sheet 2": sheet(indicator="QUANTITY_IN_100KG", cells=((0.25, 4), (":", ":"))),
        },
    )
    rows = kept(bring(path))
    found = {(r["partner"], r["period"]): (r["value_eur"], r["net_mass_kg"]) for r in rows}
    assert found == {
        ("BLR", "2022-07"): (Decimal("10.00"), 25.0),
        ("BLR", "2022-08"): (None, 400.0),
        ("KGZ", "2022-08"): (Decimal("2.50"), None),
    }


def test_an_unknown_indicator_is_refused_cell_by_cell(tmp_path, bring, refused):
    path = write_xlsx(tmp_path / "b.xlsx", {"Sheet 1": sheet(indicator="GROWTH_RATE")})
    rows = refused(bring(path))
    assert [(r["locator"], r["got"]) for r in rows] == [
        ("Sheet 1!C11", "GROWTH_RATE"),
        ("Sheet 1!E12", "GROWTH_RATE"),
    ]
    assert rows[0]["reason"] == "indicator is neither euro nor mass"


def test_the_same_product_on_two_sheets_is_a_duplicate(tmp_path, bring, refused):
    path = write_xlsx(tmp_path / "b.xlsx", {"Sheet 1": sheet(), "Sheet 2": sheet()})
    summary = bring(path)
    assert summary.kept == 2
    assert {r["reason"] for r in refused(summary)} == {"duplicate"}
    assert {r["locator"] for r in refused(summary)} == {"Sheet 2!C11", "Sheet 2!E12"}


def test_no_sheet_of_figures(tmp_path, bring):
    path = write_xlsx(tmp_path / "b.xlsx", {"Summary": [["x"]], "Notes": [["y", 1]]})
    with pytest.raises(SourceError, match="got sheets Summary, Notes, expected one with"):
        bring(path)


def test_a_workbook_named_csv_is_read_and_told(tmp_path, bring):
    summary = bring(write_xlsx(tmp_path / "b.csv", {"Sheet 1": sheet()}))
    assert summary.kept == 2
    assert "is an Excel workbook (ZIP) though its name ends .csv" in (summary.notice or "")


def test_text_named_xlsx_is_read_and_told(tmp_path, bring):
    text = "reporter,partner,flow,commodity_code,period,value_eur\nDE,KG,X,01,2022,5\n"
    summary = bring(text_file(tmp_path, text, "b.xlsx"))
    assert "is delimited text though its name ends .xlsx" in (summary.notice or "")


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_workbook_cut_short(tmp_path, bring, keep):
    path = write_xlsx(tmp_path / "b.xlsx", {"Sheet 1": sheet()})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with pytest.raises(SourceError, match="damaged or was cut short"):
        bring(path)


def test_another_zip_is_refused(tmp_path, bring):
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x")
    with pytest.raises(SourceError, match="ZIP archive of 1 files"):
        bring(path)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_letters_of_columns(index, letters):
    assert column_letters(index) == letters
