"""One look for charts and page: colours, type, and how a chart becomes part of the page.

Charts are drawn with the light colours; in the page each colour becomes a CSS variable, so that one
drawing serves light, dark and print. Blue and orange stay apart for every common colour blindness.
"""

import re
from typing import Any, Final

from markupsafe import Markup, escape

FONT: Final = "sans-serif"

LIGHT: Final[dict[str, str]] = {
    "paper": "#fcfbf8",
    "panel": "#fffffe",
    "ink": "#1c2530",
    "muted": "#56616e",
    "rule": "#dcd9d1",
    "rise": "#b5501b",
    "past": "#8d9aa8",
    "direct": "#2d6c9f",
    "band": "#f1dcb4",
    "ban": "#3f4a57",
    "fall": "#c9deee",
    "fall-ink": "#123a57",
    "pale": "#f3f1ea",
}
"""Colours on light paper; text colours hold a contrast of 4.5 to 1 on `paper` and `panel`."""

DARK: Final[dict[str, str]] = {
    "paper": "#14181d",
    "panel": "#1b2127",
    "ink": "#e8ebee",
    "muted": "#a7b1bc",
    "rule": "#343d47",
    "rise": "#f0975c",
    "past": "#76838f",
    "direct": "#74b1e0",
    "band": "#5c4b26",
    "ban": "#c3ccd5",
    "fall": "#21415a",
    "fall-ink": "#cfe5f6",
    "pale": "#232a31",
}
"""The same names on dark paper."""

RISE_STEPS: Final = (
    ("#fbe9d9", "#5f2a0c"),
    ("#f6cda8", "#4e2109"),
    ("#eda66d", "#3b1907"),
    ("#b8541c", "#ffffff"),
    ("#7d300a", "#ffffff"),
)
"""Fill and text of the heat map, weak to strong."""

RISE_STEPS_DARK: Final = (
    ("#3a2417", "#f6cda8"),
    ("#5c3016", "#fbe0c8"),
    ("#8a4215", "#ffffff"),
    ("#d67b3c", "#1d0d03"),
    ("#ffb07a", "#1d0d03"),
)
"""The same on dark paper, where bright is strong."""


def chart_config() -> dict[str, Any]:
    """The Vega-Lite configuration of every chart."""
    axis = {
        "labelColor": LIGHT["muted"],
        "titleColor": LIGHT["muted"],
        "domainColor": LIGHT["rule"],
        "tickColor": LIGHT["rule"],
        "gridColor": LIGHT["rule"],
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridOpacity": 0.7,
    }
    return {
        "font": FONT,
        "background": None,
        "aria": False,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False, "minExtent": 34},
        "title": {
            "anchor": "start",
            "color": LIGHT["ink"],
            "fontSize": 13,
            "fontWeight": 600,
            "frame": "group",
        },
    }


def style_variables(colours: dict[str, str]) -> str:
    """CSS declarations of the colours."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def inline(svg: str, *, key: str, label: str) -> Markup:
    """A drawn chart as part of the page.

    Args:
        svg: what vl-convert drew.
        key: short text that keeps the ids of this drawing apart from those of others.
        label: what the chart shows, in words, for those who do not see it.
    """
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    for name, value in LIGHT.items():
        body = body.replace(f'"{value}"', f'"var(--{name})"')
    # Text takes the font of the page; the drawing was measured with one as wide.
    body = body.replace(f' font-family="{FONT}"', "")
    body = re.sub(r'\bid="', f'id="{key}-', body)
    body = body.replace("url(#", f"url(#{key}-").replace('href="#', f'href="#{key}-')
    width, height = (float(size[1]), float(size[2])) if size else (460.0, 300.0)
    return Markup(
        f'<svg class="chart" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {width:g} {height:g}" style="max-width:{width * 1.4:.0f}px">{body}'
    )
