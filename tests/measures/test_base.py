import csv
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.errors import RuleError
from entrepot.measures import base, context, rows
from entrepot.measures.lint import lint
from entrepot.records.rules import CERTAINTIES, EFFECTS, MEASURE


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_and_words() -> None:
    table = base.load()
    assert table.column_names == list(MEASURE)
    assert set(table["effect"].to_pylist()) <= set(EFFECTS)
    assert set(table["certainty"].to_pylist()) <= set(CERTAINTIES)
    assert set(table["destination"].to_pylist()) == {"RUS", "BLR", "*"}
    assert set(table["regime"].to_pylist()) == {"EU", "US", "UK", "CH"}
    assert len(set(table["measure_id"].to_pylist())) == table.num_rows
    for name in ("valid_from", "measure_id", "commodity_code", "citation"):
        assert table[name].null_count == 0


def test_shipped_base_has_no_fault() -> None:
    assert lint(base.load()) == []


def test_counts_by_regime_and_effect() -> None:
    table = base.load().select(["regime", "effect"]).to_pylist()
    counted = Counter((row["regime"], row["effect"]) for row in table)
    assert {key: count for key, count in counted.items() if key[0] == "EU"} == {
        ("EU", "export_ban"): 2865,
        ("EU", "wind_down"): 770,
        ("EU", "transit_ban"): 357,
        ("EU", "due_diligence"): 105,
        ("EU", "clause"): 142,
        ("EU", "service_ban"): 56,
        ("EU", "licence"): 35,
        ("EU", "watch"): 10,
        ("EU", "asset_freeze"): 1,
    }
    assert counted["US", "watch"] == 50
    assert counted["US", "licence"] == 5663
    assert counted["UK", "export_ban"] == 2451


def test_no_measure_is_younger_than_the_state_of_its_regime() -> None:
    for row in base.load().select(["regime", "valid_from"]).to_pylist():
        assert row["valid_from"] <= context.regimes()[row["regime"]].state_to


def eu_rows() -> list[dict[str, object]]:
    return [row for row in base.load().to_pylist() if row["regime"] == "EU"]


def test_traps_of_the_annexes() -> None:
    for row in base.load().to_pylist():
        assert not (len(row["commodity_code"]) > 4 and row["commodity_code"].endswith("00"))
    bans = [row for row in eu_rows() if row["effect"] == "export_ban"]
    for row in bans:
        if "luxury" in row["note"] or row["annex"].startswith(("XVIII (", "XXV (")):
            assert row["is_partial"] or "of any value" in row["note"], row
    art = [row for row in bans if row["annex"] == "XVIII (20)"]
    assert [row["commodity_code"] for row in art] == ["97"]
    tyres = [row for row in bans if row["annex"].startswith("XVIII (17)")]
    dates = {(r["valid_from"], r["valid_to"]) for r in tyres if r["commodity_code"] == "401130"}
    # The transcription ends on the last day in force; the base is half-open.
    assert dates == {(date(2022, 3, 16), date(2023, 6, 24))}


@pytest.mark.parametrize(
    ("annex", "destination", "until"),
    [
        ("XI A", "RUS", date(2022, 3, 29)),
        ("XI B", "RUS", date(2022, 11, 7)),
        ("XI C", "RUS", date(2023, 1, 17)),
        ("XI D", "RUS", date(2023, 3, 28)),
        ("XVII", "BLR", date(2023, 9, 5)),
        ("XIV", "BLR", date(2022, 6, 5)),
    ],
)
def test_wind_downs(annex: str, destination: str, until: date) -> None:
    found = {
        row["wind_down_to"]
        for row in base.load().to_pylist()
        if (row["annex"], row["destination"]) == (annex, destination)
        and row["effect"] == "export_ban"
    }
    assert found == {until}


def test_entries_by_description_are_marked_as_such() -> None:
    found = [row for row in eu_rows() if "in words" in str(row["note"])]
    assert len(found) == 76
    assert {(row["is_partial"], row["certainty"]) for row in found} == {(True, "derived")}
    starts = {(row["destination"], row["valid_from"]) for row in found}
    assert starts == {("RUS", date(2022, 2, 26)), ("BLR", date(2022, 3, 3))}


def in_part(row: dict[str, str]) -> bool:
    """Marked ex, a luxury good above a value, or doubtful; optics of any value are in full."""
    of_any_value = "of any value" in row["description"] and not row["ex"]
    luxury = "above value threshold" in row["effect"] or "above EUR 300" in row["effect"]
    doubtful = "doubtful" in row["verified"]
    return bool(row["ex"]) or (luxury and not of_any_value) or doubtful


def day_after(text: str) -> str:
    """The transcription names the last day in force; the base the first one out of force."""
    return text and (date.fromisoformat(text) + timedelta(days=1)).isoformat()


MORE_BANS = {
    ("II", 30),  # oil exploration, Reg. (EU) 2022/428, read after the transcription
    ("XXIII Part A", 7),  # codes of Reg. (EU) 2022/576 that the transcription left out
    ("VI", 4),  # tobacco goods, Reg. (EU) 2021/1030
    ("", 5),  # tankers (Art. 3q), banknotes (Art. 5i, Art. 1za)
}
"""EU bans by code, by annex, that the base has and the transcription has not."""


@pytest.mark.shared
def test_every_transcribed_ban_is_carried_over(shared: Path) -> None:
    with (shared / "measures/eu_controlled_goods_full.csv").open(encoding="utf-8-sig") as file:
        transcribed = list(csv.DictReader(file))
    assert len(transcribed) == 3615
    by_code = [row for row in transcribed if row["code_system"] in ("CN", "HS6")]
    assert len(transcribed) - len(by_code) == 8  # ECCN and EU control codes: no tariff code
    countries = {"RU": "RUS", "BY": "BLR"}
    expected = Counter(
        (
            rows.whole_heading(row["code"]),
            countries[row["destination"]],
            row["date_from"],
            day_after(row["date_to"]),
            row["annex"],
            in_part(row),
        )
        for row in by_code
        if row["effect"].startswith("export ban")
    )
    carried = Counter(
        (
            row["commodity_code"],
            row["destination"],
            str(row["valid_from"]),
            str(row["valid_to"] or ""),
            row["annex"],
            row["is_partial"],
        )
        for row in eu_rows()
        if row["effect"] == "export_ban"
        and row["commodity_code"] != "*"
        and "in words" not in str(row["note"])
        and 'the "ex" of' not in str(row["note"])
    )
    assert expected - carried == Counter()
    more = Counter(str(key[4]) for key in (carried - expected).elements())
    assert set(more.items()) == MORE_BANS


@pytest.mark.shared
def test_every_other_transcribed_list_is_carried_over(shared: Path) -> None:
    """Lists that are no ban: the code stands under its annex; days may be those of the duty."""
    with (shared / "measures/eu_controlled_goods_full.csv").open(encoding="utf-8-sig") as file:
        wanted = {
            (rows.whole_heading(row["code"]), row["annex"].replace("CHPL ", ""))
            for row in csv.DictReader(file)
            if row["code_system"] in ("CN", "HS6") and not row["effect"].startswith("export ban")
        }
    held = {
        (row["commodity_code"], row["annex"])
        for row in base.load().to_pylist()
        if row["effect"] not in ("export_ban", "licence")
    }
    assert len(wanted) > 700
    assert wanted - held == set()


def test_own_file_with_the_least(tmp_path: Path) -> None:
    path = write(tmp_path, "commodity_code,destination,valid_from\n8807 30 00,by,2022-03-01\n")
    (row,) = base.read_measure_file(path).to_pylist()
    assert row["commodity_code"] == "880730"
    assert (row["destination"], row["regime"], row["effect"]) == ("BLR", "user", "export_ban")
    assert (row["is_partial"], row["valid_to"], row["wind_down_to"]) == (False, None, None)
    assert row["measure_id"].startswith("msr_")


def test_own_file_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    text = (
        "\ufeffcommodity_code;destination;valid_from;valid_to;is_partial;effect;remark\r\n"
        "88;*;2022-02-26;2023-01-01;TRUE;Export ban;x\r\n;;;;;;\r\n"
    )
    table = base.read_measure_file(write(tmp_path, text))
    (row,) = table.to_pylist()
    assert table.schema == rows.SCHEMA
    assert (row["destination"], row["is_partial"]) == ("*", True)
    assert (row["valid_to"], row["effect"]) == (date(2023, 1, 1), "export_ban")


HEAD = "commodity_code,destination,valid_from,valid_to,effect,certainty,is_partial\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("88073,BY,2022-03-01,,,,", "got 5 digits"),
        ("aircraft,BY,2022-03-01,,,,", "expected digits only"),
        ("88,Utopia,2022-03-01,,,,", "got country 'Utopia'"),
        ("88,EU27_2020,2022-03-01,,,,", "a group of countries"),
        ("88,,2022-03-01,,,,", "got country ''"),
        ("88,BY,1.3.2022,,,,", "got valid_from '1.3.2022', expected a day such as 2022-02-26"),
        ("88,BY,2022-02-30,,,,", "got valid_from '2022-02-30'"),
        ("88,BY,20220226,,,,", "got valid_from '20220226'"),
        ("88,BY,,,,,", "got valid_from ''"),
        ("88,BY,2022-03-01,2022-03-01,,,", "expected a day after valid_from 2022-03-01"),
        ("88,BY,2022-03-01,,embargo,,", "got effect 'embargo', expected one of export_ban"),
        ("88,BY,2022-03-01,,,sure,", "got certainty 'sure', expected one of text"),
        ("88,BY,2022-03-01,,,,maybe", "got is_partial 'maybe', expected true or false"),
        ("88,BY,2022-03-01,,,,,,9", "got 9 cells, expected 7"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path, f"{HEAD}8807,RU,2022-02-26,,,,\n{line}\n")
    with pytest.raises(RuleError) as caught:
        base.read_measure_file(path)
    assert str(caught.value).startswith("mine.csv:3: ")
    assert message in str(caught.value)
    assert caught.value.hint


def test_faults_of_the_whole_file(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="expected also valid_from"):
        base.read_measure_file(write(tmp_path, "commodity_code,destination\n88,BY\n"))
    with pytest.raises(RuleError, match="got columns none"):
        base.read_measure_file(write(tmp_path, ""))
    with pytest.raises(RuleError, match="got no measure"):
        base.read_measure_file(write(tmp_path, HEAD))
    with pytest.raises(RuleError, match="cannot be read"):
        base.read_measure_file(tmp_path / "absent.csv")
    (tmp_path / "latin.csv").write_bytes("é".encode("latin-1"))
    with pytest.raises(RuleError, match="not UTF-8"):
        base.read_measure_file(tmp_path / "latin.csv")


def test_plain_files_of_the_base_read_as_an_own_file() -> None:
    folder = Path(base.__file__).parent / "base"
    ids = set(base.load()["measure_id"].to_pylist())
    for name in base.FILES:
        if not name.endswith("_lists.csv"):
            own = base.read_measure_file(folder / name)
            assert set(own["measure_id"].to_pylist()) <= ids
    beside = {"lists", "regimes", "instruments", "reach", "remarks", "partners", "families"}
    names = {*base.FILES, *(f"{name}.csv" for name in beside)}
    assert {path.name for path in folder.glob("*.csv")} == names


@given(st.text("0123456789", min_size=2, max_size=10))
def test_whole_heading_keeps_what_tells_codes_apart(code: str) -> None:
    cut = rows.whole_heading(code)
    assert code.startswith(cut)
    assert set(code[len(cut) :]) <= {"0"}
    assert len(cut) >= min(len(code), 3)
    assert rows.whole_heading(cut) == cut


def test_lint_finds_each_fault() -> None:
    good = base.load().slice(0, 1).to_pylist()[0]
    start = good["valid_from"]
    faulty = [
        good,
        good,
        good | {"measure_id": "msr_2", "valid_from": start + timedelta(days=9)},
        good
        | {
            "measure_id": "msr_3",
            "commodity_code": "7777",
            "citation": "",
            "valid_to": start,
            "wind_down_to": start - timedelta(days=1),
        },
    ]
    found = "\n".join(lint(pa.Table.from_pylist(faulty, schema=rows.SCHEMA)))
    for words in (
        "the same measure twice",
        "overlaps with",
        "in no HS edition",
        "no citation",
        "is not after valid_from",
        "is before valid_from",
    ):
        assert found.count(words) == 1, (words, found)


def test_the_docs_count_the_lines_of_each_file() -> None:
    root = Path(__file__).resolve().parents[2]
    text = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    folder = Path(base.__file__).parent / "base"
    for names, counts in re.findall(r"^\| ((?:`\w+\.csv`(?:, )?)+) \| ([\d,+ ]+) \|", text, re.M):
        told = [int(count.replace(",", "")) for count in counts.split(" + ")]
        files = re.findall(r"`(\w+\.csv)`", names)
        held = [len((folder / name).read_text("utf-8").splitlines()) - 1 for name in files]
        assert told == held, names
    for name in base.FILES:
        assert f"`{name}`" in text
