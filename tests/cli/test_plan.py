"""`entrepot plan`, run as a user does. The orbits are made up but in the worked example."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from sgp4.exporter import export_omm
from tests.checks.passes.orbiting import made_elements

from entrepot.checks.passes.satellite import Elements
from entrepot.cli import main
from entrepot.records.checks import ADVISED, CHECK, KINDS
from entrepot.workspace.planning import _aged

WINDOW = ("--from", "2022-08-26", "--to", "2022-09-08")
PLANT = ("--at", "558th Aircraft Repair Plant", *WINDOW)
SENTINEL_2B, SKYSAT_C19 = 42063, 46235


@pytest.fixture
def elements(tmp_path: Path) -> Path:
    """Two made orbits under the numbers of a satellite with a swath and of one that is turned."""
    path = tmp_path / "made.csv"
    rows = [
        omm("MADE 2B", made_elements(786.0, 98.6, 205.0, 0.0, norad_id=SENTINEL_2B)),
        omm("MADE C19", made_elements(500.0, 97.4, 190.0, 0.0, norad_id=SKYSAT_C19)),
    ]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def omm(name: str, made: Elements) -> dict[str, object]:
    made.satrec.intldesg = "17013A"
    return dict(export_omm(made.satrec, name))


def run(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["plan", "--workspace", str(tmp_path / "w"), *words])


def test_all_parts_stand_in_the_data_and_in_the_files(tmp_path, elements):
    page, diary, points, marks = (
        tmp_path / name for name in ("p.html", "p.ics", "p.json", "p.kml")
    )
    done = run(
        tmp_path, *PLANT, "--elements", str(elements), "--format", "jsonl", "--html", str(page),
        "--ics", str(diary), "--geojson", str(points), "--kml", str(marks),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(tuple(row) == tuple(CHECK) for row in rows)
    kinds = [row["kind"] for row in rows]
    assert kinds == sorted(
        kinds, key=lambda one: (one not in ADVISED, 0 if one in ADVISED else KINDS.index(one))
    )
    assert set(kinds) & set(ADVISED) == {"imagery", "visit", "flight records", "traffic counts"}
    swath = [row for row in rows if row["mode"] == "swath"]
    assert {row["satellite"] for row in swath} == {"MADE 2B"}
    assert all(row["off_nadir_deg"] <= 10.4 and row["sun_elevation_deg"] > 0 for row in swath)
    nearest = next(row for row in rows if row["kind"] == "mission")
    assert 131 < nearest["distance_km"] < 133
    assert "558th Aircraft Repair Plant" in page.read_text("utf-8")
    assert b"\r\n" in diary.read_bytes()
    events = Calendar.from_ical(diary.read_bytes()).walk("VEVENT")
    assert len([one for one in events if "MADE 2B" in one["SUMMARY"]]) >= len(swath)
    assert json.loads(points.read_text("utf-8"))["type"] == "FeatureCollection"
    assert marks.read_text("utf-8").startswith("<?xml")


def test_what_nobody_covers_is_unknown_and_says_what_would_tell(tmp_path, elements):
    told = run(tmp_path, *PLANT, "--elements", str(elements), "--format", "csv").stderr
    assert "unknown (flight): No flight records are loaded" in told
    assert "unknown (image): No archive was asked" in told
    assert "1. " in told
    assert "2. " in told
    assert "A pass is a chance, not an image" in told


def test_without_elements_passes_are_unknown_and_the_rest_stands(tmp_path):
    done = run(tmp_path, *PLANT, "--format", "json")
    assert done.exit_code == 0
    assert {row["kind"] for row in json.loads(done.stdout)} == {
        "mission", "visit", "flight records", "traffic counts"}  # fmt: skip
    assert "No orbital elements are loaded" in done.stderr


def test_flights_and_observations_become_checks(tmp_path, elements):
    flights = tmp_path / "flights.csv"
    flights.write_text(
        "callsign,icao24,registration,typecode,origin,destination,firstseen,lastseen\n"
        "TXC1,510001,EW-000AA,IL76,UMMA,UUBB,2022-08-27T06:00:00,2022-08-27T07:30:00\n"
    )
    seen = tmp_path / "seen.csv"
    seen.write_text(
        "observed_from,observed_to,what,count,place,observer,source\n"
        "2022-08-28,2022-08-28,trains,3,Baranovichi,a local group,https://example.org/1\n"
    )
    done = run(
        tmp_path, *PLANT, "--flights", str(flights), "--observations", str(seen),
        "--called", "Baranovichi", "--format", "json",
    )  # fmt: skip
    rows = {row["kind"]: row for row in json.loads(done.stdout)}
    assert "IL76" in rows["flight"]["what"]
    assert rows["flight"]["from"] == "2022-08-27T06:00:00Z"
    assert rows["flight"]["status"] is None  # no lists are loaded: not screened
    assert "trains" in rows["movement"]["what"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WINDOW, "got no place, expected one"),
        (("--at", "53.10,26.05"), "got no first and last day, expected both"),
        (("--at", "126.05,53.1", *WINDOW), "latitude"),
        (("--at", "1,2", "--from", "2022-09-08", "--to", "2022-08-26"), "last day not before"),
        (("--at", "53.1,26.05", "--from", "2012-09-08", "--to", "2022-08-26"), "366 at most"),
        (("clm_0123456789ab", *PLANT), "there is no casebook"),
    ],
)  # fmt: skip
def test_refused_in_one_sentence(tmp_path, words, said):
    done = run(tmp_path, *words)
    assert done.exit_code == 1, done.output
    assert said in " ".join(done.output.split())
    assert "hint:" in done.output


def test_a_window_before_the_elements_exist_is_refused(tmp_path, elements):
    done = run(tmp_path, "--at", "53.1,26.05", "--from", "2021-01-01", "--to", "2021-01-02",
               "--elements", str(elements))  # fmt: skip
    assert done.exit_code == 1
    assert "before these elements exist" in " ".join(done.output.split())


@pytest.mark.parametrize("option", ["--html", "--ics", "--geojson", "--kml", "--out"])
def test_a_place_that_cannot_be_written_names_its_option(tmp_path, option):
    done = run(tmp_path, *PLANT, option, "/dev/null/plan")
    assert done.exit_code == 1
    assert f"Choose another place with {option}." in " ".join(done.output.split())


@pytest.mark.parametrize("option", ["--html", "--ics", "--geojson", "--kml", "--out"])
def test_no_output_replaces_an_input(tmp_path, elements, option):
    before = elements.read_bytes()
    done = run(tmp_path, *PLANT, "--elements", str(elements), option, str(elements))
    assert done.exit_code == 1
    assert "is one of the inputs and would be lost" in " ".join(done.output.split())
    assert f"Choose another place with {option}." in " ".join(done.output.split())
    assert elements.read_bytes() == before


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (8.9, 22.1, "At the passes they are 9 to 22 days old."),
        (8.9, 9.1, "At the passes they are 9 days old."),
        (-27.2, -3.0, "They are 3 to 27 days newer than the passes."),
        (-27.2, 4.1, "Passes lie up to 27 days before them and up to 4 days after."),
    ],
)
def test_no_age_of_elements_is_said_as_a_negative_number(least, most, said):
    assert _aged(least, most) == said


def test_one_file_is_not_written_twice(tmp_path, elements):
    twice = str(tmp_path / "plan.html")
    done = run(tmp_path, *PLANT, "--elements", str(elements), "--html", twice, "--out", twice)
    assert done.exit_code == 1
    assert "for --html and for --out" in " ".join(done.output.split())
    assert not Path(twice).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "got an empty file"), ("<!DOCTYPE html>\n<html></html>", "got a web page")],
)
def test_a_flight_list_that_is_none_is_told_as_what_it_is(tmp_path, text, said):
    path = tmp_path / "flights.csv"
    path.write_text(text)
    done = run(tmp_path, *PLANT, "--flights", str(path))
    assert done.exit_code == 1
    assert f"flights.csv: {said}, expected a table in CSV" in " ".join(done.output.split())


def test_the_worked_example(tmp_path, shared):
    """The line of the task: Baranovichi after 26 August 2022, elements of 17 August."""
    folder = shared / "verification" / "tle" / "2022-08-17"
    page = tmp_path / "plan.html"
    done = run(
        tmp_path, *PLANT, "--elements", str(folder / "resource.txt"), "--elements",
        str(folder / "planet.txt"), "--html", str(page), "--format", "json",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    first = next(row for row in rows if row["kind"] == "pass")
    assert (first["satellite"], first["at"]) == ("SENTINEL-2B", "2022-08-26T09:25:44Z")
    text = " ".join(page.read_text("utf-8").split())
    assert "Sentinel-2B" in text
    assert "09:25:40 UTC" in text
    assert (
        "31 camera satellites (135 chances) and 6 radar satellites (111 chances) known to be in "
        "service could have been turned to it. 2 radar satellites (51 chances) that are only "
        "listed could have been turned to it too. It is not known that those worked then."
    ) in text
    assert "SkySat: 108 of 177 passes" in text
    missions = [row["distance_km"] for row in rows if row["kind"] == "mission"]
    assert min(missions) == pytest.approx(132, abs=1)
    assert not [row for row in rows if row["kind"] == "flight"]
    assert "no flight records" in text.lower()
    assert text.index("<b>1.</b>") < text.index("<b>2.</b>")


def test_images_in_a_file_do_not_settle_what_no_archive_was_asked(tmp_path, elements):
    answer = tmp_path / "answer.json"
    answer.write_text('{"type": "FeatureCollection", "features": []}')
    page = tmp_path / "p.html"
    run(tmp_path, *PLANT, "--elements", str(elements), "--images", str(answer), "--html", str(page))
    text = page.read_text("utf-8")
    assert "not asked: unknown" in text
    assert "none in the archives asked" not in text.partition("<table")[2]
