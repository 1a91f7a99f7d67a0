"""Charts to SVG, the same bytes on every machine.

Three things would make a drawing differ, and each is shut out:

* fonts: how wide a word is decides where axes, legends and edges lie, and an installed font comes
  before the ones that vl-convert carries. Words are measured with fonts of a name of their own,
  which have a width for every character (`data/measure`), so no other is asked;
* the time zone: Vega reads and prints days by the zone of the process. Drawing happens in a process
  of its own in which that zone is UTC, and which is asked whether it is;
* what was drawn before: ids in a drawing count on. Here they start anew in each.
"""

import json
import re
from copy import deepcopy
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any, Final

from entrepot.dossiers.dossier.section import Chart
from entrepot.dossiers.render.drawingprocess import Engine
from entrepot.dossiers.render.drawingrules import checked
from entrepot.dossiers.theme import FONT, LIGHT, chart_config
from entrepot.errors import DossierError

MEASURE: Final = "Entrepot Measure"
"""Name of the fonts in `data/measure`; see tools/build_measure_font.py."""
MARKS: Final = {"mark": {"invalid": "break-paths-show-domains", "color": LIGHT["direct"]}}
"""A null keeps its place on the axis and breaks a line; Vega-Lite by itself leaves out both."""
UNFIT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
"""Characters that XML 1.0 has no place for (section 2.2), and those that turn the reading order."""

_ENGINE: Final = Engine(Path(str(resources.files("entrepot.dossiers") / "data" / "measure")))


def draw(chart: Chart) -> str:
    """The chart as SVG text.

    A value that is null leaves a gap. Letters are named `sans-serif` for whoever shows the drawing;
    ids begin with the id of the chart, so that many drawings fit on one page.

    Raises:
        DossierError: the chart has no data, names another file, holds chance or a clock, or cannot
            be drawn.
    """
    spec: dict[str, Any] = _fit(checked(chart))
    spec.pop("$schema", None)
    spec["config"] = _over(_over(chart_config(), MARKS), spec.get("config") or {})
    spec["config"]["font"] = MEASURE
    try:
        asked = json.dumps(spec, ensure_ascii=True, allow_nan=False)
    except (ValueError, TypeError) as error:
        raise DossierError(
            f"chart {chart.chart_id}: got a value that JSON cannot hold, expected text, numbers "
            "and null"
        ) from error
    return _settled(_ENGINE.svg(chart.chart_id, asked), chart)


def _fit(part: Any) -> Any:
    """The same without characters that a drawing cannot hold; a NUL would end the process."""
    if isinstance(part, str):
        return UNFIT.sub("", part)
    if isinstance(part, dict):
        return {UNFIT.sub("", str(key)): _fit(value) for key, value in part.items()}
    return [_fit(one) for one in part] if isinstance(part, list | tuple) else part


def _over(base: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The base with what the other has; at every depth."""
    made = deepcopy(base)
    for key, value in other.items():
        held = made.get(key)
        both = isinstance(held, dict) and isinstance(value, dict)
        made[key] = _over(held, value) if both else value  # type: ignore[arg-type]
    return made


def _settled(svg: str, chart: Chart) -> str:
    """The drawing with ids that start anew, letters for any reader, and its words for all."""
    ids: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        new = ids.setdefault(found[2], f"{chart.chart_id}-{len(ids)}")
        return f"{found[1]}{new}{found[3]}"

    def tag(found: re.Match[str]) -> str:
        text = found[0].replace(f'font-family="{MEASURE}"', f'font-family="{FONT}"')
        return re.sub(r'(\bid="|url\(#|href="#)([^")]+)([")])', name, text)

    body = re.sub(r"<[a-zA-Z][^>]*>", tag, svg)
    said = escape(UNFIT.sub("", chart.alt or chart.title))
    return body.replace("<svg ", f'<svg role="img" aria-label="{said}" ', 1)
