"""The time line of a plan: a Vega-Lite specification, drawn to SVG without browser or network."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from typing import Any, Final

import vl_convert
from markupsafe import Markup

from entrepot.checks.passes.times import span
from entrepot.checks.planning.plan import Plan
from entrepot.checks.window import Window
from entrepot.dossiers.planlabels import width
from entrepot.dossiers.planlanes import Lane, Mark, lanes
from entrepot.dossiers.plannights import nights
from entrepot.dossiers.theme import LIGHT, chart_config, inline

HATCH: Final = "#e1ded6"
"""Drawn for the unknown; the page puts the pattern `hatch` of its style there."""
TEXT: Final = 11.5
_CLIP: Final = re.compile(r'(?:(?<=id="clip)|(?<=url\(#clip))\d+(?=["\)])')
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One size of the drawing, in pixels.

    Attributes:
        key: keeps its ids apart from those of other drawings.
        plot: width of the window of time.
        lane: height of a lane.
        beside: room for names left of the lanes; 0: they stand in the lanes, above what is drawn.
        top: where in a lane the drawing begins, 0 to 1.
        bottom: where it ends.
    """

    key: str
    plot: int
    lane: int
    beside: int
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Where in a lane marks and words stand."""
        return (self.top + self.bottom) / 2


WIDE: Final = Shape("tw", 940, 34, 180, 0.14, 0.86)
NARROW: Final = Shape("tn", 330, 48, 0, 0.4, 0.92)


def timeline(plan: Plan, shape: Shape) -> Markup:
    """The time line as part of a page.

    What is not known is hatched and called unknown; it is never drawn as nothing.
    """
    drawn = lanes(plan)
    layers = [*_ground(plan, drawn, shape), *_marked(plan, drawn, shape), *_names(drawn, shape)]
    spec = {
        "width": shape.plot, "height": shape.lane * len(drawn), "layer": layers,
        "padding": {"left": max(4, shape.beside), "right": 8, "top": 4, "bottom": 4},
        "autosize": {"type": "pad"}, "config": chart_config(),
    }  # fmt: skip
    svg = str(vl_convert.vegalite_to_svg(spec))
    made = inline(_numbered(svg), key=shape.key, label=said(plan, drawn))
    return Markup(str(made).replace(f'"{HATCH}"', '"url(#hatch)"'))


def _numbered(svg: str) -> str:
    """The same with clips counted from 1: the drawing program counts on from one to the next."""
    found = dict.fromkeys(_CLIP.findall(svg))
    places = {number: str(place) for place, number in enumerate(found, start=1)}
    return _CLIP.sub(lambda one: places[one[0]], svg)


def said(plan: Plan, drawn: Sequence[Lane]) -> str:
    """The time line in words, for those who do not see it."""
    parts = [f"Time line, {span(plan.window)}."]
    for lane in drawn:
        many = sum(count for _, count in lane.counts) if lane.counts else len(lane.marks)
        whole = any(one.to_at - one.from_at >= _length(plan.window) for one in lane.blanks)
        if many or not lane.blanks:
            parts.append(f"{lane.title}: {many or lane.empty}{' in all' * bool(lane.counts)}.")
        if lane.blanks:
            parts.append(f"{lane.title}: unknown{'' if whole else ' for a part of the time'}.")
    return " ".join(parts)


def _length(window: Window) -> timedelta:
    return window.to_at - window.from_at


def _ground(plan: Plan, drawn: Sequence[Lane], shape: Shape) -> Iterator[dict[str, Any]]:
    """Nights, lines between lanes, and the unknown."""
    dark = [{"t": _iso(a), "t2": _iso(b)} for a, b in nights(plan.site, plan.window)]
    yield _layer(dark, {"type": "rect", "color": LIGHT["pale"]}, plan, shape, x2=True)
    lines = [{"y": place} for place in range(len(drawn) + 1)]
    yield {
        "data": {"values": lines}, "mark": {"type": "rule", "color": LIGHT["rule"]},
        "encoding": {"y": _height(len(drawn))},
    }  # fmt: skip
    blank = [
        {
            "t": _iso(one.from_at),
            "t2": _iso(one.to_at),
            "y": place + shape.top,
            "y2": place + shape.bottom,
        }
        for place, lane in enumerate(drawn)
        for one in lane.blanks
    ]
    mark = {"type": "rect", "color": HATCH, "stroke": LIGHT["past"], "strokeDash": [3, 3]}
    yield _layer(blank, mark, plan, shape, lanes=len(drawn), x2=True, y2=True)


def _marked(plan: Plan, drawn: Sequence[Lane], shape: Shape) -> Iterator[dict[str, Any]]:
    many = len(drawn)
    bars, counts, points = _bars(plan, drawn, shape), _counts(drawn, shape), _points(drawn, shape)
    texts = _point_words(plan, drawn, shape)
    yield _layer(bars, {"type": "rect", "color": LIGHT["ban"]}, plan, shape, lanes=many,
                 x2=True, y2=True)  # fmt: skip
    yield _layer(counts, {"type": "rect", "color": LIGHT["fall"]}, plan, shape, lanes=many,
                 x2=True, y2=True)  # fmt: skip
    per_day = shape.plot / max(1.0, plan.window.days)
    if counts and per_day > width(str(max(one["text"] for one in counts)), TEXT) + 2:
        middles = [{**one, "t": one["mid"], "y": one["mid_y"]} for one in counts]
        yield _text(middles, plan, shape, many, align="center", color=LIGHT["fall-ink"])
    for kind, full in (("circle", True), ("circle", False), ("square", True), ("square", False)):
        chosen = [one for one in points if (one["kind"], one["full"]) == (kind, full)]
        mark = {
            "type": "point", "shape": kind, "size": 70, "strokeWidth": 2, "filled": False,
            "color": LIGHT["rise" if kind == "circle" else "direct"], "opacity": 1,
            "fill": LIGHT["rise" if kind == "circle" else "direct"] if full else LIGHT["panel"],
        }  # fmt: skip
        yield _layer(chosen, mark, plan, shape, lanes=many)
    for side, align, aside in (("right", "left", 8), ("left", "right", -8)):
        chosen = [one for one in texts if one["side"] == side]
        yield _text(chosen, plan, shape, many, align=align, dx=aside)
    yield _text(_blank_words(plan, drawn, shape), plan, shape, many, align="left", dx=6, halo=True)


def _bars(plan: Plan, drawn: Sequence[Lane], shape: Shape) -> Rows:
    least = _length(plan.window) / 160
    return [
        {"t": _iso(one.at), "t2": _iso(max(one.to_at or one.at, one.at + least)),
         "y": place + shape.top + 0.12, "y2": place + shape.bottom - 0.12}
        for place, lane in enumerate(drawn) if lane.shape == "bar"
        for one in lane.marks
    ]  # fmt: skip


def _counts(drawn: Sequence[Lane], shape: Shape) -> Rows:
    return [
        {"t": _of_day(on, 0.6), "t2": _of_day(on, 23.4), "mid": _of_day(on, 12), "text": count,
         "y": place + shape.top, "y2": place + shape.bottom, "mid_y": place + shape.middle}
        for place, lane in enumerate(drawn)
        for on, count in lane.counts
    ]  # fmt: skip


def _points(drawn: Sequence[Lane], shape: Shape) -> Rows:
    return [
        {"t": _iso(one.at), "y": place + shape.middle, "full": one.is_full,
         "kind": "circle" if lane.shape == "pass" else "square"}
        for place, lane in enumerate(drawn) if lane.shape in ("pass", "image")
        for one in lane.marks
    ]  # fmt: skip


def _point_words(plan: Plan, drawn: Sequence[Lane], shape: Shape) -> Rows:
    """The words of a mark to its right, or to its left, where nothing else stands."""
    found: Rows = []
    for place, lane in enumerate(drawn):
        if lane.shape == "bar":
            continue
        taken = 0.0
        for one, after in zip_longest(lane.marks, lane.marks[1:]):
            at, wide = _pixels(plan, one, shape), width(one.text, TEXT)
            limit = _pixels(plan, after, shape) - 8 if after else shape.plot
            is_right = at + 10 + wide < limit
            if is_right or at - 10 - wide > taken:
                found.append({"t": _iso(one.at), "y": place + shape.middle, "text": one.text,
                              "side": "right" if is_right else "left"})  # fmt: skip
            taken = at + 10 + (wide if is_right else 0)
    return found


def _pixels(plan: Plan, one: Mark, shape: Shape) -> float:
    return shape.plot * ((one.at - plan.window.from_at) / _length(plan.window))


def _blank_words(plan: Plan, drawn: Sequence[Lane], shape: Shape) -> Rows:
    """`unknown`, with why where there is room; said for a lane without marks as well."""
    found = []
    for place, lane in enumerate(drawn):
        for one in lane.blanks:
            room = shape.plot * ((one.to_at - one.from_at) / _length(plan.window)) - 12
            texts = (f"unknown: {one.why[:1].lower()}{one.why[1:]}", "unknown", "?")
            text = next((two for two in texts if width(two, TEXT) < room), "")
            found.append({"t": _iso(one.from_at), "y": place + shape.middle, "text": text})
        if not (lane.blanks or lane.marks or lane.counts):
            at = _iso(plan.window.from_at)
            found.append({"t": at, "y": place + shape.middle, "text": lane.empty})
    return found


def _names(drawn: Sequence[Lane], shape: Shape) -> Iterator[dict[str, Any]]:
    """Names of the lanes: left of the drawing, or above each lane."""
    rows = [{"y": place + (0.5 if shape.beside else 0), "text": _fit(lane.title, shape)}
            for place, lane in enumerate(drawn)]  # fmt: skip
    mark = {"type": "text", "fontSize": 12, "fontWeight": 600, "color": LIGHT["ink"]}
    placed = (
        {"align": "right", "dx": -10, "baseline": "middle"}
        if shape.beside
        else {"align": "left", "dy": 2, "baseline": "top"}
    )
    yield {
        "data": {"values": rows}, "mark": {**mark, **placed},
        "encoding": {"x": {"value": 0}, "y": _height(len(drawn)), "text": {"field": "text"}},
    }  # fmt: skip


def _fit(text: str, shape: Shape) -> str:
    room = (shape.beside or shape.plot) - 14
    while width(text, 12) > room:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    return text


def _layer(
    rows: Rows, mark: dict[str, Any], plan: Plan, shape: Shape, *, lanes: int = 0,
    x2: bool = False, y2: bool = False,
) -> dict[str, Any]:  # fmt: skip
    encoding: dict[str, Any] = {"x": _time(plan.window, shape)}
    if lanes:
        encoding["y"] = _height(lanes)
    if x2:
        encoding["x2"] = {"field": "t2"}
    if y2:
        encoding["y2"] = {"field": "y2"}
    return {"data": {"values": rows}, "mark": {"clip": x2, **mark}, "encoding": encoding}


def _text(
    rows: Rows, plan: Plan, shape: Shape, many: int, *, halo: bool = False, **mark: Any
) -> dict[str, Any]:
    drawn = {"type": "text", "fontSize": TEXT, "baseline": "middle", "color": LIGHT["ink"], **mark}
    made = _layer(rows, drawn, plan, shape, lanes=many)
    made["encoding"]["text"] = {"field": "text"}
    if not halo:
        return made
    behind = {**made, "mark": {**made["mark"], "stroke": LIGHT["panel"], "strokeWidth": 5}}
    return {"layer": [behind, made]}


def _time(window: Window, shape: Shape) -> dict[str, Any]:
    step = _step_days(window, shape)
    first = window.from_at.astimezone(UTC).date()
    ticks = [_stamp(first + timedelta(days=n)) for n in range(0, int(window.days) + 1, step)]
    return {
        "field": "t", "type": "temporal", "title": None,
        "scale": {"type": "utc", "domain": [_iso(window.from_at), _iso(window.to_at)]},
        "axis": {"format": "%-d %b", "values": ticks, "labelAlign": "left", "grid": True,
                 "labelFlush": False, "labelBound": True},
    }  # fmt: skip


def _step_days(window: Window, shape: Shape) -> int:
    """Days between ticks: as few as leave 50 pixels to each."""
    least = 50 / shape.plot * window.days
    return next((one for one in (1, 2, 3, 7, 14, 28, 91) if one >= least), 364)


def _height(many: int) -> dict[str, Any]:
    return {
        "field": "y", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, many], "reverse": True, "nice": False, "zero": False},
    }  # fmt: skip


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _of_day(on: date, hour: float) -> str:
    return _iso(datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(hours=hour))


def _stamp(on: date) -> int:
    return int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp() * 1000)
