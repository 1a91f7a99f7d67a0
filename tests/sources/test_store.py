"""What an import leaves behind: whole or nothing, once, and exact."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import RETRIEVED, rows_of, text_file, write_xlsx

from entrepot.errors import WorkspaceError
from entrepot.sources.lock import only_one
from entrepot.sources.store import Published, flow_files, forget, import_file, imports

HEAD = "reporter,partner,flow,commodity_code,period,value_eur\n"
GOOD = "DE,KG,X,88073000,2022-08,10.50\n"

RUN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from entrepot.sources.store import import_file
import_file(Path(sys.argv[1]), Path(sys.argv[2]), retrieved_at=datetime(2026, 1, 1, tzinfo=UTC))
"""


def contents(folder: Path) -> dict[str, str]:
    """Hash of every file; seconds, which differ from run to run, left out of summaries."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        if path.parent.name == "imports":
            data = json.dumps({**json.loads(data), "seconds": 0}).encode()
        found[str(path.relative_to(folder))] = hashlib.sha256(data).hexdigest()
    return found


def many_rows(folder: Path, count: int = 60_000) -> Path:
    lines = [f"DE,KG,X,{10_000_000 + n},2022-08,{n}.5\n" for n in range(count)]
    return text_file(folder, HEAD + "".join(lines) + "DE,KG,X,123,2022-08,1\n")


def test_the_same_file_twice_changes_nothing(tmp_path, bring, workspace):
    path = text_file(tmp_path, HEAD + GOOD)
    first = bring(path)
    before = contents(workspace)
    times = {p: p.stat().st_mtime_ns for p in workspace.glob("*/*.*")}
    second = bring(path)
    assert (first.is_new, second.is_new) == (True, False)
    assert first == second
    assert contents(workspace) == before
    assert {p: p.stat().st_mtime_ns for p in workspace.glob("*/*.*")} == times


def test_other_options_read_the_file_again(tmp_path, bring, workspace):
    path = text_file(tmp_path, "reporter,partner,code,period,value_eur\nDE,KG,01,2022,5\n")
    bring(path, assume_flow="X")
    assert bring(path, assume_flow="M").is_new
    [stored] = imports(workspace)
    assert stored.options == {"flow": "M"}
    assert rows_of(flow_files(workspace)[0])[0]["flow"] == "M"


def test_a_dry_run_stores_nothing(tmp_path, bring, workspace):
    assert bring(text_file(tmp_path, HEAD + GOOD), dry_run=True).kept == 1
    assert not workspace.exists()


def test_two_workspaces_get_the_same_bytes(tmp_path):
    path = many_rows(tmp_path)
    for name in ("one", "two"):
        import_file(path, tmp_path / name, retrieved_at=RETRIEVED)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.fixture(scope="module")
def never_killed(tmp_path_factory):
    """A file, and what a workspace holds after an import of it that nobody disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    path, whole = many_rows(folder), folder / "whole"
    subprocess.run([sys.executable, "-c", RUN, str(path), str(whole)], check=True)
    return path, contents(whole)


@pytest.mark.parametrize("seconds", [0.7, 1.0, 1.3, 1.7])
def test_killed_in_the_middle_and_run_again(tmp_path, never_killed, seconds):
    path, whole = never_killed
    killed = tmp_path / "killed"
    process = subprocess.Popen([sys.executable, "-c", RUN, str(path), str(killed)])
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for file in flow_files(killed):
        assert pq.read_table(file).num_rows == 60_000
    subprocess.run([sys.executable, "-c", RUN, str(path), str(killed)], check=True)
    assert contents(killed) == whole


def test_stale_files_are_cleared(tmp_path, bring, workspace):
    (workspace / "scratch").mkdir(parents=True)
    (workspace / "scratch" / "raw.parquet").write_bytes(b"half")
    (workspace / "archive").mkdir()
    (workspace / "archive" / ".123.tmp").write_bytes(b"half")
    bring(text_file(tmp_path, HEAD + GOOD))
    assert not (workspace / "scratch").exists()
    assert not (workspace / "archive" / ".123.tmp").exists()


def test_without_its_summary_an_import_does_not_count(tmp_path, bring, workspace):
    summary = bring(text_file(tmp_path, HEAD + GOOD))
    (workspace / "imports" / f"{summary.file_id}.json").unlink()
    assert flow_files(workspace) == []
    assert bring(text_file(tmp_path, HEAD + GOOD)).is_new


def test_one_import_at_a_time(tmp_path, bring, workspace):
    if os.name == "nt":
        pytest.skip("a lock of one's own process is not seen on Windows")
    path = text_file(tmp_path, HEAD + GOOD)
    with only_one(workspace), pytest.raises(WorkspaceError, match="another import is running"):
        bring(path)


def test_a_damaged_summary_is_told(tmp_path, bring, workspace):
    summary = bring(text_file(tmp_path, HEAD + GOOD))
    (workspace / "imports" / f"{summary.file_id}.json").write_text("{")
    with pytest.raises(WorkspaceError, match="is not a summary"):
        imports(workspace)
    assert bring(text_file(tmp_path, HEAD + GOOD)).is_new


GOOD_ROW = st.tuples(
    st.sampled_from(["DE", "FRA", "Italy"]),
    st.sampled_from(["KG", "BY", "Georgia"]),
    st.sampled_from(["X", "import"]),
    st.sampled_from(["8807", "88073000", "01"]),
    st.sampled_from(["2022", "2022-08", "Aug. 2021"]),
    st.decimals(min_value=0, max_value=10**12, places=2).map(str),
)
ANY_ROW = st.tuples(
    st.sampled_from(["DE", "FR", "", "EU27", "??"]),
    st.sampled_from(["KG", "DE", "World", "nowhere"]),
    st.sampled_from(["X", "", "sideways"]),
    st.sampled_from(["8807", "123", "88XX", "Total"]),
    st.sampled_from(["2022", "2022-13", "soon"]),
    st.sampled_from(["1", "-1", "x", "", "1e13", "0", ":"]),
)


def read_back(rows):
    with TemporaryDirectory() as name:
        folder = Path(name)
        text = HEAD + "".join(",".join(row) + "\n" for row in rows)
        summary = import_file(text_file(folder, text), folder / "w", retrieved_at=RETRIEVED)
        [file] = flow_files(folder / "w")
        refused = rows_of(folder / "w" / "refused" / file.name)
        return summary, rows_of(file), refused


@settings(max_examples=12, deadline=None)
@given(st.lists(st.one_of(GOOD_ROW, ANY_ROW), min_size=1, max_size=30))
def test_every_row_is_kept_or_refused(rows):
    summary, kept, refused = read_back(rows)
    assert summary.rows_read == len(rows)
    assert len(kept) + len(refused) + summary.not_available == len(rows)
    places = [row["locator"] for row in kept + refused]
    assert sorted(places) == sorted(f"line {n}" for n in range(2, len(rows) + 2))
    cells = [
        tuple(r[n] for n in ("reporter", "partner", "flow", "commodity_code", "period"))
        for r in kept
    ]
    assert len(set(cells)) == len(cells)


@settings(max_examples=8, deadline=None)
@given(st.lists(GOOD_ROW, min_size=1, max_size=20, unique_by=lambda row: row[:5]), st.randoms())
def test_values_are_exact_and_the_order_of_rows_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    (_, kept, refused), (_, again, _) = read_back(rows), read_back(shuffled)
    assert refused == []
    assert sum(row["value_eur"] for row in kept) == sum(Decimal(row[5]) for row in rows)
    assert content(kept) == content(again)


def content(rows):
    return sorted(
        tuple(str(v) for k, v in row.items() if k not in ("locator", "file_id")) for row in rows
    )


def test_an_import_can_be_taken_out_and_brought_back(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "reporter,partner,flow,commodity_code,period,value_eur\nDE,KG,X,8542,2022-08,1000000000000\n",
        encoding="utf-8",
    )
    workspace = tmp_path / "w"
    summary = import_file(file, workspace, retrieved_at=RETRIEVED)
    assert summary.kept == 1  # 10^12 is large and still allowed
    with pytest.raises(WorkspaceError, match="0 imports begin with"):
        forget(workspace, "zzz")
    assert forget(workspace, summary.file_id[:8]).file_id == summary.file_id
    assert flow_files(workspace) == []
    again = import_file(file, workspace, retrieved_at=RETRIEVED)
    assert (again.kept, again.is_new) == (1, True)


def test_a_summary_of_before_vintages_is_read(tmp_path, bring, workspace):
    """It has no flows, publisher or day; the publisher follows from the layout."""
    summary = bring(text_file(tmp_path, HEAD + GOOD))
    place = workspace / "imports" / f"{summary.file_id}.json"
    stored = json.loads(place.read_text(encoding="utf-8"))
    for name in ("flows", "publisher", "published_on", "published_said"):
        del stored[name]
    place.write_text(json.dumps({**stored, "format": "comext"}), encoding="utf-8")
    [found] = imports(workspace)
    assert (found.flows, found.publisher, found.published_on) == ((), "Eurostat", None)


def test_the_flows_of_a_file_are_noted(tmp_path, bring):
    both = HEAD + GOOD + GOOD.replace(",X,", ",M,")
    assert bring(text_file(tmp_path, both)).flows == ("M", "X")


def workbook(folder, updated, month="2022-08"):
    rows = [
        ["FLOW", "", "EXPORT"],
        ["INDICATORS", "", "VALUE_IN_EUROS"],
        ["PRODUCT [PRODUCT]", "", "Parts [88073000]"],
        [],
        ["TIME", "TIME", month],
        ["REPORTER (Labels)", "PARTNER (Labels)"],
        ["Austria", "Kyrgyzstan", 5],
    ]
    sheets = {"Summary": [["Last update of data: ", "", updated]], "Sheet 1": rows}
    return write_xlsx(folder / "b.xlsx", sheets)


def test_a_workbook_gives_its_own_day_and_the_user_may_know_better(tmp_path, bring, workspace):
    path = workbook(tmp_path, "13/01/2023 11:00")
    first = bring(path)
    assert (first.publisher, first.published_on, first.published_said) == (
        "Eurostat",
        "2023-01-13",
        "the file",
    )
    said = bring(path, published=Published(date(2022, 10, 20)))
    assert (said.published_on, said.published_said) == ("2022-10-20", "the user")
    bring(path)
    bring(path, published=Published(by="Eurostat"))
    assert imports(workspace) == [said]


def test_a_printed_day_before_the_end_of_the_figures_is_not_believed(tmp_path, bring):
    """A workbook of a year that still runs: its figures go to a month that had not ended."""
    assert bring(workbook(tmp_path, "31/08/2022")).published_on is None
    assert bring(workbook(tmp_path, "01/09/2022")).published_on == "2022-09-01"
