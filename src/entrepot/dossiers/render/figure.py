"""A drawn chart as part of the page, after a look at what is in the drawing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from markupsafe import Markup

from entrepot.dossiers.dossier.section import Chart
from entrepot.dossiers.render.chartdata import Data, chart_data
from entrepot.dossiers.render.text import clean
from entrepot.dossiers.theme import inline
from entrepot.errors import DossierError

SIGNS: Final = frozenset({
    "svg", "g", "defs", "clipPath", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "title", "desc", "linearGradient", "radialGradient", "stop",
    "symbol", "use", "pattern", "mask", "marker",
})  # fmt: skip
"""Elements that only draw. Scripts, pictures, links, styles and frames are not among them."""

_NOTE: Final = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
SVG: Final = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its drawing and its data."""

    chart: Chart
    key: str
    drawing: Markup
    data: list[Data]


def figure(chart: Chart, charts: Mapping[str, str], key: str) -> Figure:
    """A chart of the dossier as it stands in the page.

    Args:
        chart: of the dossier.
        charts: SVG texts by `chart_id`.
        key: keeps ids of this drawing apart from those of the page and of other drawings.

    Raises:
        DossierError: there is no drawing, or it is no SVG, or it holds what could run or load.
    """
    if chart.chart_id not in charts:
        raise DossierError(
            f"got no drawing of chart {clean(chart.chart_id)}, expected one of each chart",
            hint="Charts are drawn from their specification before the page is written.",
        )
    svg = charts[chart.chart_id]
    _look(svg, clean(chart.chart_id))
    label = clean(f"{chart.title}. {chart.alt}")
    return Figure(chart, key, inline(_bare(svg), key=key, label=label), chart_data(chart))


def _bare(svg: str) -> str:
    """Without notes for screen readers inside: the drawing has one label, and its data as table."""
    return re.sub(r"<[a-zA-Z][^<>]*>", lambda tag: _NOTE.sub("", tag[0]), svg)


def _look(svg: str, chart_id: str) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DossierError(
            f"got a drawing of chart {chart_id} that is not well formed, expected SVG",
            hint="Charts are drawn with `entrepot dossier`.",
        ) from error
    for one in root.iter():
        if why := _fault(one):
            raise DossierError(
                f"got {why} in the drawing of chart {chart_id}, expected only what draws",
                hint="A chart takes no picture, link or script from elsewhere.",
            )


def _fault(one: Any) -> str:
    """What in an element could run or load; empty: nothing."""
    if not isinstance(one.tag, str):
        return "" if one.tag is etree.Comment else "an instruction"
    if one.tag.removeprefix(SVG) not in SIGNS:
        return f"an element {clean(one.tag.rpartition('}')[2])!r}"
    for name, value in one.attrib.items():
        bare = name.rpartition("}")[2].lower()
        if bare.startswith("on") or (bare == "href" and not value.startswith("#")):
            return f"an attribute {clean(bare)!r}"
        if re.search(r"url\(\s*['\"]?(?!#|['\"]?#)", value):
            return "an address"
    return ""
