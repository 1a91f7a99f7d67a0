"""A plan as KML 2.2 (OGC 07-147r2): folders of placemarks, passes and images on a time line."""

import html
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from xml.etree import ElementTree as ET

from entrepot.checks.check import Check
from entrepot.checks.images.image import Image
from entrepot.checks.movements.movement import Movement
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.times import span
from entrepot.checks.planning.plan import Plan
from entrepot.checks.posts.post import Post
from entrepot.checks.site import coordinates
from entrepot.checks.window import moment
from entrepot.dossiers.planfiles.plaintext import CHANCE, pass_title, pass_words, plain

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
COLOURS: Final = {
    "site": "ff1b50b5", "pass": "ff9f6c2d", "image": "ff4a6b1f", "mission": "ff6e6156",
    "movement": "ff57483f",
}  # fmt: skip
"""Of the signs, as KML writes colours: opacity, blue, green, red."""


def kml(plan: Plan) -> str:
    """The plan as one KML document; times lie on the time line of the program that shows it.

    A pass lasts from its first to its last moment inside the limit, each widened by the tolerance.
    Viewers read a description as HTML, so names of others are escaped there once more.
    """
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    _text(document, "name", f"What could see {plan.site.name}")
    _described(
        document,
        [
            span(plan.window),
            *plan.notes,
            *(f"Refused: {one}" for one in plan.refused),
            *(f"Unknown ({one.kind}): {one.why}" for one in plan.gaps),
        ],
    )
    for kind, colour in COLOURS.items():
        _style(document, kind, colour)
    _site(document, plan)
    swath = [one for one in plan.passes if one.mode == "swath"]
    agile = [one for one in plan.passes if one.mode != "swath"]
    for title, checks in (
        ("Passes inside the swath", swath), ("Chances if a satellite is turned", agile),
        ("Archive images", plan.images), ("Diplomatic missions", plan.posts),
        ("Flights and movements", plan.movements),
    ):  # fmt: skip
        _folder(document, title, checks, plan)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _folder(parent: ET.Element, title: str, checks: Sequence[Check], plan: Plan) -> None:
    if not checks:
        return
    folder = ET.SubElement(parent, "Folder")
    _text(folder, "name", f"{title} ({len(checks)})")
    for one in checks:
        _placemark(folder, one, plan)


def _placemark(folder: ET.Element, one: Check, plan: Plan) -> None:
    """Children in the order that the schema asks for."""
    row = one.row()
    mark = ET.SubElement(folder, "Placemark", id=str(row["check_id"]))
    _text(mark, "name", pass_title(one) if isinstance(one, Pass) else row["what"])
    _described(mark, _words(one, row))
    _timed(mark, one)
    _text(mark, "styleUrl", f"#{'movement' if one.kind == 'flight' else one.kind}")
    _data(mark, row)
    if isinstance(one, Post):
        _point(mark, one.longitude_deg, one.latitude_deg)
    elif not isinstance(one, Movement):
        _point(mark, plan.site.longitude_deg, plan.site.latitude_deg)


def _words(one: Check, row: dict[str, Any]) -> list[str]:
    if isinstance(one, Pass):
        return pass_words(one)
    if isinstance(one, Post):
        return [f"{one.distance_km:.0f} km from the place in a straight line.", one.status,
                f"List of {one.as_of}."]  # fmt: skip
    said = [str(row[name]) for name in ("link", "licence", "status", "operator") if row.get(name)]
    return [*said, f"From {row['source']}."]


def _timed(mark: ET.Element, one: Check) -> None:
    if isinstance(one, Image):
        _text(ET.SubElement(mark, "TimeStamp"), "when", moment(one.at))
    elif isinstance(one, Pass | Movement):
        slack = timedelta(seconds=one.tolerance_s if isinstance(one, Pass) else 0)
        stretch = ET.SubElement(mark, "TimeSpan")
        _text(stretch, "begin", moment(one.from_at - slack))
        _text(stretch, "end", moment(one.to_at + slack))


def _site(document: ET.Element, plan: Plan) -> None:
    site = plan.site
    mark = ET.SubElement(document, "Placemark", id="site")
    _text(mark, "name", site.name)
    _described(mark, [coordinates(site), *site.sources, *([site.note] if site.note else [])])
    _text(mark, "styleUrl", "#site")
    _point(mark, site.longitude_deg, site.latitude_deg)


def _style(document: ET.Element, name: str, colour: str) -> None:
    style = ET.SubElement(document, "Style", id=name)
    _text(ET.SubElement(style, "IconStyle"), "color", colour)
    # without this some viewers put the name and all columns into the balloon, as markup
    _text(ET.SubElement(style, "BalloonStyle"), "text", "$[description]")


def _described(parent: ET.Element, lines: Sequence[str]) -> None:
    told = [CHANCE, *lines] if parent.tag == "Document" else lines
    joined = "<br/>".join(html.escape(plain(line)) for line in told if line)
    ET.SubElement(parent, "description").text = joined


def _data(mark: ET.Element, row: dict[str, Any]) -> None:
    held = ET.SubElement(mark, "ExtendedData")
    for name, value in row.items():
        if value is not None:
            _text(ET.SubElement(held, "Data", name=name), "value", value)


def _point(mark: ET.Element, longitude_deg: float, latitude_deg: float) -> None:
    point = ET.SubElement(mark, "Point")
    _text(point, "coordinates", f"{longitude_deg:.6f},{latitude_deg:.6f}")


def _text(parent: ET.Element, tag: str, value: Any) -> None:
    ET.SubElement(parent, tag).text = plain(value)
