"""What a chart may hold: its own data, nothing from outside, nothing that differs by day or run."""

import re
from collections.abc import Iterator
from typing import Any, Final

from entrepot.dossiers.dossier.section import Chart
from entrepot.errors import DossierError

FONTS: Final = re.compile(r"(?:^f|F)ont$")
"""Keys that name a font: `font`, `labelFont`, `titleFont`."""
OUTSIDE: Final = {"url", "href"}
"""Keys that name another file; image marks have theirs in `url` as well."""
FICKLE: Final = re.compile(r"\b(?:random|now|sample(?:Normal|LogNormal|Uniform))\s*\(")
"""Functions of Vega's expressions that differ from one run to the next."""


def checked(chart: Chart) -> dict[str, Any]:
    """The specification without names of fonts, once it is known to be whole and to have data.

    Raises:
        DossierError: it names another file, is not the same in every run, or has no data.
    """
    for key, value in _entries(chart.spec):
        if key in OUTSIDE or (key, value) == ("type", "image") or (key, value) == ("mark", "image"):
            raise DossierError(
                f"chart {chart.chart_id}: got {key!r}, which leads to another file, expected all "
                "data in the specification",
                hint="Put the rows under data.values.",
            )
        if key == "sample" or (isinstance(value, str) and FICKLE.search(value)):
            raise DossierError(
                f"chart {chart.chart_id}: got {key!r} with chance or a clock in it, expected a "
                "chart that is the same in every run"
            )
    _require_data(chart)
    plain: dict[str, Any] = _without_fonts(chart.spec)
    return plain


def _require_data(chart: Chart) -> None:
    rows = list(_rows(chart.spec))
    if not rows:
        raise DossierError(
            f"chart {chart.chart_id}: got no rows, expected data to draw",
            hint="Leave the chart out, and say in a sentence that nothing is reported.",
        )
    told = [row for row in rows if isinstance(row, dict)]
    keys = {key for row in told for key in row}
    measured = _measured(chart.spec) & keys
    if measured and all(row.get(key) is None for row in told for key in measured):
        raise DossierError(
            f"chart {chart.chart_id}: got rows in which nothing is measured, expected a value",
            hint="Leave the chart out, and say in a sentence that nothing is reported.",
        )


def _measured(spec: Any) -> set[str]:
    """Fields that stand for an amount; none where a transform may make them."""
    found = {
        value["field"]
        for _, value in _entries(spec)
        if isinstance(value, dict)
        and value.get("type") == "quantitative"
        and isinstance(value.get("field"), str)
    }
    return set() if any(key == "transform" for key, _ in _entries(spec)) else found


def _rows(part: Any) -> Iterator[Any]:
    for key, value in _entries(part, into_data=True):
        if key == "values" and isinstance(value, list | tuple):
            yield from value
        elif key == "values" and value:
            yield value


def _entries(part: Any, *, into_data: bool = False) -> Iterator[tuple[str, Any]]:
    """Each key with its value, at every depth; rows only where asked, and then whole."""
    if isinstance(part, list | tuple):
        for one in part:
            yield from _entries(one, into_data=into_data)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "datasets" and isinstance(value, dict):
                yield from (("values", one) for one in value.values() if into_data)
            elif key == "data" and isinstance(value, dict):
                yield from _of_data(value, into_data)
            else:
                yield key, value
                yield from _entries(value, into_data=into_data)


def _of_data(data: dict[str, Any], into_data: bool) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if key == "values":
            if into_data:
                yield key, value
        else:
            yield key, value
            yield from _entries(value)


def _without_fonts(part: Any) -> Any:
    if isinstance(part, list | tuple):
        return [_without_fonts(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: value if key in ("data", "datasets") else _without_fonts(value)
        for key, value in part.items()
        if not FONTS.search(key)
    }
