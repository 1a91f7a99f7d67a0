"""A plan as ICS, GeoJSON and KML: read back by other programs' readers, with hostile names too."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import icalendar
import pytest
import shapely.geometry
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.plan_world import HOSTILE, SITE, chance, hostile, looked, swath, worked

from entrepot.checks.check import Gap
from entrepot.checks.passes.times import around, clock, give, rounded, step_s
from entrepot.dossiers.planfiles.calendar import calendar
from entrepot.dossiers.planfiles.geojson import geojson
from entrepot.dossiers.planfiles.kml import NAMESPACE, kml
from entrepot.dossiers.planfiles.plaintext import plain
from entrepot.records.checks import CHECK

AT = datetime(2026, 11, 28, 10, 0, 0, 5, tzinfo=UTC)


def events(text: bytes, kind: str = "VEVENT"):
    return icalendar.Calendar.from_ical(text).walk(kind)


# -- times -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tolerance_s", "printed"),
    [(0.4, "09:25:38"), (5, "09:25:40"), (8.5, "09:25:40"), (30, "09:25:40"), (30.1, "09:26"),
     (61, "09:25"), (2000, "09:00")],
)  # fmt: skip
def test_a_time_is_printed_as_fine_as_it_is_known(tolerance_s, printed):
    assert clock(datetime(2022, 8, 26, 9, 25, 38, tzinfo=UTC), tolerance_s) == printed


def test_a_time_is_rounded_over_midnight():
    late = datetime(2022, 8, 31, 23, 59, 45, tzinfo=UTC)
    assert rounded(late, 45.0) == datetime(2022, 9, 1, tzinfo=UTC)


def test_a_tolerance_is_never_printed_smaller_than_it_is():
    assert [give(one) for one in (0.2, 6.1, 119.5, 120, 121)] == [
        "± 1 s", "± 7 s", "± 120 s", "± 2 min", "± 3 min",
    ]  # fmt: skip


@given(st.floats(0, 5000), st.integers(0, 86_399_999))
def test_rounding_moves_a_time_by_half_a_step_at_most(tolerance_s, ms):
    at = datetime(2022, 8, 26, tzinfo=UTC) + timedelta(milliseconds=ms)
    assert abs(rounded(at, tolerance_s) - at) <= timedelta(seconds=step_s(tolerance_s) / 2)
    begin, end = around(chance(at=at, tolerance_s=tolerance_s))
    give_s = timedelta(seconds=tolerance_s)
    assert begin <= at - give_s
    assert end >= at + give_s
    assert end - begin < 2 * give_s + timedelta(minutes=2, microseconds=10)
    assert end > begin


# -- calendar ----------------------------------------------------------------------------


def test_swath_passes_are_appointments_named_by_their_check():
    found = [one for one in events(calendar(worked(), stamped_at=AT)) if "swath" in
             one["CATEGORIES"].to_ical().decode()]  # fmt: skip
    assert [str(one["UID"]) for one in found] == [one.row()["check_id"] for one in swath()]
    first = found[0]
    assert first.decoded("DTSTART") == datetime(2022, 8, 26, 9, 25, tzinfo=UTC)
    assert first.decoded("DTEND") == datetime(2022, 8, 26, 9, 26, tzinfo=UTC)
    assert first.decoded("DTSTAMP") == AT.replace(microsecond=0)
    assert "09:25:40 UTC, ± 7 s" in first["DESCRIPTION"]
    assert "a chance, not an image" in first["DESCRIPTION"]
    assert "Advised as number 1" in first["DESCRIPTION"]
    assert "Advised" not in found[2]["DESCRIPTION"]
    assert first["TRANSP"] == "TRANSPARENT"


def test_agile_chances_are_counted_by_day_or_told_each():
    days = [one for one in events(calendar(worked())) if str(one["UID"]).startswith("day_")]
    assert len(days) == 14
    assert sum(int(one["SUMMARY"].split()[0]) for one in days) == 243
    assert days[0].decoded("DTSTART") == date(2022, 8, 26)
    assert days[-1].decoded("DTEND") == date(2022, 9, 9)
    each = events(calendar(worked(), each_agile=True))
    assert len(each) == 253
    assert len({str(one["UID"]) for one in each}) == 253


def test_advised_checks_are_tasks_in_their_order():
    found = events(calendar(worked()), "VTODO")
    assert [one["PRIORITY"] for one in found] == [1, 2, 3]
    assert found[1]["SUMMARY"].startswith("2. Load flight records")
    assert "an absence proves nothing" in found[1]["DESCRIPTION"]
    far = replace(worked().advice[0], rank=12)
    assert events(calendar(worked(advice=(far,))), "VTODO")[0]["PRIORITY"] == 9


def test_equal_plans_give_equal_bytes():
    plan = worked(passes=tuple(swath()))
    assert calendar(plan) == calendar(plan)
    assert kml(plan) == kml(plan)


def test_hostile_names_stay_inside_their_line_of_a_calendar():
    text = calendar(hostile())
    assert b"\r\nBEGIN:VEVENT" in text
    assert len(events(text)) == 2
    assert text.count(b"\r\n") == text.count(b"\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    first = events(text)[0]
    assert plain(HOSTILE) in first["SUMMARY"]
    assert "\u05e9\u05dc\u05d5\u05dd" in first["SUMMARY"]
    assert "\u202e" not in text.decode()


# -- GeoJSON -----------------------------------------------------------------------------


def test_every_check_is_a_feature_with_its_columns():
    plan = looked()
    made = json.loads(json.dumps(geojson(plan)))
    checks = [one for one in made["features"] if one["properties"]["record"] == "check"]
    assert [one["id"] for one in checks] == [one.row()["check_id"] for one in plan.checks()]
    assert list(checks[0]["properties"]) == ["record", *CHECK]
    assert all(one["type"] == "Feature" for one in made["features"])


def test_places_are_points_with_longitude_first():
    made = geojson(looked())
    by = {one["properties"].get("kind") or "site": one for one in made["features"]}
    assert by["site"]["geometry"] == {"type": "Point", "coordinates": [26.05, 53.10]}
    assert shapely.geometry.shape(by["pass"]["geometry"]).distance(
        shapely.geometry.Point(26.05, 53.10)) == 0  # fmt: skip
    assert by["mission"]["geometry"]["coordinates"] == [30.20, 55.19]
    assert by["flight"]["geometry"] is None


def test_gaps_are_features_that_say_unknown():
    made = geojson(worked())
    gaps = [one for one in made["features"] if one["properties"]["record"] == "gap"]
    assert {one["properties"]["kind"] for one in gaps} == {"image", "flight", "movement"}
    assert all(one["properties"]["status"] == "unknown" for one in gaps)
    assert all(one["geometry"] is None for one in gaps)


def test_places_beside_the_180th_meridian_keep_their_side():
    for longitude in (179.95, -179.95, 180.0, -180.0):
        plan = worked(site=replace(SITE, longitude_deg=longitude), passes=(), posts=())
        point = geojson(plan)["features"][0]["geometry"]["coordinates"]
        assert point == [longitude, 53.10]
        assert f"<coordinates>{longitude:.6f},53.100000</coordinates>" in kml(plan)


# -- KML ---------------------------------------------------------------------------------

ORDER = ("name", "description", "TimeStamp", "TimeSpan", "styleUrl", "ExtendedData", "Point")
"""Of the children of a placemark, as the schema of KML 2.2 has them:
https://schemas.opengis.net/kml/2.2.0/ogckml22.xsd (AbstractFeatureType, PlacemarkType)."""


def read(text: str) -> ET.Element:
    return ET.fromstring(text.encode())


def test_kml_is_built_as_its_schema_asks():
    root = read(kml(looked()))
    assert root.tag == f"{{{NAMESPACE}}}kml"
    document = root[0]
    assert document.tag == f"{{{NAMESPACE}}}Document"
    tags = [one.tag.partition("}")[2] for one in document]
    assert tags[:2] == ["name", "description"]
    assert tags.index("Placemark") > max(i for i, tag in enumerate(tags) if tag == "Style")
    styles = {f"#{one.get('id')}" for one in document if one.tag.endswith("Style")}
    marks = list(root.iter(f"{{{NAMESPACE}}}Placemark"))
    assert len({one.get("id") for one in marks}) == len(marks) == 263
    for mark in marks:
        found = [ORDER.index(one.tag.partition("}")[2]) for one in mark]
        assert found == sorted(found)
        assert mark.find(f"{{{NAMESPACE}}}styleUrl").text in styles


def test_a_pass_lasts_as_long_as_it_may_by_its_tolerance():
    root = read(kml(worked()))
    span = next(root.iter(f"{{{NAMESPACE}}}TimeSpan"))
    # 09:25:38 -12 s -6.4 s and +12 s +6.4 s
    assert [one.text for one in span] == ["2022-08-26T09:25:20Z", "2022-08-26T09:25:56Z"]
    when = next(read(kml(looked())).iter(f"{{{NAMESPACE}}}when"))
    assert when.text == "2022-08-29T09:35:45Z"


def test_hostile_names_are_no_markup_in_kml_nor_in_its_balloons():
    text = kml(hostile())
    root = read(text)
    assert not list(root.iter("script"))
    for told in root.iter(f"{{{NAMESPACE}}}description"):
        assert "<script" not in told.text
    names = [one.text for one in root.iter(f"{{{NAMESPACE}}}name")]
    assert any(plain(HOSTILE) in one for one in names)
    for balloon in root.iter(f"{{{NAMESPACE}}}BalloonStyle"):
        assert balloon[0].text == "$[description]"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_text_can_be_written_and_read_again(text):
    plan = worked(site=replace(SITE, name=text), posts=(), passes=(chance(satellite=text),),
                  gaps=(Gap("flight", text, None, None, text),), advice=())  # fmt: skip
    assert read(kml(plan))[0][0].text == f"What could see {plain(text)}".rstrip()
    (event,) = events(calendar(plan))
    assert str(event["LOCATION"]) == plain(text)


def test_plain_text_keeps_letters_and_drops_what_acts():
    assert plain("a\x00b\u202ec\nd\u2028e") == "a b c d e"
    assert plain("Баранавічы שלום 東京 é") == "Баранавічы שלום 東京 é"
    assert plain(None) == ""
