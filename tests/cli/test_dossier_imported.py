"""A dossier on a workspace of one's own: imported figures, a list, observations, an archive."""

import csv
import hashlib
import io
import json
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import dossier_bytes, read_dossier
from entrepot.dossiers.dossier.dossier import Dossier

REPORT = """Exports of HS 8542 from Germany to Kyrgyzstan rose in 2022.

Orion Trading LLC has been under US sanctions since June 2022.

In August 2022 trains arrived in Belarus.
"""
LIST = "id,name,program\nA1,Orion Trading LLC,RUS\n"
SEEN = (
    "observed_from,observed_to,what,count,place,from_place,to_place,observer,source\n"
    "2022-08-26,,trains,3,Orsha,Russia,Belarus,a watcher,https://example.org/1\n"
)


def run(folder: Path, *words: str) -> Result:
    done = CliRunner().invoke(main, [*words, "--workspace", str(folder / "work")])
    assert done.exit_code == 0, (words, done.output)
    return done


def flows() -> str:
    """Germany's exports of chips to Kyrgyzstan: EUR 1,000 a month in 2021, five times that then."""
    lines = ["reporter,partner,flow,commodity_code,period,value_eur"]
    for year, month in product((2021, 2022), range(1, 13)):
        sold = 1000 if year == 2021 else 5000
        lines.append(f"DE,KG,X,8542,{year}-{month:02},{sold}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with all of it, and the draft of a case in `draft`."""
    made = tmp_path_factory.mktemp("own")
    for name, text in (("flows.csv", flows()), ("report.txt", REPORT), ("firms.csv", LIST),
                       ("seen.csv", SEEN)):  # fmt: skip
        (made / name).write_text(text, "utf-8")
    run(made, "import", str(made / "flows.csv"))
    run(made, "lists", "add", str(made / "firms.csv"), "--published", "2022-12-31")
    run(made, "read", str(made / "report.txt"), "--save", "--by", "kk",
        "--reported-on", "2023-01-09")  # fmt: skip
    case_id = run(made, "case", "new", "Chips", "--by", "kk").stdout.strip()
    (report_id,) = {one["report_id"] for one in
                    json.loads(run(made, "claims", "list", "--format", "json").stdout)}  # fmt: skip
    run(made, "case", "add", case_id, report_id, "--by", "kk")
    run(made, "dossier", case_id, "--as-of", "2023-06-30", "--observations",
        str(made / "seen.csv"), "--out", str(made / "draft"))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def dossier(folder: Path) -> Dossier:
    return read_dossier((folder / "draft" / "dossier.json").read_bytes())


def test_each_figure_is_a_row_of_the_imported_file(folder: Path, dossier: Dossier) -> None:
    file_id = hashlib.sha256((folder / "flows.csv").read_bytes()).hexdigest()
    held = list(csv.reader(io.StringIO(flows())))
    cited = [one for one in dossier.citations if one.kind == "figures" and one.file_id == file_id]
    sums = [row for one in cited for row in one.rows if row.get("kind") == "flows"]
    assert sorted(row["value"] for row in sums) == [12_000.0, 60_000.0]
    for row in sums:
        lines = [held[int(one.rpartition(" ")[2]) - 1] for one in row["locators"]]
        assert sorted(line[4] for line in lines) == row["periods"]
        assert sum(float(line[5]) for line in lines) == row["value"]


def test_the_rise_is_found_and_summed_by_hand(dossier: Dossier) -> None:
    rise = next(one for one in dossier.findings if "rose" in one.text)
    said = [one.text for part in dossier.sections for one in part.sentences]
    assert rise.verdict == "supported"
    assert any(
        "EUR 60.0 k in January to December 2022, EUR 12.0 k in January to December 2021" in one
        for one in said
    )


def test_files_that_are_used_are_named(dossier: Dossier) -> None:
    assert {"flows.csv", "report.txt", "seen.csv"} <= {one.name for one in dossier.files}
    trains = next(one for one in dossier.findings if "trains" in one.text)
    assert trains.verdict != "untested"


def test_a_list_that_would_tell_who_is_not_named_is_left_out(dossier: Dossier) -> None:
    """One root alone says that the firm is listed: neither it nor its entry is printed."""
    text = dossier_bytes(dossier).decode()
    assert "Orion" not in text
    assert "firms.csv" not in text
    assert "of a party that is not named here is left out" in text


def test_the_archive_of_the_workspace_is_enough(folder: Path) -> None:
    """Reports and lists are no files of the archive: that is said, and is no difference."""
    words = ["verify", str(folder / "draft"), "--archive", str(folder / "work" / "archive")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "not hashed anew: report.txt" in " ".join(done.output.split())
    (held,) = [
        one for one in (folder / "work" / "archive").rglob("*") if one.is_file() and not one.suffix
    ]
    held.chmod(0o644)
    held.write_bytes(held.read_bytes().replace(b"5000", b"5001", 1))
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "other bytes" in done.output
