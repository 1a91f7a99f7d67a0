"""`entrepot places` and `entrepot posts`, as a newcomer runs them."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from entrepot.cli import main
from entrepot.records.checks import CHECK


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_places_shows_each_source_and_what_is_used() -> None:
    done = run("places", "Baranovichi", "53.10,26.05", "--format", "json")
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    assert [(row["source"], row["use"]) for row in rows] == [
        ("GeoNames 630429", "used"),
        ("airportsdata UMMA", "agrees"),
        ("coordinates as given", "used"),
    ]
    assert rows[1]["apart_km"] == 4.6
    assert "agree within 5 km" in done.stderr


def test_places_of_a_row_of_the_table() -> None:
    done = run("places", "Kubinka")
    assert done.exit_code == 0
    assert "55.61 N 36.65 E" in done.stdout
    assert "table of sites" in done.stdout


def test_places_lists_what_it_refuses() -> None:
    done = run("places", "Brest", "120,45", "--format", "csv")
    assert done.exit_code == 1
    assert done.stdout.startswith("asked,place,source,country,latitude,longitude,apart_km,use\n")
    assert "which is 4 places" in done.stderr
    assert "look swapped: 45,120" in done.stderr


def test_posts_rows_are_checks() -> None:
    done = run("posts", "558 ARZ", "--on", "2022-08-26", "--within", "150", "--format", "json")
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    assert list(rows[0]) == list(CHECK)
    assert (rows[0]["kind"], rows[0]["distance_km"]) == ("mission", 131.8)
    (american,) = [row for row in rows if row["operator"] == "USA"]
    assert american["status"].startswith("suspended from 2022-02-28")
    assert "BLR: 51 missions, 49 of them with coordinates" in done.stderr


def test_posts_writes_the_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "visit.md"
    done = run("posts", "Mozyr", "--on", "2022-08-26", "--in", "Belarus", "--sheet", str(sheet))
    assert done.exit_code == 0
    assert "Minsk BLR: 43 from 233 km" in done.stderr
    assert sheet.read_text("utf-8").startswith("# Visit: Mozyr\n")


def test_posts_where_nobody_is() -> None:
    done = run("posts", "0,-140", "--on", "2022-08-26")
    assert done.exit_code == 0
    assert "no mission with coordinates within 300 km" in done.stderr


def test_posts_refuses_a_broken_list_and_does_not_lose_it(tmp_path: Path) -> None:
    broken = tmp_path / "missions.csv"
    broken.write_text("operator;country;city;latitude;longitude;type;QID\nLatvia;Belarus\n")
    done = run("posts", "Mozyr", "--on", "2022-08-26", "--posts", str(broken))
    assert done.exit_code == 1
    assert "missions.csv, line 2: got fewer cells" in done.stderr
    broken.write_text("operator;country;city;latitude;longitude;type;QID\n")
    done = run("posts", "Mozyr", "--on", "2022-08-26", "--posts", str(broken), "--out", str(broken))
    assert done.exit_code == 1
    assert "would be lost" in done.stderr


def test_posts_needs_a_day() -> None:
    assert run("posts", "Mozyr").exit_code == 2
    assert run("posts", "Mozyr", "--on", "2022-08").exit_code == 2


def test_a_blank_name_is_refused_at_once_and_the_others_are_shown() -> None:
    done = run("places", "--format", "json", "--", "  ", "-", "53.10,26.05")
    assert done.exit_code == 1
    assert [row["asked"] for row in json.loads(done.stdout)] == ["53.10,26.05"]
    assert "got '  ', expected a place" in done.stderr
    assert "got '-', expected a place" in done.stderr
