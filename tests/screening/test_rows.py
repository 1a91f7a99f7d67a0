"""Files of any layout become the same rows, in order, with none lost."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.making import write_xlsx

from entrepot.errors import EntrepotError, RequestError, SourceError
from entrepot.workspace.screening.columns import Wanted, choose, id_property
from entrepot.workspace.screening.days import day_text
from entrepot.workspace.screening.delimitedrows import sniff
from entrepot.workspace.screening.linerows import LineRows
from entrepot.workspace.screening.queries import query_of, schema_of
from entrepot.workspace.screening.tables import open_input


def texts(path: Path, column: str, **options: str) -> list[str]:
    rows = open_input(path, **options).rows
    return [text for one in rows.batches([column]) for text in one.table.column(column).to_pylist()]


NAMES = ["Zorblat Ltd", "", "Чиж-Пыжик ООО", "a;b,c"]


def test_every_layout_gives_the_same_names(tmp_path: Path) -> None:
    lines = [f'{place};"{name}"' for place, name in enumerate(NAMES)]
    (tmp_path / "a.csv").write_text("no;who\n" + "\n".join(lines), encoding="utf-8-sig")
    (tmp_path / "b.txt").write_bytes("\n".join(["no;who", *lines]).encode("utf-16"))
    (tmp_path / "c.csv").write_bytes("\n".join(["no;who", *lines]).encode("cp1251"))
    pq.write_table(pa.table({"no": range(4), "who": NAMES}), tmp_path / "d.parquet")
    objects = [json.dumps({"no": place, "who": name}) for place, name in enumerate(NAMES)]
    (tmp_path / "e.json").write_text("\n".join(objects), encoding="utf-8")
    write_xlsx(tmp_path / "f.xlsx", {"one": [["no", "who"], *enumerate(NAMES)]})
    for path in sorted(tmp_path.iterdir()):
        assert texts(path, "who") == NAMES, path.name


def test_a_line_with_the_wrong_number_of_columns_stays_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("no,who\n1,one\n2\n3,three,more\n4,four\n", encoding="utf-8")
    (batch,) = open_input(path).rows.batches(["who"])
    assert batch.table.column("who").to_pylist() == ["one", "", "", "four"]
    assert dict(batch.faults) == {
        1: "line 3: got 1 columns, expected 2", 2: "line 4: got 3 columns, expected 2",
    }  # fmt: skip


def test_a_line_that_is_no_object_stays_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"who": "one"}\n\n"text"\n{"who": \n\xff\n{"who": "two"}\n')
    (batch,) = open_input(path).rows.batches(["who"])
    assert batch.table.column("who").to_pylist() == ["one", "", "", "", "two"]
    assert [words.partition(":")[0] for words in batch.faults.values()] == [
        "line 3", "line 4", "line 5",
    ]  # fmt: skip


def test_numbers_of_papers_have_no_decimals(tmp_path: Path) -> None:
    pq.write_table(pa.table({"inn": [7707083893.0, None]}), tmp_path / "a.parquet")
    assert texts(tmp_path / "a.parquet", "inn") == ["7707083893", ""]
    write_xlsx(tmp_path / "b.xlsx", {"one": [["inn"], [7707083893]]})
    assert texts(tmp_path / "b.xlsx", "inn") == ["7707083893"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("имя\nООО Ромашка\n", "cp1251"),
        ("name\nSociété Générale Crème Brûlée\n", "cp1252"),
        ("name\nGröße 上海\n", "utf-8"),
    ],
)
def test_the_encoding_is_told_by_the_bytes(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert sniff(path) == encoding


BROKEN = [
    (b"", "an empty file"),
    (b"PAR1 and then nothing", "Parquet file that cannot be read"),
    (b"PK\x03\x04 and then nothing", "workbook that cannot be read"),
    (b"\x1f\x8b\x08\x00", "a packed file"),
    (b'who\n"one\n', "a quote opens here"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        texts(path, "who")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        open_input(tmp_path / "none.csv")


HEADINGS = ["No", "Consignee Name", "INN", "Tail number", "when"]


def test_columns_are_found_without_regard_to_case_and_lines() -> None:
    wanted = Wanted(name="consignee_name", ids=("inn", "tail number=serialNumber"), day="WHEN")
    found = choose(wanted, HEADINGS, "a.csv")
    assert (found.name, found.day, found.is_guessed) == ("Consignee Name", "when", False)
    assert dict(found.facts) == {"innCode": "INN", "serialNumber": "Tail number"}
    assert choose(Wanted(), HEADINGS, "a.csv").is_guessed


WRONG: list[tuple[Wanted, Sequence[str], str]] = [
    (Wanted(name="consigne"), HEADINGS, "none of its columns: 'No', 'Consignee Name'"),
    (Wanted(), ["a", "b"], "cannot tell which column holds the names; got 'a', 'b'"),
    (Wanted(name="a"), ["a", "a"], "heads 2 columns"),
    (Wanted(ids=("INN", "when=innCode")), HEADINGS, "for the one property innCode"),
]


@pytest.mark.parametrize(("wanted", "names", "message"), WRONG)
def test_a_wrong_column_is_refused(wanted: Wanted, names: Sequence[str], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        choose(wanted, names, "a.csv")


def test_headings_of_identifiers() -> None:
    assert [id_property(one) for one in ("IMO No", "IMO", "tax_id", "E-Mail")] == [
        "idNumber", "imoNumber", "taxNumber", "idNumber",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-03-09", "2022-03-09"), ("2022-3-9 12:30", "2022-03-09"), ("20220309", "2022-03-09"),
        ("09.03.2022", "2022-03-09"), ("03/09/2022", ""), ("2022-02-30", ""), ("soon", ""),
    ],
)  # fmt: skip
def test_days_as_files_print_them(text: str, day: str) -> None:
    assert day_text(text) == day


def test_facts_become_properties() -> None:
    row = {
        "name": "Zorblat", "fact_country": "Kazakhstan", "fact_schema": "Individual",
        "fact_birthDate": "1961", "fact_innCode": "", "day": "", "entity": "", "key": 1,
    }  # fmt: skip
    query = query_of(row)
    assert query is not None
    assert query.schema == "Person"
    assert dict(query.properties) == {
        "name": ("Zorblat",), "country": ("kz",), "birthDate": ("1961",),
    }  # fmt: skip
    row |= {"fact_country": "Nowhere", "fact_schema": "thingamajig", "fact_birthDate": "?"}
    query = query_of(row)
    assert query is not None
    assert (query.schema, dict(query.properties)) == (None, {"name": ("Zorblat",)})


def test_a_row_without_anything_to_compare_is_no_query() -> None:
    assert query_of({"name": "", "entity": '["Person", {"country": ["kz"]}]'}) is None
    assert schema_of("Vessel") == "Vessel"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(raw)
    with suppress(EntrepotError):
        rows = open_input(path).rows
        for one in rows.batches(rows.names[:1]):
            assert one.table.num_rows >= len(one.faults)


def test_a_field_with_several_values_is_a_fault(tmp_path: Path) -> None:
    """A listed name in a list would otherwise pass as an empty one."""
    path = tmp_path / "names.jsonl"
    path.write_text('{"name": "One Example"}\n{"name": ["Two", "Names"]}\n', encoding="utf-8")
    (batch,) = LineRows(path).batches(["name"])
    assert batch.table["name"].to_pylist() == ["One Example", ""]
    assert dict(batch.faults) == {1: "line 2: 'name' holds more than one value"}
