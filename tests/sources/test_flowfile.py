"""The flow file, good and bad."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from making import parquet_file, text_file

from entrepot.errors import SourceError
from entrepot.records.trade import REFUSED_ROW, TRADE_FLOW
from entrepot.sources.delimited import read_header

HEAD = "reporter,partner,flow,commodity_code,period,value_eur\n"
GOOD = "DE,KG,X,88073000,2022-08,10.50\n"


def test_a_row_becomes_a_trade_flow(tmp_path, bring, kept):
    text = (
        "reporter;partner;flow;commodity_code;period;value_usd;hs_edition;net_mass_kg;quantity;"
        "quantity_unit;note\n"
        'Germany;"Kyrgyz Republic";export;8803.30;Aug. 2021;1234.5;2012;7.25;3;NAR;"a; b"\n'
    )
    summary = bring(text_file(tmp_path, text))
    assert kept(summary) == [
        {
            "reporter": "DEU",
            "partner": "KGZ",
            "flow": "X",
            "commodity_code": "880330",
            "level": 6,
            "hs_edition": "2012",
            "period": "2021-08",
            "value_eur": None,
            "value_usd": Decimal("1234.50"),
            "net_mass_kg": 7.25,
            "quantity": 3.0,
            "quantity_unit": "NAR",
            "customs_procedure": None,
            "file_id": summary.file_id,
            "locator": "line 2",
        }
    ]


def test_tables_have_the_columns_of_the_records(tmp_path, bring, workspace):
    summary = bring(text_file(tmp_path, HEAD + GOOD))
    flows = pq.read_schema(workspace / "flows" / f"{summary.file_id}.parquet")
    refused = pq.read_schema(workspace / "refused" / f"{summary.file_id}.parquet")
    assert flows.names == list(TRADE_FLOW)
    assert refused.names == list(REFUSED_ROW)
    assert flows.field("value_eur").type == pa.decimal128(18, 2)
    assert flows.field("level").type == pa.int8()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_marks_and_line_ends(tmp_path, bring, kept, separator, mark, end):
    text = (HEAD + GOOD).replace(",", separator).replace("\n", end)
    path = tmp_path / "f.csv"
    path.write_bytes(mark + text.encode())
    assert kept(bring(path))[0]["value_eur"] == Decimal("10.50")


BAD_ROWS = [
    ("XXL,KG,X,88073000,2022-08,1", "unknown country", "XXL"),
    ("EU27_2020,KG,X,88073000,2022-08,1", "a group of countries", "EU27_2020"),
    ("DE,World,X,88073000,2022-08,1", "a group of countries", "World"),
    (",KG,X,88073000,2022-08,1", "empty required field", ""),
    ("DE,KG,Y,88073000,2022-08,1", "unknown flow", "Y"),
    ("DE,KG,X,1012100,2022-08,1", "wrong code length", "1012100"),
    ("DE,KG,X,8807ABCD,2022-08,1", "code is not digits", "8807ABCD"),
    ("DE,KG,X,Total,2022-08,1", "code is not digits", "Total"),
    ("DE,KG,X,88073000,2022-13,1", "period does not exist", "2022-13"),
    ("DE,KG,X,88073000,1970,1", "period before the HS", "1970"),
    ("DE,KG,X,88073000,2022-08,-1", "negative value", "-1"),
    ("DE,KG,X,88073000,2022-08,1000000000000.01", "absurd value", "1000000000000.01"),
    ("DE,KG,X,88073000,2022-08,1e30", "absurd value", "1e30"),
    ("DE,KG,X,77013000,2022-08,1", "no such chapter", "77013000"),
    ("DE,KG,X,88073000,2022-08,n/a", "not a number", "n/a"),
    ("DE,KG,X,88073000,2022-08,:", "not a number", ":"),
    ("DE,KG,X,88073000,2022-08,nan", "not a number", "nan"),
    ("DE,KG,X,88073000,2022-08,1_000", "not a number", "1_000"),
    ('DE,KG,X,88073000,2022-08,"1,5"', "not a number", "1,5"),
    ("DE,KG,X,88073000,2022-08,", "empty required field", ""),
    ("DE,DEU,X,88073000,2022-08,1", "reporter and partner are the same", "DEU"),
    ("DE,KG,X,88073000,2022-08", "wrong number of columns", "5 columns"),
    ("DE,KG,X,88073000,2022-08,1,2", "wrong number of columns", "7 columns"),
]


@pytest.mark.parametrize(("line", "reason", "got"), BAD_ROWS)
def test_a_bad_row_is_refused_with_its_line(tmp_path, bring, kept, refused, line, reason, got):
    text = f"{HEAD}{GOOD}\n{line}\n{GOOD.replace('KG', 'AM')}"
    summary = bring(text_file(tmp_path, text))
    assert [row["locator"] for row in kept(summary)] == ["line 2", "line 5"]
    [row] = refused(summary)
    assert (row["locator"], row["reason"], row["got"]) == ("line 4", reason, got)
    assert row["expected"]
    assert summary.rows_read == 3


@pytest.mark.parametrize("column", ["net_mass_kg", "quantity"])
@pytest.mark.parametrize("value", ["-1", "x", "inf", "nan"])
def test_bad_amounts_are_refused(tmp_path, bring, refused, column, value):
    text = HEAD.strip() + f",{column}\n" + GOOD.strip() + f",{value}\n"
    assert len(refused(bring(text_file(tmp_path, text)))) == 1


def test_a_wrong_edition_is_refused(tmp_path, bring, refused):
    text = HEAD.strip() + ",hs_edition\n" + GOOD.strip() + ",2023\n"
    assert refused(bring(text_file(tmp_path, text)))[0]["reason"] == "unknown HS edition"


def test_an_empty_edition_is_that_of_the_period(tmp_path, bring, kept):
    text = HEAD.strip() + ",hs_edition\n" + GOOD.strip() + ",\n"
    assert kept(bring(text_file(tmp_path, text)))[0]["hs_edition"] == "2022"


def test_the_same_cell_twice(tmp_path, bring, kept, refused):
    text = HEAD + GOOD + GOOD.replace("DE", "Germany") + GOOD.replace("10.50", "11")
    summary = bring(text_file(tmp_path, text))
    assert [row["locator"] for row in kept(summary)] == ["line 2"]
    assert [(row["locator"], row["reason"]) for row in refused(summary)] == [
        ("line 3", "duplicate"),
        ("line 4", "second value for the same cell"),
    ]
    assert "line 2" in refused(summary)[0]["expected"]


def test_more_than_two_decimals_are_rounded_and_counted(tmp_path, bring, kept):
    text = HEAD + GOOD.replace("10.50", "0.125") + GOOD.replace("KG", "AM")
    summary = bring(text_file(tmp_path, text))
    assert kept(summary)[0]["value_eur"] == Decimal("0.13")
    assert summary.rounded == 1


def test_a_quoted_value_with_a_line_end_keeps_later_lines_right(tmp_path, bring, kept, refused):
    text = (
        "reporter,partner,flow,commodity_code,period,value_eur,note\n"
        'DE,KG,X,88073000,2022-08,1,"two\nlines"\n'
        "DE,KG,X,88073000,2022-09\n"
        "DE,KG,X,88073000,2022-10,1,\n"
    )
    summary = bring(text_file(tmp_path, text))
    assert [row["locator"] for row in kept(summary)] == ["line 2", "line 5"]
    assert [row["locator"] for row in refused(summary)] == ["line 4"]


WHOLE_FILE = [
    (b"", "empty"),
    (b"\n\n", "empty"),
    (HEAD.encode(), "header and no rows"),
    ((HEAD + GOOD).encode() + b"DE,KG,X,8807", "line 3: the file ends in the middle of this line"),
    ((HEAD + GOOD).encode() + b"DE,K\xff,X,88073000,2022-08,1\n", "line 3: got byte 0xFF"),
    (b"partner,flow,commodity_code,period,value_eur\nKG,X,01,2022,1\n", "missing reporter"),
    (b"reporter,partner,flow,commodity_code,period\nDE,KG,X,01,2022\n", "value_eur or value_usd"),
    (b"reporter,reporter,partner,flow,commodity_code,period,value_eur\n1\n", "more than once"),
    ((HEAD + '"DE,KG,X,88073000,2022-08,1\n').encode(), "line 2: a quote opens here"),
    (b"<html><body>Error</body></html>", "an HTML or XML page"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"),
    (b'{"data": []}', "a JSON file"),
]


@pytest.mark.parametrize(("content", "sentence"), WHOLE_FILE)
def test_a_file_with_a_fault_is_refused_whole(tmp_path, bring, workspace, content, sentence):
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r".*") as caught:
        bring(path)
    assert "figures.csv" in str(caught.value)
    assert sentence in str(caught.value)
    assert not list(workspace.glob("flows/*"))
    assert not list(workspace.glob("imports/*"))


def test_the_byte_offset_of_bad_text_is_told(tmp_path, bring):
    start = (HEAD + GOOD + "DE,K").encode()
    path = tmp_path / "f.csv"
    path.write_bytes(start + b"\xe9,X,88073000,2022-08,1\n")
    with pytest.raises(SourceError, match=f"0xE9 at offset {len(start)}") as caught:
        bring(path)
    assert "--encoding cp1252" in caught.value.hint


def test_another_encoding_is_read_when_named(tmp_path, bring, kept):
    path = tmp_path / "f.csv"
    path.write_bytes((HEAD + GOOD.replace("KG", "Côte d'Ivoire")).encode("cp1252"))
    assert kept(bring(path, encoding="cp1252"))[0]["partner"] == "CIV"
    path.write_bytes((HEAD + GOOD.replace("KG", "Côte d'Ivoire")).encode("utf-16"))
    assert kept(bring(path, encoding="utf-16"))[0]["partner"] == "CIV"


def test_a_file_without_flow_needs_a_word(tmp_path, bring, kept):
    path = text_file(tmp_path, "reporter,partner,code,period,value_eur\nDE,KG,01,2022,5\n")
    with pytest.raises(SourceError, match="missing flow") as caught:
        bring(path)
    assert "--flow X" in caught.value.hint
    assert kept(bring(path, assume_flow="M"))[0]["flow"] == "M"


def test_parquet_with_numbers_and_nulls(tmp_path, bring, kept, refused):
    path = parquet_file(
        tmp_path,
        {
            "reporter": pa.array(["DE", "FR", "IT", None]).dictionary_encode(),
            "partner": ["KG", "KG", "KG", "KG"],
            "flow": ["X"] * 4,
            "code": pa.array([88073000, 8807, 101, 1012100]),
            "period": pa.array([date(2022, 8, 1)] * 4),
            "value_eur": pa.array([1410.1, 3.0, 5.0, float("nan")]),
        },
    )
    summary = bring(path)
    assert [(r["locator"], r["period"], str(r["value_eur"])) for r in kept(summary)] == [
        ("row 1", "2022-08", "1410.10"),
        ("row 2", "2022-08", "3.00"),
    ]
    assert [r["reason"] for r in refused(summary)] == ["wrong code length", "empty required field"]


def test_a_parquet_file_cut_short(tmp_path, bring):
    path = parquet_file(tmp_path, {"reporter": ["DE"]})
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(SourceError, match="cut short"):
        bring(path)


def test_mislabelled_parquet_is_read_and_told(tmp_path, bring):
    columns = {
        "reporter": ["DE"],
        "partner": ["KG"],
        "flow": ["X"],
        "commodity_code": ["01"],
        "period": ["2022"],
        "value_usd": [pa.scalar(1).as_py()],
    }
    summary = bring(parquet_file(tmp_path, columns, "figures.csv"))
    assert summary.kept == 1
    assert "is a Parquet file though its name ends .csv" in (summary.notice or "")


def test_two_bytes_a_letter_without_a_mark_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes("reporter,partner\nDE,KG\n".encode("utf-16-le"))
    with pytest.raises(SourceError, match="got zero bytes") as refused:
        read_header(path, None, "wide.csv")
    assert "utf-16-le" in refused.value.hint
    assert read_header(path, "utf-16-le", "wide.csv").names == ("reporter", "partner")
