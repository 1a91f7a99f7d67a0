"""The data of a chart as tables, for those who do not see it and those who reckon again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from entrepot.dossiers.dossier.section import Chart
from entrepot.dossiers.render.cites import numeric
from entrepot.dossiers.render.text import cell, clean

CHANNELS: Final = ("facet", "row", "column", "x", "x2", "y", "y2", "color", "shape", "size", "text")
"""Order of columns: as a chart is read; other channels and fields follow by name."""


@dataclass(frozen=True, slots=True)
class Data:
    """One table of a chart: headings, cells as read, and which columns are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


def chart_data(chart: Chart) -> list[Data]:
    """The data of a chart; those that are drawn where it brings no table of its own.

    A chart of a lead has one table, under `usermeta` of its specification. Of others each table of
    the specification stands once; the order of its keys does not count.
    """
    if own := _own(chart.spec):
        return [own]
    titles = _titles(chart.spec)
    found: list[Data] = []
    for values in _values(chart.spec):
        made = _table(values, titles)
        if made.rows and made not in found:
            found.append(made)
    return found


def _table(values: list[Any], titles: dict[str, str]) -> Data:
    rows = [one if isinstance(one, dict) else {"value": one} for one in values]
    held = {key for row in rows for key in row}
    fields = [*(key for key in titles if key in held), *sorted(held - set(titles))]
    return Data(
        tuple(titles.get(key) or clean(key) for key in fields),
        tuple(tuple(cell(row.get(key)) for key in fields) for row in rows),
        tuple(numeric([row.get(key) for row in rows]) for key in fields),
    )


def _own(spec: dict[str, Any]) -> Data | None:
    """The table that a chart brings; null: it brings none, or one whose rows are ragged."""
    meta = spec.get("usermeta")
    held = meta.get("table") if isinstance(meta, dict) else None
    if not isinstance(held, dict):
        return None
    columns, rows = list(held.get("columns") or ()), list(held.get("rows") or ())
    if not columns or not rows or any(len(row) != len(columns) for row in rows):
        return None
    return Data(
        tuple(clean(one) for one in columns),
        tuple(tuple(cell(value) for value in row) for row in rows),
        tuple(numeric([row[place] for row in rows]) for place in range(len(columns))),
    )


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a specification that is not itself data, by name of key."""
    if isinstance(node, list | tuple):
        for one in node:
            yield from _walk(one)
    if isinstance(node, dict):
        yield node
        for key in sorted(node):
            if key not in {"values", "datasets"}:
                yield from _walk(node[key])


def _values(spec: dict[str, Any]) -> Iterator[list[Any]]:
    for node in _walk(spec):
        data = node.get("data")
        if isinstance(data, dict) and isinstance(data.get("values"), list | tuple):
            yield list(data["values"])
    named = spec.get("datasets")
    if isinstance(named, dict):
        for key in sorted(named):
            if isinstance(named[key], list | tuple):
                yield list(named[key])


def _titles(spec: dict[str, Any]) -> dict[str, str]:
    """Fields that are drawn with the title of their axis, in the order of `CHANNELS`."""
    found = sorted(
        (_place(channel), channel, turn, one["field"], _title(one))
        for turn, node in enumerate(_walk(spec))
        for channel, one in _channels(node)
    )
    titles: dict[str, str] = {}
    for _, _, _, field, title in found:
        titles[field] = titles.get(field) or title
    return titles


def _channels(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    encoding = node.get("encoding")
    if isinstance(encoding, dict):
        for channel, one in encoding.items():
            if isinstance(one, dict) and isinstance(one.get("field"), str):
                yield channel, one


def _place(channel: str) -> int:
    return CHANNELS.index(channel) if channel in CHANNELS else len(CHANNELS)


def _title(channel: dict[str, Any]) -> str:
    title = channel.get("title")
    return clean(" ".join(title) if isinstance(title, list | tuple) else title or "")
