"""Charts are drawn the same everywhere, from their own data only."""

import json
import os
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.dossiers.dossier_world import CHART

from entrepot.dossiers.dossier.section import Chart
from entrepot.dossiers.render import drawingprocess
from entrepot.dossiers.render.drawing import draw
from entrepot.dossiers.render.drawingprocess import Engine
from entrepot.dossiers.theme import LIGHT
from entrepot.errors import DossierError

MEASURES = Path(__file__).parents[3] / "src/entrepot/dossiers/data/measure"
SVG = "{http://www.w3.org/2000/svg}"
ROWS: list[dict[str, Any]] = [
    {"at": "2022-01-01T00:30:00", "eur": 4.0, "who": "Liberation وايف WAVE 漢字"},
    {"at": "2022-02-01T00:00:00", "eur": None, "who": "Авиа"},
    {"at": "2022-03-01T00:00:00", "eur": 3.0, "who": "Авиа"},
]
TIMED = Chart(
    "cha_timed", "Made up", "Made up.",
    {"width": 300, "height": 90, "data": {"values": ROWS}, "mark": {"type": "line", "clip": True},
     "encoding": {"x": {"field": "at", "type": "temporal"},
                  "y": {"field": "eur", "type": "quantitative"},
                  "color": {"field": "who", "type": "nominal"}}},
    (),
)  # fmt: skip

SCRIPT = """
import sys
from tests.dossiers.render.test_drawing import TIMED, draw
sys.stdout.buffer.write(draw(TIMED).encode())
"""


def with_spec(**changes: Any) -> Chart:
    return replace(TIMED, spec={**TIMED.spec, **changes})


def words(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_zone_language_home_and_folder_change_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text("<fontconfig></fontconfig>")
    elsewhere: dict[str, str] = {
        **os.environ, "TZ": "Pacific/Apia", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8",
        "HOME": str(tmp_path), "FONTCONFIG_FILE": str(empty), "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=elsewhere, cwd=tmp_path, capture_output=True, check=True
    )
    assert there.stdout.decode() == draw(TIMED)


def test_days_are_days_of_utc() -> None:
    # Half past midnight in January stands half an hour right of the edge, in no other zone.
    axis = {"axis": {"format": "%Y-%m-%d %H:%M", "values": ["2022-01-01T00:30:00"]}}
    encoding = {**TIMED.spec["encoding"], "x": {"field": "at", "type": "temporal", **axis}}
    assert "2022-01-01 00:30" in words(draw(with_spec(encoding=encoding)))


def test_words_are_measured_with_fonts_that_have_each_letter() -> None:
    """The picture is as wide as its longest label; widths of Helvetica and of the classes."""

    def edge(label: str, **axis: Any) -> float:
        svg = draw(replace(CHART, spec={
            "width": 100, "height": 30, "data": {"values": [{"n": label, "v": 1}]}, "mark": "bar",
            "encoding": {"y": {"field": "n", "type": "nominal", "title": None,
                               "axis": {"labelLimit": 900, "labelFontSize": 10, **axis}},
                         "x": {"field": "v", "type": "quantitative", "axis": None}},
        }))  # fmt: skip
        found = re.search(r'width="(\d+)"', svg)
        assert found
        return float(found[1])

    base = edge("i" * 20)  # 20 * 0.222 em
    assert edge("m" * 20) - base == pytest.approx((833 - 222) / 5, abs=1.01)
    assert edge("漢" * 20) - base == pytest.approx((1000 - 222) / 5, abs=1.01)
    assert edge("ж" * 20) - base == pytest.approx((556 - 222) / 5, abs=1.01)
    # A font that the specification names is not asked.
    assert edge("m" * 20, labelFont="DejaVu Sans Mono") == edge("m" * 20)


def test_null_keeps_its_place_and_breaks_the_line() -> None:
    assert "2022-06" in words(draw(CHART))
    bars = re.findall(r'class="mark-rect role-mark.*?</g>', draw(CHART))
    assert bars
    assert bars[0].count("<path") == 2
    values = [{"x": place, "y": y} for place, y in enumerate((1, 2, None, 2, 1))]
    line = draw(with_spec(
        data={"values": values}, mark="line",
        encoding={"x": {"field": "x", "type": "quantitative"},
                  "y": {"field": "y", "type": "quantitative"}},
    ))  # fmt: skip
    drawn = re.search(r'class="mark-line role-mark.*?d="([^"]+)"', line)
    assert drawn
    assert drawn[1].count("M") == 2


def test_ids_start_anew_in_each_drawing_and_are_its_own() -> None:
    first, again = draw(TIMED), draw(TIMED)
    assert first == again
    ids = set(re.findall(r'\bid="([^"]+)"', first))
    assert ids
    assert all(one.startswith("cha_timed-") for one in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", first)) <= ids


def test_labels_come_out_to_the_letter() -> None:
    hostile = '<script>&amp; font-family="Entrepot Measure" id="x" url(#y)'
    rows = [{"period": hostile, "value": 1}, {"period": "a\x00b\u202ec", "value": 2}]
    axis = {"labelLimit": 900}
    svg = draw(replace(CHART, alt='"<b>', spec={
        **CHART.spec, "data": {"values": rows},
        "encoding": {"x": {"field": "period", "type": "ordinal", "axis": axis},
                     "y": {"field": "value", "type": "quantitative"}},
    }))  # fmt: skip
    assert hostile in words(svg)
    assert "abc" in words(svg)
    assert ElementTree.fromstring(svg).get("aria-label") == '"<b>'
    assert f'fill="{LIGHT["direct"]}"' in svg
    families = {one.get("font-family") for one in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert families == {"sans-serif"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"data": {"url": "https://example.org/rows.csv"}}, "another file"),
        ({"mark": {"type": "image"}}, "another file"),
        ({"mark": "image"}, "another file"),
        ({"layer": [{"encoding": {"href": {"field": "who"}}}]}, "another file"),
        ({"transform": [{"lookup": "who", "from": {"data": {"url": "x"}}}]}, "another file"),
        ({"transform": [{"calculate": "datum.eur * random()", "as": "b"}]}, "same in every run"),
        ({"transform": [{"filter": "datum.at < now ()"}]}, "same in every run"),
        ({"transform": [{"sample": 2}]}, "same in every run"),
        ({"data": {"values": []}}, "got no rows"),
        ({"data": {"name": "held"}}, "got no rows"),
        ({"data": {"values": [{"at": "2022", "eur": None}]}}, "nothing is measured"),
        ({"data": {"values": [{"eur": float("nan")}]}}, "JSON cannot hold"),
        ({"mark": "no such mark"}, "cannot be drawn"),
    ],
)
def test_what_is_not_fit_is_refused_by_name(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(DossierError, match=f"cha_timed.*{said}") as caught:
        draw(with_spec(**changes))
    assert "\n" not in str(caught.value)


def test_rows_may_hold_a_column_called_url_and_data_may_have_a_name() -> None:
    rows = [{**one, "url": "https://example.org", "href": "random()"} for one in ROWS]
    assert draw(with_spec(data={"name": "held"}, datasets={"held": rows})) == draw(TIMED)


def spec_in(font: str) -> str:
    rows = [{"n": "жжжжжжжжж mmmmmmmm 漢字", "v": 1}]
    x = {"field": "n", "type": "nominal", "axis": {"orient": "left", "labelFontWeight": "bold"}}
    return json.dumps(
        {"config": {"font": font}, "data": {"values": rows}, "mark": "bar", "encoding": {"y": x}}
    )


def renamed(font: bytes, name: str) -> bytes:
    """A font under a shorter name: OpenType 1.9, table `name`, records of Windows in UTF-16."""
    made = bytearray(font)
    count = struct.unpack_from(">H", made, 4)[0]
    tables = (struct.unpack_from(">4sLLL", made, 12 + 16 * one) for one in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"name")
    records, strings = struct.unpack_from(">HH", made, start + 2)
    for one in range(records):
        at = start + 6 + 12 * one
        platform, _, _, kind, length, place = struct.unpack_from(">6H", made, at)
        new = name.encode("utf-16-be" if platform == 3 else "ascii")
        if kind == 1 and len(new) <= length:
            made[start + strings + place : start + strings + place + len(new)] = new
            struct.pack_into(">H", made, at + 8, len(new))
    return bytes(made)


def test_a_process_that_ends_is_told_and_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(MEASURES)
    ours, theirs = spec_in("Entrepot Measure"), spec_in("Liberation Sans")
    first = (engine.svg("cha_a", ours), engine.svg("cha_a", theirs))
    assert engine._process
    engine._process.kill()
    engine._process.wait()
    # The next one finds a font of the machine by the name of one that vl-convert carries.
    fonts = tmp_path / ".local/share/fonts"
    fonts.mkdir(parents=True)
    (fonts / "Other.ttf").write_bytes(
        renamed((MEASURES / "EntrepotMeasure-Bold.ttf").read_bytes(), "Liberation Sans")
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(drawingprocess, "KEPT", (*drawingprocess.KEPT, "HOME"))
    with pytest.raises(DossierError, match="cha_a: got no drawing"):
        engine.svg("cha_a", ours)
    assert engine.svg("cha_a", ours) == first[0]
    if sys.platform == "linux":
        assert engine.svg("cha_a", theirs) != first[1]  # so the installed font was asked here
    engine.close()
